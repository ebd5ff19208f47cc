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
  for (let top = 1; top < right.size; top = right.end[top]!) {
    if (index.rowOf(moduleName(right, top)) > 0) asIs++;
    let below = 0;
    for (let row = top + 1; row < right.end[top]!; row++) {
      const name = moduleName(right, row);
      if (index.rowOf(name) > 0) asIs++;
      if (index.rowOf(name.slice(name.indexOf('.') + 1)) > 0) below++;
    }
    // A wrapper holds nearly all of the tree, and most of its content is found again; a list of layers holds 0, 1, 2 by chance.
    const held = right.end[top]! - top - 1;
    if (held * 2 >= right.size - 1 && below * 3 >= held) withoutLabel = below;
  }
  return { asIs, withoutLabel };
}
