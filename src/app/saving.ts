import { createHistory } from '../core/plan/history.ts';
import type { Plan } from '../core/plan/plan.ts';
import { modes } from '../core/config/mode.ts';
import { selectPlan } from '../store/document-store.ts';
import type { ModelActions } from './model-actions.ts';
import type { Parts } from './parts.ts';
import type { PlanStorage } from './plan-storage.ts';

const saveAfter = 250;

/** Reading and writing plans is loaded behind the first paint. */
const planFile = () => import('../core/plan/plan-file.ts');

/** Brings back the plan of the last visit and its models. A plan that cannot be read is kept as it is. */
export async function restorePlan(parts: Parts, storage: PlanStorage, models: ModelActions): Promise<void> {
  const { document, derived, view } = parts;
  const text = await storage.load().catch(() => null);
  if (text === null || selectPlan(document.getState()).tree) return;
  const { readPlan } = await planFile();
  const read = readPlan(text);
  if (!read.ok) {
    derived.setState({ trouble: 'The plan of the last visit could not be read; it stays stored until you change something.' });
    return;
  }
  const plan = read.value;
  document.setState({ history: createHistory(plan) });
  const firstUsed = modes.find((mode) => plan.lists[mode].length > 0);
  if (firstUsed) view.setState({ mode: firstUsed });
  if (!plan.tree) return;
  derived.setState({ restoring: true });
  await models.reopen();
  derived.setState({ restoring: false });
}

/** Saves the plan soon after each change, and at once when the page is left. */
export function savePlanContinuously({ document, derived }: Parts, storage: PlanStorage): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let writePlan: ((plan: Plan) => string) | null = null;
  void planFile().then((loaded) => (writePlan = loaded.writePlan));

  async function save(): Promise<void> {
    timer = null;
    derived.setState({ saveState: 'saving' });
    try {
      writePlan ??= (await planFile()).writePlan;
      await storage.save(writePlan(selectPlan(document.getState())));
      if (timer === null) derived.setState({ saveState: 'saved' });
    } catch {
      derived.setState({ saveState: 'failed' });
    }
  }

  document.subscribe((state, before) => {
    if (state.history.present === before.history.present) return;
    derived.setState({ saveState: 'unsaved' });
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void save(), saveAfter);
  });
  addEventListener('pagehide', () => {
    if (timer !== null && writePlan) storage.saveNow(writePlan(selectPlan(document.getState())));
  });
}
