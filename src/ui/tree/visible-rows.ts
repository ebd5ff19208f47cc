import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import type { SiblingRuns } from '../../core/module-tree/sibling-runs.ts';
import { moduleLabel } from '../../core/module-tree/tree-index.ts';

/** A row that can be seen, with the rows beneath it that can. */
export interface VisibleRow {
  readonly id: string;
  /** Lower-case label, for going to a row by its first letters. */
  readonly name: string;
  /** The module; of a run its first one. */
  readonly module: number;
  /** One past the last module that the row stands for. */
  readonly end: number;
  /** Number of equal siblings when the row is a run of them, else 0. */
  readonly runLength: number;
  /** `undefined` for leaves; empty while the branch is closed. */
  readonly children?: readonly VisibleRow[];
  /** While a search is on: found, not only above what was. */
  readonly found?: boolean;
}

export interface Openness {
  readonly modules: ReadonlySet<number>;
  readonly runs: ReadonlySet<number>;
}

/** Matches listed at most; the rest is counted only. */
export const mostMatches = 3000;

/** The rows of a tree: children of closed branches left out, runs of equal siblings as one row until opened. */
export function visibleRows(tree: ModuleTree, runs: SiblingRuns, open: Openness): readonly VisibleRow[] {
  return [moduleRow(tree, runs, open, 0)];
}

function moduleRow(tree: ModuleTree, runs: SiblingRuns, open: Openness, module: number): VisibleRow {
  const end = tree.end[module]!;
  const row = {
    id: `m${module}`,
    name: moduleLabel(tree, module).toLowerCase(),
    module,
    end,
    runLength: 0,
  };
  if (end === module + 1) return row;
  return { ...row, children: open.modules.has(module) ? childRows(tree, runs, open, module) : [] };
}

function childRows(tree: ModuleTree, runs: SiblingRuns, open: Openness, parent: number): readonly VisibleRow[] {
  const rows: VisibleRow[] = [];
  const end = tree.end[parent]!;
  let child = parent + 1;
  while (child < end) {
    const run = runs.runOf[child]!;
    if (run < 0) {
      rows.push(moduleRow(tree, runs, open, child));
      child = tree.end[child]!;
      continue;
    }
    const stride = tree.end[child]! - child;
    const length = runs.length[run]!;
    const runEnd = child + stride * length;
    rows.push({
      id: `r${child}`,
      name: moduleLabel(tree, child).toLowerCase(),
      module: child,
      end: runEnd,
      runLength: length,
      children: open.runs.has(child)
        ? Array.from({ length }, (_, k) => moduleRow(tree, runs, open, child + k * stride))
        : [],
    });
    child = runEnd;
  }
  return rows;
}

/** The rows of matching modules (ascending) beneath their ancestors, everything open. */
export function matchingRows(tree: ModuleTree, matches: Uint32Array): readonly VisibleRow[] {
  interface Growing {
    readonly module: number;
    readonly children: Growing[];
  }
  const roots: Growing[] = [];
  const path: Growing[] = [];
  for (const match of matches.subarray(0, mostMatches)) {
    const ancestors: number[] = [];
    for (let above = match; above >= 0; above = tree.parent[above]!) ancestors.unshift(above);
    ancestors.forEach((module, depth) => {
      if (path[depth]?.module === module) return;
      path.length = depth;
      const added: Growing = { module, children: [] };
      (depth === 0 ? roots : path[depth - 1]!.children).push(added);
      path.push(added);
    });
    path.length = ancestors.length;
  }
  const found = new Set(matches);
  const toRow = ({ module, children }: Growing): VisibleRow => ({
    found: found.has(module),
    id: `m${module}`,
    name: moduleLabel(tree, module).toLowerCase(),
    module,
    end: tree.end[module]!,
    runLength: 0,
    ...(tree.end[module] === module + 1 ? {} : { children: children.map(toRow) }),
  });
  return roots.map(toRow);
}

/** The modules that a row stands for when it is chosen: itself, or every member of its run. */
export function modulesOf(tree: ModuleTree, { module, runLength }: VisibleRow): readonly number[] {
  const stride = tree.end[module]! - module;
  return runLength === 0 ? [module] : Array.from({ length: runLength }, (_, at) => module + at * stride);
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
