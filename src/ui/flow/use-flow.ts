import { useEffect, useMemo, useState } from 'react';
import type { DerivedState } from '../../store/derived-store.ts';
import type { EngineCalls } from '../../worker/protocol.ts';
import { useDerived, useEngine } from '../shared/use-app.ts';

/** The user's choice of a frame, and of modules opened or folded by hand. */
export interface FlowChoice {
  readonly frame: number | null;
  readonly opened: readonly number[];
  readonly folded: readonly number[];
}

export const noChoice: FlowChoice = { frame: null, opened: [], folded: [] };

export type FlowState =
  | { readonly type: 'waiting' }
  | { readonly type: 'failed' }
  | { readonly type: 'ready'; readonly flow: EngineCalls['draw-flow']['reply'] };

const selectTree = (state: DerivedState) => state.student?.tree ?? null;

/** The picture around a module; the one before while a new one is made. */
export function useFlow(module: number, { frame, opened, folded }: FlowChoice): FlowState {
  const engine = useEngine();
  const tree = useDerived(selectTree);
  const request = useMemo(() => ({ module, frame, opened, folded }), [module, frame, opened, folded]);
  const [answer, setAnswer] = useState<{ readonly tree: unknown; readonly state: FlowState } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void engine.call('draw-flow', request).then((result) => {
      if (isCurrent) setAnswer({ tree, state: result.ok ? { type: 'ready', flow: result.value } : { type: 'failed' } });
    });
    return () => {
      isCurrent = false;
    };
  }, [engine, tree, request]);
  return answer?.tree === tree ? answer.state : { type: 'waiting' };
}
