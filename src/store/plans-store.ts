import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Mode } from '../core/config/mode.ts';
import type { Plan } from '../core/plan/plan.ts';

/** What a list of plans shows of one plan. */
export interface PlanSummary {
  readonly id: string;
  /** Empty for a plan that was never named. */
  readonly name: string;
  /** Name of the model that it was made for, or `null` for none yet. */
  readonly model: string | null;
  readonly moduleCount: number;
  /** Sub-configs by mode, those that are off too. */
  readonly counts: Readonly<Record<Mode, number>>;
  /** When it was changed last, in milliseconds. */
  readonly changedAt: number;
}

/** A plan as it was at a time, to compare with. */
export interface KeptPlan {
  readonly plan: Plan;
  /** In milliseconds. */
  readonly at: number;
}

/** A notice about plans; `problem` wants attention. */
export interface PlanNotice {
  readonly tone: 'info' | 'problem';
  readonly text: string;
  /** A plan that was deleted just now and can be brought back. */
  readonly deletedId?: string;
}

/** Another tab holds a later state of the plan that is open here: nothing is saved until the user chooses. */
export type PlanConflict = { readonly type: 'changed'; readonly at: number } | { readonly type: 'deleted' };

/** The plans of this browser, and which of them this tab works on. */
export interface PlansState {
  /** `null` until the plan that is open is saved for the first time. */
  readonly openId: string | null;
  /** Counts the plans that were opened in this tab: state that belongs to one plan starts again with it. */
  readonly opening: number;
  /** The last changed first; `null` until they are read. */
  readonly plans: readonly PlanSummary[] | null;
  readonly conflict: PlanConflict | null;
  readonly notice: PlanNotice | null;
  /** The plan as it was when it was opened in this tab. */
  readonly opened: KeptPlan | null;
  /** The state that the user saved last. */
  readonly saved: KeptPlan | null;
  /** The plan with what its file holds, when that was compared last. */
  readonly onDisk: KeptPlan | null;
}

export type PlansStore = StoreApi<PlansState>;

export function createPlansStore(): PlansStore {
  return createStore<PlansState>()(() => ({
    openId: null,
    opening: 0,
    plans: null,
    conflict: null,
    notice: null,
    opened: null,
    saved: null,
    onDisk: null,
  }));
}

/** What can be done with whole plans. None of these loses what is open: it stays among the plans. */
export interface PlanActions {
  /** Opens a plan of this browser. */
  readonly openPlan: (id: string) => Promise<void>;
  /** Starts an empty plan for the model that is open. */
  readonly newPlan: () => Promise<void>;
  /** Gives the plan back the model that it was made over, and starts an empty one for the model that took its place. */
  readonly startAnew: () => Promise<void>;
  /** Leaves the plan and its model for the start page. */
  readonly closePlan: () => Promise<void>;
  /** Opens the text of a plan document as a plan of its own; says in a notice what is wrong with a bad one. */
  readonly openPlanText: (text: string, source: string) => Promise<boolean>;
  readonly renamePlan: (id: string, name: string) => Promise<void>;
  readonly duplicatePlan: (id: string) => Promise<void>;
  /** Deletes a plan; a notice offers to bring it back. */
  readonly deletePlan: (id: string) => Promise<void>;
  readonly bringBackPlan: () => Promise<void>;
  /** Notes the present state, or a given one, as the one to compare with. */
  readonly keepState: (plan?: Plan) => Promise<void>;
  /** A plan of this browser; `null` when it is gone or cannot be read. */
  readonly readPlan: (id: string) => Promise<Plan | null>;
  /** Settles a conflict: takes what the other tab saved, or keeps what is here as a plan of its own. */
  readonly settleConflict: (how: 'take-saved' | 'keep-mine') => Promise<void>;
  readonly dismissPlanNotice: () => void;
}
