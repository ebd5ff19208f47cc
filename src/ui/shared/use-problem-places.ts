import type { Finding } from '../../core/checks/finding.ts';
import { useActions, useStores } from './use-app.ts';

export interface ProblemPlaces {
  /** Brings the field that causes the problem into view; without one, the text or the assertions of the plan. */
  readonly goToCard: (finding: Finding) => void;
  readonly goToText: (finding: Finding) => void;
  readonly goToModule: (module: number) => void;
}

/** Ways from a problem to its places. */
export function useProblemPlaces(): ProblemPlaces {
  const { reveal, revealModule, setView } = useActions();
  const { view, derived } = useStores();
  const place = ({ where: { subConfig, path } }: Finding) => {
    const subConfigId = subConfig === null ? undefined : derived.getState().listIds[view.getState().mode][subConfig];
    return subConfigId === undefined ? null : { subConfigId, path };
  };
  return {
    goToCard(finding) {
      const found = place(finding);
      // An assertion about the whole list is in no text of it.
      if (found === null && finding.code.startsWith('assertion-')) return setView({ dialog: 'assertions' });
      reveal(found ? { type: 'sub-config', ...found } : { type: 'json', path: [] });
    },
    goToText: (finding) => reveal({ type: 'json', ...(place(finding) ?? { path: [] }) }),
    goToModule: revealModule,
  };
}
