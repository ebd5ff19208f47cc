import type { ModuleTree } from './module-tree.ts';
import { createNameLookup, moduleName } from './tree-index.ts';

/** How many names two trees have in common. */
export interface TreeOverlap {
  /** Names that both have, the root left out; one label in front of all names of either tree is left aside. */
  readonly common: number;
  /** That is at least half of the names of the smaller tree. */
  readonly overlaps: boolean;
}

/** Whether two trees may be of the same model (rule T26): linear in the number of modules. */
export function overlapOfTrees(left: ModuleTree, right: ModuleTree): TreeOverlap {
  const plain = countCommon(left, right);
  const common = Math.max(plain.asIs, plain.withoutLabel, countCommon(right, left).withoutLabel);
  const smaller = Math.min(left.size, right.size) - 1;
  return { common, overlaps: smaller > 0 && common * 2 >= smaller };
}

/** Names of `right` that `left` has: as they are, and without their first label. */
function countCommon(left: ModuleTree, right: ModuleTree): { readonly asIs: number; readonly withoutLabel: number } {
  const index = createNameLookup(left);
  let asIs = 0;
  let withoutLabel = 0;
  for (let row = 1; row < right.size; row++) {
    const name = moduleName(right, row);
    if (index.rowOf(name) > 0) asIs++;
    const dot = name.indexOf('.');
    if (dot > 0 && index.rowOf(name.slice(dot + 1)) > 0) withoutLabel++;
  }
  return { asIs, withoutLabel };
}
