import type { Mode } from '../config/mode.ts';

/** Pruners that make masks themselves. */
export const plainPruners = [
  'LevelPruner',
  'L1NormPruner',
  'L2NormPruner',
  'FPGMPruner',
  'SlimPruner',
  'TaylorPruner',
  'MovementPruner',
] as const;
export type PlainPruner = (typeof plainPruners)[number];

/** Pruners that take another one and raise its goals step by step. */
export const scheduledPruners = ['LinearPruner', 'AGPPruner'] as const;
export type ScheduledPruner = (typeof scheduledPruners)[number];

export const quantizers = [
  'QATQuantizer',
  'PtqQuantizer',
  'DoReFaQuantizer',
  'BNNQuantizer',
  'LsqQuantizer',
  'LsqPlusQuantizer',
] as const;
export type QuantizerName = (typeof quantizers)[number];

export const distillers = ['DynamicLayerwiseDistiller', 'Adaptive1dLayerwiseDistiller'] as const;
export type DistillerName = (typeof distillers)[number];

/** A class of NNI 3.0 that runs a config list. `schedules` are the pruners around the plain one, the outermost first. */
export type Algorithm =
  | { readonly mode: 'pruning'; readonly name: PlainPruner; readonly schedules: readonly ScheduledPruner[] }
  | { readonly mode: 'quantization'; readonly name: QuantizerName }
  | { readonly mode: 'distillation'; readonly name: DistillerName };

/** The class of each mode that judges a list when none is chosen. */
export const defaultAlgorithms: { readonly [Key in Mode]: Extract<Algorithm, { readonly mode: Key }> } = {
  pruning: { mode: 'pruning', name: 'L1NormPruner', schedules: [] },
  quantization: { mode: 'quantization', name: 'QATQuantizer' },
  distillation: { mode: 'distillation', name: 'DynamicLayerwiseDistiller' },
};

/** Deeper nestings of schedules are refused: no one writes them, and text from outside could be endless. */
const deepestSchedule = 8;

/** Reads `AGPPruner(L1NormPruner)`; `null` where that is no class of NNI 3.0. */
export function readAlgorithm(text: string): Algorithm | null {
  const schedules: ScheduledPruner[] = [];
  let rest = text.replaceAll(/\s+/g, '');
  while (schedules.length <= deepestSchedule) {
    const found = /^(\w+)\((.*)\)$/.exec(rest);
    const schedule = scheduledPruners.find((name) => name === found?.[1]);
    if (!found || schedule === undefined) break;
    schedules.push(schedule);
    rest = found[2]!;
  }
  const pruner = plainPruners.find((name) => name === rest);
  if (pruner !== undefined) return { mode: 'pruning', name: pruner, schedules };
  if (schedules.length > 0) return null;
  const quantizer = quantizers.find((name) => name === rest);
  if (quantizer !== undefined) return { mode: 'quantization', name: quantizer };
  const distiller = distillers.find((name) => name === rest);
  return distiller === undefined ? null : { mode: 'distillation', name: distiller };
}

/** `AGPPruner(L1NormPruner)`. */
export function writeAlgorithm(algorithm: Algorithm): string {
  if (algorithm.mode !== 'pruning') return algorithm.name;
  const { name, schedules } = algorithm;
  return `${schedules.map((schedule) => `${schedule}(`).join('')}${name}${')'.repeat(schedules.length)}`;
}

/** Makes its masks without training, of the weights as they are. */
export function isNormPruner(name: PlainPruner): boolean {
  return name !== 'SlimPruner' && name !== 'TaylorPruner' && name !== 'MovementPruner';
}
