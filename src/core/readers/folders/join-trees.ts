import { mergeTrees } from '../../module-tree/merge-trees.ts';
import type { TreeDisagreement } from '../../module-tree/tree-disagreement.ts';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { overlapOfTrees } from '../../module-tree/overlap.ts';
import { succeed, type Result } from '../../result.ts';
import { readFailure, shorten, treeBuildFailure, type ReadError, type ReadLimits } from '../messages/read-error.ts';

/** A tree read from several files, and where they contradict each other. */
export interface TreeOfFiles {
  readonly tree: ModuleTree;
  readonly disagreements: readonly TreeDisagreement[];
}

/** The tree of one of several files. */
export interface TreeOfFile {
  readonly tree: ModuleTree;
  /** Whether it may belong to another model: it is ignored then. */
  readonly mayDiffer: boolean;
}

/**
 * Makes one tree of the trees of several files (rules T23, T26), trees that may differ last. Null where there is
 * none; an error where two are not of one model.
 */
export function joinTrees(trees: readonly TreeOfFile[], limits: ReadLimits): Result<TreeOfFiles | null, ReadError> {
  const [first, ...others] = trees.toSorted((left, right) => Number(left.mayDiffer) - Number(right.mayDiffer));
  if (first === undefined) return succeed(null);
  let { tree } = first;
  const disagreements: TreeDisagreement[] = [];
  for (const { tree: other, mayDiffer } of others) {
    const { common, overlaps } = overlapOfTrees(tree, other);
    if (tree.size > 1 && other.size > 1 && !overlaps) {
      if (mayDiffer) continue;
      return readFailure('different-models', { first: shorten(tree.model), second: shorten(other.model), common });
    }
    const merged = mergeTrees(tree, other, limits);
    if (!merged.ok) return treeBuildFailure(merged.error, (index) => `entry ${index + 1}`);
    ({ tree } = merged.value);
    disagreements.push(...merged.value.disagreements);
  }
  return succeed({ tree, disagreements });
}
