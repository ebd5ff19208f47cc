import { useEffect, useMemo, useState } from 'react';
import type { DerivedState } from '../../../store/derived-store.ts';
import { selectPlan } from '../../../store/document-store.ts';
import type { ViewState } from '../../../store/view-store.ts';
import { useDerived, useDocument, useView } from '../../shared/use-app.ts';
import type { SpanOf, spansOf } from './match-span.ts';

/** How rows find the part of their name that a pattern or text matches. */
export interface PatternSpans {
  /** For the pattern or text that is searched by; `null` where none is. */
  readonly searched: SpanOf | null;
  /** For the pattern that is typed; `null` where none is. */
  readonly typed: SpanOf | null;
}

/** A pattern on which Python would hang is not tried on the page's own thread. */
const selectTyped = ({ preview }: DerivedState) =>
  preview?.shown && preview.shown.slowSeconds === null && !preview.draft.config ? preview.draft.pattern : null;
const selectIsSlow = ({ searchProblem }: DerivedState) => searchProblem !== null;
const selectBy = (state: ViewState) => state.searchBy;
const selectText = (state: ViewState) => state.searchText;
const selectPython = (state: Parameters<typeof selectPlan>[0]) => selectPlan(state).python;

/** Finds the matched part of names; its code is fetched with the first pattern. */
export function usePatternSpans(): PatternSpans {
  const typed = useDerived(selectTyped) ?? '';
  const isSlow = useDerived(selectIsSlow);
  const by = useView(selectBy);
  const text = useView(selectText);
  const python = useDocument(selectPython);
  const [find, setFind] = useState<typeof spansOf | null>(null);
  const pattern = by === 'text' || isSlow ? '' : text;
  const isWanted = typed !== '' || pattern !== '';
  useEffect(() => {
    if (!isWanted || find) return undefined;
    let isGone = false;
    // Without it the matches are not marked within names.
    void import('./match-span.ts').then((code) => !isGone && setFind(() => code.spansOf), () => undefined);
    return () => {
      isGone = true;
    };
  }, [isWanted, find]);
  const ofTyped = useMemo(() => (find && typed !== '' ? find(typed, python, 'match') : null), [find, typed, python]);
  const ofSearched = useMemo(() => {
    if (by === 'text') return text === '' ? null : textSpan(text);
    return find && pattern !== '' ? find(pattern, python, by) : null;
  }, [find, pattern, python, by, text]);
  return useMemo(() => ({ searched: ofSearched, typed: ofTyped }), [ofSearched, ofTyped]);
}

/** Finds a text in a name, in capital letters or small ones: the last one, which is in the label if any is. */
function textSpan(text: string): SpanOf {
  const searched = text.toLowerCase();
  return (name) => {
    const from = name.toLowerCase().lastIndexOf(searched);
    return from < 0 ? null : [from, from + text.length];
  };
}
