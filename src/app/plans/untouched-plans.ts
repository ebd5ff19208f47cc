import { modes } from '../../core/config/mode.ts';
import { hasSameContent } from '../../core/plan/plan-file.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { PlanRecord } from './plan-records.ts';

/** A plan that holds only a model. */
export interface UntouchedPlan {
  readonly record: PlanRecord;
  /** Digest of its model; `null` for none. */
  readonly digest: string | null;
}

/** How many plans that nobody touched stay: enough to get back to a model that was opened lately. */
const keptUntouched = 3;

/** Whether two plans say the same: all but how their models are called. */
export function isSamePlan(a: Plan, b: Plan): boolean {
  return a.tree?.digest === b.tree?.digest && a.teacher?.digest === b.teacher?.digest && hasSameContent(a, b);
}

/** Whether a record may be untouched, as far as is known without reading its plan. */
export function mayBeUntouched({ name, counts, broken, edited, saved }: PlanRecord): boolean {
  return (
    name === '' &&
    edited !== true &&
    saved === null &&
    Object.keys(broken).length === 0 &&
    modes.every((mode) => counts[mode] === 0)
  );
}

/** The untouched plans to forget: one for each model stays, and three in all, the latest. */
export function plansToForget(plans: readonly UntouchedPlan[]): readonly PlanRecord[] {
  const latestFirst = plans.toSorted((a, b) => b.record.changedAt - a.record.changedAt);
  const kept = new Set<string | null>();
  return latestFirst.flatMap(({ record, digest }) => {
    if (!kept.has(digest) && kept.size < keptUntouched) {
      kept.add(digest);
      return [];
    }
    return [record];
  });
}
