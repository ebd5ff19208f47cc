import { Suspense, useState, type ReactNode } from 'react';
import type { Pane, SidePanel, ViewState } from '../../store/view-store.ts';
import { ErrorBoundary } from '../shared/late-parts/ErrorBoundary.tsx';
import { lazyPart } from '../shared/late-parts/lazy-part.tsx';
import { Tabs, type Tab } from '../shared/Tabs.tsx';
import { useActions, useView } from '../shared/use-app.ts';
import { layOut, mergesSide } from './lay-out.ts';
import { paneLimits, rememberedWidths, rememberWidths, usualWidths, type PaneWidths } from './pane-widths.ts';
import { useIsPainted } from '../shared/use-is-painted.ts';
import { isSidePanel, useSideTabs } from './use-side-tabs.tsx';
import { useWindowWidth } from './use-window-width.ts';

const Splitter = lazyPart(async () => (await import('./Splitter.tsx')).Splitter);

/** The content of the panes. */
export type PaneContents = Readonly<Record<Pane, () => ReactNode>>;

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

/**
 * The three panes side by side; on narrower screens the ones to the right, then all, become tabs. All are next to
 * each other in the page in any case: a pane that stays visible when the window changes keeps its state and focus.
 */
export function Workspace({ contents }: { readonly contents: PaneContents }) {
  const { setView } = useActions();
  const windowWidth = useWindowWidth();
  const asked = useView(selectPane);
  const [widths, change] = useWidths(windowWidth);
  const layout = layOut(windowWidth, widths);
  const { tabbed, columns, tree, side } = layout;
  const chosen = tabbed.includes(asked) ? asked : tabbed[0];
  const shows = (pane: Pane) => !tabbed.includes(pane) || pane === chosen;
  const frame = (pane: Pane) =>
    shows(pane) && (
      <PaneFrame
        key={pane}
        pane={pane}
        content={contents[pane]}
        column={layout.columnOf[pane]}
        isTabbed={tabbed.includes(pane)}
        // When the page becomes narrow, it shows the pane that last had the focus.
        onFocus={tabbed.length === 0 ? () => asked !== pane && setView({ pane }) : undefined}
      />
    );
  return (
    <div
      style={{ gridTemplateColumns: columns, gridTemplateRows: tabbed.length > 0 ? 'auto minmax(0, 1fr)' : 'minmax(0, 1fr)' }}
      className="grid min-h-0 flex-1"
    >
      {frame('tree')}
      {tree && (
        <SplitterPlace key="tree splitter" column={2}>
          <Splitter
            label="Width of the model pane"
            edge="right"
            size={tree.width}
            least={paneLimits.tree[0]}
            most={tree.most}
            onResize={(width) => change({ tree: width })}
          />
        </SplitterPlace>
      )}
      {chosen !== undefined && (
        <div key="tabs" style={{ gridColumn: layout.columnOf[chosen], gridRow: 1 }} className="min-w-0 border-b border-line px-2 py-1">
          {mergesSide(windowWidth) ? (
            <MergedTabs chosen={chosen} />
          ) : (
            <Tabs
              label="Panes"
              tabs={tabbed.map((pane): Tab<Pane> => ({ id: pane, label: paneTitles[pane] }))}
              chosen={chosen}
              onChoose={(pane) => setView({ pane })}
              panelId={chosenPaneId}
            />
          )}
        </div>
      )}
      {frame('sub-configs')}
      {side && (
        <SplitterPlace key="side splitter" column={4}>
          <Splitter
            label="Width of the side panel"
            edge="left"
            size={side.width}
            least={paneLimits.side[0]}
            most={side.most}
            onResize={(width) => change({ side: width })}
          />
        </SplitterPlace>
      )}
      {frame('side')}
    </div>
  );
}

const selectPane = (state: ViewState) => state.pane;
const selectPanel = (state: ViewState) => state.sidePanel;
const chosenPaneId = 'chosen-pane';

/** The sub-configs and the panels of the side pane in one row. */
function MergedTabs({ chosen }: { readonly chosen: Pane }) {
  const { setView } = useActions();
  const panel = useView(selectPanel);
  const tabs: readonly Tab<Pane | SidePanel>[] = [{ id: 'sub-configs', label: paneTitles['sub-configs'] }, ...useSideTabs()];
  return (
    <Tabs
      label="Panes"
      tabs={tabs}
      chosen={chosen === 'side' ? panel : chosen}
      onChoose={(id) => setView(isSidePanel(id) ? { pane: 'side', sidePanel: id } : { pane: id })}
      panelId={chosenPaneId}
    />
  );
}

/** The splitter between two panes is loaded when the tree is painted. */
function SplitterPlace({ column, children }: { readonly column: number; readonly children: ReactNode }) {
  const isPainted = useIsPainted();
  return (
    <div style={{ gridColumn: column, gridRow: '1 / -1' }} className="flex min-w-px bg-line">
      <ErrorBoundary part="The border between the panes" instead={null}>
        <Suspense>{isPainted && children}</Suspense>
      </ErrorBoundary>
    </div>
  );
}

function useWidths(windowWidth: number): [PaneWidths, (change: Partial<PaneWidths>) => void] {
  const [chosen, setChosen] = useState(rememberedWidths);
  // A pane that was never sized by hand keeps its share of a window that is.
  const widths = { ...usualWidths(windowWidth), ...chosen };
  const change = (changed: Partial<PaneWidths>) => {
    const next = { ...chosen, ...changed };
    setChosen(next);
    rememberWidths(next);
  };
  return [widths, change];
}

interface PaneFrameProps {
  readonly pane: Pane;
  readonly content: () => ReactNode;
  readonly column: number;
  readonly isTabbed: boolean;
  readonly onFocus: (() => void) | undefined;
}

/** One pane. The tree comes first: the code of the others is loaded when the tree is painted. */
function PaneFrame({ pane, content, column, isTabbed, onFocus }: PaneFrameProps) {
  const isPainted = useIsPainted();
  const isTurn = pane === 'tree' || isPainted;
  return (
    <section
      id={isTabbed ? chosenPaneId : undefined}
      aria-label={paneTitles[pane]}
      style={{ gridColumn: column, gridRow: isTabbed ? 2 : '1 / -1' }}
      onFocus={onFocus}
      className={`flex min-h-0 min-w-0 flex-col ${pane === 'sub-configs' ? 'bg-sunken' : ''}`}
    >
      <ErrorBoundary part={partNames[pane]}>
        <Suspense fallback={<PaneIsLoading />}>{isTurn ? content() : <PaneIsLoading />}</Suspense>
      </ErrorBoundary>
    </section>
  );
}

function PaneIsLoading() {
  return <p className="p-4 text-muted">Loading …</p>;
}
