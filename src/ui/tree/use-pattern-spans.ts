import { createContext, useEffect, useMemo, useState } from 'react';
import type { DerivedState } from '../../store/derived-store.ts';
import { selectPlan } from '../../store/document-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { useDerived, useDocument, useView } from '../shared/use-app.ts';
import type { SpanOf, spansOf } from './match-span.ts';

/** The part of a name that the pattern matches which is typed or searched by. */
export const SpanContext = createContext<SpanOf | null>(null);

/** A pattern on which Python would hang is not tried on the page's own thread. */
const selectTyped = ({ preview }: DerivedState) =>
  preview?.shown && preview.shown.slowSeconds === null && !preview.draft.config ? preview.draft.pattern : null;
const selectIsSlow = ({ searchProblem }: DerivedState) => searchProblem !== null;
const selectBy = (state: ViewState) => state.searchBy;
const selectText = (state: ViewState) => state.searchText;
const selectPython = (state: Parameters<typeof selectPlan>[0]) => selectPlan(state).python;

/** Finds the matched part of names; its code is fetched with the first pattern. */
export function usePatternSpans(): SpanOf | null {
  const typed = useDerived(selectTyped);
  const isSlow = useDerived(selectIsSlow);
  const by = useView(selectBy);
  const text = useView(selectText);
  const python = useDocument(selectPython);
  const [find, setFind] = useState<typeof spansOf | null>(null);
  const searched = by === 'text' || isSlow ? '' : text;
  const pattern = typed ?? searched;
  const mode = typed === null && by !== 'text' ? by : 'match';
  const isWanted = pattern !== '';
  useEffect(() => {
    if (!isWanted || find) return undefined;
    let isGone = false;
    // Names are then shown without their matched part.
    void import('./match-span.ts').then((code) => !isGone && setFind(() => code.spansOf), () => undefined);
    return () => {
      isGone = true;
    };
  }, [isWanted, find]);
  return useMemo(
    () => (find && pattern !== '' ? find(pattern, python, mode) : null),
    [find, pattern, python, mode],
  );
}
