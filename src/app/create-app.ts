import { createPlan } from '../core/plan/create-plan.ts';
import { createEngineClient, type WorkerLike } from '../worker/client.ts';
import type { AppContext } from '../store/app-context.ts';
import { createDerivedStore } from '../store/derived-store.ts';
import { createDocumentStore } from '../store/document-store.ts';
import { createViewStore } from '../store/view-store.ts';
import { createDocumentActions } from './document-actions.ts';
import { deriveContinuously } from './derivations.ts';
import { createModelActions } from './model-actions.ts';
import { createPlanStorage } from './plan-storage.ts';
import { samples } from './samples.ts';
import { savePlanContinuously, restorePlan } from './saving.ts';
import { listenForPaste, listenForShortcuts } from './shortcuts.ts';
import { followTheme, rememberedTheme } from './theme.ts';
import { createViewActions } from './view-actions.ts';

function spawnEngine(): WorkerLike {
  const worker = new Worker(new URL('../worker/engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' });
  return worker as unknown as WorkerLike;
}

/** Constructs everything and puts it together. Call it once. */
export function createApp(): AppContext {
  const document = createDocumentStore(createPlan());
  const view = createViewStore({ theme: rememberedTheme() });
  const derived = createDerivedStore();
  const engine = createEngineClient(
    spawnEngine,
    () => void modelActions.reopen(),
    (trouble) => {
      derived.setState({
        trouble: `This browser could not store ${trouble.model}: after a reload its file has to be opened again.`,
      });
    },
  );
  const parts = { document, view, derived, engine };
  const derivations = deriveContinuously(parts);
  const modelActions = createModelActions(parts);
  const actions = {
    ...modelActions.actions,
    ...createDocumentActions(parts),
    ...createViewActions(parts, derivations),
  };
  followTheme(view);
  listenForShortcuts(actions, derived);
  listenForPaste(actions);
  const storage = createPlanStorage();
  void restorePlan(parts, storage, modelActions).then(() => savePlanContinuously(parts, storage));
  return { ...parts, actions, samples };
}
