import { createStore, type StoreApi } from 'zustand/vanilla';
import type { JsonError } from '../core/config/json-reader.ts';
import type { Mode } from '../core/config/mode.ts';
import type { ConfigObject, KeyPath } from '../core/config/value.ts';
import type { SubConfig } from '../core/plan/plan.ts';
import type { SelectorKey } from '../core/config/selector-keys.ts';
import type { SearchKind } from '../worker/protocol.ts';
import type { OpenedFile } from './file-link-store.ts';
import { onlyChanges } from './only-changes.ts';

export type Theme = 'system' | 'light' | 'dark';
export type SidePanel = 'resolved' | 'overview' | 'flow' | 'json';
/** On narrow screens the three panes become tabs; this is the one that shows. */
export type Pane = 'tree' | 'sub-configs' | 'side';
export type DialogName =
  | 'open-model'
  | 'complete-model'
  | 'overlap'
  | 'model-change'
  | 'open-teacher'
  | 'import'
  | 'export'
  | 'templates'
  | 'shortcuts'
  | 'about'
  | 'presets'
  | 'plans'
  | 'share'
  | 'compare'
  | 'assertions'
  | 'dependency-groups'
  | 'palette';

/** `open`: has parameters and no configured target; `lost`: a sub-config lost a target of it to an earlier one. */
export type TreeFilter = 'configured' | 'open' | 'failing' | 'lost';

/** The field in which a pattern is being typed; the pattern itself is in the plan. */
export interface DraftField {
  readonly subConfigId: string;
  readonly key: SelectorKey;
  /** Place in the selector's list. */
  readonly index: number;
  /** Proposed selectors that are looked at instead of a pattern; `subConfigId` is then empty. */
  readonly config?: ConfigObject;
}

/** A question to the engine: which modules does the pattern in this field match? Empty for proposed selectors. */
export interface PatternDraft extends DraftField {
  readonly pattern: string;
}

/** A place to bring into view. */
export type RevealedPlace =
  | { readonly type: 'module'; readonly module: number }
  /** A field of a sub-config by its path; without one, the card. */
  | { readonly type: 'sub-config'; readonly subConfigId: string; readonly path?: KeyPath }
  /** A place in the JSON text; without a sub-config the path starts at the list. */
  | { readonly type: 'json'; readonly subConfigId?: string; readonly path: KeyPath };

/** A request to bring a place into view. */
export interface Reveal {
  readonly place: RevealedPlace;
  /** When it was asked for, in milliseconds of `performance.now()`. */
  readonly stamp: number;
  /** It is in view: a pane that is shown again leaves the focus where it is. */
  readonly done?: boolean;
}

/** The editor's text of a mode's list. While the text is broken, it is ahead of the plan. */
export interface ListText {
  readonly text: string;
  /** The list that the text was in step with last. */
  readonly list: readonly SubConfig[];
  /** Why the text is no config list; `syntax`: no JSON at all, `shape`: JSON of another form. */
  readonly problem: (JsonError & { readonly type: 'syntax' | 'shape' }) | null;
  /** The list was changed elsewhere while the text was broken. */
  readonly overtaken: boolean;
}

/** The purpose of proposed selectors: a new sub-config, or a change of one. */
export type Proposing =
  | { readonly type: 'new' }
  | { readonly type: 'add' | 'exclude'; readonly subConfigId: string | null };

/** Where the tour is. */
export interface TourPlace {
  /** Its step, from 0. */
  readonly at: number;
  /** Id of the plan that comes back when it ends; `null` where none was open. */
  readonly home: string | null;
  /** `opening` of its own plan: with another one it is over. */
  readonly opening: number;
}

/** The view of the page; neither saved with the plan nor undoable. */
export interface ViewState {
  readonly mode: Mode;
  /** Modules in focus, in the order they were chosen; the resolved panel explains them. */
  readonly focus: readonly number[];
  /** Open branches of the tree, by module index. */
  readonly openModules: ReadonlySet<number>;
  /** Runs of equal siblings that are opened, by the index of their first module. */
  readonly openRuns: ReadonlySet<number>;
  readonly searchText: string;
  readonly searchBy: SearchKind;
  readonly searchType: string | null;
  /** Filter of the tree's rows by the effect of the list. */
  readonly treeFilter: TreeFilter | null;
  /** While a sub-config is pointed at or a pattern is typed, the tree shows only its matches. */
  readonly onlyMatches: boolean;
  /** Siblings are ordered by parameters in the tree, the largest first. */
  readonly sortedBySize: boolean;
  /** The tree has a column of multiply-adds, where the model's file says how the data flows. */
  readonly multiplyAddsShown: boolean;
  /** Siblings are ordered by multiply-adds while their column shows. Never true together with `sortedBySize`. */
  readonly sortedByMultiplyAdds: boolean;
  /** The field in which a pattern is typed: the tree shows the matches of this pattern alone. */
  readonly draft: DraftField | null;
  /** Selectors for the modules in focus are being chosen. */
  readonly proposing: Proposing | null;
  /** Sub-config under the pointer or with focus: its modules are marked in the tree. */
  readonly highlightedSubConfig: string | null;
  readonly collapsedSubConfigs: ReadonlySet<string>;
  /** Families that are open, and members of families: these arrive closed. */
  readonly openMembers: ReadonlySet<string>;
  /** In distillation: the teacher's tree with the links replaces the cards. */
  readonly linksShown: boolean;
  readonly sidePanel: SidePanel;
  readonly pane: Pane;
  readonly problemsOpen: boolean;
  /** A request to go to the next problem, or to the one before; `stamp` makes equal requests differ. */
  readonly problemStep: { readonly by: 1 | -1; readonly stamp: number } | null;
  readonly dialog: DialogName | null;
  /** Module type that the dialog of setting templates starts with. */
  readonly templateType: string | null;
  /** The first text of the import dialog. */
  readonly importText: string;
  /** The file that `importText` was read from. */
  readonly importFile: OpenedFile | null;
  /** Sub-config that a new assertion starts with. */
  readonly assertionOf: string | null;
  /** Whether the banner about the facts that the model's source lacks is shown; its menu brings it back. */
  readonly lacksShown: boolean;
  /** The name of the plan in the header is a field. */
  readonly renamingPlan: boolean;
  readonly theme: Theme;
  /** `null` while there is no tour. */
  readonly tour: TourPlace | null;
  readonly reveal: Reveal | null;
  /** The content of the text editor, by mode; `null` until it has shown the list. */
  readonly listTexts: Readonly<Record<Mode, ListText | null>>;
}

/** The key of a family in `openMembers`. */
export function familyKey(family: string): string {
  return `family ${family}`;
}

export type ViewStore = StoreApi<ViewState>;

export const initialView: ViewState = {
  mode: 'pruning',
  focus: [],
  openModules: new Set([0]),
  openRuns: new Set(),
  searchText: '',
  searchBy: 'text',
  searchType: null,
  treeFilter: null,
  onlyMatches: false,
  sortedBySize: false,
  multiplyAddsShown: false,
  sortedByMultiplyAdds: false,
  draft: null,
  proposing: null,
  highlightedSubConfig: null,
  collapsedSubConfigs: new Set(),
  openMembers: new Set(),
  linksShown: false,
  sidePanel: 'resolved',
  pane: 'tree',
  problemsOpen: false,
  problemStep: null,
  dialog: null,
  templateType: null,
  importText: '',
  importFile: null,
  assertionOf: null,
  lacksShown: true,
  renamingPlan: false,
  theme: 'system',
  tour: null,
  reveal: null,
  listTexts: { pruning: null, quantization: null, distillation: null },
};

/** Creates the view store, optionally with remembered parts. */
export function createViewStore(remembered: Partial<ViewState> = {}): ViewStore {
  return onlyChanges(createStore<ViewState>()(() => ({ ...initialView, ...remembered })));
}
