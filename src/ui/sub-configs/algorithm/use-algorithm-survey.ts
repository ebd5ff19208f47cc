import { useMemo } from 'react';
import type { PlannedAlgorithm } from '../../../core/algorithms/planned-algorithm.ts';
import type { Mode } from '../../../core/config/mode.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import type { AlgorithmEffect } from '../../../worker/algorithm-calls.ts';
import { useReply } from '../../shared/use-reply.ts';
import { useDerived } from '../../shared/use-app.ts';

const selectLists = (state: DerivedState) => state.lists;
const none: readonly AlgorithmEffect[] = [];

/** The result of the mode's list under each class, in the order given. The last answer stays until a newer one is there. */
export function useAlgorithmSurvey(mode: Mode, candidates: readonly PlannedAlgorithm[]): readonly AlgorithmEffect[] {
  const list = useDerived(selectLists)[mode];
  const question = useMemo(() => list && { request: { mode, candidates }, about: list }, [mode, list, candidates]);
  return useReply('survey-algorithms', question)?.value ?? none;
}
