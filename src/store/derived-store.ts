import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TargetMask } from '../core/masks/predict-masks.ts';
import type { Mode } from '../core/config/mode.ts';
import type { ModelChange } from '../core/plan/model-change.ts';
import type { Plan, TreeReference } from '../core/plan/plan.ts';
import type { ReadError } from '../core/readers/messages/read-error.ts';
import type { ModuleExplanation } from '../core/resolve/explain.ts';
import type { InvalidPattern } from '../core/python-re/sweep-answer.ts';
import type { ModuleEffects } from '../worker/algorithm-calls.ts';
import type { EngineFailure, OpenedTree, TreeSource, TreeSurvey } from '../worker/protocol.ts';
import type { ListView, PreviewView } from '../worker/list-protocol.ts';
import { onlyChanges } from './only-changes.ts';
import type { OpenOptions } from './open-options.ts';
import type { PatternDraft } from './view-store.ts';

/** Progress or failure of opening a tree; the open tree stays open until the new one is ready. */
export type OpenStatus =
  | { readonly type: 'idle' }
  | { readonly type: 'opening'; readonly name: string; readonly fraction: number }
  | {
      readonly type: 'failed';
      readonly name: string;
      readonly error: ReadError | EngineFailure;
      /** The source that could not be opened, and its options, for another try with a larger limit. */
      readonly source: TreeSource | null;
      readonly options: OpenOptions;
    };

/** The last valid result of the pattern being typed, and the fault of the current text. */
export interface PreviewState {
  readonly draft: PatternDraft;
  readonly shown: Extract<PreviewView, { type: 'matched' }> | null;
  readonly invalid: Extract<PreviewView, { type: 'invalid' }> | null;
}

/** Python refuses the pattern that is searched by, or would hang on it. */
export type SearchProblem =
  | { readonly type: 'invalid'; readonly error: InvalidPattern }
  | { readonly type: 'slow'; readonly seconds: number };

/** The plan and the teacher that a list was resolved with. */
export interface ResolvedWith {
  readonly plan: Plan;
  readonly teacher: OpenedTree | null;
}

/** State derived from document and model; computed in the engine, never edited. */
export interface DerivedState {
  readonly student: OpenedTree | null;
  readonly teacher: OpenedTree | null;
  /** The model of the last visit is being fetched from this browser's storage. */
  readonly restoring: boolean;
  readonly studentStatus: OpenStatus;
  readonly teacherStatus: OpenStatus;
  /** The losses that the last opened model causes to the plan; null where it loses nothing. */
  readonly modelChange: {
    readonly from: string;
    readonly to: string;
    /** The model that the plan was made over. */
    readonly before: TreeReference;
    readonly change: ModelChange;
  } | null;
  /** A second model that was read, whose use the user chooses. */
  readonly overlap: (TreeSurvey & { readonly name: string }) | null;
  /** The lists as resolved last; `null` until a model is open. */
  readonly lists: Readonly<Record<Mode, ListView | null>>;
  /** Ids of the sub-configs in `lists[mode].subConfigs`, in its order. */
  readonly listIds: Readonly<Record<Mode, readonly string[]>>;
  /** The numbers of their cards, from 1; sub-configs that are off count too. */
  readonly listNumbers: Readonly<Record<Mode, readonly number[]>>;
  /** The plan and the teacher that `lists` were resolved with: an edit since then is not judged yet. */
  readonly resolvedWith: Readonly<Record<Mode, ResolvedWith | null>>;
  readonly preview: PreviewState | null;
  /** Explanations of the modules in focus, as far as they were asked for. */
  readonly explanations: readonly ModuleExplanation[];
  /** In pruning: the predicted masks of the explained modules, by module index and target. */
  readonly masks: ReadonlyMap<number, ReadonlyMap<string, TargetMask>>;
  /** The effects of the quantizer or distiller on the explained modules. */
  readonly effects: ModuleEffects;
  /** Matches of the search box, ascending; `null` when nothing is searched. */
  readonly matches: Uint32Array | null;
  /** Whether the engine is asked for the matches of a newer search: `matches` are those of an older one. */
  readonly isSearching: boolean;
  /** The fault of the pattern in the search box. */
  readonly searchProblem: SearchProblem | null;
  readonly trouble: Trouble | null;
  /** Whether the plan could be saved in this browser. */
  readonly saveState: 'saved' | 'saving' | 'unsaved' | 'failed';
  /** Why it could not, while `saveState` is `failed`. */
  readonly saveFailure: SaveFailure | null;
}

/** Something that went wrong while the user did something else; worded in `ui/start/word-trouble.ts`. */
export type Trouble =
  /** This browser could not store a model's tree. */
  | { readonly type: 'tree-not-stored'; readonly model: string }
  | { readonly type: 'engine-crashed'; readonly message: string }
  | { readonly type: 'engine-not-fetched' }
  /** Code that an action needs could not be fetched; nothing was changed. */
  | { readonly type: 'part-not-fetched' }
  /** The code that finds the near misses of patterns could not be fetched. */
  | { readonly type: 'near-misses-not-fetched' }
  /** The plan was made for another model than the open one; the code that finds its losses could not be fetched. */
  | { readonly type: 'change-not-compared'; readonly from: string; readonly to: string }
  /** A fix was made for a list that has changed since. */
  | { readonly type: 'fix-outdated' }
  /** The browser did not let the page use the clipboard. */
  | { readonly type: 'not-copied' }
  /** The list was copied without the changes of its text, which is broken. */
  | { readonly type: 'copied-without-text' }
  | { readonly type: 'action-failed'; readonly action: string; readonly reason: string };

/** Storage is full, refuses, does not answer, or the code that writes plans could not be fetched. */
export type SaveFailure = 'full' | 'refused' | 'silent' | 'not-fetched';

export type DerivedStore = StoreApi<DerivedState>;

/** The effects of an algorithm on single targets are not known yet. */
export const noEffects: ModuleEffects = { quantized: new Map(), losses: new Map() };

export const initialDerived: DerivedState = {
  student: null,
  teacher: null,
  restoring: false,
  studentStatus: { type: 'idle' },
  teacherStatus: { type: 'idle' },
  modelChange: null,
  overlap: null,
  lists: { pruning: null, quantization: null, distillation: null },
  listIds: { pruning: [], quantization: [], distillation: [] },
  listNumbers: { pruning: [], quantization: [], distillation: [] },
  resolvedWith: { pruning: null, quantization: null, distillation: null },
  preview: null,
  explanations: [],
  masks: new Map(),
  effects: noEffects,
  matches: null,
  isSearching: false,
  searchProblem: null,
  trouble: null,
  saveState: 'saved',
  saveFailure: null,
};

/** Empty values for all state that holds module indices, which differ in another model. `preview` follows the model by itself. */
export const nothingOfModel = {
  lists: initialDerived.lists,
  listIds: initialDerived.listIds,
  listNumbers: initialDerived.listNumbers,
  resolvedWith: initialDerived.resolvedWith,
  explanations: initialDerived.explanations,
  masks: initialDerived.masks,
  effects: initialDerived.effects,
  matches: null,
  searchProblem: null,
} satisfies Partial<DerivedState>;

/** An empty store: no model is open. */
export function createDerivedStore(): DerivedStore {
  return onlyChanges(createStore<DerivedState>()(() => initialDerived));
}
