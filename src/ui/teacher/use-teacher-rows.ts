import { useMemo, useState } from 'react';
import { pathTo } from '../../core/module-tree/tree-index.ts';
import type { OpenedTree } from '../../worker/protocol.ts';
import { layRows, type Hits } from '../tree/rows/lay-rows.ts';
import { open, type Openness, type OpenRows } from '../tree/rows/open-rows.ts';
import { runsAbove } from '../tree/rows/visible-rows.ts';

/** Rows that links may open. */
const room = 60;

export interface TeacherRows {
  readonly rows: OpenRows;
  /** Opens or closes the branch or run of a row. */
  readonly toggle: (at: number) => void;
  /** Opens the branches above a module. */
  readonly openTo: (module: number) => void;
}

const nothing: Openness = { modules: new Set(), runs: new Set() };

/** The rows of the teacher's tree: branches with linked modules are open, as far as there is room. */
export function useTeacherRows({ tree, runs }: OpenedTree, linked: Hits): TeacherRows {
  const [opened, setOpened] = useState<Openness>({ modules: new Set([0]), runs: new Set() });
  const [shut, setShut] = useState(nothing);
  const rows = useMemo(
    () => layRows(tree, runs, opened, { hits: linked, room, onlyHits: false, shut, sums: null }),
    [tree, runs, opened, linked, shut],
  );
  return {
    rows,
    toggle(at) {
      const module = rows.module[at]!;
      const isRun = rows.runLength[at]! > 0;
      const item = isRun && runs.runOf[module]! >= 0 ? runs.first[runs.runOf[module]!]! : module;
      const closes = rows.state[at] === open;
      setOpened((before) => changed(before, isRun, item, !closes));
      setShut((before) => changed(before, isRun, item, closes));
    },
    openTo(module) {
      const above = pathTo(tree, module).slice(0, -1);
      const needed = runsAbove(tree, runs, module);
      setOpened((before) => ({ modules: new Set([...before.modules, ...above]), runs: new Set([...before.runs, ...needed]) }));
    },
  };
}

function changed(before: Openness, isRun: boolean, item: number, isIn: boolean): Openness {
  const next = new Set(isRun ? before.runs : before.modules);
  if (isIn) next.add(item);
  else next.delete(item);
  return isRun ? { ...before, runs: next } : { ...before, modules: next };
}
