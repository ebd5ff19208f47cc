import { intendedFinding } from '../../core/checks/intended.ts';
import type { Finding } from '../../core/checks/finding.ts';
import { useActions, useStores } from '../shared/use-app.ts';

/** Says of a finding that it is intended, or takes that back; kept in the plan. */
export function useIntend(): (finding: Finding, on: boolean) => void {
  const { edit } = useActions();
  const { view, derived } = useStores();
  return (finding, on) => {
    const { mode } = view.getState();
    const { subConfig } = finding.where;
    const id = subConfig === null ? null : (derived.getState().listIds[mode][subConfig] ?? null);
    edit({ type: 'set-intended', intended: intendedFinding(finding, mode, id), on });
  };
}
