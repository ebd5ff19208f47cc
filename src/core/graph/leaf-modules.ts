import type { ModuleTree } from '../module-tree/module-tree.ts';
import { hasChildren, moduleLabel } from '../module-tree/tree-index.ts';

const dot = 46;

/**
 * Which modules NNI takes for leaves (rule G3): element `row` is 1 when the name that follows the module's own in the
 * order of code points does not start with it and a dot. A parent is a leaf, too, when a sibling continues its label
 * with a character before the dot: `a-b` makes `a` a leaf although there is `a.0`. The root is none.
 */
export function findLeafModules(tree: ModuleTree): Uint8Array<ArrayBuffer> {
  const leaves = new Uint8Array(tree.size);
  for (let row = 1; row < tree.size; row++) leaves[row] = hasChildren(tree, row) ? 0 : 1;
  const early = earlySiblings(tree);
  if (early.size === 0) return leaves;
  for (let row = 1; row < tree.size; row++) {
    if (early.get(tree.parent[row]!)?.has(moduleLabel(tree, row)) === true) leaves[row] = 1;
  }
  return leaves;
}

/** Parent → labels that a child continues with a character before the dot. Almost always empty. */
function earlySiblings(tree: ModuleTree): ReadonlyMap<number, ReadonlySet<string>> {
  const found = new Map<number, Set<string>>();
  const { bytes, offsets } = tree.names;
  for (let row = 1; row < tree.size; row++) {
    const end = offsets[row + 1]!;
    let isEarly = false;
    for (let at = offsets[row]!; at < end; at++) if (bytes[at]! < dot) isEarly = true;
    if (!isEarly) continue;
    const label = moduleLabel(tree, row);
    const parent = tree.parent[row]!;
    const labels = found.get(parent) ?? new Set<string>();
    for (let at = 1; at < label.length; at++) if (label.charCodeAt(at) < dot) labels.add(label.slice(0, at));
    found.set(parent, labels);
  }
  return found;
}
