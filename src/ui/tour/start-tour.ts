import type { AppContext } from '../../store/app-context.ts';
import { selectPlan } from '../../store/document-store.ts';
import { modes } from '../../core/config/mode.ts';
import { settleTour } from './tour-memory.ts';
import { tourSample } from './tour-steps.ts';

/**
 * Starts the tour: on an example, in a new plan. The plan of the user is put aside as it is, and comes back when
 * the tour ends.
 */
export async function startTour({ document, derived, view, plans, actions, samples }: AppContext): Promise<void> {
  settleTour();
  if (view.getState().tour !== null) return;
  const plan = selectPlan(document.getState());
  const isBlank = !derived.getState().student && plan.tree === null && modes.every((mode) => plan.lists[mode].length === 0);
  let home = plans.getState().openId;
  if (!isBlank) {
    // A plan that is stored only now gets its identity on the way.
    const stop = plans.subscribe(({ openId }) => {
      home = openId ?? home;
    });
    await actions.closePlan();
    stop();
    // It could not be stored, and a notice says so: it stays open.
    if (derived.getState().student) return;
  }
  const example = samples.find(({ id }) => id === tourSample);
  if (!example || !(await actions.openSample(example))) return;
  actions.edit({ type: 'set-name', name: 'Tour' });
  actions.setView({ dialog: null, tour: { at: 0, home: isBlank ? null : home, opening: plans.getState().opening } });
}

/** Ends the tour and opens the earlier plan again. Without an earlier plan, the example stays open. */
export async function endTour({ view, plans, actions }: Pick<AppContext, 'view' | 'plans' | 'actions'>): Promise<void> {
  const { tour } = view.getState();
  if (!tour) return;
  actions.setDraft(null);
  actions.setView({ tour: null });
  const { openId, opening } = plans.getState();
  if (tour.home === null || opening !== tour.opening) return;
  await actions.openPlan(tour.home);
  // It could not be opened, and a notice says why: the example stays open.
  if (plans.getState().openId !== tour.home) return;
  if (openId !== null) await actions.deletePlan(openId);
  actions.dismissPlanNotice();
}
