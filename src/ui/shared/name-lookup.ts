import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import { createNameLookup, type NameLookup } from '../../core/module-tree/tree-index.ts';

const lookups = new WeakMap<ModuleTree, NameLookup>();

/** Rows by name; made once for each model, at the first question. */
export function nameLookupOf(tree: ModuleTree): NameLookup {
  const lookup = lookups.get(tree) ?? createNameLookup(tree);
  lookups.set(tree, lookup);
  return lookup;
}
