import type { ModuleTree } from '../module-tree/module-tree.ts';
import { runMembers, type SiblingRuns } from '../module-tree/sibling-runs.ts';
import { countBlocks, countOnes } from '../module-tree/mask-counts.ts';

/** Equal blocks of which a mask reaches some and not others, or less of some than of others. */
export interface CoverageGap {
  /** The first block of the run; of several runs alike, of the first of them. */
  readonly first: number;
  /** Blocks in the run. */
  readonly blocks: number;
  /** Blocks in which as much is hit as in any. */
  readonly full: number;
  /** Places in the run (0 is its first block) where nothing is hit. */
  readonly missing: readonly number[];
  /** Places where something is hit, but less than elsewhere. */
  readonly partial: readonly number[];
  /** Runs in which it is just the same, this one among them. */
  readonly runs: number;
}

const mostGaps = 4;

/**
 * Finds runs of equal siblings that a mask covers in part: "25 of 30 blocks" (rule T20 says what a run is). Runs
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
