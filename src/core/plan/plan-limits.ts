import { findExcess, pageListLimits, type ListExcess, type ListLimits } from '../config/list-limits.ts';
import { modes, type Mode } from '../config/mode.ts';
import type { Plan } from './plan.ts';

/** The longest name that a plan from outside may have, in UTF-16 units. */
const longestName = 1000;

/** The part of a plan from outside that is past a limit of the page. */
export type PlanExcess =
  | { readonly type: 'list'; readonly mode: Mode; readonly excess: ListExcess }
  | { readonly type: 'name'; readonly length: number; readonly limit: number };

/** The first thing in a plan that is past the limits of the page (rule E4); `null` when nothing is. */
export function findPlanExcess(plan: Plan, limits: ListLimits = pageListLimits): PlanExcess | null {
  if (plan.name.length > longestName) return { type: 'name', length: plan.name.length, limit: longestName };
  for (const mode of modes) {
    const excess = findExcess(plan.lists[mode].map(({ config }) => config), limits);
    if (excess) return { type: 'list', mode, excess };
  }
  return null;
}
