import { Suspense, useId } from 'react';
import type { SidePanel, ViewState } from '../../store/view-store.ts';
import { ErrorBoundary } from '../shared/late-parts/ErrorBoundary.tsx';
import { Tabs } from '../shared/Tabs.tsx';
import { useActions, useView } from '../shared/use-app.ts';
import { mergesSide } from './lay-out.ts';
import { sidePanelTitles, useSideTabs } from './use-side-tabs.tsx';
import { useWindowWidth } from './use-window-width.ts';

export type SidePanels = Readonly<Record<SidePanel, () => React.ReactNode>>;

const selectPanel = (state: ViewState) => state.sidePanel;

/** The right pane: the settings of the modules in focus, the effect of the whole list, or the list as text. */
export function SidePane({ panels }: { readonly panels: SidePanels }) {
  const { setView } = useActions();
  const panel = useView(selectPanel);
  const tabs = useSideTabs();
  const isMerged = mergesSide(useWindowWidth());
  const panelId = useId();
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {!isMerged && (
        <div className="flex h-10 shrink-0 items-center border-b border-line px-2">
          <Tabs label="Side panel" tabs={tabs} chosen={panel} onChoose={(sidePanel) => setView({ sidePanel })} panelId={panelId} />
        </div>
      )}
      <div
        id={panelId}
        role="tabpanel"
        aria-label={sidePanelTitles[panel]}
        className="flex min-h-0 flex-1 flex-col"
      >
        {/* The headings inside are below it; a module has its name as one. */}
        {panel !== 'resolved' && <h2 className="sr-only">{sidePanelTitles[panel]}</h2>}
        <ErrorBoundary key={panel} part={sidePanelTitles[panel]}>
          <Suspense>{panels[panel]()}</Suspense>
        </ErrorBoundary>
      </div>
    </div>
  );
}
