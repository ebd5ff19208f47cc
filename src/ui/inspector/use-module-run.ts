import { useMemo } from 'react';
import type { ModuleRun } from '../../core/graph/module-run.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import { useReply } from '../shared/use-reply.ts';
import { useDerived } from '../shared/use-app.ts';

const selectTree = (state: DerivedState) => state.student?.tree ?? null;

/** How the model runs a module in the recorded forward pass; null without a graph, and until the answer is there. */
export function useModuleRun(module: number): ModuleRun | null {
  const tree = useDerived(selectTree);
  const question = useMemo(() => (tree === null || tree.graph === null ? null : { request: { module }, about: tree }), [tree, module]);
  const reply = useReply('module-run', question);
  return reply !== null && reply.question === question ? reply.value : null;
}
