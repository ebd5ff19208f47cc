import { writeAlgorithm } from '../../algorithms/algorithm.ts';
import { isTorchType } from '../../algorithms/torch-layers.ts';
import type { Moment } from '../../algorithms/outcome.ts';
import type { FindingOf } from '../../diagnostics/finding.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import { moduleName, moduleSpec } from '../../module-tree/tree-index.ts';
import { algorithmFixes, failedTarget } from '../fixes/algorithm-fixes.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';

export interface AlgorithmFailsValues {
  readonly algorithm: string;
  readonly moment: Moment;
  /** Empty where no target is concerned. */
  readonly module: string;
  readonly target: string;
  readonly rule: string;
}

const moments: Readonly<Record<Moment, string>> = {
  constructor: 'refuses the list',
  compress: 'fails in compress()',
  'first-forward': 'fails in the first forward pass',
};

const reasons: Readonly<Record<string, string>> = {
  'A-P3': 'It divides by total_times, which is 0.',
  'A-P4': 'It measures distances between blocks: a target without granularity has none.',
  'A-P5': 'It prunes parameters with a factor each, and takes no apply_method but mul.',
  'A-P6': 'It trains a score for each parameter that is pruned, from warmup_step to cooldown_begin_step.',
  'A-P7': 'It needs the gradient of every parameter that is pruned.',
  'A-P9': 'training_steps may not be more than interval_steps.',
  'A-P10': 'The average of a batch norm has no gradient.',
  'A-P13': 'The mask lies over the last dimensions of the output, and does not fit there.',
  'A-P15': 'The steps, or the evaluator, do not fit the class.',
  'A-F1': 'It needs the gradient of every parameter that is pruned: this one is frozen, or no parameter.',
  'A-F2': 'All parameters of the model are frozen: there is nothing to train.',
  'A-Q2': 'There is no tensor to quantize.',
  'A-Q4': 'It needs a quant_scheme, quantizes outputs of activations only, and works on whole tensors.',
  'A-Q5': 'It works on whole tensors: no granularity but default.',
  'A-Q6': 'It reads quant_dtype, which is None.',
  'A-Q8': 'NNI cannot place a new parameter in the optimizer while the model itself has parameters outside its modules.',
  'A-Q9': 'The block does not divide the shape of the target.',
  'A-Q10': 'The range of this quant_dtype is too large or too small.',
  'A-Q11': 'It needs a value for every target, and the forward pass never meets this one.',
  'A-Q12': 'It trains: it needs an evaluator and a duration.',
  'A-Q13': 'The correction needs a bias as wide as the last dimension of the output.',
  'A-D4': 'It takes one link for each target, and wants both sides met.',
  'A-D5': 'The sizes of the student’s output and of the linked output do not fit.',
  'A-D6': 'The output there is no tensor.',
  'A-W1': 'A wrapped Sequential runs its wrapper as its last layer, and so starts again with other channels.',
  'A-W2': 'NNI wraps only modules that give a tensor, a list, a tuple or a dict.',
  'A-W3': 'The wrapper takes every keyword-only argument out of the call, and this call leaves one out.',
};

/** An error of the class that runs the list, beyond the errors of every class. */
export const algorithmFails: FindingKind<AlgorithmFailsValues> = {
  words: ({ algorithm, moment, module, target, rule }) => ({
    title: `${algorithm} ${moments[moment]}${module === '' && target === '' ? '' : ` at ${[shortened(module), target].filter((part) => part !== '').join('.')}`}.`,
    why: reasons[rule] ?? 'The list lacks a part that the class needs.',
  }),
};

/** Rules with findings of their own, which list every place. */
const foundElsewhere = /^(X\d|A-Q2|A-D2)/;

/** Finds the exception of the class that runs the list; none where another finding already reports it (rules A, F2a). One finding at most. */
export function findAlgorithmFailure(input: FindingInput): readonly FindingOf<'algorithm-fails', AlgorithmFailsValues>[] {
  const { outcome, tree } = input;
  const { error } = outcome;
  if (error === null || foundElsewhere.test(error.rule)) return [];
  if (error.rule === 'A-W1' && isTorchType(moduleSpec(tree, error.module), /^Sequential$/)) return [];
  const { module, target, moment, rule, type, message } = error;
  const failed = failedTarget(input);
  return [
    {
      code: 'algorithm-fails',
      severity: moment === 'constructor' ? 'refused' : 'later',
      rule,
      where: { subConfig: failed?.subConfig ?? null, path: [], ...(module < 0 ? {} : { modules: [module] }) },
      values: { algorithm: writeAlgorithm(outcome.algorithm), moment, module: module < 0 ? '' : moduleName(tree, module), target, rule },
      error: { type, message },
      fixes: algorithmFixes(input),
    },
  ];
}
