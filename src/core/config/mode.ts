/** The purpose of a config list; each mode has its own keys, templates and registry. */
export type Mode = 'pruning' | 'quantization' | 'distillation';

export const modes: readonly Mode[] = ['pruning', 'quantization', 'distillation'];

/** The names of the modes, as titles. */
export const modeTitles: Readonly<Record<Mode, string>> = {
  pruning: 'Pruning',
  quantization: 'Quantization',
  distillation: 'Distillation',
};

/** The mode of one of NNI's classes (`L1NormPruner`), by the end of its name; `null` for any other class. */
export function modeOfClass(name: string): Mode | null {
  if (name.endsWith('Pruner')) return 'pruning';
  if (name.endsWith('Quantizer')) return 'quantization';
  return name.endsWith('Distiller') ? 'distillation' : null;
}
