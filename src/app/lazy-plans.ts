import type { Plan } from '../core/plan/plan.ts';
import type { PlanActions } from '../store/plans-store.ts';
import type { PlanKeeping } from './plan-actions.ts';

/** The actions of a keeping whose code is fetched when the first of them is asked for; `planNow` is the plan of this tab. */
export function lazyPlanActions(keeping: () => Promise<PlanKeeping>, planNow: () => Plan): PlanActions {
  const actions = async (): Promise<PlanActions> => (await keeping()).actions;
  return {
    openPlan: async (id) => (await actions()).openPlan(id),
    newPlan: async () => (await actions()).newPlan(),
    startAnew: async () => (await actions()).startAnew(),
    closePlan: async () => (await actions()).closePlan(),
    openPlanText: async (text, source) => (await actions()).openPlanText(text, source),
    renamePlan: async (id, name) => (await actions()).renamePlan(id, name),
    duplicatePlan: async (id) => (await actions()).duplicatePlan(id),
    deletePlan: async (id) => (await actions()).deletePlan(id),
    bringBackPlan: async () => (await actions()).bringBackPlan(),
    keepState: async (plan = planNow()) => (await actions()).keepState(plan),
    readPlan: async (id) => (await actions()).readPlan(id),
    settleConflict: async (how) => (await actions()).settleConflict(how),
    dismissPlanNotice: () => void actions().then((ready) => ready.dismissPlanNotice()),
  };
}
