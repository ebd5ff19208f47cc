import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleSpec } from '../module-tree/tree-index.ts';
import type { Resolution } from '../resolve/resolution.ts';

/**
 * Whether the root module has a parameter of its own in the optimizer: NNI then fails to find the place of a new one (rule A-Q8). Those that are
 * targets go by the name of their wrapper and do no harm. `null` where the source does not list parameters.
 */
export function rootKeepsParameters(resolution: Resolution | null, tree: ModuleTree): boolean | null {
  const { parameters } = moduleSpec(tree, 0);
  if (parameters === null) return null;
  const outcome = resolution === null ? undefined : resolution.outcomes[resolution.outcomeId[0]!];
  const taken = new Set(outcome?.targets.map(({ target }) => target) ?? []);
  return parameters.some(({ name, isNone }) => !isNone && !taken.has(name));
}
