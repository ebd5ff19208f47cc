import type { Plan } from '../../core/plan/plan.ts';
import type { PlanActions, PlanNotice } from '../../store/plans-store.ts';
import { isFetchFailure } from '../../worker/fetch-failure.ts';
import type { PlanKeeping } from './plan-actions.ts';
import { isStorageFailure, saveFailureOf } from './save-failure.ts';

/**
 * The actions of a keeping whose code is fetched when the first of them is asked for; `planNow` is the plan of this tab.
 * If it cannot be fetched, nothing happens and `keeping` shows a notice, which can be dismissed without the code. Where an action
 * lacks further code, or the storage fails, `notify` gets a notice.
 */
export function lazyPlanActions(
  keeping: () => Promise<PlanKeeping>,
  planNow: () => Plan,
  notify: (notice: PlanNotice | null) => void,
): PlanActions {
  async function act<Outcome>(action: (actions: PlanActions) => Promise<Outcome>, failed: Outcome): Promise<Outcome> {
    const kept = await keeping().catch(() => null);
    return kept ? orNotice(action(kept.actions), failed, notify) : failed;
  }
  return {
    openPlan: (id) => act(({ openPlan }) => openPlan(id), undefined),
    newPlan: () => act(({ newPlan }) => newPlan(), undefined),
    startAnew: () => act(({ startAnew }) => startAnew(), undefined),
    closePlan: () => act(({ closePlan }) => closePlan(), undefined),
    openPlanText: (text, source) => act(({ openPlanText }) => openPlanText(text, source), false),
    renamePlan: (id, name) => act(({ renamePlan }) => renamePlan(id, name), undefined),
    duplicatePlan: (id) => act(({ duplicatePlan }) => duplicatePlan(id), undefined),
    deletePlan: (id) => act(({ deletePlan }) => deletePlan(id), undefined),
    bringBackPlan: () => act(({ bringBackPlan }) => bringBackPlan(), undefined),
    keepState: (plan = planNow()) => act(({ keepState }) => keepState(plan), undefined),
    readPlan: (id) => act(({ readPlan }) => readPlan(id), null),
    settleConflict: (how) => act(({ settleConflict }) => settleConflict(how), undefined),
    dismissPlanNotice: () => notify(null),
  };
}

/**
 * The outcome of work on plans; `failed` where code that it needs cannot be fetched, or the storage of this browser fails. `notify` gets
 * the notice that says so. Any other failure is a bug, and is thrown.
 */
export async function orNotice<Outcome>(work: Promise<Outcome>, failed: Outcome, notify: (notice: PlanNotice) => void): Promise<Outcome> {
  try {
    return await work;
  } catch (error) {
    if (isFetchFailure(String(error))) notify({ type: 'part-not-fetched' });
    else if (isStorageFailure(error)) notify({ type: 'storage-failed', failure: saveFailureOf(error) });
    else throw error;
    return failed;
  }
}
