import { useMemo } from 'react';
import type { ConfigObject } from '../../core/config/value.ts';
import type { Proposals } from '../../core/proposals/proposal.ts';
import type { DocumentState } from '../../store/document-store.ts';
import type { Proposing } from '../../store/view-store.ts';
import { useAnswer, type AnswerState } from '../shared/use-answer.ts';
import { useDocument } from '../shared/use-app.ts';

const selectPython = (state: DocumentState) => state.history.present.python;

/** Asks the engine for selectors; again when the modules, the purpose or the sub-config change. */
export function useProposals(
  type: Proposing['type'],
  config: ConfigObject | null,
  modules: readonly number[],
): AnswerState<Proposals> {
  const python = useDocument(selectPython);
  const asked = useMemo(() => {
    if (type === 'new') return { purpose: { type }, modules, python } as const;
    return config && ({ purpose: { type, config }, modules, python } as const);
  }, [type, config, modules, python]);
  return useAnswer('propose', asked, asked);
}
