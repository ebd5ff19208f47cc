import type { ModuleTree } from '../module-tree/module-tree.ts';
import { runMembers, type SiblingRuns } from '../module-tree/sibling-runs.ts';
import { countBlocks, countOnes } from '../module-tree/mask-counts.ts';

/** A run of equal blocks in which a mask reaches some blocks and not others, or fewer modules of some blocks. */
export interface CoverageGap {
  /** The first block of the run; of several runs alike, of the first of them. */
  readonly first: number;
  /** Blocks in the run. */
  readonly blocks: number;
  /** Blocks with the most matches. */
  readonly full: number;
  /** Places in the run (0 is its first block) without a match. */
  readonly missing: readonly number[];
  /** Places with fewer matches than elsewhere, but at least one. */
  readonly partial: readonly number[];
  /** Number of runs with the same gaps, including this one. */
  readonly runs: number;
}

const mostGaps = 4;

/**
 * Finds runs of equal siblings that a mask covers in part: "25 of 30 blocks" (rule T20 defines a run). Runs
 * within runs that have the same gaps are listed once; outer ones come first.
 */
export function findGaps(tree: ModuleTree, runs: SiblingRuns, mask: Uint8Array): readonly CoverageGap[] {
  const blocks = countBlocks(mask);
  const gaps = new Map<string, CoverageGap & { runs: number }>();
  for (let run = 0; run < runs.count; run++) {
    const members = runMembers(tree, runs, run);
    const hits = members.map((member) => countOnes(mask, blocks, member, tree.end[member]!));
    const most = hits.reduce((a, b) => Math.max(a, b), 0);
    if (most === 0 || hits.every((count) => count === most)) continue;
    const missing = hits.flatMap((count, at) => (count === 0 ? [at] : []));
    const partial = hits.flatMap((count, at) => (count > 0 && count < most ? [at] : []));
    const full = hits.length - missing.length - partial.length;
    const key = JSON.stringify([tree.depth[members[0]!], members.length, missing, partial]);
    const known = gaps.get(key);
    if (known) known.runs++;
    else gaps.set(key, { first: members[0]!, blocks: members.length, full, missing, partial, runs: 1 });
  }
  return [...gaps.values()].toSorted((a, b) => tree.depth[a.first]! - tree.depth[b.first]!).slice(0, mostGaps);
}
