import { useEffect, useState } from 'react';
import type { ModuleTree } from '../../core/module-tree/module-tree.ts';
import type { ViewState } from '../../store/view-store.ts';
import { useEngine, useStores, useView } from '../shared/use-app.ts';

/** The switch, as a message about its failure names it. */
const action = 'Multiply-adds';
const selectShown = (state: ViewState) => state.multiplyAddsShown;

/** Multiply-adds of all modules before each one, while their column shows; null without a graph, and until the answer is there. */
export function useMultiplyAdds(tree: ModuleTree | null): Float64Array | null {
  const engine = useEngine();
  const { view, derived } = useStores();
  const isAsked = useView(selectShown) && tree !== null && tree.graph !== null;
  const [answer, setAnswer] = useState<{ readonly tree: ModuleTree; readonly sums: Float64Array | null } | null>(null);
  useEffect(() => {
    if (!isAsked) return undefined;
    let isCurrent = true;
    const { trouble } = derived.getState();
    if (trouble?.type === 'action-failed' && trouble.action === action) derived.setState({ trouble: null });
    void engine.call('multiply-adds', {}).then((result) => {
      if (!isCurrent) return;
      if (result.ok) return setAnswer({ tree, sums: result.value });
      if (result.error.type !== 'not-fetched') return;
      // The switch goes back: pressing it asks again.
      view.setState({ multiplyAddsShown: false, sortedByMultiplyAdds: false });
      derived.setState({ trouble: { type: 'action-failed', action, reason: result.error.reason } });
    });
    return () => {
      isCurrent = false;
    };
  }, [engine, view, derived, tree, isAsked]);
  return isAsked && answer?.tree === tree ? answer.sums : null;
}
