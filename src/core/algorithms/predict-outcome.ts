import type { ConfigObject } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Resolver } from '../resolve/resolver.ts';
import type { Algorithm } from './algorithm.ts';
import { readCall } from './call.ts';
import { predictDistillation } from './distillation-outcome.ts';
import { describeForwardPass } from './met-targets.ts';
import type { Outcome } from './outcome.ts';
import { predictPruning } from './pruning-outcome.ts';
import { predictQuantization } from './quantization-outcome.ts';

/** The class that runs a list, with the model and teacher as far as they are known. */
export interface AlgorithmRun {
  readonly algorithm: Algorithm;
  /** Arguments by Python's names. */
  readonly call: ConfigObject | null;
  /** The teacher of a distillation; `null` for one of the student's own tree. */
  readonly teacher: ModuleTree | null;
  /** Names of modules that the forward pass does not call. */
  readonly uncalled: readonly string[];
}

/** Predicts the outcome of a resolved list that a class of NNI runs. Both must have the same mode. */
export function predictOutcome(resolution: Resolution, resolver: Resolver, { algorithm, call, teacher, uncalled }: AlgorithmRun): Outcome {
  const { verdict } = resolution;
  if (!verdict.accepted) {
    const [problem] = resolution.problems;
    const error = { ...verdict.error, moment: 'constructor' as const, rule: problem?.rule ?? '', module: verdict.where.modules?.[0] ?? -1, target: '' };
    return { algorithm, accepted: false, error, needs: [], made: null, forwardAfter: null };
  }
  const named = new Set(uncalled);
  const pass = describeForwardPass(resolver.tree, named);
  const read = readCall(call);
  switch (algorithm.mode) {
    case 'pruning':
      return predictPruning(algorithm, read, { resolution, resolver, pass });
    case 'quantization':
      return predictQuantization(algorithm, read, pass, resolution, resolver);
    case 'distillation':
      return predictDistillation(algorithm, read, { resolution, resolver, pass, uncalled: named, teacher });
  }
}
