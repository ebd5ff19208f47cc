import { useEffect, useState } from 'react';
import type { DerivedState } from '../../../../store/derived-store.ts';
import { useDerived, useEngine } from '../../../shared/use-app.ts';

type Chains = readonly (readonly number[])[] | null;

const selectTree = (state: DerivedState) => state.student?.tree ?? null;

/** The chains of modules that can be fused, from the data flow: null without a graph, undefined until the engine has answered. */
export function useFusionChains(): Chains | undefined {
  const engine = useEngine();
  const tree = useDerived(selectTree);
  const [answer, setAnswer] = useState<{ readonly tree: unknown; readonly chains: Chains } | null>(null);
  const hasGraph = tree !== null && tree.graph !== null;
  useEffect(() => {
    if (!hasGraph) return undefined;
    let isCurrent = true;
    void engine.call('fusion-chains', {}).then((result) => {
      if (isCurrent) setAnswer({ tree, chains: result.ok ? result.value : null });
    });
    return () => {
      isCurrent = false;
    };
  }, [engine, tree, hasGraph]);
  if (!hasGraph) return null;
  return answer?.tree === tree ? answer.chains : undefined;
}
