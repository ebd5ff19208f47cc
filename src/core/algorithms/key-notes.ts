import { isConfigList, type ConfigValue } from '../config/value.ts';
import type { TargetKind } from '../resolve/resolution.ts';
import { writeAlgorithm, type Algorithm, type PlainPruner } from './algorithm.ts';
import { appliedMethod, schemeOf } from './ignored-settings.ts';

/** Values of a key between which something happens, for a slider. */
export interface UsefulRange {
  readonly from: number;
  readonly to: number;
  /** `log`: each step multiplies. */
  readonly scale: 'linear' | 'log';
}

type Pruner = Extract<Algorithm, { readonly mode: 'pruning' }>;
type Quantizer = Extract<Algorithm, { readonly mode: 'quantization' }>;
type Distiller = Extract<Algorithm, { readonly mode: 'distillation' }>;

/** The metric of each pruner, and which thresholds make a difference (rule A-P11). */
const thresholds: Readonly<Record<PlainPruner, string>> = {
  LevelPruner: 'LevelPruner compares the absolute value of each weight. Useful values depend on the weights, often 0.001 to 0.1.',
  L1NormPruner: 'L1NormPruner compares the sum of the absolute values of each block. It grows with the size of the block.',
  L2NormPruner: 'L2NormPruner compares the L2 norm of each block. It grows with the size of the block.',
  FPGMPruner: 'FPGMPruner compares the sum of the L2 distances from a block to all others. It grows with their number.',
  SlimPruner: 'SlimPruner compares the factor of each block. All start at 1.0 and fall by about 0.01 a step: below 1 − 0.01 · training_steps nothing is masked, above 1.01 everything.',
  TaylorPruner: 'TaylorPruner compares the sum of (weight · gradient)² of each block, as the mean over training_steps. Useful values are tiny: 1e-9 to 1e-3.',
  MovementPruner: 'MovementPruner compares the sigmoid of each score. All start at 0.5: 0 and below mask nothing, 1 and above everything.',
};

const thresholdRanges: Partial<Readonly<Record<PlainPruner, UsefulRange>>> = {
  SlimPruner: { from: 0, to: 1.01, scale: 'linear' },
  TaylorPruner: { from: 1e-9, to: 1e-3, scale: 'log' },
  MovementPruner: { from: 0, to: 1, scale: 'linear' },
};

/** Between which values a key makes a difference under a class; `null` where weights or sizes decide that. */
export function usefulRange(algorithm: Algorithm, key: string): UsefulRange | null {
  return key === 'sparse_threshold' && algorithm.mode === 'pruning' ? (thresholdRanges[algorithm.name] ?? null) : null;
}

/** The meaning of a key for the class that runs the list, beyond its meaning for every class; empty for none. */
export function keyNotes(algorithm: Algorithm, key: string): readonly string[] {
  switch (algorithm.mode) {
    case 'pruning':
      return pruningNotes(algorithm, key);
    case 'quantization':
      return quantizationNotes(algorithm, key);
    case 'distillation':
      return distillationNotes(algorithm, key);
  }
}

const scheduledKeys: ReadonlySet<string> = new Set(['sparse_ratio', 'sparse_threshold', 'max_sparse_ratio', 'min_sparse_ratio']);

function pruningNotes({ name, schedules }: Pruner, key: string): readonly string[] {
  const [schedule] = schedules;
  const rises = scheduledKeys.has(key) && schedule !== undefined ? [`${schedule} raises it from 0 to this value in total_times updates.`] : [];
  const warms = scheduledKeys.has(key) && name === 'MovementPruner' && schedule === undefined ? ['MovementPruner raises it from 0 to this value between warmup_step and cooldown_begin_step.'] : [];
  return [...ownPruningNotes(name, key), ...rises, ...warms];
}

function ownPruningNotes(name: PlainPruner, key: string): readonly string[] {
  switch (key) {
    case 'sparse_threshold':
      return [thresholds[name]];
    case 'granularity':
      if (name === 'LevelPruner') return ['For LevelPruner, default is single weights.'];
      if (name === 'FPGMPruner') return ['FPGMPruner fails on a pruned target without a granularity, such as a bias in target_settings.'];
      return [`For ${name}, default is whole output channels.`];
    case 'apply_method':
      if (name === 'SlimPruner') return ['SlimPruner takes mul only; add and bypass are refused in its constructor.'];
      return name === 'MovementPruner' ? ['MovementPruner runs mul as movement_mul and add as movement_add.'] : [];
    case 'global_group_id':
      return name === 'SlimPruner' ? ['The factors of SlimPruner start equal: ties are not masked, so short trainings mask less than the ratio.'] : [];
    default:
      return [];
  }
}

function quantizationNotes({ name }: Quantizer, key: string): readonly string[] {
  switch (key) {
    case 'quant_dtype':
      if (name === 'BNNQuantizer') return ['No effect: BNNQuantizer makes values +1 or −1.'];
      return name === 'LsqQuantizer' ? ['LsqQuantizer refuses null.'] : [`${name} takes null for int8.`];
    case 'quant_scheme':
      return [schemeNotes[name]];
    case 'granularity':
      return name === 'DoReFaQuantizer' || name === 'BNNQuantizer' ? [`${name} refuses every granularity but default.`] : [];
    case 'apply_method':
      return [`No effect: ${name} sets its own apply_method.`];
    default:
      return [];
  }
}

const schemeNotes: Readonly<Record<Quantizer['name'], string>> = {
  QATQuantizer: 'QATQuantizer: symmetric where it is left out.',
  PtqQuantizer: 'PtqQuantizer: symmetric where it is left out.',
  DoReFaQuantizer: 'DoReFaQuantizer refuses the list without it. Inputs use it; weights and outputs are affine over 0 to 1 with any value.',
  BNNQuantizer: 'No effect: BNNQuantizer makes values +1 or −1.',
  LsqQuantizer: 'No effect: LsqQuantizer is always symmetric.',
  LsqPlusQuantizer: 'No effect: LsqPlusQuantizer is always affine.',
};

function distillationNotes({ name }: Distiller, key: string): readonly string[] {
  const isAdaptive = name === 'Adaptive1dLayerwiseDistiller';
  switch (key) {
    case 'link':
      return [isAdaptive ? 'Adaptive1dLayerwiseDistiller takes one link for each target.' : 'Of several links DynamicLayerwiseDistiller counts the one with the smallest loss.'];
    case 'lambda':
      return [`${name} refuses an int: write 1.0, not 1.`];
    default:
      return [];
  }
}

/** How a class changes a value that it does not use as written, in a sentence; `null` where it uses it. */
export function valueNote(algorithm: Algorithm, key: string, value: ConfigValue, kind: TargetKind | null): string | null {
  const name = writeAlgorithm(algorithm);
  if (algorithm.mode === 'pruning') {
    if (key === 'granularity' && value === 'default') return algorithm.name === 'LevelPruner' ? 'default: single weights' : null;
    return null;
  }
  if (algorithm.mode === 'distillation') {
    return key === 'link' && isConfigList(value) && value.length > 1 && algorithm.name === 'Adaptive1dLayerwiseDistiller' ? `Refused by ${name}: it takes one link.` : null;
  }
  switch (key) {
    case 'apply_method': {
      const used = appliedMethod(algorithm.name, kind);
      return used === value ? null : `Ignored by ${name}: it uses ${used ?? 'its own for each kind of target'}.`;
    }
    case 'quant_scheme': {
      if (algorithm.name === 'DoReFaQuantizer' && kind === null) return value === 'affine' ? null : `${name} uses it for inputs only; weights and outputs are affine.`;
      const used = schemeOf(algorithm.name, kind ?? 'parameter');
      return used === null || used === value ? null : `Ignored by ${name}: it uses ${used}.`;
    }
    case 'quant_dtype':
      return algorithm.name === 'BNNQuantizer' ? `Ignored by ${name}: values become +1 or −1.` : null;
    default:
      return null;
  }
}
