import { Suspense, useState, type ReactNode } from 'react';
import type { Pane } from '../../store/view-store.ts';
import { ErrorBoundary } from '../shared/ErrorBoundary.tsx';
import { lazyPart } from '../shared/lazy-part.tsx';
import { Tabs, type Tab } from '../shared/Tabs.tsx';
import { useActions, useView } from '../shared/use-app.ts';
import { TreePane } from '../tree/TreePane.tsx';
import { paneLimits, rememberedWidths, rememberWidths, type PaneWidths } from './pane-widths.ts';
import { Splitter } from './Splitter.tsx';
import { useIsPainted } from '../shared/use-is-painted.ts';
import { useWindowWidth } from './use-window-width.ts';

const fetchSubConfigs = () => import('../sub-configs/SubConfigsPane.tsx');
const fetchSide = () => import('../inspector/SidePane.tsx');
const SubConfigsPane = lazyPart(async () => (await fetchSubConfigs()).SubConfigsPane);
const SidePane = lazyPart(async () => (await fetchSide()).SidePane);

/** Fetches what the panes are made of, so that it is there when a model is opened. */
export function fetchPanes(): void {
  // A failure shows when the pane is needed; this is only to be early.
  void Promise.allSettled([fetchSubConfigs(), fetchSide()]);
}

const wide = 1280;
const middling = 820;
const middleLeast = 340;

const paneTitles: Readonly<Record<Pane, string>> = {
  tree: 'Model',
  'sub-configs': 'Sub-configs',
  side: 'Details',
};

const partNames: Readonly<Record<Pane, string>> = {
  tree: 'The model',
  'sub-configs': 'The sub-configs',
  side: 'The side panel',
};

/** The three panes side by side; on narrower screens the ones to the right, then all, become tabs. */
export function Workspace() {
  const windowWidth = useWindowWidth();
  if (windowWidth >= wide) return <ThreePanes windowWidth={windowWidth} />;
  if (windowWidth >= middling) return <TwoPanes windowWidth={windowWidth} />;
  return <TabbedPanes panes={['tree', 'sub-configs', 'side']} />;
}

function useWidths(windowWidth: number): [PaneWidths, (change: Partial<PaneWidths>) => void] {
  const [widths, setWidths] = useState(() => rememberedWidths(windowWidth));
  const change = (changed: Partial<PaneWidths>) => {
    const next = { ...widths, ...changed };
    setWidths(next);
    rememberWidths(next);
  };
  return [widths, change];
}

function ThreePanes({ windowWidth }: { readonly windowWidth: number }) {
  const [widths, change] = useWidths(windowWidth);
  const side = Math.min(widths.side, Math.max(paneLimits.side[0], windowWidth - paneLimits.tree[0] - middleLeast));
  const tree = Math.min(widths.tree, Math.max(paneLimits.tree[0], windowWidth - side - middleLeast));
  return (
    <div className="flex min-h-0 flex-1">
      <PaneFrame pane="tree" width={tree} />
      <Splitter
        label="Width of the model pane"
        width={tree}
        least={paneLimits.tree[0]}
        most={paneLimits.tree[1]}
        pane="before"
        onResize={(width) => change({ tree: width })}
      />
      <PaneFrame pane="sub-configs" />
      <Splitter
        label="Width of the side panel"
        width={side}
        least={paneLimits.side[0]}
        most={paneLimits.side[1]}
        pane="after"
        onResize={(width) => change({ side: width })}
      />
      <PaneFrame pane="side" width={side} />
    </div>
  );
}

function TwoPanes({ windowWidth }: { readonly windowWidth: number }) {
  const [widths, change] = useWidths(windowWidth);
  const tree = Math.min(widths.tree, windowWidth - 420);
  return (
    <div className="flex min-h-0 flex-1">
      <PaneFrame pane="tree" width={tree} />
      <Splitter
        label="Width of the model pane"
        width={tree}
        least={paneLimits.tree[0]}
        most={windowWidth - 420}
        pane="before"
        onResize={(width) => change({ tree: width })}
      />
      <TabbedPanes panes={['sub-configs', 'side']} />
    </div>
  );
}

function TabbedPanes({ panes }: { readonly panes: readonly Pane[] }) {
  const { setView } = useActions();
  const asked = useView((state) => state.pane);
  const chosen = panes.includes(asked) ? asked : panes[0]!;
  const tabs = panes.map((pane): Tab<Pane> => ({ id: pane, label: paneTitles[pane] }));
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="border-b border-line px-2 py-1">
        <Tabs label="Panes" tabs={tabs} chosen={chosen} onChoose={(pane) => setView({ pane })} panelId="chosen-pane" />
      </div>
      <div id="chosen-pane" className="flex min-h-0 flex-1">
        <PaneFrame pane={chosen} />
      </div>
    </div>
  );
}

const contents: Readonly<Record<Pane, () => ReactNode>> = {
  tree: () => <TreePane />,
  'sub-configs': () => <SubConfigsPane />,
  side: () => <SidePane />,
};

/** One pane. The tree comes first: what the others are made of is fetched when it is painted. */
function PaneFrame({ pane, width }: { readonly pane: Pane; readonly width?: number }) {
  const isPainted = useIsPainted();
  const isTurn = pane === 'tree' || isPainted;
  return (
    <section
      aria-label={paneTitles[pane]}
      style={width === undefined ? undefined : { width }}
      className={`flex min-h-0 min-w-0 flex-col ${width === undefined ? 'flex-1' : 'shrink-0'} ${pane === 'sub-configs' ? 'bg-sunken' : ''}`}
    >
      <ErrorBoundary part={partNames[pane]}>
        <Suspense fallback={<PaneIsLoading />}>{isTurn ? contents[pane]() : <PaneIsLoading />}</Suspense>
      </ErrorBoundary>
    </section>
  );
}

function PaneIsLoading() {
  return <p className="p-4 text-muted">Loading …</p>;
}
