import type { SidePanel, ViewState } from '../../store/view-store.ts';
import type { Tab } from '../shared/Tabs.tsx';
import { useView } from '../shared/use-app.ts';
import { useTextError } from '../verdict/use-text-error.ts';

const selectMode = (state: ViewState) => state.mode;

export const sidePanelTitles: Readonly<Record<SidePanel, string>> = { resolved: 'Resolved', overview: 'Overview', flow: 'Flow', json: 'JSON' };

/** Whether the id of a tab is the id of a panel of the side pane. */
export function isSidePanel(id: string): id is SidePanel {
  return Object.hasOwn(sidePanelTitles, id);
}

/** The panels of the side pane as tabs; JSON says when its text is broken. */
export function useSideTabs(): readonly Tab<SidePanel>[] {
  const broken = useTextError(useView(selectMode)) !== null;
  return [
    { id: 'resolved', label: sidePanelTitles.resolved },
    { id: 'overview', label: sidePanelTitles.overview },
    { id: 'flow', label: sidePanelTitles.flow },
    { id: 'json', label: sidePanelTitles.json, note: broken ? <BrokenMark /> : undefined },
  ];
}

function BrokenMark() {
  return (
    <span className="text-xs font-medium text-refused" title="The text has an error: its changes are not in the list">
      error
    </span>
  );
}
