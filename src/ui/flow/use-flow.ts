import { useMemo } from 'react';
import type { DerivedState } from '../../store/derived-store.ts';
import type { EngineCalls } from '../../worker/protocol.ts';
import { useAnswer, type AnswerState } from '../shared/use-answer.ts';
import { useDerived } from '../shared/use-app.ts';

/** The user's choice of a frame, and of modules opened or folded by hand. */
export interface FlowChoice {
  readonly frame: number | null;
  readonly opened: readonly number[];
  readonly folded: readonly number[];
}

export const noChoice: FlowChoice = { frame: null, opened: [], folded: [] };

const selectTree = (state: DerivedState) => state.student?.tree ?? null;

/** The picture around a module; the one before while a new one is made. */
export function useFlow(module: number, { frame, opened, folded }: FlowChoice): AnswerState<EngineCalls['draw-flow']['reply']> {
  const tree = useDerived(selectTree);
  const request = useMemo(() => ({ module, frame, opened, folded }), [module, frame, opened, folded]);
  return useAnswer('draw-flow', request, tree, true);
}
