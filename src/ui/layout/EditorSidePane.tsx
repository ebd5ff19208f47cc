import { ResolvedPanel } from '../inspector/ResolvedPanel.tsx';
import { JsonPanel } from '../list-text/JsonPanel.tsx';
import { lazyPart } from '../shared/late-parts/lazy-part.tsx';
import { SidePane, type SidePanels } from './SidePane.tsx';

const FlowPanel = lazyPart(async () => (await import('../flow/FlowPanel.tsx')).FlowPanel);
const OverviewPanel = lazyPart(async () => (await import('../overview/OverviewPanel.tsx')).OverviewPanel);

const panels: SidePanels = {
  resolved: () => <ResolvedPanel />,
  overview: () => <OverviewPanel />,
  flow: () => <FlowPanel />,
  json: () => <JsonPanel />,
};

/** The side pane of the editor, whose JSON can be typed in. */
export function EditorSidePane() {
  return <SidePane panels={panels} />;
}
