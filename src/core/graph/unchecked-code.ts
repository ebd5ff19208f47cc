import type { ModuleTree } from '../module-tree/module-tree.ts';

/**
 * Whether code of the model's own was traced that no exporter looked at (rule G20j): ModelSpeedup reads the source, and code that its own
 * tracer does not take leaves no trace in the data flow. Code of torch's own modules is taken as it is.
 */
export function isCodeUnchecked({ graph, specs, specId }: ModuleTree): boolean {
  if (graph === null || graph.recordedBy !== '' || graph.untraced !== undefined) return false;
  const isOwn = specs.map(({ className }) => className === null || !className.startsWith('torch.nn.'));
  return specId.some((spec) => isOwn[spec]!);
}
