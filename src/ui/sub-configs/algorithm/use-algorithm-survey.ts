import { useEffect, useState } from 'react';
import type { PlannedAlgorithm } from '../../../core/algorithms/planned-algorithm.ts';
import type { Mode } from '../../../core/config/mode.ts';
import type { DerivedState } from '../../../store/derived-store.ts';
import type { AlgorithmEffect } from '../../../worker/algorithm-calls.ts';
import { useDerived, useEngine } from '../../shared/use-app.ts';

const selectLists = (state: DerivedState) => state.lists;

/** The result of the mode's list under each class, in the order given. The last answer stays until a newer one is there. */
export function useAlgorithmSurvey(mode: Mode, candidates: readonly PlannedAlgorithm[]): readonly AlgorithmEffect[] {
  const engine = useEngine();
  const list = useDerived(selectLists)[mode];
  const [effects, setEffects] = useState<readonly AlgorithmEffect[]>([]);
  useEffect(() => {
    let isCurrent = true;
    if (list) {
      void engine.call('survey-algorithms', { mode, candidates }).then((result) => {
        if (isCurrent && result.ok) setEffects(result.value);
      });
    }
    return () => {
      isCurrent = false;
    };
  }, [engine, mode, list, candidates]);
  return effects;
}
