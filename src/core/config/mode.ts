/** What a config list is for; each has its own keys, templates and registry. */
export type Mode = 'pruning' | 'quantization' | 'distillation';

export const modes: readonly Mode[] = ['pruning', 'quantization', 'distillation'];
