import type { Mode } from '../core/config/mode.ts';
import type { ConfigObject } from '../core/config/value.ts';
import type { Fix } from '../core/diagnostics/fix.ts';
import type { OfferedRename } from '../core/plan/model-change.ts';
import type { PlanEdit } from '../core/plan/plan-edits.ts';
import type { SampleId } from '../core/plan/sample-ids.ts';
import type { EngineClient } from '../worker/client.ts';
import type { TreeRole, TreeSource } from '../worker/protocol.ts';
import type { DerivedStore } from './derived-store.ts';
import type { DocumentStore } from './document-store.ts';
import type { OpenOptions } from './open-options.ts';
import type { FileActions, FileLinkStore } from './file-link-store.ts';
import type { PlanActions, PlansStore } from './plans-store.ts';
import type { PatternDraft, RevealedPlace, Theme, ViewState, ViewStore } from './view-store.ts';

/** An embedded model. */
export interface Sample {
  readonly id: SampleId;
  readonly title: string;
  readonly description: string;
  readonly modules: number;
}

/**
 * Everything that the page can do. Components call these and read the stores; only `app/` implements them.
 */
export interface AppActions extends PlanActions, FileActions {
  /** Opens a tree; on failure the open one stays and the status names the fault. */
  readonly openTree: (source: TreeSource, role?: TreeRole, options?: OpenOptions) => Promise<boolean>;
  readonly openSample: (sample: Sample, role?: TreeRole) => Promise<boolean>;
  /** Settles `overlap`: the use of a second model; `null` drops that model. */
  readonly settleOverlap: (choice: 'complete' | 'open' | 'teacher' | null) => Promise<boolean>;
  /** Rewrites the plan's names and patterns by a rename that `modelChange` offers, as one undo step. */
  readonly takeRename: (rename: OfferedRename) => void;
  readonly dismissModelChange: () => void;
  /** Looks again for what the plan loses in the open model, after the code for it could not be fetched. */
  readonly compareAgain: () => void;
  readonly cancelOpening: () => void;
  readonly closeTeacher: () => void;
  readonly dismissOpenStatus: (role?: TreeRole) => void;

  /** Applies edits to the plan as one undo step; equal `coalesceKey`s in quick succession become one. */
  readonly edit: (edit: PlanEdit | readonly PlanEdit[], coalesceKey?: string) => void;
  /** Tries once more to save a plan that could not be saved. */
  readonly savePlanAgain: () => Promise<void>;
  /** Downloads the plan as a file; rejects when its code cannot be fetched. */
  readonly downloadPlan: () => Promise<void>;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Adds a sub-config to the mode's list and brings it into view; `asked` is the time of `performance.now()` when the user asked for it. */
  readonly addSubConfig: (config?: ConfigObject, asked?: number) => void;
  /** Replaces the list of a mode by a list that was written or imported as text. */
  readonly replaceList: (mode: Mode, list: readonly ConfigObject[], coalesceKey?: string) => void;
  /** Applies the fix of a finding of the current mode; `label` names the step for undo. */
  readonly applyFix: (fix: Fix, label: string) => void;

  readonly setView: (change: Partial<ViewState>) => void;
  readonly setTheme: (theme: Theme) => void;
  /** Puts modules in focus: the resolved panel explains them. */
  readonly focusModules: (modules: readonly number[]) => void;
  /** Opens the branches above a module, scrolls it into view and puts it in focus. */
  readonly revealModule: (module: number) => void;
  readonly reveal: (place: RevealedPlace) => void;
  /** Sets the pattern that is being typed; `null` when its field loses the focus. */
  readonly setDraft: (draft: PatternDraft | null) => void;
}

/** Handed to the components through React's context. */
export interface AppContext {
  readonly document: DocumentStore;
  readonly view: ViewStore;
  readonly derived: DerivedStore;
  readonly plans: PlansStore;
  readonly fileLink: FileLinkStore;
  readonly engine: EngineClient;
  readonly actions: AppActions;
  readonly samples: readonly Sample[];
  /** A report: everything can be looked at, nothing changed. */
  readonly isReadOnly: boolean;
}
