import { useMemo } from 'react';
import type { SpeedupView } from '../../core/checks/speedup-view.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { useReply } from './use-reply.ts';
import { useDerived, useView } from './use-app.ts';

const selectMode = (state: ViewState) => state.mode;
const selectPruning = (state: DerivedState) => state.lists.pruning;

/**
 * The model that ModelSpeedup leaves after the pruning list, with the shapes of one module (-1 for none). Null outside of
 * pruning, and until the answer is there. While a new list is computed, the figures of the previous one stay.
 */
export function useSpeedup(module: number): SpeedupView | null {
  const isPruning = useView(selectMode) === 'pruning';
  const pruning = useDerived(selectPruning);
  const list = isPruning ? pruning : null;
  const question = useMemo(() => list && { request: { modules: module < 0 ? [] : [module] }, about: { list, module } }, [list, module]);
  const reply = useReply('speedup', question);
  return isPruning && reply?.question.about.module === module ? reply.value : null;
}
