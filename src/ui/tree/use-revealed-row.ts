import { useEffect, useEffectEvent, useLayoutEffect } from 'react';
import type { ViewState } from '../../store/view-store.ts';
import type { OpenedTree } from '../../worker/protocol.ts';
import { useActions, useStores, useView } from '../shared/use-app.ts';
import { searchBoxId } from './SearchBox.tsx';
import { rowOfModule } from './open-rows.ts';
import type { RowList } from './use-row-list.ts';
import type { TreeChoice } from './use-tree-choice.ts';
import { runsAbove } from './visible-rows.ts';

const selectReveal = (state: ViewState) => state.reveal;

/** Scrolls to the module that is asked for, opens the runs above it, and chooses it. */
export function useRevealedRow({ tree, runs }: OpenedTree, list: RowList, choice: TreeChoice): void {
  const { setView } = useActions();
  const { view } = useStores();
  const reveal = useView(selectReveal);
  const show = useEffectEvent((module: number) => {
    const at = rowOfModule(list.rows, module, false);
    if (at < 0) return;
    choice.only(at);
    // Who steps through the hits stays in the search.
    if (document.activeElement?.id === searchBoxId) list.show(at);
    else list.focus(at);
  });
  useEffect(() => {
    if (reveal?.type !== 'module' || reveal.module === undefined) return;
    const { module } = reveal;
    const needed = runsAbove(tree, runs, module).filter((run) => !view.getState().openRuns.has(run));
    if (needed.length > 0) setView({ openRuns: new Set([...view.getState().openRuns, ...needed]) });
    const frame = requestAnimationFrame(() => {
      // Once: the rows are made anew by every search, when something else may be chosen.
      if (view.getState().reveal === reveal) setView({ reveal: null });
      show(module);
    });
    return () => cancelAnimationFrame(frame);
  }, [reveal, tree, runs, view, setView]);
}

/** Brings what is chosen into sight when the rows are others: when a search begins and when it is cleared. */
export function useChosenInSight(list: RowList, isSearch: boolean): void {
  const { view } = useStores();
  const show = useEffectEvent(() => {
    const last = view.getState().focus.at(-1);
    if (last !== undefined) list.show(rowOfModule(list.rows, last, false));
  });
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- only when one kind of rows gives way to the other
  useLayoutEffect(() => show(), [isSearch]);
}
