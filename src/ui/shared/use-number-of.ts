import { useMemo } from 'react';
import type { Mode } from '../../core/config/mode.ts';
import type { NumberOf } from '../../core/diagnostics/number-of.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { useDerived, useView } from './use-app.ts';
import { sameItems, useKept } from './use-kept.ts';

const selectMode = (state: ViewState) => state.mode;

/** The numbers on the cards of a list (without `mode`: of the list on show), for the words of findings and fixes. */
export function useNumberOf(mode?: Mode): NumberOf {
  const shown = useView(selectMode);
  // Each answer brings a list of its own, nearly always of the same numbers.
  const numbers = useDerived(useKept((state: DerivedState) => state.listNumbers[mode ?? shown], sameItems));
  return useMemo(() => numbersOfCards(numbers), [numbers]);
}

/** Numbers by place in the list that was resolved. */
export function numbersOfCards(numbers: readonly number[]): NumberOf {
  return (place) => numbers[place - 1] ?? place;
}
