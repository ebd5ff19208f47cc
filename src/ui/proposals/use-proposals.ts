import { useEffect, useMemo, useState } from 'react';
import type { ConfigObject } from '../../core/config/value.ts';
import type { Proposals } from '../../core/proposals/proposal.ts';
import type { DocumentState } from '../../store/document-store.ts';
import type { Proposing } from '../../store/view-store.ts';
import { useDocument, useEngine } from '../shared/use-app.ts';

export type ProposalState =
  | { readonly type: 'waiting' }
  | { readonly type: 'failed' }
  | { readonly type: 'ready'; readonly proposals: Proposals };

const selectPython = (state: DocumentState) => state.history.present.python;
const waiting: ProposalState = { type: 'waiting' };

/** Asks the engine for selectors; again when the modules, the purpose or the sub-config change. */
export function useProposals(
  type: Proposing['type'],
  config: ConfigObject | null,
  modules: readonly number[],
): ProposalState {
  const engine = useEngine();
  const python = useDocument(selectPython);
  const asked = useMemo(() => {
    if (type === 'new') return { purpose: { type }, modules, python } as const;
    return config && ({ purpose: { type, config }, modules, python } as const);
  }, [type, config, modules, python]);
  const [answer, setAnswer] = useState<{ readonly to: typeof asked; readonly state: ProposalState } | null>(null);
  useEffect(() => {
    if (!asked) return;
    void engine.call('propose', asked).then((result) => {
      if (!result.ok && result.error.type === 'superseded') return;
      setAnswer({ to: asked, state: result.ok ? { type: 'ready', proposals: result.value } : { type: 'failed' } });
    });
  }, [engine, asked]);
  return answer?.to === asked ? answer.state : waiting;
}
