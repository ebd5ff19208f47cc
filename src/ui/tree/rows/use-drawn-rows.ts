import { useLayoutEffect, useMemo, useRef } from 'react';
import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import { useDerived } from '../../shared/use-app.ts';
import type { Hits } from './lay-rows.ts';
import { labelsOf } from './row-labels.ts';
import { lightOf, type RowLight, type RowName } from './row-light.ts';
import { rowStateOf, type RowSources, type RowState } from './row-state.ts';
import { usePatternSpans } from './use-pattern-spans.ts';
import { useRowSources } from './use-row-sources.ts';
import type { VisibleRow } from './visible-rows.ts';

/** All that a row shows. */
export interface DrawnRow {
  readonly row: VisibleRow;
  readonly state: RowState;
  readonly light: RowLight;
}

const selectShown = ({ preview }: DerivedState) => preview?.shown ?? null;

/**
 * Reads what the drawn rows show, for all of them at once: one question to the stores for each letter, not one for each row.
 * @param pointed modules of the sub-config that is pointed at
 * @param multiplyAdds sums before each module; null while they have no column
 */
export function useDrawnRows(drawn: readonly VisibleRow[], pointed: Hits | null, multiplyAdds: Float64Array | null): readonly DrawnRow[] {
  const sources = useRowSources(multiplyAdds);
  const states = useRowStates(drawn, sources);
  const preview = useDerived(selectShown);
  const spans = usePatternSpans();
  return useMemo(() => {
    const hits = preview ? { mask: preview.mask, blocks: preview.matchedBlocks } : pointed;
    return states.map(({ row, state }) => ({ row, state, light: lightOf(row, nameOf(state.tree, row), hits, spans) }));
  }, [states, preview, pointed, spans]);
}

type StateOfRow = Omit<DrawnRow, 'light'>;

/** The states of rows. A row that says what it said before has the same state, and is not drawn again. */
function useRowStates(drawn: readonly VisibleRow[], sources: RowSources | null): readonly StateOfRow[] {
  const before = useRef<{ readonly sources: RowSources | null; readonly byId: ReadonlyMap<string, StateOfRow> }>({ sources: null, byId: new Map() });
  const states = useMemo(() => {
    if (!sources) return [];
    return drawn.map((row) => {
      const known = before.current.byId.get(row.id);
      if (known?.row === row && before.current.sources === sources) return known;
      return { row, state: rowStateOf(sources, row, known?.state) };
    });
    // oxlint-disable-next-line react/memo-dependencies -- the previous result only saves work
  }, [drawn, sources]);
  useLayoutEffect(() => {
    before.current = { sources, byId: new Map(states.map((one) => [one.row.id, one])) };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a ref does not change
  }, [states, sources]);
  return states;
}

/** The name of a row's module; `null` where no part of it is marked. */
function nameOf(tree: ModuleTree, row: VisibleRow): RowName | null {
  if (row.runLength > 0 || row.module === 0) return null;
  const { fullName, label } = labelsOf(tree, row);
  return { name: fullName, before: fullName.length - label.length };
}
