import { useEffectEvent, useLayoutEffect, useRef } from 'react';
import { countOnes } from '../../../core/module-tree/mask-counts.ts';
import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import { pathTo } from '../../../core/module-tree/tree-index.ts';
import type { OpenedTree } from '../../../worker/protocol.ts';
import { useActions, useStores } from '../../shared/use-app.ts';
import type { Hits } from '../rows/lay-rows.ts';
import { rowOfModule } from '../rows/open-rows.ts';
import type { RowList, ScrolledTo } from '../rows/use-row-list.ts';
import { runsAbove } from '../rows/visible-rows.ts';

/** Scrolls to the first match where none is in sight, and back when there are no matches. A module chosen since then stays in sight. */
export function useHitsInSight({ tree, runs }: OpenedTree, list: RowList, hits: Hits | null): void {
  const { setView } = useActions();
  const { view } = useStores();
  const before = useRef<{ readonly place: ScrolledTo; readonly focus: readonly number[] } | null>(null);
  const showHits = useEffectEvent((shown: Hits) => {
    before.current ??= { place: list.place(), focus: view.getState().focus };
    if (shown.count === 0) return;
    const [first, last] = list.inSight();
    const { rows } = list;
    for (let at = first; at <= last; at++) if (isHit(tree, list, shown, at)) return;
    let at = 0;
    while (at < rows.size && !isHit(tree, list, shown, at)) at++;
    if (at < rows.size) list.show(at);
  });
  const showChosen = useEffectEvent(() => {
    const chosen = view.getState().focus.at(-1);
    if (chosen !== undefined) list.show(rowOfModule(list.rows, chosen, false));
  });
  const goBack = useEffectEvent(() => {
    const was = before.current;
    before.current = null;
    if (!was) return;
    const { focus, openModules, openRuns } = view.getState();
    const chosen = focus.at(-1);
    if (was.focus === focus || chosen === undefined) {
      list.scrollBack(was.place);
      return;
    }
    // Keep the branches above the module that was chosen among the matches open.
    const above = pathTo(tree, chosen).slice(0, -1);
    setView({
      openModules: new Set([...openModules, ...above]),
      openRuns: new Set([...openRuns, ...runsAbove(tree, runs, chosen)]),
    });
    requestAnimationFrame(() => showChosen());
  });
  useLayoutEffect(() => {
    if (hits) showHits(hits);
    else goBack();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the rows change with the matches
  }, [hits, list.rows]);
}

/** A row that matches, or a closed row above a match. */
function isHit(tree: ModuleTree, { rows }: RowList, hits: Hits, at: number): boolean {
  const module = rows.module[at]!;
  const length = rows.runLength[at]!;
  if (length === 0 && hits.mask[module] === 1) return true;
  const isClosed = rows.state[at] === 1;
  const end = module + (tree.end[module]! - module) * Math.max(1, length);
  return isClosed && countOnes(hits.mask, hits.blocks, module, end) > 0;
}
