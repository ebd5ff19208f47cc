import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import type { SiblingRuns } from '../../../core/module-tree/sibling-runs.ts';
import { closed, leaf, rowOfModule, type OpenRows } from './open-rows.ts';

/** A row as it is drawn. */
export interface VisibleRow {
  readonly id: string;
  /** The module; of a run its first one. */
  readonly module: number;
  /** One past the last module of the row. */
  readonly end: number;
  /** Number of equal siblings when the row is a run of them, else 0. */
  readonly runLength: number;
  readonly depth: number;
  readonly state: 'leaf' | 'closed' | 'open';
  /** The position among its siblings, from 1, and their number. */
  readonly place: number;
  readonly beside: number;
  /** While a search is on: found, not only above a found row. */
  readonly found?: boolean;
}

/** Builds the row at an index for display. */
export function rowAt(tree: ModuleTree, rows: OpenRows, at: number): VisibleRow {
  const module = rows.module[at]!;
  const runLength = rows.runLength[at]!;
  const state = rows.state[at]!;
  const end = tree.end[module]!;
  const above = rows.above[at]!;
  return {
    id: runLength > 0 ? `r${module}` : `m${module}`,
    module,
    end: runLength > 0 ? module + (end - module) * runLength : end,
    runLength,
    depth: rows.depth[at]!,
    state: state === leaf ? 'leaf' : state === closed ? 'closed' : 'open',
    place: rows.place[at]!,
    beside: above < 0 ? 1 : rows.children[above]!,
    ...(rows.found && { found: rows.found[at] === 1 }),
  };
}

/** Rows from `start` to before `end`; rows that are as they were `before` are the same objects. */
export function sliceRows(
  tree: ModuleTree,
  rows: OpenRows,
  start: number,
  end: number,
  before: readonly VisibleRow[],
): readonly VisibleRow[] {
  const known = new Map(before.map((row) => [row.id, row]));
  return Array.from({ length: end - start }, (_, at) => {
    const row = rowAt(tree, rows, start + at);
    const same = known.get(row.id);
    return same && isSame(same, row) ? same : row;
  });
}

function isSame(one: VisibleRow, other: VisibleRow): boolean {
  return (
    one.state === other.state &&
    one.depth === other.depth &&
    one.place === other.place &&
    one.beside === other.beside &&
    one.found === other.found
  );
}

/** The index of a row by its id; -1 where it is not open. */
export function placeOfRow(rows: OpenRows, id: string): number {
  return rowOfModule(rows, Number(id.slice(1)), id.startsWith('r'));
}

/** The modules of a row when it is chosen: itself, or every member of its run. */
export function modulesOf(tree: ModuleTree, { module, runLength }: Pick<VisibleRow, 'module' | 'runLength'>): readonly number[] {
  const stride = tree.end[module]! - module;
  return runLength === 0 ? [module] : Array.from({ length: runLength }, (_, at) => module + at * stride);
}

/** The modules that rows from `start` to `end`, both among them, when they are chosen; each once. */
export function modulesOfRows(tree: ModuleTree, rows: OpenRows, start: number, end: number): readonly number[] {
  const modules = new Set<number>();
  for (let at = start; at <= end; at++) {
    const row = { module: rows.module[at]!, runLength: rows.runLength[at]! };
    for (const module of modulesOf(tree, row)) modules.add(module);
  }
  return [...modules];
}

/** Branches and runs to open so that everything can be seen; runs stay folded. */
export function openEverything(tree: ModuleTree, runs: SiblingRuns): ReadonlySet<number> {
  const modules = new Set<number>();
  let module = 0;
  while (module < tree.size) {
    const run = runs.runOf[module]!;
    if (run >= 0 && runs.first[run] === module) {
      module += (tree.end[module]! - module) * runs.length[run]!;
      continue;
    }
    if (tree.end[module]! > module + 1) modules.add(module);
    module++;
  }
  return modules;
}

/** The runs that must be opened so that a module can be seen. */
export function runsAbove(tree: ModuleTree, runs: SiblingRuns, module: number): readonly number[] {
  const above: number[] = [];
  for (let at = module; at > 0; at = tree.parent[at]!) {
    const run = runs.runOf[at]!;
    if (run >= 0) above.push(runs.first[run]!);
  }
  return above;
}
