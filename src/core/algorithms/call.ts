import { getKey, isConfigNumber, isConfigObject, numberOf, type ConfigObject, type ConfigValue } from '../config/value.ts';
import type { Algorithm, PlainPruner, ScheduledPruner } from './algorithm.ts';

/** An argument of a constructor, or of `compress`. */
export interface AlgorithmArgument {
  readonly name: ArgumentName;
  readonly kind: 'int' | 'float' | 'bool';
  /** As NNI has it; `null` where NNI has none and it must be given. */
  readonly fallback: string | null;
  /** The first value of a form field for an argument without a default. */
  readonly start: string;
}

export type ArgumentName =
  | 'training_steps'
  | 'regular_scale'
  | 'warmup_step'
  | 'cooldown_begin_step'
  | 'interval_steps'
  | 'total_times'
  | 'quant_start_step'
  | 'is_bias_correction'
  | 'origin_loss_lambda'
  | 'max_steps'
  | 'max_epochs';

const trainingSteps: AlgorithmArgument = { name: 'training_steps', kind: 'int', fallback: null, start: '100' };
const regularScale: AlgorithmArgument = { name: 'regular_scale', kind: 'float', fallback: '1.0', start: '1.0' };

const argumentsOfPruner: Readonly<Record<PlainPruner | ScheduledPruner, readonly AlgorithmArgument[]>> = {
  LevelPruner: [],
  L1NormPruner: [],
  L2NormPruner: [],
  FPGMPruner: [],
  SlimPruner: [trainingSteps, regularScale],
  TaylorPruner: [trainingSteps],
  MovementPruner: [
    { name: 'warmup_step', kind: 'int', fallback: null, start: '100' },
    { name: 'cooldown_begin_step', kind: 'int', fallback: null, start: '400' },
    regularScale,
  ],
  LinearPruner: [
    { name: 'interval_steps', kind: 'int', fallback: null, start: '100' },
    { name: 'total_times', kind: 'int', fallback: null, start: '10' },
  ],
  AGPPruner: [
    { name: 'interval_steps', kind: 'int', fallback: null, start: '100' },
    { name: 'total_times', kind: 'int', fallback: null, start: '10' },
  ],
};

const duration: readonly AlgorithmArgument[] = [
  { name: 'max_steps', kind: 'int', fallback: null, start: '1000' },
  { name: 'max_epochs', kind: 'int', fallback: null, start: 'None' },
];

/** Arguments besides the model, the list, the evaluator and the teacher: first of the constructor, then of `compress`. */
export function argumentsOf(algorithm: Algorithm): {
  readonly constructor: readonly AlgorithmArgument[];
  readonly compress: readonly AlgorithmArgument[];
} {
  switch (algorithm.mode) {
    case 'pruning': {
      const { name, schedules } = algorithm;
      const isTrained = schedules.length > 0 || name === 'MovementPruner';
      const outermost = schedules[0];
      const own = argumentsOfPruner[name];
      return {
        constructor: outermost === undefined ? own : [...argumentsOfPruner[outermost], ...own],
        compress: isTrained ? duration : [],
      };
    }
    case 'quantization': {
      const own: Partial<Record<Algorithm['name'], readonly AlgorithmArgument[]>> = {
        QATQuantizer: [{ name: 'quant_start_step', kind: 'int', fallback: '0', start: '0' }],
        PtqQuantizer: [{ name: 'is_bias_correction', kind: 'bool', fallback: 'False', start: 'False' }],
      };
      return { constructor: own[algorithm.name] ?? [], compress: duration };
    }
    case 'distillation':
      return { constructor: [{ name: 'origin_loss_lambda', kind: 'float', fallback: '1.0', start: '1.0' }], compress: duration };
  }
}

/** Arguments that a call gives; `undefined` where it does not say. */
export interface Call {
  readonly trainingSteps: number | undefined;
  readonly warmupStep: number | undefined;
  readonly cooldownBeginStep: number | undefined;
  readonly intervalSteps: number | undefined;
  readonly totalTimes: number | undefined;
  readonly quantStartStep: number | undefined;
  readonly isBiasCorrection: boolean;
  readonly maxSteps: number | null | undefined;
  readonly maxEpochs: number | null | undefined;
  /** `evaluator: null`: the call has none. */
  readonly hasEvaluator: boolean;
  /** Whether `track_forward` is called before `compress`. */
  readonly tracksForward: boolean;
}

/** Reads `{"training_steps": 2, "max_steps": 4}`; arguments of the constructor may be in `arguments`. */
export function readCall(value: ConfigObject | null): Call {
  const inner = value === null ? undefined : getKey(value, 'arguments');
  const find = (name: string): ConfigValue | undefined => {
    const own = value === null ? undefined : getKey(value, name);
    return own === undefined && isConfigObject(inner) ? getKey(inner, name) : own;
  };
  const number = (name: ArgumentName): number | undefined => {
    const found = find(name);
    if (typeof found === 'boolean') return Number(found);
    return isConfigNumber(found) ? numberOf(found) : undefined;
  };
  const numberOrNone = (name: ArgumentName): number | null | undefined => (find(name) === null ? null : number(name));
  return {
    trainingSteps: number('training_steps'),
    warmupStep: number('warmup_step'),
    cooldownBeginStep: number('cooldown_begin_step'),
    intervalSteps: number('interval_steps'),
    totalTimes: number('total_times'),
    quantStartStep: number('quant_start_step'),
    isBiasCorrection: find('is_bias_correction') === true,
    maxSteps: numberOrNone('max_steps'),
    maxEpochs: numberOrNone('max_epochs'),
    hasEvaluator: find('evaluator') !== null && find('evaluator') !== false,
    tracksForward: find('track_forward') !== false,
  };
}

/** Both durations are `None`: nothing says how long to train. */
export function hasNoDuration({ maxSteps, maxEpochs }: Call): boolean {
  return maxSteps === null && (maxEpochs === null || maxEpochs === undefined);
}
