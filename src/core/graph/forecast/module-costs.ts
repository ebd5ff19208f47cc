import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { countMultiplyAdds } from './multiply-adds.ts';
import { createTraceReader } from './trace-reader.ts';

const known = new WeakMap<ModuleTree, Float64Array<ArrayBuffer>>();

/**
 * Multiply-adds of one forward pass on the dummy input, added up in row order: the sum of a module with all below it is
 * `sums[end] − sums[row]`. Null when the tree has no graph.
 */
export function multiplyAddSums(tree: ModuleTree): Float64Array<ArrayBuffer> | null {
  const { graph } = tree;
  if (graph === null) return null;
  const found = known.get(tree);
  if (found !== undefined) return found;
  const counts = countMultiplyAdds(tree, createTraceReader(tree, graph));
  const sums = new Float64Array(tree.size + 1);
  for (let row = 0; row < tree.size; row++) sums[row + 1] = sums[row]! + (counts.get(row) ?? 0);
  known.set(tree, sums);
  return sums;
}

/** Multiply-adds of a module and all below it. */
export function multiplyAddsBelow(tree: ModuleTree, sums: Float64Array, row: number): number {
  return sums[tree.end[row]!]! - sums[row]!;
}
