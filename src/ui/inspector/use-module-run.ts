import { useEffect, useState } from 'react';
import type { ModuleRun } from '../../core/graph/module-run.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { useDerived, useEngine } from '../shared/use-app.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;

/** How the model runs a module in the recorded forward pass; null without a graph, and until the answer is there. */
export function useModuleRun(module: number): ModuleRun | null {
  const engine = useEngine();
  const tree = useDerived(selectTree);
  const [answer, setAnswer] = useState<{ readonly tree: unknown; readonly module: number; readonly run: ModuleRun | null } | null>(null);
  useEffect(() => {
    if (tree === null || tree.graph === null) return undefined;
    let isCurrent = true;
    void engine.call('module-run', { module }).then((result) => {
      if (isCurrent && result.ok) setAnswer({ tree, module, run: result.value });
    });
    return () => {
      isCurrent = false;
    };
  }, [engine, tree, module]);
  return answer?.tree === tree && answer.module === module ? answer.run : null;
}
