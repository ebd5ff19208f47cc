import { isNormPruner, type Algorithm } from '../algorithms/algorithm.ts';
import { argumentsOf, readCall, type AlgorithmArgument } from '../algorithms/call.ts';
import { workingOrder } from '../algorithms/chain.ts';
import type { PlannedAlgorithm } from '../algorithms/planned-algorithm.ts';
import type { Mode } from '../config/mode.ts';
import { listNames } from '../config/python-script.ts';
import { writePythonValue } from '../config/python-writer.ts';
import { getKey } from '../config/value.ts';

/** Lines of Python that run lists: their imports, and one function for each mode, or one for a chain. */
export interface CompressionFunctions {
  readonly imports: readonly string[];
  readonly functions: readonly string[];
}

const modules: Readonly<Record<Mode, string>> = {
  pruning: 'nni.compression.pruning',
  quantization: 'nni.compression.quantization',
  distillation: 'nni.compression.distillation',
};

const variables: Readonly<Record<Mode, string>> = { pruning: 'pruner', quantization: 'quantizer', distillation: 'distiller' };

const evaluatorMaker = [
  'def make_evaluator(model, training_func, training_step, learning_rate=0.01):',
  '    """Put your optimizer here; NNI wants it made with nni.trace.',
  '',
  '    training_func(model, optimizers, training_step, lr_schedulers, max_steps, max_epochs) trains,',
  '    training_step(batch, model) gives the loss of a batch.',
  '    """',
  '    optimizer = nni.trace(torch.optim.SGD)(model.parameters(), lr=learning_rate)',
  '    return TorchEvaluator(training_func, optimizer, training_step)',
].join('\n');

/** One function for each mode. Values that the plan leaves open are arguments of the function. */
export function functionsByMode(planned: readonly PlannedAlgorithm[]): CompressionFunctions {
  return withEvaluator(planned, planned.map((one) => modeFunction(one).join('\n')));
}

/** One function that runs all lists on one model, each compressor made from the one before it; in an order that works. */
export function chainFunction(planned: readonly PlannedAlgorithm[]): CompressionFunctions {
  return withEvaluator(planned, [chainLines(workingOrder(planned)).join('\n')]);
}

function withEvaluator(planned: readonly PlannedAlgorithm[], functions: readonly string[]): CompressionFunctions {
  const classes = planned.map(({ algorithm }) => {
    const names = algorithm.mode === 'pruning' ? [...new Set([...algorithm.schedules, algorithm.name])] : [algorithm.name];
    return `from ${modules[algorithm.mode]} import ${names.join(', ')}`;
  });
  if (!planned.some(({ algorithm }) => trains(algorithm))) return { imports: classes.toSorted(), functions };
  return {
    imports: ['import nni', 'import torch', ...[...classes, 'from nni.compression.utils import TorchEvaluator'].toSorted()],
    functions: [evaluatorMaker, ...functions],
  };
}

function trains(algorithm: Algorithm): boolean {
  return algorithm.mode !== 'pruning' || algorithm.schedules.length > 0 || !isNormPruner(algorithm.name);
}

/** Arguments of the constructor in a call: as the plan has them; an open one without a default of NNI goes by its own name. */
function written({ call }: PlannedAlgorithm, given: readonly AlgorithmArgument[]): readonly string[] {
  return given.flatMap(({ name, fallback }) => {
    const value = getKey(call, name);
    if (value !== undefined) return [`${name}=${writePythonValue(value)}`];
    return fallback === null ? [`${name}=${name}`] : [];
  });
}

function openNames({ algorithm, call }: PlannedAlgorithm): readonly string[] {
  return argumentsOf(algorithm).constructor.flatMap(({ name, fallback }) => (fallback === null && getKey(call, name) === undefined ? [name] : []));
}

/** `max_steps=None, max_epochs=1` of a function that trains. */
function duration(planned: readonly PlannedAlgorithm[]): readonly string[] {
  const find = (name: string): string | null => {
    const value = planned.map(({ call }) => getKey(call, name)).findLast((one) => one !== undefined);
    return value === undefined ? null : writePythonValue(value);
  };
  const [last, epochs] = [find('max_steps'), find('max_epochs')];
  const steps = last === null || last === 'None' || planned.length === 1 ? last : String(stepsOfChain(planned));
  return [`max_steps=${steps ?? 'None'}`, `max_epochs=${epochs ?? (steps === null ? '1' : 'None')}`];
}

/**
 * The steps of a training in which every list of a chain comes to its end. NNI trains once for all, and only a class that runs alone is refused when the
 * steps are too few for its goals (rules A-P6, A-P15).
 */
function stepsOfChain(planned: readonly PlannedAlgorithm[]): number {
  const wanted = planned.flatMap(({ call }) => {
    const { maxSteps, trainingSteps, cooldownBeginStep, intervalSteps, totalTimes, quantStartStep } = readCall(call);
    const ofSchedule = intervalSteps === undefined || totalTimes === undefined ? undefined : intervalSteps * totalTimes;
    return [maxSteps, trainingSteps, cooldownBeginStep, ofSchedule, quantStartStep === undefined ? undefined : quantStartStep + 1];
  });
  return Math.max(...wanted.filter((steps) => typeof steps === 'number'));
}

function scheduleLines(planned: PlannedAlgorithm): readonly string[] {
  const { algorithm } = planned;
  if (algorithm.mode !== 'pruning') return [];
  const [outermost] = algorithm.schedules;
  const given = argumentsOf({ ...algorithm, name: 'LevelPruner' }).constructor;
  return algorithm.schedules.toReversed().map((schedule) => {
    // Only the outermost schedule counts: it hands its steps down to the inner ones.
    const text = schedule === outermost ? written(planned, given) : ['interval_steps=1', 'total_times=1'];
    return `    pruner = ${[`${schedule}(pruner`, ...text, 'evaluator=evaluator'].join(', ')})`;
  });
}

/** Arguments of the plain pruner alone. */
function ownArguments({ algorithm }: PlannedAlgorithm): readonly AlgorithmArgument[] {
  return argumentsOf(algorithm.mode === 'pruning' ? { ...algorithm, schedules: [] } : algorithm).constructor;
}

function modeFunction(planned: PlannedAlgorithm): readonly string[] {
  const { algorithm } = planned;
  const own = written(planned, ownArguments(planned));
  const parameters = (...first: readonly string[]): string => [...first, ...openNames(planned), ...(argumentsOf(algorithm).compress.length > 0 ? duration([planned]) : [])].join(', ');
  const list = listNames[algorithm.mode];
  switch (algorithm.mode) {
    case 'pruning': {
      const needsEvaluator = trains(algorithm);
      const isOwnTrained = !isNormPruner(algorithm.name);
      return [
        `def prune(${needsEvaluator ? parameters('model', 'evaluator') : parameters('model')}):`,
        `    """${needsEvaluator ? 'Trains the model and masks' : 'Masks the model'} in place; gives the masks by module and target."""`,
        `    pruner = ${[`${algorithm.name}(model`, list, ...(isOwnTrained ? ['evaluator'] : []), ...own].join(', ')})`,
        ...scheduleLines(planned),
        `    _, masks = pruner.compress(${argumentsOf(algorithm).compress.length > 0 ? 'max_steps, max_epochs' : ''})`,
        '    pruner.unwrap_model()',
        '    return masks',
      ];
    }
    case 'quantization':
      return [
        `def quantize(${parameters('model', 'evaluator')}):`,
        '    """Trains the model with simulated quantization; gives the scales and zero points."""',
        `    quantizer = ${[`${algorithm.name}(model`, list, 'evaluator', ...own].join(', ')})`,
        '    _, calibration_config = quantizer.compress(max_steps, max_epochs)',
        '    return calibration_config',
      ];
    case 'distillation': {
      const isTracked = algorithm.name === 'Adaptive1dLayerwiseDistiller';
      return [
        `def distill(${parameters('model', 'teacher_model', 'teacher_predict', 'evaluator', ...(isTracked ? ['example_inputs'] : []))}):`,
        '    """Trains the model on outputs of the teacher; teacher_predict takes a batch and the teacher."""',
        `    distiller = ${algorithm.name}(`,
        `        ${['model', list, 'evaluator', 'teacher_model', 'teacher_predict', ...own].join(', ')})`,
        ...(isTracked ? ['    distiller.track_forward(*example_inputs)'] : []),
        '    distiller.compress(max_steps, max_epochs)',
        '    distiller.unwrap_model()',
        '    distiller.unwrap_teacher_model()',
      ];
    }
  }
}

function chainLines(planned: readonly PlannedAlgorithm[]): readonly string[] {
  const distiller = planned.find(({ algorithm }) => algorithm.mode === 'distillation');
  const isTracked = distiller?.algorithm.name === 'Adaptive1dLayerwiseDistiller';
  const parameters = [
    'model',
    'evaluator',
    ...(distiller === undefined ? [] : ['teacher_model', 'teacher_predict']),
    ...(isTracked ? ['example_inputs'] : []),
    ...planned.flatMap(openNames),
    ...duration(planned),
  ];
  const last = variables[planned.at(-1)!.algorithm.mode];
  return [
    `def compress(${parameters.join(', ')}):`,
    '    """Runs the lists on one model, each compressor made from the one before it."""',
    ...planned.flatMap((one, at) => linkLines(one, at === 0 ? null : variables[planned[at - 1]!.algorithm.mode])),
    ...(isTracked ? ['    distiller.track_forward(*example_inputs)'] : []),
    `    ${last}.compress(max_steps, max_epochs)`,
    '    return model',
  ];
}

/** Creates one compressor of a chain; `before` is the variable of the compressor that it continues from. */
function linkLines(planned: PlannedAlgorithm, before: string | null): readonly string[] {
  const { algorithm } = planned;
  const list = listNames[algorithm.mode];
  const variable = variables[algorithm.mode];
  const teacher = algorithm.mode === 'distillation' ? ['teacher_model=teacher_model', 'teacher_predict=teacher_predict'] : [];
  // from_compressor of PtqQuantizer takes no is_bias_correction.
  const own = written(planned, ownArguments(planned)).filter((text) => before === null || !text.startsWith('is_bias_correction'));
  const start = before === null ? `${algorithm.name}(model` : `${algorithm.name}.from_compressor(${before}`;
  const lines = [`    ${variable} = ${[start, list, 'evaluator=evaluator', ...teacher, ...own].join(', ')})`, ...scheduleLines(planned)];
  const isNorm = algorithm.mode === 'pruning' && algorithm.schedules.length === 0 && isNormPruner(algorithm.name);
  // In a chain a norm pruner makes its masks only when it is asked to.
  return isNorm ? [...lines, '    pruner.update_masks(pruner.generate_masks())'] : lines;
}
