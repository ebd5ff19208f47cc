import type { ModuleTree } from '../module-tree/module-tree.ts';
import { adjacencyOf, type Adjacency } from './adjacency.ts';

const normOf: Readonly<Record<string, string>> = {
  Conv1d: 'BatchNorm1d', Conv2d: 'BatchNorm2d', Conv3d: 'BatchNorm3d', Linear: 'BatchNorm1d',
};

/**
 * Chains of modules that can be fused because each follows right on the one before (rule G16), as rows, by the first of
 * each: a convolution or Linear with its BatchNorm and a ReLU, or with one of them; then BatchNorm with ReLU. Every
 * module is in one chain at most. Empty when the tree has no graph.
 */
export function proposeFusions(tree: ModuleTree): readonly (readonly number[])[] {
  const adjacency = adjacencyOf(tree);
  if (adjacency === null) return [];
  const chains: (readonly number[])[] = [];
  const taken = new Set<number>();
  for (let row = 0; row < tree.size; row++) {
    const chain = chainFrom(row, adjacency);
    if (chain.length < 2) continue;
    chains.push(chain);
    for (const part of chain) taken.add(part);
  }
  for (let row = 0; row < tree.size; row++) {
    if (taken.has(row) || adjacency.torchType(row)?.startsWith('BatchNorm') !== true) continue;
    const relu = adjacency.next(row);
    if (relu >= 0 && !taken.has(relu) && adjacency.torchType(relu) === 'ReLU') chains.push([row, relu]);
  }
  return chains.toSorted(([a], [b]) => a! - b!);
}

function chainFrom(row: number, { torchType, onlyNode, next }: Adjacency): readonly number[] {
  const type = torchType(row);
  const norm = type === null ? undefined : normOf[type];
  if (norm === undefined || onlyNode(row) < 0) return [];
  const second = next(row);
  if (second < 0) return [];
  if (torchType(second) === 'ReLU') return [row, second];
  if (torchType(second) !== norm) return [];
  const third = next(second);
  return third >= 0 && torchType(third) === 'ReLU' ? [row, second, third] : [row, second];
}

/** A part of a fusion that is called elsewhere too, where it becomes an identity without a word (rule G17). */
export interface ReusedPart {
  readonly part: number;
  /** How often the model calls it in one forward pass. */
  readonly calls: number;
}

/** The parts of a fusion behind its head that run more than once (G17); empty when the tree has no graph. */
export function findReusedParts(tree: ModuleTree, fusion: readonly number[]): readonly ReusedPart[] {
  const adjacency = adjacencyOf(tree);
  if (adjacency === null) return [];
  return fusion.slice(1).flatMap((part) => {
    const calls = adjacency.callCount(part);
    return calls > 1 ? [{ part, calls }] : [];
  });
}
