import { useMemo } from 'react';
import type { DerivedState } from '../../../store/derived-store.ts';
import type { DocumentState } from '../../../store/document-store.ts';
import type { ViewState } from '../../../store/view-store.ts';
import { useDerived, useDocument, useView } from '../../shared/use-app.ts';
import { sameItems, useKept } from '../../shared/use-kept.ts';
import { amountOf } from './row-amount.ts';
import type { MarkedSubConfig, RowSources } from './row-state.ts';

const selectStudent = (state: DerivedState) => state.student;
const selectFocus = (state: ViewState) => state.focus;
const selectMode = (state: ViewState) => state.mode;

/** Reads the stores once for all rows; `null` as long as no model is open. Typing in a card changes none of these values. */
export function useRowSources(multiplyAdds: Float64Array | null): RowSources | null {
  const mode = useView(selectMode);
  const student = useDerived(selectStudent);
  const list = useDerived((state) => state.lists[mode]);
  const ids = useDerived((state) => state.listIds[mode]);
  const focus = useView(selectFocus);
  const indexes = useMemo(() => new Map(ids.map((id, index) => [id, index])), [ids]);
  const select = ({ history }: DocumentState) =>
    history.present.lists[mode].map(({ id, color, config }, at) => {
      return { id, color, number: at + 1, index: indexes.get(id) ?? -1, amount: amountOf(config) };
    });
  const marked = useDocument(useKept(select, sameList));
  return useMemo(
    () =>
      student && {
        tree: student.tree,
        sums: student.parameterSums,
        multiplyAdds,
        list,
        marked,
        chosen: new Set(focus),
      },
    [student, multiplyAdds, list, marked, focus],
  );
}

function sameList(a: readonly MarkedSubConfig[], b: readonly MarkedSubConfig[]): boolean {
  return sameItems(a, b, (one, other) => one.id === other.id && one.color === other.color && one.index === other.index && one.amount === other.amount);
}
