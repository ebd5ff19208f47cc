import { useLayoutEffect, useMemo, useRef } from 'react';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import type { OpenedTree } from '../../worker/protocol.ts';
import { useView } from '../shared/use-app.ts';
import { foundRows, openRows, type OpenRows } from './open-rows.ts';

const selectOpenModules = (state: ViewState) => state.openModules;
const selectOpenRuns = (state: ViewState) => state.openRuns;

/** The rows that are open, or those of a search. */
export function useOpenRows({ tree, runs }: OpenedTree, matches: DerivedState['matches']): OpenRows {
  const modules = useView(selectOpenModules);
  const openedRuns = useView(selectOpenRuns);
  const sizeBefore = useRef(0);
  const rows = useMemo(
    () => (matches ? foundRows(tree, matches) : openRows(tree, runs, { modules, runs: openedRuns }, sizeBefore.current)),
    [tree, runs, matches, modules, openedRuns],
  );
  useLayoutEffect(() => {
    sizeBefore.current = rows.size;
  }, [rows]);
  return rows;
}
