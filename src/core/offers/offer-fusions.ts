import { canFuse } from '../algorithms/run-fusion.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName, moduleSpec } from '../module-tree/tree-index.ts';

/**
 * Fusions that NNI carries out (rules R4, X7): a selected module with the one or two that follow it in the model and
 * that it fuses with, the longest of each head first; ReLU only with `activations`. `isSelected` says by row what
 * the sub-config selects, `isSelectedAnywhere` what any does; a part of a fusion may not be selected at all.
 */
export function offerFusions(
  tree: ModuleTree,
  isSelected: (row: number) => boolean,
  isSelectedAnywhere: (row: number) => boolean,
  activations: boolean,
): readonly (readonly string[])[] {
  const offers: (readonly string[])[] = [];
  const follows = (row: number): number | null => {
    const next = tree.end[row]!;
    const isSibling = next < tree.size && tree.parent[next] === tree.parent[row];
    return isSibling && !isSelectedAnywhere(next) && !tree.sharedWith.has(next) ? next : null;
  };
  for (let head = 0; head < tree.size; head++) {
    if (!isSelected(head)) continue;
    const second = follows(head);
    const third = second === null ? null : follows(second);
    const groups = [[head, second, third], [head, second]];
    for (const group of groups) {
      const rows = group.filter((row) => row !== null);
      const fits = rows.length === group.length && canFuseRows(tree, rows, activations);
      if (fits) offers.push(rows.map((row) => moduleName(tree, row)));
    }
  }
  return offers;
}

/** Whether NNI fuses the modules of these rows in this order; with a ReLU only where outputs are quantized. */
export function canFuseRows(tree: ModuleTree, rows: readonly number[], activations: boolean): boolean {
  const specs = rows.map((row) => moduleSpec(tree, row));
  return canFuse(specs) && (activations || specs.every(({ type }) => type !== 'ReLU'));
}
