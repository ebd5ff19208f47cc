import type { ModuleTree } from '../module-tree/module-tree.ts';
import { childRows } from '../module-tree/tree-index.ts';
import { addShares, type Contribution, noShare, type Share } from './share.ts';

/** A part of the model by size: a module with all below it, or a module's own parameters next to its children's. */
export interface PictureNode {
  /** Index of the node above; -1 for the root. */
  readonly parent: number;
  /** The module. */
  readonly module: number;
  /** Modules `[module, end)` are counted; `module + 1` for own parameters. */
  readonly end: number;
  readonly elements: number;
  /** The figure that the area shows: elements, or multiply-adds. */
  readonly size: number;
  /** Split further; its children follow. */
  readonly split: boolean;
  /** Of nodes that are not split: the sub-configs that configure a part of them, ascending. */
  readonly bands: readonly Band[];
}

export interface Band extends Share {
  readonly subConfig: number;
}

interface Draft {
  readonly parent: number;
  readonly module: number;
  readonly end: number;
  readonly elements: number;
  readonly size: number;
  split: boolean;
}

/** Parts that would on average be below this share of the whole are too small to be seen. */
const leastShare = 1 / 4_000;

/**
 * Splits a model into its largest parts, largest first, until `mostNodes` are named (rule W3). Modules without
 * a size are left out.
 * @param elements parameters, added up in row order
 * @param sizes the figure that the areas show, added up in the same way: parameters or multiply-adds
 */
export function createPicture(
  tree: ModuleTree,
  elements: Float64Array,
  contributions: readonly Contribution[],
  mostNodes: number,
  sizes: Float64Array = elements,
): readonly PictureNode[] {
  const draft = (parent: number, from: number, to: number): Draft => ({
    parent, module: from, end: to, elements: elements[to]! - elements[from]!, size: sizes[to]! - sizes[from]!, split: false,
  });
  const total = sizes[tree.size]!;
  if (total === 0) return [];
  const drafts: Draft[] = [draft(-1, 0, tree.size)];
  const queue = tree.size > 1 ? [0] : [];
  while (queue.length > 0) {
    const at = takeLargest(queue, drafts);
    const { module, size } = drafts[at]!;
    const parts: Draft[] = [[module, module + 1], ...childRows(tree, module).map((row) => [row, tree.end[row]!])]
      .map(([from, to]) => draft(at, from!, to!))
      .filter((part) => part.size > 0);
    if (drafts.length + parts.length > mostNodes || size / parts.length < total * leastShare) continue;
    drafts[at]!.split = true;
    for (const part of parts) {
      if (part.end > part.module + 1) queue.push(drafts.length);
      drafts.push(part);
    }
  }
  return giveBands(drafts, contributions);
}

function takeLargest(queue: number[], drafts: readonly Draft[]): number {
  let best = 0;
  for (let i = 1; i < queue.length; i++) {
    if (drafts[queue[i]!]!.size > drafts[queue[best]!]!.size) best = i;
  }
  return queue.splice(best, 1)[0]!;
}

/** The parts that are not split hold each module once: each contribution belongs to one of them. */
function giveBands(drafts: readonly Draft[], contributions: readonly Contribution[]): readonly PictureNode[] {
  const leaves = drafts.map((draft, index) => ({ draft, index })).filter(({ draft }) => !draft.split);
  leaves.sort((a, b) => a.draft.module - b.draft.module);
  const bands = new Map<number, Map<number, Share>>();
  let at = 0;
  for (const share of contributions) {
    while (at < leaves.length && leaves[at]!.draft.end <= share.module) at++;
    const leaf = leaves[at];
    if (!leaf || leaf.draft.module > share.module) continue;
    const ofLeaf = bands.get(leaf.index) ?? new Map<number, Share>();
    bands.set(leaf.index, ofLeaf);
    ofLeaf.set(share.subConfig, addShares(ofLeaf.get(share.subConfig) ?? noShare, share));
  }
  return drafts.map((draft, index) => ({
    ...draft,
    bands: [...(bands.get(index) ?? [])]
      .toSorted(([a], [b]) => a - b)
      .map(([subConfig, share]) => ({ subConfig, ...share })),
  }));
}
