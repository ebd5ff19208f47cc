import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';
import type { ViewState } from '../../store/view-store.ts';
import type { OpenedTree } from '../../worker/protocol.ts';
import { useActions, useStores, useView } from '../shared/use-app.ts';
import { searchBoxId } from './search/SearchBox.tsx';
import { rowOfModule } from './rows/open-rows.ts';
import { rowHeight } from './rows/row-window.ts';
import type { RowList } from './rows/use-row-list.ts';
import type { TreeChoice } from './use-tree-choice.ts';
import { runsAbove } from './rows/visible-rows.ts';

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
    // Stepping through matches keeps the focus in the search.
    if (document.activeElement?.id === searchBoxId) list.show(at);
    else list.focus(at);
  });
  useEffect(() => {
    if (reveal?.place.type !== 'module') return;
    const { module } = reveal.place;
    const needed = runsAbove(tree, runs, module).filter((run) => !view.getState().openRuns.has(run));
    if (needed.length > 0) setView({ openRuns: new Set([...view.getState().openRuns, ...needed]) });
    const frame = requestAnimationFrame(() => {
      // Once only: every search makes new rows, and something else may be chosen by then.
      if (view.getState().reveal === reveal) setView({ reveal: null });
      show(module);
    });
    return () => cancelAnimationFrame(frame);
  }, [reveal, tree, runs, view, setView]);
}

/**
 * Keeps the chosen row and the row with the focus in sight: when a search begins or is cleared, which changes the rows, and when the
 * tree gives room to a message above or below it. `height`: the height of the tree, in pixels.
 */
export function useChosenInSight(list: RowList, isSearch: boolean, height: number): void {
  const { view } = useStores();
  const chosenAt = () => {
    const last = view.getState().focus.at(-1);
    return last === undefined ? -1 : rowOfModule(list.rows, last, false);
  };
  const show = useEffectEvent(() => list.show(chosenAt()));
  const keep = useEffectEvent((heightBefore: number) => {
    const [first] = list.inSight();
    // The row with the focus last: the keys go on from there.
    for (const at of [chosenAt(), list.focused()]) {
      if (at >= first && at <= first + heightBefore / rowHeight) list.show(at);
    }
  });
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- only when one kind of rows gives way to the other
  useLayoutEffect(() => show(), [isSearch]);
  const before = useRef(height);
  useLayoutEffect(() => {
    if (height < before.current) keep(before.current);
    before.current = height;
  }, [height]);
}
