import { useEffect, useMemo, useState } from 'react';
import type { SpeedupView } from '../../core/checks/speedup-view.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { useDerived, useEngine, useView } from './use-app.ts';
import { useNotFetched } from './late-parts/use-not-fetched.ts';

const selectMode = (state: ViewState) => state.mode;
const selectPruning = (state: DerivedState) => state.lists.pruning;

/**
 * The model that ModelSpeedup leaves after the pruning list, with the shapes of one module (-1 for none). Null outside of
 * pruning, and until the answer is there.
 */
export function useSpeedup(module: number): SpeedupView | null {
  const engine = useEngine();
  const tellNotFetched = useNotFetched();
  const isPruning = useView(selectMode) === 'pruning';
  const list = useDerived(selectPruning);
  const asked = useMemo(() => ({ list, module }), [list, module]);
  const [answer, setAnswer] = useState<{ readonly to: typeof asked; readonly view: SpeedupView } | null>(null);
  useEffect(() => {
    if (!isPruning || asked.list === null) return undefined;
    let isCurrent = true;
    void engine.call('speedup', { modules: asked.module < 0 ? [] : [asked.module] }).then((result) => {
      if (!isCurrent) return;
      if (result.ok) setAnswer({ to: asked, view: result.value });
      else tellNotFetched(result.error);
    });
    return () => {
      isCurrent = false;
    };
  }, [engine, tellNotFetched, isPruning, asked]);
  // While a new list is computed, the figures of the previous one stay.
  return isPruning && answer?.to.module === module ? answer.view : null;
}
