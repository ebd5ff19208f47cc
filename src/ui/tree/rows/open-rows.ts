import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import type { SiblingRuns } from '../../../core/module-tree/sibling-runs.ts';

/**
 * The rows of a tree that are open, from top to bottom, as columns: some milliseconds for a hundred thousand of them.
 * The content of a row is built only while it is in sight; see `rowAt`.
 */
export interface OpenRows {
  readonly size: number;
  /** The module of each row, of a run its first one. Ascends; a run comes before its first module. */
  readonly module: Uint32Array;
  readonly depth: Uint32Array;
  /** Number of equal siblings where the row is a run of them, else 0. */
  readonly runLength: Uint32Array;
  /** One of `leaf`, `closed`, `open`. */
  readonly state: Uint8Array;
  /** The parent of each row; -1 for the root. */
  readonly above: Int32Array;
  /** The position among its siblings, from 1. */
  readonly place: Uint32Array;
  /** Number of children of each row. */
  readonly children: Uint32Array;
  /** The rows of a search: 1 where it found the module, 0 where the row only leads to one; else `null`. */
  readonly found: Uint8Array | null;
  /** Rows are in the order of their modules; false where siblings are ordered by size. */
  readonly isAscending: boolean;
}

export const leaf = 0;
export const closed = 1;
export const open = 2;

/** The open modules; a run is named by its first module. */
export interface Openness {
  readonly modules: ReadonlySet<number>;
  readonly runs: ReadonlySet<number>;
}

/**
 * The rows of a tree: nothing below a closed row, and runs of equal siblings as one row until they are opened.
 * `expected`: about how many there will be.
 */
export function openRows(tree: ModuleTree, runs: SiblingRuns, openness: Openness, expected = 0): OpenRows {
  const rows = createColumns(expected + expected / 8);
  /** Ends of the opened runs around a module. */
  const runEnds: number[] = [];
  let module = 0;
  while (module < tree.size) {
    while (runEnds.length > 0 && module >= runEnds.at(-1)!) runEnds.pop();
    const end = tree.end[module]!;
    const run = runs.runOf[module]!;
    if (run >= 0 && runs.first[run] === module) {
      const runEnd = module + (end - module) * runs.length[run]!;
      const isOpen = openness.runs.has(module);
      rows.add(module, tree.depth[module]! + runEnds.length, isOpen ? open : closed, runs.length[run]!);
      if (!isOpen) {
        module = runEnd;
        continue;
      }
      runEnds.push(runEnd);
    }
    const isLeaf = end === module + 1;
    const isOpen = !isLeaf && openness.modules.has(module);
    rows.add(module, tree.depth[module]! + runEnds.length, isLeaf ? leaf : isOpen ? open : closed, 0);
    module = isOpen ? module + 1 : end;
  }
  return { ...rows.finish(), found: null, isAscending: true };
}

/** The rows of the finds of a search (ascending), below the rows that lead there. */
export function foundRows(tree: ModuleTree, matches: Uint32Array): OpenRows {
  const rows = createColumns(matches.length * 2);
  const found: number[] = [];
  let shown = -1;
  matches.forEach((match, at) => {
    const above: number[] = [];
    for (let module = tree.parent[match]!; module > shown; module = tree.parent[module]!) above.push(module);
    for (const module of above.toReversed()) {
      rows.add(module, tree.depth[module]!, open, 0);
      found.push(0);
    }
    const end = tree.end[match]!;
    const next = matches[at + 1] ?? end;
    rows.add(match, tree.depth[match]!, end === match + 1 ? leaf : next < end ? open : closed, 0);
    found.push(1);
    shown = match;
  });
  return { ...rows.finish(), found: Uint8Array.from(found), isAscending: true };
}

/** Whether two layouts show the same rows. */
export function sameRows(a: OpenRows, b: OpenRows): boolean {
  const same = (one: Uint8Array | Uint32Array | null, other: Uint8Array | Uint32Array | null) =>
    one === other || (one !== null && other !== null && one.every((value, at) => value === other[at]));
  return (
    a.size === b.size &&
    a.isAscending === b.isAscending &&
    same(a.module, b.module) &&
    same(a.depth, b.depth) &&
    same(a.runLength, b.runLength) &&
    same(a.state, b.state) &&
    same(a.found, b.found)
  );
}

/** The row of a module, or of the run that begins with it; -1 where it is not open. */
export function rowOfModule({ size, module, runLength, isAscending }: OpenRows, wanted: number, isRun: boolean): number {
  let low = 0;
  let high = isAscending ? size : 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (module[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  const isIt = (row: number) => module[row] === wanted && runLength[row]! > 0 === isRun;
  if (!isAscending) while (low < size && !isIt(low)) low++;
  for (let row = low; row < size && module[row] === wanted; row++) if (isIt(row)) return row;
  return -1;
}

/** The siblings of a row, itself among them. */
export function rowsBeside(rows: OpenRows, row: number): readonly number[] {
  const { size, depth, above } = rows;
  const own = depth[row]!;
  const beside: number[] = [];
  for (let at = above[row]! + 1; at < size && depth[at]! >= own; at++) if (depth[at] === own) beside.push(at);
  return beside;
}

/** Grows by doubling while rows are added; has room for about as many as are expected. */
export function createColumns(expected: number): {
  readonly add: (module: number, depth: number, state: number, runLength: number) => void;
  readonly finish: () => Omit<OpenRows, 'found' | 'isAscending'>;
} {
  let room = Math.max(256, Math.ceil(expected));
  let module = new Uint32Array(room);
  let depth = new Uint32Array(room);
  let runLength = new Uint32Array(room);
  let state = new Uint8Array(room);
  let above = new Int32Array(room);
  let place = new Uint32Array(room);
  let children = new Uint32Array(room);
  let size = 0;
  /** The row that was added last at each depth. */
  const lastAt: number[] = [];

  function grow(): void {
    room *= 2;
    const longer = <Column extends Uint32Array | Int32Array | Uint8Array>(column: Column, copy: Column): Column => {
      copy.set(column);
      return copy;
    };
    module = longer(module, new Uint32Array(room));
    depth = longer(depth, new Uint32Array(room));
    runLength = longer(runLength, new Uint32Array(room));
    state = longer(state, new Uint8Array(room));
    above = longer(above, new Int32Array(room));
    place = longer(place, new Uint32Array(room));
    children = longer(children, new Uint32Array(room));
  }

  return {
    add(ownModule, ownDepth, ownState, ownRunLength) {
      if (size === room) grow();
      module[size] = ownModule;
      depth[size] = ownDepth;
      state[size] = ownState;
      if (ownRunLength > 0) runLength[size] = ownRunLength;
      const parent = ownDepth === 0 ? -1 : lastAt[ownDepth - 1]!;
      above[size] = parent;
      place[size] = parent < 0 ? 1 : ++children[parent]!;
      lastAt[ownDepth] = size++;
    },
    finish: () => ({
      size,
      module: module.subarray(0, size),
      depth: depth.subarray(0, size),
      runLength: runLength.subarray(0, size),
      state: state.subarray(0, size),
      above: above.subarray(0, size),
      place: place.subarray(0, size),
      children: children.subarray(0, size),
    }),
  };
}
