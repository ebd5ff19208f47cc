import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { DerivedState } from '../../../store/derived-store.ts';
import type { ViewState } from '../../../store/view-store.ts';
import type { OpenedTree } from '../../../worker/protocol.ts';
import { useView } from '../../shared/use-app.ts';
import { layRows, type Hits, type RowOrder } from './lay-rows.ts';
import { foundRows, openRows, sameRows, type Openness, type OpenRows } from './open-rows.ts';

const selectOpenModules = (state: ViewState) => state.openModules;
const selectOpenRuns = (state: ViewState) => state.openRuns;
const selectOnlyMatches = (state: ViewState) => state.onlyMatches;
const selectSorted = (state: ViewState) => state.sortedBySize;
const selectSortedByMultiplyAdds = (state: ViewState) => state.sortedByMultiplyAdds;

const nothingShut: Openness = { modules: new Set(), runs: new Set() };

/** The rows of the tree, and the branches that opened for matches and that the user closed again. */
export interface TreeRows {
  readonly rows: OpenRows;
  readonly shut: Openness;
  readonly setShut: (shut: Openness) => void;
}

/**
 * The open rows: as the user left them, the results of a search, or opened for matches.
 * @param multiplyAdds sums before each module; null while they have no column
 * @param room most rows that matches may open
 */
export function useOpenRows(
  { tree, runs, parameterSums }: OpenedTree,
  multiplyAdds: Float64Array | null,
  matches: DerivedState['matches'],
  hits: Hits | null,
  room: number,
): TreeRows {
  const modules = useView(selectOpenModules);
  const openedRuns = useView(selectOpenRuns);
  const onlyMatches = useView(selectOnlyMatches);
  const sortedBySize = useView(selectSorted);
  const sortedByMultiplyAdds = useView(selectSortedByMultiplyAdds);
  const sums = sortedByMultiplyAdds ? multiplyAdds : sortedBySize ? parameterSums : null;
  const [shut, setShut] = useState(nothingShut);
  const before = useRef<OpenRows | null>(null);
  const shown = matches ? null : hits;
  const rows = useMemo(() => {
    const openness = { modules, runs: openedRuns };
    const order: RowOrder = {
      hits: shown,
      room,
      onlyHits: onlyMatches && shown !== null && shown.count > 0,
      shut,
      sums,
    };
    const laid = matches
      ? foundRows(tree, matches)
      : shown || sums
        ? layRows(tree, runs, openness, order)
        : openRows(tree, runs, openness, before.current?.size ?? 0);
    // Another keystroke often opens the same rows: then the old object is kept.
    return before.current && sameRows(before.current, laid) ? before.current : laid;
    // oxlint-disable-next-line react/memo-dependencies -- the previous result only saves work
  }, [tree, runs, sums, matches, modules, openedRuns, shown, room, onlyMatches, shut]);
  useLayoutEffect(() => {
    before.current = rows;
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a ref does not change
  }, [rows]);
  const hasHits = shown !== null;
  const [hadHits, setHadHits] = useState(hasHits);
  if (hadHits !== hasHits) {
    setHadHits(hasHits);
    setShut(nothingShut);
  }
  return { rows, shut, setShut };
}
