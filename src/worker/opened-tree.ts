import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import type { TreeDisagreement } from '../core/module-tree/tree-disagreement.ts';
import { findSiblingRuns, type SiblingRuns } from '../core/module-tree/sibling-runs.ts';
import { digestTree } from '../core/module-tree/tree-digest.ts';
import { countTypes, sumParameters } from '../core/module-tree/tree-index.ts';
import { copyToHandOver } from './copy-to-hand-over.ts';
import type { OpenedTree, TreeSource } from './protocol.ts';
import type { TreeStorage } from './tree-storage.ts';

/** A tree and whether this browser's storage has it already. */
export interface SourcedTree {
  readonly tree: ModuleTree;
  readonly stored: boolean;
  readonly disagreements: readonly TreeDisagreement[];
}

const toldDisagreements = 200;

/** Splits an opened tree into the part for the page and the part that the engine keeps. */
export function openedTree({ tree, disagreements }: SourcedTree, source: TreeSource): {
  readonly runs: SiblingRuns;
  readonly reply: OpenedTree;
  readonly transfer: ArrayBuffer[];
} {
  const runs = findSiblingRuns(tree);
  const sample = source.type === 'url' ? source.sample : source.type === 'stored' ? source.reference.sample : null;
  const { copy, transfer } = copyToHandOver({ tree, runs });
  const { elements, complete } = sumParameters(tree);
  const reply = {
    ...copy,
    typeCounts: countTypes(tree),
    reference: { name: tree.model, moduleCount: tree.size, digest: digestTree(tree), sample },
    parameterSums: elements,
    parameterCount: complete ? elements[tree.size]! : null,
    disagreements: { first: disagreements.slice(0, toldDisagreements), count: disagreements.length },
  };
  return { runs, reply, transfer: [...transfer, elements.buffer] };
}

/** Keeps a tree in this browser, unless it is there already. `onFailure` gets the model whose tree could not be kept. */
export async function storeOpened(
  { tree, stored }: SourcedTree,
  { digest }: OpenedTree['reference'],
  storage: TreeStorage,
  onFailure: (model: string) => void,
): Promise<void> {
  if (!stored) await storage.save(digest, tree).catch(() => onFailure(tree.model));
}
