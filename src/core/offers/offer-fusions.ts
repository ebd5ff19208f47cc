import { canFuse } from '../algorithms/run-fusion.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName, moduleSpec } from '../module-tree/tree-index.ts';

/**
 * Fusions that NNI carries out (rules R4, X7): a selected module with the one or two that follow it in the model and
 * that it fuses with, the longest of each head first; ReLU only with `activations`. `isSelected` says by row whether
 * the sub-config selects the module, `isSelectedAnywhere` whether any does; a part of a fusion may not be selected at all. Given `chains`, which the data flow
 * has (rule G16), only modules that really follow are offered.
 */
export function offerFusions(
  tree: ModuleTree,
  isSelected: (row: number) => boolean,
  isSelectedAnywhere: (row: number) => boolean,
  activations: boolean,
  chains: readonly (readonly number[])[] | null = null,
): readonly (readonly string[])[] {
  if (chains !== null) return offerChains(tree, isSelected, isSelectedAnywhere, activations, chains);
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

/** Fusions along chains of the data flow: the whole chain first, then its first two. */
function offerChains(
  tree: ModuleTree,
  isSelected: (row: number) => boolean,
  isSelectedAnywhere: (row: number) => boolean,
  activations: boolean,
  chains: readonly (readonly number[])[],
): readonly (readonly string[])[] {
  return chains.flatMap((chain) => {
    if (!isSelected(chain[0]!)) return [];
    const groups = chain.length === 2 ? [chain] : [chain, chain.slice(0, 2)];
    return groups
      .filter((rows) => canFuseRows(tree, rows, activations) && !rows.slice(1).some(isSelectedAnywhere))
      .map((rows) => rows.map((row) => moduleName(tree, row)));
  });
}

/** Whether NNI fuses the modules of these rows in this order; with a ReLU only where outputs are quantized. */
export function canFuseRows(tree: ModuleTree, rows: readonly number[], activations: boolean): boolean {
  const specs = rows.map((row) => moduleSpec(tree, row));
  return canFuse(specs) && (activations || specs.every(({ type }) => type !== 'ReLU'));
}
