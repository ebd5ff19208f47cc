import { useMemo, useState } from 'react';
import { formatCount } from '../../core/text/format-count.ts';
import type { DerivedState } from '../../store/derived-store.ts';
import type { ViewState } from '../../store/view-store.ts';
import { Button } from '../shared/Button.tsx';
import { useDerived, useView } from '../shared/use-app.ts';
import { groupExplanations } from './group-explanations.ts';
import { ListSummary } from './ListSummary.tsx';
import { ModulesTable } from './ModulesTable.tsx';
import { ModuleReport } from './ModuleReport.tsx';
import { ResolvedSubConfigs } from './SentenceText.tsx';
import { useResolvedSubConfigs } from '../shared/use-resolved-sub-configs.ts';

const selectFocusCount = (state: ViewState) => state.focus.length;
const selectExplanations = (state: DerivedState) => state.explanations;
const firstShown = 12;

/** The settings of the modules in focus, where every value comes from, and why. */
export function ResolvedPanel() {
  const focusCount = useView(selectFocusCount);
  const explanations = useDerived(selectExplanations);
  const subConfigs = useResolvedSubConfigs();
  const groups = useMemo(() => groupExplanations(explanations), [explanations]);
  const [more, setMore] = useState(false);
  const shown = more ? groups : groups.slice(0, firstShown);
  return (
    <ResolvedSubConfigs value={subConfigs}>
      <div tabIndex={0} role="region" aria-label="Resolved settings" className="min-h-0 flex-1 overflow-auto select-text">
        {focusCount === 0 && <ListSummary />}
        {focusCount > 0 && groups.length === 0 && <p className="p-4 text-muted">Working it out …</p>}
        {focusCount > 0 && (
          <div className="flex flex-col divide-y divide-line">
            {explanations.length > 0 && explanations.length < focusCount && (
              <p className="px-4 py-2 text-xs text-muted">
                The first {formatCount(explanations.length)} of {formatCount(focusCount)} chosen modules are explained.
              </p>
            )}
            {explanations.length > 1 && <ModulesTable explanations={explanations} />}
            {shown.map((group) => (
              <ModuleReport key={group.members[0]!.module} group={group} />
            ))}
          </div>
        )}
        {focusCount > 0 && shown.length < groups.length && (
          <div className="p-4">
            <Button onClick={() => setMore(true)}>Show {formatCount(groups.length - shown.length)} more groups</Button>
          </div>
        )}
      </div>
    </ResolvedSubConfigs>
  );
}
