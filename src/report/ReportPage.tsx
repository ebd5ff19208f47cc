import { modes, modeTitles } from '../core/config/mode.ts';
import type { AppContext } from '../store/app-context.ts';
import type { DerivedState } from '../store/derived-store.ts';
import type { DocumentState } from '../store/document-store.ts';
import type { ViewState } from '../store/view-store.ts';
import { FlowPanel } from '../ui/flow/FlowPanel.tsx';
import { ResolvedPanel } from '../ui/inspector/ResolvedPanel.tsx';
import { SidePane, type SidePanels } from '../ui/layout/SidePane.tsx';
import { Workspace, type PaneContents } from '../ui/layout/Workspace.tsx';
import { OverviewPanel } from '../ui/overview/OverviewPanel.tsx';
import { ProblemsBar } from '../ui/problems/ProblemsBar.tsx';
import { ErrorBoundary } from '../ui/shared/late-parts/ErrorBoundary.tsx';
import { formatQuantity } from '../ui/shared/format.ts';
import { Tabs } from '../ui/shared/Tabs.tsx';
import { AppContextHolder, useActions, useDerived, useDocument, useView } from '../ui/shared/use-app.ts';
import { wordTrouble } from '../ui/start/word-trouble.ts';
import { TreePane } from '../ui/tree/TreePane.tsx';
import { ListAsJson } from './ListAsJson.tsx';
import { ReadOnlyList } from './ReadOnlyList.tsx';

const panels: SidePanels = {
  resolved: () => <ResolvedPanel />,
  overview: () => <OverviewPanel />,
  flow: () => <FlowPanel />,
  json: () => <ListAsJson />,
};

const panes: PaneContents = {
  tree: () => <TreePane />,
  'sub-configs': () => <ReadOnlyList />,
  side: () => <SidePane panels={panels} />,
};

const selectStudent = (state: DerivedState) => state.student;
const selectTrouble = (state: DerivedState) => state.trouble;
const selectMode = (state: ViewState) => state.mode;
const selectLists = (state: DocumentState) => state.history.present.lists;

/** The page of a report. */
export function ReportPage({ app, file, version }: { readonly app: AppContext; readonly file: string; readonly version: string }) {
  return (
    <AppContextHolder value={app}>
      <ErrorBoundary part="The report">
        <div className="flex h-full flex-col">
          <ReportHeader file={file} version={version} />
          <ReportContent />
        </div>
      </ErrorBoundary>
    </AppContextHolder>
  );
}

function ReportHeader({ file, version }: { readonly file: string; readonly version: string }) {
  const { setView } = useActions();
  const student = useDerived(selectStudent);
  const mode = useView(selectMode);
  const lists = useDocument(selectLists);
  const used = modes.filter((candidate) => lists[candidate].length > 0 || candidate === mode);
  return (
    <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1">
      <h1 className="min-w-0 truncate font-semibold">
        {file} <span className="font-normal text-muted">on</span> {student?.tree.model ?? 'the model'}
      </h1>
      {student && <span className="text-xs text-muted">{formatQuantity(student.tree.size, 'module')}</span>}
      {used.length > 1 ? (
        <Tabs label="Mode" tabs={used.map((id) => ({ id, label: modeTitles[id] }))} chosen={mode} onChoose={(id) => setView({ mode: id })} />
      ) : (
        <span className="text-muted">{modeTitles[mode]}</span>
      )}
      <span className="ml-auto text-xs text-muted">Read-only report by Espalier {version}</span>
    </header>
  );
}

function ReportContent() {
  const student = useDerived(selectStudent);
  const trouble = useDerived(selectTrouble);
  if (!student) {
    return trouble ? <p role="alert" className="p-6">{wordTrouble(trouble)}</p> : <p className="p-6 text-muted">Reading the model …</p>;
  }
  return (
    <main className="flex min-h-0 flex-1 flex-col">
      {trouble && (
        <p role="alert" className="border-b border-line bg-later-soft px-3 py-1.5">
          {wordTrouble(trouble)}
        </p>
      )}
      <Workspace contents={panes} />
      <ProblemsBar />
    </main>
  );
}
