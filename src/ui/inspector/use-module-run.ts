import { useEffect, useState } from 'react';
import type { ModuleRun } from '../../core/graph/module-run.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { useDerived, useEngine } from '../shared/use-app.ts';
import { useNotFetched } from '../shared/late-parts/use-not-fetched.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;

/** How the model runs a module in the recorded forward pass; null without a graph, and until the answer is there. */
export function useModuleRun(module: number): ModuleRun | null {
  const engine = useEngine();
  const tellNotFetched = useNotFetched();
  const tree = useDerived(selectTree);
  const [answer, setAnswer] = useState<{ readonly tree: unknown; readonly module: number; readonly run: ModuleRun | null } | null>(null);
  useEffect(() => {
    if (tree === null || tree.graph === null) return undefined;
    let isCurrent = true;
    void engine.call('module-run', { module }).then((result) => {
      if (!isCurrent) return;
      if (result.ok) setAnswer({ tree, module, run: result.value });
      else tellNotFetched(result.error);
    });
    return () => {
      isCurrent = false;
    };
  }, [engine, tellNotFetched, tree, module]);
  return answer?.tree === tree && answer.module === module ? answer.run : null;
}
