import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Mode } from '../core/config/mode.ts';
import type { PlanFileError } from '../core/plan/plan-file.ts';
import type { PlanExcess } from '../core/plan/plan-limits.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { PlanFragmentError } from '../core/plan/share.ts';
import type { SaveFailure } from './derived-store.ts';

/** The summary of a plan for the list of plans. */
export interface PlanSummary {
  readonly id: string;
  /** Empty for a plan that was never named. */
  readonly name: string;
  /** Name of the model that it was made for, or `null` for none yet. */
  readonly model: string | null;
  readonly moduleCount: number;
  /** Sub-configs by mode, disabled ones too. */
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

/** Where a plan came from that was opened as one of its own: a link, a text under this name, or its file on disk. */
export type PlanOrigin = { readonly type: 'link' } | { readonly type: 'text'; readonly source: string } | { readonly type: 'disk'; readonly file: string };

/** A notice about plans, as data; worded in `ui/plans/word-plan-notice.ts`. Names are empty for plans without one. */
export type PlanNotice =
  /** `namesake`: another plan of that name for that model, which differs, e.g. the same link's that was changed since. */
  | { readonly type: 'opened'; readonly name: string; readonly from: PlanOrigin; readonly namesake: string | null }
  /** The plan from outside is among the plans already; `isOpen`: it is the one that is open. */
  | { readonly type: 'known'; readonly name: string; readonly isOpen: boolean }
  /** A new plan was started for the model `to`; the old one stays with the model `from`. */
  | { readonly type: 'left-behind'; readonly name: string; readonly from: string; readonly to: string }
  /** The server has a newer build of the page, which a reload shows. */
  | { readonly type: 'new-version' }
  /** The plan can be brought back; `failure`: why that did not work when it was tried. */
  | { readonly type: 'deleted'; readonly name: string; readonly failure: SaveFailure | null }
  | PlanProblem;

/** A notice that wants attention. */
type PlanProblem =
  /** The open plan could not be stored: leaving it loses the last changes. */
  | { readonly type: 'not-stored' }
  /** Another tab has deleted the plan. */
  | { readonly type: 'gone' }
  /** A later version of Espalier stored the plan. */
  | { readonly type: 'not-readable'; readonly name: string }
  | { readonly type: 'too-large'; readonly excess: PlanExcess }
  | { readonly type: 'text-refused'; readonly source: string; readonly error: PlanFileError }
  | { readonly type: 'link-refused'; readonly error: PlanFragmentError }
  /** Files and folders of a drop that could not be read, and the file from which on all are over the limit; said after another notice. */
  | { readonly type: 'left-out'; readonly unread: readonly string[]; readonly cutAt: string | null; readonly after: PlanNotice | null }
  /** Config lists that came together with a model and were not imported: several, or one whose model was not opened; said after another notice. */
  | { readonly type: 'lists-left'; readonly names: readonly string[]; readonly after: PlanNotice | null }
  /** Code could not be fetched: for plans in general, or for the plan in the address. */
  | { readonly type: 'part-not-fetched' }
  /** The storage of this browser failed while something was done with a plan, which is as it was. */
  | { readonly type: 'storage-failed'; readonly failure: SaveFailure }
  | { readonly type: 'link-not-fetched' };

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
  /** The plan with the content of its file at the last comparison. */
  readonly onDisk: KeptPlan | null;
}

export type PlansStore = StoreApi<PlansState>;

/** A store whose plans are not read yet. */
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

/** Actions on whole plans. None of them loses the open plan: it stays among the plans. */
export interface PlanActions {
  /** Opens a plan of this browser. */
  readonly openPlan: (id: string) => Promise<void>;
  /** Starts an empty plan for the model that is open. */
  readonly newPlan: () => Promise<void>;
  /** Gives the plan back the model that it was made over, and starts an empty one for the model that took its place. */
  readonly startAnew: () => Promise<void>;
  /** Leaves the plan and its model for the start page. */
  readonly closePlan: () => Promise<void>;
  /** Opens the text of a plan document as a new plan; a notice names the fault of a bad one. Resolves with whether that plan is open. */
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
  /** Settles a conflict: takes the other tab's version, or keeps the version here as a new plan. */
  readonly settleConflict: (how: 'take-saved' | 'keep-mine') => Promise<void>;
  readonly dismissPlanNotice: () => void;
}
