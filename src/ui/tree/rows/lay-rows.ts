import { countOnes } from '../../../core/module-tree/mask-counts.ts';
import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import type { SiblingRuns } from '../../../core/module-tree/sibling-runs.ts';
import { closed, createColumns, leaf, open, type Openness, type OpenRows } from './open-rows.ts';

/** Modules that the tree is to show: 1 in `mask`; `blocks` is the result of `countBlocks` for it. */
export interface Hits {
  readonly mask: Uint8Array;
  readonly blocks: Uint32Array;
  readonly count: number;
}

/** How rows are laid out apart from the open branches. */
export interface RowOrder {
  /** Modules whose branches are opened for them. */
  readonly hits: Hits | null;
  /** Most rows that matches may open. Beyond them branches stay closed, and each run opens only its first matching member. */
  readonly room: number;
  /** Leaves out every row that neither matches nor leads to a match. */
  readonly onlyHits: boolean;
  /** Branches and runs that stay closed although they contain matches. */
  readonly shut: Openness;
  /** Sums of parameters or multiply-adds before each module: siblings are then ordered by them, the largest first. */
  readonly sums: Float64Array | null;
}

/** Siblings that are still to come. */
interface Level {
  /** The next module, or its place in `bySize`. */
  at: number;
  readonly end: number;
  readonly depth: number;
  /** `members` of an open run start no run; of a run whose first match is shown, the `rest` stays closed. */
  readonly kind: 'siblings' | 'members' | 'rest';
  /** Opened only because of a match. */
  readonly isRevealed: boolean;
  /** The siblings by size, each run by its first member; `null`: as they come. */
  readonly bySize: readonly number[] | null;
}

/** The rows of a tree with branches opened for matches, or with siblings by size. */
export function layRows(tree: ModuleTree, runs: SiblingRuns, openness: Openness, order: RowOrder): OpenRows {
  const { hits, room } = order;
  const spread = hits && hits.count <= room ? lay(tree, runs, openness, order, true) : null;
  return spread ?? lay(tree, runs, openness, order, false)!;
}

/** `spread`: runs open with all their members; `null` when that takes more rows than there is room for. */
function lay(tree: ModuleTree, runs: SiblingRuns, openness: Openness, order: RowOrder, spread: boolean): OpenRows | null {
  const { hits, room, onlyHits, shut, sums } = order;
  const rows = createColumns(256);
  const levels: Level[] = [];
  let revealed = 0;

  const hasHit = (from: number, to: number) => hits !== null && countOnes(hits.mask, hits.blocks, from, to) > 0;
  const add = (level: Level, module: number, state: number, runLength: number) => {
    rows.add(module, level.depth, state, runLength);
    if (level.isRevealed) revealed++;
  };
  const enter = (above: Pick<Level, 'depth' | 'isRevealed'>, kind: Level['kind'], at: number, end: number) => {
    const sizes = sums !== null && kind === 'siblings' ? siblingsBySize(tree, runs, sums, at, end) : null;
    levels.push({ at: sizes ? 0 : at, end, depth: above.depth + 1, kind, isRevealed: above.isRevealed, bySize: sizes });
  };

  function layModule(level: Level, module: number): void {
    const end = tree.end[module]!;
    if (end === module + 1) return add(level, module, leaf, 0);
    const isOpened = openness.modules.has(module);
    const isHit = !isOpened && level.kind !== 'rest' && revealed < room && !shut.modules.has(module) && hasHit(module + 1, end);
    add(level, module, isOpened || isHit ? open : closed, 0);
    if (isOpened || isHit) enter({ depth: level.depth, isRevealed: level.isRevealed || isHit }, 'siblings', module + 1, end);
  }

  /** Equal siblings from a module on: one row, or all where they are open, or the first match between closed rows. */
  function layRun(level: Level, module: number, end: number): void {
    const stride = tree.end[module]! - module;
    const length = (end - module) / stride;
    const isOpened = level.kind !== 'rest' && openness.runs.has(module);
    const isHit = !isOpened && level.kind !== 'rest' && revealed < room && !shut.runs.has(module) && hasHit(module, end);
    if (length === 1) layModule(level, module);
    else if (isOpened || (isHit && spread)) {
      add(level, module, open, length);
      enter({ depth: level.depth, isRevealed: level.isRevealed || isHit }, 'members', module, end);
    } else if (isHit) {
      let shown = module;
      while (!hasHit(shown, shown + stride)) shown += stride;
      const before = (shown - module) / stride;
      if (before > 0 && !onlyHits) add(level, module, before === 1 && stride === 1 ? leaf : closed, before === 1 ? 0 : before);
      if (shown + stride < end) enter({ depth: level.depth - 1, isRevealed: true }, 'rest', shown + stride, end);
      layModule({ ...level, isRevealed: true }, shown);
    } else add(level, module, closed, length);
  }

  enter({ depth: -1, isRevealed: false }, 'siblings', 0, tree.size);
  while (levels.length > 0) {
    const level = levels.at(-1)!;
    const module = level.bySize ? level.bySize[level.at++] : level.at;
    if (module === undefined || module >= level.end) {
      levels.pop();
      continue;
    }
    const isInRun = level.kind !== 'members' && runs.runOf[module]! >= 0;
    const end = isInRun ? endOfRun(tree, runs, module) : tree.end[module]!;
    if (!level.bySize) level.at = end;
    if (onlyHits && !hasHit(module, end)) continue;
    if (isInRun) layRun(level, module, end);
    else layModule(level, module);
    if (spread && revealed > room) return null;
  }
  const laid = rows.finish();
  const found = onlyHits && hits ? laid.module.map((module, at) => (laid.runLength[at]! > 0 ? 1 : hits.mask[module]!)) : null;
  return { ...laid, found: found && Uint8Array.from(found), isAscending: sums === null };
}

/** One past the last module of the run that a module is in. */
export function endOfRun(tree: ModuleTree, runs: SiblingRuns, module: number): number {
  const run = runs.runOf[module]!;
  return runs.first[run]! + (tree.end[module]! - module) * runs.length[run]!;
}

/** The siblings from `start` to before `end`, the largest first; equal ones as they come. A run counts as a whole. */
function siblingsBySize(tree: ModuleTree, runs: SiblingRuns, sums: Float64Array, start: number, end: number): readonly number[] {
  const siblings: { readonly module: number; readonly size: number }[] = [];
  for (let module = start; module < end; ) {
    const next = runs.runOf[module]! >= 0 ? endOfRun(tree, runs, module) : tree.end[module]!;
    siblings.push({ module, size: sums[next]! - sums[module]! });
    module = next;
  }
  return siblings.toSorted((a, b) => b.size - a.size).map(({ module }) => module);
}
