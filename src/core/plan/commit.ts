import { describePlanEdit } from './describe-edit.ts';
import type { History, HistoryStep } from './history.ts';
import { applyPlanEdit, type PlanEdit } from './plan-edits.ts';

export interface CommitOptions {
  readonly coalesceKey?: string;
  /** Now, in milliseconds. */
  readonly time: number;
}

/** Steps that are kept; older ones cannot be undone. */
export const mostSteps = 500;
const coalesceWithin = 1000;

/**
 * Applies edits as one step, named after the first that changes something. With a `coalesceKey` the step joins the
 * last one if that has the same key and is at most a second old. Edits that change nothing leave the history as it
 * is.
 */
export function commit(
  history: History,
  edits: readonly PlanEdit[],
  { coalesceKey, time }: CommitOptions,
): History {
  let plan = history.present;
  let label = '';
  for (const edit of edits) {
    const after = applyPlanEdit(plan, edit);
    if (after !== plan && label === '') label = describePlanEdit(edit, plan);
    plan = after;
  }
  if (plan === history.present) return history;
  const last = history.past.at(-1);
  const joins =
    last !== undefined &&
    coalesceKey !== undefined &&
    last.coalesceKey === coalesceKey &&
    time - last.time <= coalesceWithin &&
    history.future.length === 0;
  const step: HistoryStep = joins
    ? { ...last, time }
    : { plan: history.present, label, coalesceKey: coalesceKey ?? null, time };
  const past = joins ? [...history.past.slice(0, -1), step] : [...history.past.slice(1 - mostSteps), step];
  return { present: plan, past, future: [] };
}
