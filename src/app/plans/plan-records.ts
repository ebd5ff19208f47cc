import { modes, type Mode } from '../../core/config/mode.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { defaultPythonVersion } from '../../core/python-re/python-version.ts';
import type { PlanSummary } from '../../store/plans-store.ts';
import type { ListText } from '../../store/view-store.ts';

/** A text of the editor that is no config list yet; the user can continue it later. */
export interface BrokenText {
  readonly text: string;
  readonly overtaken: boolean;
}

export type BrokenTexts = Readonly<Partial<Record<Mode, BrokenText>>>;

/** A plan as this browser keeps it. */
export interface PlanRecord extends PlanSummary {
  /** The plan as a document. */
  readonly text: string;
  readonly broken: BrokenTexts;
  /** Differs with every save; a save must name the last one. */
  readonly revision: string;
  /** A copy that was put aside and is not stored yet: `revision` is the stored revision it started from, `notStored` for a new plan. */
  readonly isPutAside?: true;
  /** The user did something in it, be it undone since. Unknown in records of earlier versions. */
  readonly edited?: boolean;
  /** The state that the user saved last, as a document. */
  readonly saved: { readonly text: string; readonly at: number } | null;
}

/** The revision of a plan that this browser has never stored. */
export const notStored = '';

/** An identity that no other plan or revision has. */
export function freshKey(time: number, random: () => number = Math.random): string {
  return `${time.toString(36)}-${Math.floor(random() * 36 ** 8).toString(36).padStart(8, '0')}`;
}

/** The facts about a plan that the list of plans shows. */
export function summarise(id: string, plan: Plan, changedAt: number): PlanSummary {
  const { pruning, quantization, distillation } = plan.lists;
  return {
    id,
    name: plan.name,
    model: plan.tree?.name ?? null,
    moduleCount: plan.tree?.moduleCount ?? 0,
    counts: { pruning: pruning.length, quantization: quantization.length, distillation: distillation.length },
    changedAt,
  };
}

/** Whether nothing was done in a plan yet, not even a model opened: there is nothing to keep. */
export function isBlankPlan(plan: Plan): boolean {
  return plan.tree === null && isUntouchedPlan(plan);
}

/** Whether a plan holds only models. */
export function isUntouchedPlan(plan: Plan): boolean {
  return (
    plan.name === '' &&
    plan.python === defaultPythonVersion &&
    plan.templates.length === 0 &&
    plan.assertions.length === 0 &&
    modes.every((mode) => plan.lists[mode].length === 0)
  );
}

/** The texts of the editor that the plan does not hold, as they are broken. */
export function brokenTextsOf(texts: Readonly<Record<Mode, ListText | null>>): BrokenTexts {
  const broken: Partial<Record<Mode, BrokenText>> = {};
  for (const mode of modes) {
    const state = texts[mode];
    if (state?.problem) broken[mode] = { text: state.text, overtaken: state.overtaken };
  }
  return broken;
}

/** The last changed first. */
export function orderSummaries(plans: readonly PlanSummary[]): readonly PlanSummary[] {
  return plans.toSorted((a, b) => b.changedAt - a.changedAt || (a.id < b.id ? -1 : 1));
}
