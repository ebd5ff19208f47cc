import { createContext, useEffect, useMemo, useState } from 'react';
import type { DerivedState } from '../../../store/derived-store.ts';
import { selectPlan } from '../../../store/document-store.ts';
import type { ViewState } from '../../../store/view-store.ts';
import { useDerived, useDocument, useView } from '../../shared/use-app.ts';
import type { SpanOf, spansOf } from './match-span.ts';

/** How rows find the part of their name that a pattern matches. */
export interface PatternSpans {
  /** For the pattern that is searched by; `null` where none is. */
  readonly searched: SpanOf | null;
  /** For a pattern that is typed. */
  readonly ofTyped: (pattern: string) => SpanOf | null;
}

/** Stays the same while a pattern is typed: rows ask the store for that by themselves. */
export const SpanContext = createContext<PatternSpans>({ searched: null, ofTyped: () => null });

/** A pattern on which Python would hang is not tried on the page's own thread. */
export const selectTyped = ({ preview }: DerivedState) =>
  preview?.shown && preview.shown.slowSeconds === null && !preview.draft.config ? preview.draft.pattern : null;
const selectHasTyped = (state: DerivedState) => (selectTyped(state) ?? '') !== '';
const selectIsSlow = ({ searchProblem }: DerivedState) => searchProblem !== null;
const selectBy = (state: ViewState) => state.searchBy;
const selectText = (state: ViewState) => state.searchText;
const selectPython = (state: Parameters<typeof selectPlan>[0]) => selectPlan(state).python;

/** Finds the matched part of names; its code is fetched with the first pattern. */
export function usePatternSpans(): PatternSpans {
  const hasTyped = useDerived(selectHasTyped);
  const isSlow = useDerived(selectIsSlow);
  const by = useView(selectBy);
  const text = useView(selectText);
  const python = useDocument(selectPython);
  const [find, setFind] = useState<typeof spansOf | null>(null);
  const searched = by === 'text' || isSlow ? '' : text;
  const isWanted = hasTyped || searched !== '';
  useEffect(() => {
    if (!isWanted || find) return undefined;
    let isGone = false;
    // Names are then shown without their matched part.
    // Without it the matches are not marked within names.
    void import('./match-span.ts').then((code) => !isGone && setFind(() => code.spansOf), () => undefined);
    return () => {
      isGone = true;
    };
  }, [isWanted, find]);
  return useMemo(
    () => ({
      searched: find && searched !== '' && by !== 'text' ? find(searched, python, by) : null,
      ofTyped: lastKept((pattern) => find && find(pattern, python, 'match')),
    }),
    [find, searched, python, by],
  );
}

/** Keeps the answer on the last pattern, which all rows ask for. */
function lastKept(find: PatternSpans['ofTyped']): PatternSpans['ofTyped'] {
  let last: { readonly pattern: string; readonly spanOf: SpanOf | null } | null = null;
  return (pattern) => {
    if (last?.pattern !== pattern) last = { pattern, spanOf: find(pattern) };
    return last.spanOf;
  };
}
