import { Suspense, useEffect, useRef, useState, type DragEvent } from 'react';
import type { AppContext } from '../store/app-context.ts';
import type { DerivedState } from '../store/derived-store.ts';
import type { FileLinkState } from '../store/file-link-store.ts';
import type { PlansState } from '../store/plans-store.ts';
import { Dialogs } from '../ui/dialogs/Dialogs.tsx';
import { Header } from '../ui/header/Header.tsx';
import { fetchMenus } from '../ui/header/late-menus.ts';
import { SaveProblem } from '../ui/header/SaveProblem.tsx';
import { editorPanes, fetchPanes } from '../ui/layout/editor-panes.tsx';
import { Workspace } from '../ui/layout/Workspace.tsx';
import { ErrorBoundary } from '../ui/shared/late-parts/ErrorBoundary.tsx';
import { lazyPart } from '../ui/shared/late-parts/lazy-part.tsx';
import { AppContextHolder, useApp, useDerived, useFileLink, usePlans } from '../ui/shared/use-app.ts';
import { useIsPainted } from '../ui/shared/use-is-painted.ts';
import { StartScreen } from '../ui/start/StartScreen.tsx';
import type { TreeRole } from '../worker/protocol.ts';
import { droppedFiles, type DroppedFiles } from '../ui/shared/files/files-of.ts';
import { openFiles } from '../ui/shared/files/open-files.ts';
import { LatePart } from '../ui/shared/late-parts/LatePart.tsx';

const ProblemsBar = lazyPart(async () => (await import('../ui/problems/ProblemsBar.tsx')).ProblemsBar);
const OpenBanner = lazyPart(async () => (await import('../ui/start/OpenBanner.tsx')).OpenBanner);
const FileBanner = lazyPart(async () => (await import('../ui/header/FileBanner.tsx')).FileBanner);
const PlanBanner = lazyPart(async () => (await import('../ui/plans/PlanBanner.tsx')).PlanBanner);

const selectHasProblem = (state: FileLinkState) => state.problem !== null;
const selectHasNotice = (state: PlansState) => state.conflict !== null || state.notice !== null;
const selectModel = (state: DerivedState) => state.student?.tree.model ?? null;
const selectRestoring = (state: DerivedState) => state.restoring;

/** The whole page. */
export function App({ app }: { readonly app: AppContext }) {
  return (
    <AppContextHolder value={app}>
      <ErrorBoundary part="The page">
        <DropTarget>
          <Header />
          <SaveProblem />
          <PlanNews />
          <FileNews />
          <Content />
          <Dialogs />
        </DropTarget>
      </ErrorBoundary>
    </AppContextHolder>
  );
}

/** Loaded only when there is a notice to show. */
function PlanNews() {
  const isShown = usePlans(selectHasNotice);
  return (
    <ErrorBoundary part="The notice about plans">
      <Suspense>{isShown && <PlanBanner />}</Suspense>
    </ErrorBoundary>
  );
}

/** Fetched when there is something to say about the file of the list. */
function FileNews() {
  const isShown = useFileLink(selectHasProblem);
  return (
    <ErrorBoundary part="The notice about the file">
      <Suspense>{isShown && <FileBanner />}</Suspense>
    </ErrorBoundary>
  );
}

const beforePanes = 1000;

function Content() {
  const model = useDerived(selectModel);
  const restoring = useDerived(selectRestoring);
  const heading = useRef<HTMLHeadingElement>(null);
  const hadNone = useRef(false);
  useEffect(() => {
    // The button that opened the model is gone: announce the new place, and let Tab continue from there.
    const isNew = hadNone.current;
    hadNone.current = model === null && !restoring;
    if (!isNew || document.activeElement !== document.body) return undefined;
    // Once the page is laid out, which the focus would have it do at once.
    const frame = requestAnimationFrame(() => heading.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, [model, restoring]);
  useEffect(() => {
    let stop: (() => void) | undefined;
    const timer = setTimeout(() => {
      fetchPanes();
      // A failure shows when a menu is opened.
      fetchMenus().catch(() => undefined);
      // Without it the browser shows titles itself.
      import('../ui/shared/layers/tooltip-layer.ts').then(({ showTooltips }) => (stop = showTooltips()), () => undefined);
    }, beforePanes);
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  }, []);
  if (model !== null) {
    return (
      <main className="flex min-h-0 flex-1 flex-col">
        <h1 ref={heading} tabIndex={-1} className="sr-only">
          Compression of {model}
        </h1>
        <LatePart part="The notice about the model">
          <LateOpenBanner />
        </LatePart>
        <Workspace contents={editorPanes} />
        <ErrorBoundary part="The list of problems">
          <Suspense>
            <LateProblemsBar />
          </Suspense>
        </ErrorBoundary>
      </main>
    );
  }
  return restoring ? <p className="p-6 text-muted">Opening the model of the plan …</p> : <StartScreen />;
}

/** The tree is painted before it. */
function LateOpenBanner() {
  return useIsPainted() && <OpenBanner />;
}

/** The tree is painted before it. */
function LateProblemsBar() {
  return useIsPainted() && <ProblemsBar />;
}

/** Files dropped anywhere are opened as plans, config lists or the model, or as the teacher where one is asked for. */
function DropTarget({ children }: { readonly children: React.ReactNode }) {
  const app = useApp();
  const { view } = app;
  const { setView } = app.actions;
  const [over, setOver] = useState(false);
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const openDropped = async (dropping: Promise<DroppedFiles>, role: TreeRole) => {
    const dropped = await dropping;
    const { dialog } = view.getState();
    const opened = await openFiles(app, dropped, role, { use: dialog === 'complete-model' ? 'complete' : 'ask' });
    if (opened && view.getState().dialog === dialog) setView({ dialog: null });
  };
  return (
    <div
      className="relative flex h-full flex-col"
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (!hasFiles(event)) return;
        event.preventDefault();
        const { dialog } = view.getState();
        void openDropped(droppedFiles(event.dataTransfer), dialog === 'open-teacher' ? 'teacher' : 'student');
      }}
    >
      {children}
      {over && (
        <div className="pointer-events-none absolute inset-2 z-50 flex items-center justify-center rounded-lg border-2 border-dashed border-line-strong bg-surface/85 text-base font-medium">
          Drop a model (a file or its folder), a plan or a config list
        </div>
      )}
    </div>
  );
}
