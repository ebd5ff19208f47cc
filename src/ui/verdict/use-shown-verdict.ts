import { useEffect, useState } from 'react';
import type { Mode } from '../../core/config/mode.ts';
import type { NumberOf } from '../../core/diagnostics/number-of.ts';
import { formatQuantity } from '../../core/text/format-count.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { selectPlan } from '../../store/document-store.ts';
import { isJudged } from '../../store/judged-parts.ts';
import type { ListView } from '../../worker/list-protocol.ts';
import { useActions, useDerived, useDocument, useStores } from '../shared/use-app.ts';
import { useNumberOf } from '../shared/use-number-of.ts';
import { useProblemPlaces } from '../shared/use-problem-places.ts';
import { showVerdict, type ShownVerdict } from './shown-verdict.ts';
import { unfinishedOf } from './unfinished.ts';

/** The place of an error in the JSON text, both from 1. */
interface TextPlace {
  readonly line: number;
  readonly column: number;
}

const selectResolvedWith = (state: DerivedState) => state.resolvedWith;
const selectTeacher = (state: DerivedState) => state.teacher;
const selectIsStopped = ({ trouble }: DerivedState) => trouble?.type === 'engine-crashed' || trouble?.type === 'engine-not-fetched';

/** Whether the verdict on a mode's list is about the list as it is now (rule K5). */
export function useIsJudged(mode: Mode): boolean {
  const resolved = useDerived(selectResolvedWith)[mode];
  const teacher = useDerived(selectTeacher);
  return useDocument((state) => isJudged(resolved, selectPlan(state), mode, teacher));
}

/** Whether the list has been waiting for its verdict for a moment: until then the verdict before the edit stays (rule K5). */
function useIsWaiting(mode: Mode): boolean {
  return useLasts(!useIsJudged(mode));
}

/** Milliseconds for which the verdict before an edit stays: most lists are resolved by then, and the line does not flicker. */
const usualWait = 1000;

/** Whether something has been the case for a moment. */
function useLasts(isSo: boolean): boolean {
  const [lasts, setLasts] = useState(false);
  if (!isSo && lasts) setLasts(false);
  useEffect(() => {
    if (!isSo) return undefined;
    const timer = setTimeout(() => setLasts(true), usualWait);
    return () => clearTimeout(timer);
  }, [isSo]);
  return isSo && lasts;
}

/** What the problems found last are about: the list as the page shows it, or only the list of before. */
export type Standing = 'judged' | 'checking' | 'not-checked' | 'text-broken';

/** How the problems of a mode's list stand to the page: all places show counts only of what is judged (rule K5). */
export function useStanding(mode: Mode, textError: TextPlace | null): Standing {
  const isWaiting = useIsWaiting(mode);
  const isStopped = useDerived(selectIsStopped);
  if (textError !== null) return 'text-broken';
  if (!isWaiting) return 'judged';
  return isStopped ? 'not-checked' : 'checking';
}

/** The sub-configs that have only been begun, where nothing else is wrong with the list on show (rule K3). */
export function useUnfinished(mode: Mode, list: ListView | null): readonly number[] | null {
  const { document, derived } = useStores();
  if (list === null) return null;
  // The list follows each edit, so that both are read again then.
  return unfinishedOf(list.findings, derived.getState().listIds[mode], selectPlan(document.getState()).lists[mode]);
}

/** The verdict on a list that has only been begun: neither good nor bad. */
export function wordUnfinished(unfinished: readonly number[], numberOf: NumberOf): string {
  const [first = 0] = unfinished;
  return unfinished.length === 1
    ? `Sub-config ${numberOf(first + 1)} chooses no modules yet`
    : `${formatQuantity(unfinished.length, 'sub-config')} choose no modules yet`;
}

/** The verdict to show on a list, and the way to its first problem; `null` where there is nothing to go to. */
export interface VerdictToShow extends ShownVerdict {
  readonly goTo: (() => void) | null;
}

/**
 * The verdict on a list (rule K5). `list`: the list as resolved last; `isJudged`: whether this is the list as it is now;
 * `textError`: where the JSON text is broken, whose changes are then in no list.
 */
export function useShownVerdict(mode: Mode, list: ListView | null, isJudgedNow: boolean, textError: TextPlace | null): VerdictToShow {
  const { reveal } = useActions();
  const { goToCard } = useProblemPlaces();
  const numberOf = useNumberOf(mode);
  const isStopped = useDerived(selectIsStopped);
  if (textError !== null) {
    const text = `The JSON text has an error (line ${textError.line}, column ${textError.column}): its changes are not in this list`;
    return { state: 'text-broken', text, first: null, exception: null, goTo: () => reveal({ type: 'json', path: [] }) };
  }
  if (list === null || !isJudgedNow) {
    const text = isStopped || list === null ? 'Not checked' : 'Checking …';
    return { state: 'empty', text, first: null, exception: null, goTo: null };
  }
  const shown = showVerdict(list, numberOf);
  const { first } = shown;
  return { ...shown, goTo: first && (() => goToCard(first)) };
}
