import { useEffect, type RefObject } from 'react';
import type { TreeApi } from 'react-arborist';
import type { ViewState } from '../../store/view-store.ts';
import type { OpenedTree } from '../../worker/protocol.ts';
import { useActions, useStores, useView } from '../shared/use-app.ts';
import { searchBoxId } from './SearchBox.tsx';
import type { TreeChoice } from './use-tree-choice.ts';
import { runsAbove, type VisibleRow } from './visible-rows.ts';

const selectReveal = (state: ViewState) => state.reveal;

/** Scrolls to the module that is asked for, opens the runs above it, and chooses it. */
export function useRevealedRow(
  api: RefObject<TreeApi<VisibleRow> | null>,
  { tree, runs }: OpenedTree,
  choose: TreeChoice['choose'],
): void {
  const { setView } = useActions();
  const { view } = useStores();
  const reveal = useView(selectReveal);
  useEffect(() => {
    if (reveal?.type !== 'module' || reveal.module === undefined) return;
    const needed = runsAbove(tree, runs, reveal.module).filter((run) => !view.getState().openRuns.has(run));
    if (needed.length > 0) setView({ openRuns: new Set([...view.getState().openRuns, ...needed]) });
    const id = `m${reveal.module}`;
    const frame = requestAnimationFrame(() => {
      void api.current?.scrollTo(id);
      // Who steps through the hits stays in the search.
      choose(id, { focus: document.activeElement?.id !== searchBoxId });
    });
    return () => cancelAnimationFrame(frame);
  }, [reveal, api, tree, runs, view, setView, choose]);
}
