import { Suspense, useId } from 'react';
import type { SidePanel, ViewState } from '../../store/view-store.ts';
import { ErrorBoundary } from '../shared/late-parts/ErrorBoundary.tsx';
import { Tabs, type Tab } from '../shared/Tabs.tsx';
import { useActions, useView } from '../shared/use-app.ts';

export type SidePanels = Readonly<Record<SidePanel, () => React.ReactNode>>;

const selectPanel = (state: ViewState) => state.sidePanel;
const selectTextIsBroken = (state: ViewState) => state.listTexts[state.mode]?.problem != null;

const labels: Readonly<Record<SidePanel, string>> = { resolved: 'Resolved', overview: 'Overview', flow: 'Flow', json: 'JSON' };

/** The right pane: the settings of the modules in focus, the effect of the whole list, or the list as text. */
export function SidePane({ panels }: { readonly panels: SidePanels }) {
  const { setView } = useActions();
  const panel = useView(selectPanel);
  const broken = useView(selectTextIsBroken);
  const panelId = useId();
  const tabs: readonly Tab<SidePanel>[] = [
    { id: 'resolved', label: labels.resolved },
    { id: 'overview', label: labels.overview },
    { id: 'flow', label: labels.flow },
    { id: 'json', label: labels.json, note: broken ? <BrokenMark /> : undefined },
  ];
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-10 shrink-0 items-center border-b border-line px-2">
        <Tabs
          label="Side panel"
          tabs={tabs}
          chosen={panel}
          onChoose={(sidePanel) => setView({ sidePanel })}
          panelId={panelId}
        />
      </div>
      <div
        id={panelId}
        role="tabpanel"
        aria-label={labels[panel]}
        className="flex min-h-0 flex-1 flex-col"
      >
        <ErrorBoundary key={panel} part={labels[panel]}>
          <Suspense>{panels[panel]()}</Suspense>
        </ErrorBoundary>
      </div>
    </div>
  );
}

function BrokenMark() {
  return (
    <span className="text-xs font-medium text-refused" title="The text is not valid yet">
      broken
    </span>
  );
}
