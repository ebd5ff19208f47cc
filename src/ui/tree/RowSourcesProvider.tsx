import { useMemo, type ReactNode } from 'react';
import type { DerivedState } from '../../store/derived-store.ts';
import type { DocumentState } from '../../store/document-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { useDerived, useDocument, useView } from '../shared/use-app.ts';
import { sameItems, useKept } from '../shared/use-kept.ts';
import { RowSourcesContext, type MarkedSubConfig } from './row-state.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;
const selectFocus = (state: ViewState) => state.focus;
const selectMode = (state: ViewState) => state.mode;

/** Reads the stores once for all rows. Typing in a card changes none of these values. */
export function RowSourcesProvider({ children }: { readonly children: ReactNode }) {
  const mode = useView(selectMode);
  const tree = useDerived(selectTree);
  const list = useDerived((state) => state.lists[mode]);
  const ids = useDerived((state) => state.listIds[mode]);
  const focus = useView(selectFocus);
  const indexes = useMemo(() => new Map(ids.map((id, index) => [id, index])), [ids]);
  const select = ({ history }: DocumentState) =>
    history.present.lists[mode].map(({ id, color }, at) => ({ id, color, number: at + 1, index: indexes.get(id) ?? -1 }));
  const marked = useDocument(useKept(select, sameList));
  const sources = useMemo(
    () => tree && { tree, list, marked, chosen: new Set(focus) },
    [tree, list, marked, focus],
  );
  return <RowSourcesContext value={sources}>{children}</RowSourcesContext>;
}

function sameList(a: readonly MarkedSubConfig[], b: readonly MarkedSubConfig[]): boolean {
  return sameItems(a, b, (one, other) => one.id === other.id && one.color === other.color && one.index === other.index);
}
