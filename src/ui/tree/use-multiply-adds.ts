import { useEffect, useState } from 'react';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import type { ViewState } from '../../store/view-store.ts';
import { useEngine, useView } from '../shared/use-app.ts';

const selectShown = (state: ViewState) => state.multiplyAddsShown;

/** Multiply-adds of all modules before each one, while their column shows; null without a graph, and until the answer is there. */
export function useMultiplyAdds(tree: ModuleTree | null): Float64Array | null {
  const engine = useEngine();
  const isAsked = useView(selectShown) && tree !== null && tree.graph !== null;
  const [answer, setAnswer] = useState<{ readonly tree: ModuleTree; readonly sums: Float64Array | null } | null>(null);
  useEffect(() => {
    if (!isAsked) return undefined;
    let isCurrent = true;
    void engine.call('multiply-adds', {}).then((result) => {
      if (isCurrent && result.ok) setAnswer({ tree, sums: result.value });
    });
    return () => {
      isCurrent = false;
    };
  }, [engine, tree, isAsked]);
  return isAsked && answer?.tree === tree ? answer.sums : null;
}
