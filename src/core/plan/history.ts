import type { Plan } from './plan.ts';

/** An earlier plan, and the edits that led away from it. */
export interface HistoryStep {
  readonly plan: Plan;
  readonly label: string;
  /** Edits with the same key in quick succession are one step; `null` never joins. */
  readonly coalesceKey: string | null;
  /** When the last edit of the step was made, in milliseconds. */
  readonly time: number;
}

/** A plan with the way back and forth. Immutable. */
export interface History {
  readonly present: Plan;
  /** Oldest first. */
  readonly past: readonly HistoryStep[];
  /** Next first. */
  readonly future: readonly HistoryStep[];
}

/** A history of a plan that nothing has led to yet. */
export function createHistory(plan: Plan): History {
  return { present: plan, past: [], future: [] };
}

/** One step back; the same history when there is none. */
export function undo(history: History): History {
  const step = history.past.at(-1);
  if (!step) return history;
  return {
    present: step.plan,
    past: history.past.slice(0, -1),
    future: [{ ...step, plan: history.present, coalesceKey: null }, ...history.future],
  };
}

/** One step forth; the same history when there is none. */
export function redo(history: History): History {
  const [step, ...future] = history.future;
  if (!step) return history;
  return {
    present: step.plan,
    past: [...history.past, { ...step, plan: history.present, coalesceKey: null }],
    future,
  };
}

/** The name of the step that undo takes back, or `null`. */
export function undoLabel(history: History): string | null {
  return history.past.at(-1)?.label ?? null;
}

/** The name of the step that redo does again, or `null`. */
export function redoLabel(history: History): string | null {
  return history.future[0]?.label ?? null;
}

/** Changes facts that no edit changes (which model is open) in the plan and in all earlier and later steps. */
export function changeThroughout(history: History, update: (plan: Plan) => Plan): History {
  const inStep = (step: HistoryStep): HistoryStep => ({ ...step, plan: update(step.plan) });
  return { present: update(history.present), past: history.past.map(inStep), future: history.future.map(inStep) };
}
