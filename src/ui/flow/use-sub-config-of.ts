import { useCallback } from 'react';
import { markOf } from '../../core/module-tree/module-marks.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { useDerived, useView } from '../shared/use-app.ts';
import { useResolvedSubConfigs } from '../shared/use-resolved-sub-configs.ts';

const selectMode = (state: ViewState) => state.mode;
const selectLists = (state: DerivedState) => state.lists;

/** The first sub-config that selects a row, by its number and colour; null where none does. */
export function useSubConfigOf(): (row: number) => { readonly number: number; readonly color: number } | null {
  const mode = useView(selectMode);
  const list = useDerived(selectLists)[mode];
  const numbered = useResolvedSubConfigs();
  return useCallback(
    (row) => {
      const at = list?.subConfigs.findIndex(({ marks }) => markOf(marks, row) === 1) ?? -1;
      return at < 0 ? null : (numbered[at] ?? null);
    },
    [list, numbered],
  );
}
