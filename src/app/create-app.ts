import { planFileName } from '../core/plan/plan-file-name.ts';
import { createPlan } from '../core/plan/create-plan.ts';
import { createEngineClient, type WorkerLike } from '../worker/client.ts';
import type { OpenedFile } from '../store/file-link-store.ts';
import type { AppActions, AppContext } from '../store/app-context.ts';
import { downloadText } from '../ui/shared/files/download.ts';
import { whenPainted } from '../ui/shared/when-painted.ts';
import { createDerivedStore } from '../store/derived-store.ts';
import { createDocumentStore, selectPlan } from '../store/document-store.ts';
import { createFileLinkStore } from '../store/file-link-store.ts';
import { createPlansStore, type PlanNotice } from '../store/plans-store.ts';
import { createViewStore } from '../store/view-store.ts';
import { deriveContinuously } from './derivations.ts';
import { fetchOnce } from './fetch-once.ts';
import { lazyFileActions } from './file-link/lazy-file-actions.ts';
import { linkFilesAgain } from './file-link/plan-files.ts';
import { servedLink } from './file-link/served-page.ts';
import { createHistoryActions } from './history-actions.ts';
import { createInstantPreviews } from './previews/instant-previews.ts';
import { leaveFieldWithPage } from './leave-field.ts';
import { createModelActions } from './model-actions.ts';
import { createLazyEditing } from './lazy-editing.ts';
import { lazyPlanActions } from './plans/lazy-plans.ts';
import type { PlanKeeping } from './plans/plan-actions.ts';
import { createPlanStorage } from './plans/plan-storage.ts';
import { samples } from './samples.ts';
import { createPlanSaver } from './plans/saving.ts';
import { spawnEngine } from './spawn-engine.ts';
import { startWithPlan } from './plans/start-plan.ts';
import { listenForPaste, listenForShortcuts } from './shortcuts.ts';
import { followTheme, rememberedTheme } from './theme.ts';
import { rememberedSwitches, rememberSwitches } from './tree-switches.ts';
import { createViewActions } from './view-actions.ts';

/** Constructs everything around an engine's worker and puts it together. Call it once. */
export function createApp(worker: WorkerLike): AppContext {
  let started: WorkerLike | null = worker;
  const nextWorker = (): WorkerLike => {
    const next = started ?? spawnEngine();
    started = null;
    return next;
  };
  const document = createDocumentStore(createPlan());
  const view = createViewStore({ theme: rememberedTheme(), ...rememberedSwitches() });
  const derived = createDerivedStore();
  const engine = createEngineClient(
    nextWorker,
    () => void modelActions.handBack().then(() => derivations.refresh()),
    (trouble) => derived.setState({ trouble }),
    async () => {
      if (!derived.getState().student) return false;
      await modelActions.handBack();
      // The engine lost the lists together with the model: resolve them again.
      setTimeout(() => derivations.refresh());
      return true;
    },
  );
  const instant = createInstantPreviews({ document, view, derived, engine });
  const parts = { document, view, derived, engine, instant };
  const derivations = deriveContinuously(parts);
  const editing = createLazyEditing(parts);
  const modelActions = createModelActions(parts, editing.actions.edit);
  const plans = createPlansStore();
  const storage = createPlanStorage();
  leaveFieldWithPage();
  const saver = createPlanSaver(parts, plans, storage, async (id) => {
    const { catchUp } = await keeping();
    return catchUp(id);
  });
  const fetchKeeping = fetchOnce(async (): Promise<PlanKeeping> => {
    const { createPlanKeeping } = await import('./plans/plan-actions.ts');
    return createPlanKeeping(parts, plans, storage, saver, modelActions);
  });
  const notify = (notice: PlanNotice | null) => plans.setState({ notice });
  const keeping = () =>
    fetchKeeping().catch((error: unknown) => {
      notify({ type: 'part-not-fetched' });
      throw error;
    });
  const planActions = lazyPlanActions(keeping, () => selectPlan(document.getState()), notify);
  /** What follows the question about the use of a second model. */
  let afterOverlap: ((isModelOpen: boolean) => void) | null = null;
  const afterQuestion = (settled: (isModelOpen: boolean) => void): boolean => {
    if (derived.getState().overlap === null) return false;
    afterOverlap = settled;
    return true;
  };
  const settleOverlap: AppActions['settleOverlap'] = async (choice) => {
    const settled = afterOverlap;
    afterOverlap = null;
    const isModelOpen = await modelActions.actions.settleOverlap(choice);
    settled?.(isModelOpen);
    return isModelOpen;
  };
  const openAnything: AppActions['openTree'] = async (...opened) => {
    afterOverlap = null;
    const fetched = await import('./plans/open-plans-too.ts').catch(String);
    if (typeof fetched === 'string') {
      const error = { type: 'not-fetched', reason: fetched } as const;
      derived.setState({ studentStatus: { type: 'failed', name: 'This', error, source: null, options: {} } });
      return false;
    }
    const importList = (importText: string, importFile: OpenedFile | null) => view.setState({ dialog: 'import', importText, importFile });
    const before = plans.getState().notice;
    const leaveLists = (names: readonly string[]) => {
      const { notice } = plans.getState();
      notify({ type: 'lists-left', names, after: notice === before ? null : notice });
    };
    return fetched.openPlansToo(modelActions.actions.openTree, planActions.openPlanText, importList, fileActions.linkPlan, leaveLists, afterQuestion)(...opened);
  };
  const fileLink = createFileLinkStore();
  const fetchFileLink = fetchOnce(async () => {
    const { createFileLink } = await import('./file-link/file-link.ts');
    return createFileLink({ ...parts, plans, store: fileLink, keeping, models: modelActions.actions });
  });
  const fileActions = lazyFileActions(fetchFileLink, fileLink);
  const served = servedLink();
  if (served === null) linkFilesAgain(plans, derived, async (planId) => (await fetchFileLink()).linkAgain(planId));
  else derived.setState({ restoring: true });
  const actions = {
    ...modelActions.actions,
    ...fileActions,
    ...planActions,
    openTree: openAnything,
    settleOverlap,
    savePlanAgain: () => saver.saveAgain(),
    downloadPlan: async () => downloadText(planFileName(selectPlan(document.getState())), await saver.textOfPlan()),
    ...editing.actions,
    ...createHistoryActions(parts),
    ...createViewActions(parts, editing),
  };
  const stop = derived.subscribe(({ student }) => {
    if (!student) return;
    stop();
    whenPainted(() => {
      void editing.fetch();
      saver.prepare();
    });
  });
  followTheme(view);
  rememberSwitches(view);
  listenForPaste({ actions, plans, view });
  const startServed = async (base: string): Promise<void> => {
    const link = await fetchFileLink().catch(() => null);
    if (link) return link.startServed(base);
    derived.setState({ restoring: false });
    notify({ type: 'part-not-fetched' });
  };
  void startWithPlan(plans, storage, saver, keeping, served === null ? null : () => startServed(served));
  const app: AppContext = { ...parts, plans, fileLink, actions, samples, isReadOnly: false };
  listenForShortcuts(app);
  return app;
}
