import { getKey } from '../config/value.ts';
import { malformedGranularity, type MaskTarget } from '../masks/mask-targets.ts';
import { measureTarget } from '../masks/measure-target.ts';
import { MaskFailure } from '../masks/symbolic-mask.ts';
import type { ModuleSpec } from '../module-tree/module-tree.ts';
import { ownTensor } from '../module-tree/own-tensors.ts';
import { parseQuantDtype } from '../resolve/quant-dtype.ts';
import type { TargetOutcome } from '../resolve/resolution.ts';
import type { QuantizerName } from './algorithm.ts';
import { appliedMethod } from './ignored-settings.ts';
import type { MetTarget } from './met-targets.ts';
import type { EffectiveTarget, Need, OutcomeError } from './outcome.ts';
import { batchStep, fitKernel } from './kernel-fit.ts';
import { rangeError, unmetRangeError, writtenRange } from './quant-bits.ts';
import type { WrapperStep } from './call-order.ts';
import { activations, isTorchType } from './torch-layers.ts';

/** When a quantizer comes upon something, in its order. */
export const quantizerStages = ['constructor', 'start', 'forward', 'backward', 'end', 'correction'] as const;
export type QuantizerStage = (typeof quantizerStages)[number];

/** Something that ends a run, or that must be known to say whether it ends. */
export type QuantizerEvent = {
  readonly stage: QuantizerStage;
  /** The module that it happens in, and the step of its wrapper. */
  readonly module?: number;
  readonly step?: WrapperStep;
} & ({ readonly error: Pick<OutcomeError, 'moment' | 'type' | 'rule'> & Partial<OutcomeError> } | {
      readonly need: Need;
      /** The type of the only error that may come of it. */
      readonly wouldRaise?: string;
    });

/** The module and model of a target, as far as they are known. */
export interface QuantizedPlace {
  readonly quantizer: QuantizerName;
  readonly spec: ModuleSpec;
  /** The value that the forward pass meets at the target. For a parameter: whether its module is called. */
  readonly met: MetTarget;
  /** Parts of the fusion that the module heads. */
  readonly fused: readonly ModuleSpec[];
  /** `late`: the steps do not reach the one at which QAT starts; `last`: they end with it (rule A-Q3). */
  readonly start: 'at once' | 'during' | 'last' | 'late';
}

/** Predicts the settings in force of a quantized target, and its error (rules A-Q1–A-Q7, A-Q9–A-Q11). */
export function quantizeTarget(
  target: TargetOutcome,
  place: QuantizedPlace,
): { readonly effective: EffectiveTarget; readonly events: readonly QuantizerEvent[] } {
  const { quantizer, met, start } = place;
  const { setting, kind } = target;
  const dtype = getKey(setting, 'quant_dtype');
  const scheme = getKey(setting, 'quant_scheme');
  const range = parseQuantDtype(dtype);
  const events: QuantizerEvent[] = [...refusals(target, place)];
  const runs = start === 'at once' || start === 'during';
  const measured = met.type === 'tensor' ? measure(target, place) : null;
  if (met.type === 'tensor' || met.type === 'other') {
    events.push(...(measured?.events ?? [otherThanTensor(target, place)]));
    const error = runs && range.ok && met.type === 'tensor' ? rangeError(quantizer, kind, range.value) : null;
    if (error !== null) {
      // Where QAT starts later, the passes before it go through.
      const isLate = start === 'during';
      events.push({ stage: isLate ? 'backward' : stageOf(error.moment, quantizer), error: isLate ? { ...error, moment: 'compress' } : error });
    }
  }
  if (met.type === 'unknown') events.push({ stage: 'forward', need: 'outputs' });
  if (met.type === 'nothing' && quantizer === 'PtqQuantizer') {
    const message = 'cannot unpack non-iterable NoneType object';
    events.push({ stage: 'end', error: { moment: 'compress', type: 'TypeError', rule: 'A-Q11', message } });
  }
  // The scale and the zero point that it starts with are read in the end, also where nothing was met.
  if (met.type === 'nothing' && quantizer === 'LsqPlusQuantizer' && range.ok) {
    const error = unmetRangeError(range.value);
    if (error !== null) events.push({ stage: 'end', error });
  }
  const written = range.ok ? writtenRange(range.value) : { minimum: '', maximum: '' };
  return {
    events,
    effective: {
      applyMethod: start === 'late' ? 'bypass' : appliedMethod(quantizer, kind)!,
      scheme: typeof scheme === 'string' ? scheme : null,
      dtype: typeof dtype === 'string' ? dtype : null,
      ...written,
      ...scaleOf(quantizer, met, runs, measured?.cells),
    },
  };
}

/** Scales: one number without a kernel, one for each cell with one; Lsq makes theirs before anything is met. */
function scaleOf(
  quantizer: QuantizerName,
  met: MetTarget,
  runs: boolean,
  cells: readonly number[] | null | undefined,
): Pick<EffectiveTarget, 'scaleShape' | 'quantizes'> {
  if (met.type === 'unknown') return { scaleShape: undefined, quantizes: undefined };
  const isMet = met.type !== 'nothing' && runs;
  if (!isMet) {
    if (quantizer === 'LsqQuantizer') return { scaleShape: [1], quantizes: false };
    if (quantizer === 'LsqPlusQuantizer') return { scaleShape: [0], quantizes: true };
    return { scaleShape: null, quantizes: false };
  }
  const whole = quantizer === 'LsqQuantizer' || quantizer === 'LsqPlusQuantizer' ? [1] : [];
  return { scaleShape: cells === undefined ? undefined : (cells ?? whole), quantizes: true };
}

/** The settings that a constructor refuses (rules A-Q4–A-Q6). */
function refusals({ setting, kind }: TargetOutcome, { quantizer, spec, fused }: QuantizedPlace): readonly QuantizerEvent[] {
  const refuse = (type: string, rule: string, message = ''): QuantizerEvent => ({
    stage: 'constructor',
    error: { moment: 'constructor', type, rule, message },
  });
  const found: QuantizerEvent[] = [];
  const granularity = getKey(setting, 'granularity');
  const hasKernel = granularity !== undefined && granularity !== null && granularity !== 'default';
  if (quantizer === 'DoReFaQuantizer') {
    const scheme = getKey(setting, 'quant_scheme');
    if (scheme === undefined || scheme === null) found.push(refuse('AssertionError', 'A-Q4'));
    if (kind === 'output' && ![spec, ...fused].some((candidate) => isTorchType(candidate, activations))) {
      const only = 'Output quantization is only supported for activation function oractivation module fusion';
      found.push(refuse('ValueError', 'A-Q4', `${only}, but got <class '${spec.className ?? String(spec.type)}'>`));
    }
    if (hasKernel) found.push(refuse('ValueError', 'A-Q4', "DoRefa Qauntizer doesn't support for granularity, please set it to False"));
  }
  if (quantizer === 'BNNQuantizer' && hasKernel) {
    found.push(refuse('ValueError', 'A-Q5', "BNNQauntizer doesn't support for granularity, please set it to False"));
  }
  const dtype = getKey(setting, 'quant_dtype');
  if (quantizer === 'LsqQuantizer' && (dtype === undefined || dtype === null)) {
    found.push(refuse('AttributeError', 'A-Q6', "'NoneType' object has no attribute 'startswith'"));
  }
  return found;
}

/** `cells`: the scale's shape under a kernel, `null` without one, `undefined` where it is not known. */
function measure(
  target: TargetOutcome,
  { quantizer, spec, met, fused }: QuantizedPlace,
): { readonly events: readonly QuantizerEvent[]; readonly cells: readonly number[] | null | undefined } {
  const raise = (type: string, rule: string, message = ''): QuantizerEvent => ({
    stage: 'forward',
    error: { moment: 'first-forward', type, rule, message },
  });
  const { kind, attribute, kernel } = target;
  const malformed = malformedGranularity(target);
  const shape = kind === 'parameter' ? target.shape : met.type === 'tensor' ? met.shape : null;
  if (kind === 'parameter') {
    if (attribute === 'empty') {
      const isFused = target.target === 'bias' && fused.some(({ type }) => type?.startsWith('BatchNorm') === true);
      return { events: [isFused ? raise('AssertionError', 'A-Q2') : otherThanTensor(target, { quantizer })], cells: null };
    }
    if (attribute !== 'tensor') return { events: [{ stage: 'forward', need: 'parameters' }], cells: undefined };
    const dtype = ownTensor(spec, target.target)?.dtype ?? '';
    if (/^(u?int\d+|bool)$/.test(dtype)) return { events: [{ stage: 'forward', need: 'parameters' }], cells: undefined };
    const trains = quantizer === 'LsqQuantizer' || quantizer === 'LsqPlusQuantizer';
    if (trains && isTorchType(spec, /^BatchNorm[123]d$/) && /^running_(mean|var)$/.test(target.target)) {
      const message = `The function 'native_batch_norm' is not differentiable with respect to argument '${target.target}'.`;
      return { events: [raise('RuntimeError', 'A-P10', message)], cells: null };
    }
  }
  if (kernel === null && malformed === null) return { events: [], cells: null };
  // The batch that is recorded need not be the one of the training, nor are all batches of one size.
  const step = kind === 'parameter' || kernel === null ? -1 : batchStep(kernel, spec, shape?.length ?? null);
  const laterBatches: QuantizerEvent = { stage: 'backward', need: 'shapes' };
  if (shape === null) {
    const fit = kernel === null ? 'open' : fitKernel(kernel, spec, target.target);
    if (fit === 'fails') return { events: [raise('AssertionError', 'A-Q9')], cells: null };
    const isPlain = kernel?.sizes.every((size) => size > 0 || size === -1) === true;
    const open: QuantizerEvent = { stage: 'forward', need: 'shapes', ...(isPlain ? { wouldRaise: 'AssertionError' } : {}) };
    return { events: fit === 'open' ? [open] : step === -1 ? [] : [laterBatches], cells: undefined };
  }
  try {
    const cells = measureTarget({ shape, outcome: { kernel }, malformed, isWhole: false });
    if (step === -1) return { events: [], cells };
    return { events: [step === 1 ? laterBatches : { stage: 'forward', need: 'shapes', wouldRaise: 'AssertionError' }], cells: undefined };
  } catch (error) {
    if (!(error instanceof MaskFailure)) throw error;
    const isOfBatch = step !== null && step > 1 && fitsAnotherBatch(shape, step, kernel, malformed);
    if (isOfBatch) return { events: [{ stage: 'forward', need: 'shapes', wouldRaise: 'AssertionError' }], cells: undefined };
    return { events: [raise(error.type, 'A-Q9', error.message)], cells: null };
  }
}

/** Whether only the number of examples in the recorded batch keeps a kernel from fitting. */
function fitsAnotherBatch([, ...rest]: readonly number[], step: number, kernel: TargetOutcome['kernel'], malformed: MaskTarget['malformed']): boolean {
  try {
    measureTarget({ shape: [step, ...rest], outcome: { kernel }, malformed, isWhole: false });
    return true;
  } catch (error) {
    if (!(error instanceof MaskFailure)) throw error;
    return false;
  }
}

/** The error for a value that is no tensor: it has no tensor methods (rule A-Q2). */
function otherThanTensor({ target }: TargetOutcome, { quantizer }: Pick<QuantizedPlace, 'quantizer'>): QuantizerEvent {
  const method = quantizer === 'QATQuantizer' || quantizer === 'PtqQuantizer' ? 'detach' : 'device';
  const message = `'NoneType' object has no attribute '${method}'`;
  return { stage: 'forward', error: { moment: 'first-forward', type: 'AttributeError', rule: 'A-Q2', message, target } };
}

function stageOf(moment: OutcomeError['moment'], quantizer: QuantizerName): QuantizerStage {
  if (moment === 'first-forward') return 'forward';
  return quantizer === 'PtqQuantizer' || quantizer === 'BNNQuantizer' ? 'end' : 'backward';
}
