/** What a config list is for; each has its own keys, templates and registry. */
export type Mode = 'pruning' | 'quantization' | 'distillation';

export const modes: readonly Mode[] = ['pruning', 'quantization', 'distillation'];

/** The mode of one of NNI's classes (`L1NormPruner`), by the end of its name; `null` for any other class. */
export function modeOfClass(name: string): Mode | null {
  if (name.endsWith('Pruner')) return 'pruning';
  if (name.endsWith('Quantizer')) return 'quantization';
  return name.endsWith('Distiller') ? 'distillation' : null;
}
