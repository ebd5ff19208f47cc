import type { Mode } from '../core/config/mode.ts';
import type { PresetOffer } from '../core/presets/offer-presets.ts';
import type { Finding } from '../core/checks/finding.ts';
import type { ConfigObject } from '../core/config/value.ts';
import type { Lack, ModuleTree, SourceFormat } from '../core/module-tree/module-tree.ts';
import type { TreeDisagreement } from '../core/module-tree/tree-disagreement.ts';
import type { SiblingRuns } from '../core/module-tree/sibling-runs.ts';
import type { Overview, PictureSize } from '../core/overview/overview.ts';
import type { TargetDifference } from '../core/plan/compare-resolutions.ts';
import type { ImportedText, ImportError } from '../core/plan/import-list.ts';
import type { Plan, TreeReference } from '../core/plan/plan.ts';
import type { SettingTemplate } from '../core/config/setting-templates.ts';
import type { SampleId } from '../core/plan/sample-ids.ts';
import type { PlanFragment } from '../core/plan/share.ts';
import type { MatchMode } from '../core/python-re/match/match-name.ts';
import type { PatternDescription } from '../core/proposals/describe-pattern.ts';
import type { ProposalPurpose, Proposals } from '../core/proposals/proposal.ts';
import type { NameLinks } from '../core/python-re/automaton/name-links.ts';
import type { PythonVersion } from '../core/python-re/python-version.ts';
import type { MoveToMode } from '../core/checks/repair-list.ts';
import type { Fix } from '../core/diagnostics/fix.ts';
import type { ModelChange } from '../core/plan/model-change.ts';
import type { ReadError, ReadLimits } from '../core/readers/messages/read-error.ts';
import type { ModuleExplanation } from '../core/resolve/explain.ts';
import type { InvalidPattern } from '../core/python-re/sweep-answer.ts';
import type { Verdict } from '../core/resolve/resolution.ts';
import type { Result } from '../core/result.ts';
import type { SelectorKey } from '../core/config/selector-keys.ts';
import type { AlgorithmCalls } from './algorithm-calls.ts';
import type { GraphCalls } from './graph-calls.ts';
import type { Explained, ListRequest, ListView, PreviewView } from './list-protocol.ts';

/**
 * Requests of the page to the engine, and their answers. A request and its answer have the same id. A request of a superseding
 * kind makes older waiting ones of that kind answer `superseded`.
 */

/** Which of the two trees a request is about (the teacher: rule X6). */
export type TreeRole = 'student' | 'teacher';

/** Where the bytes of a tree come from. */
export type TreeSource =
  | { readonly type: 'files'; readonly files: readonly NamedFile[] }
  /** Files that the server of the page hands out in parts. */
  | { readonly type: 'served'; readonly name: string; readonly files: readonly ServedFile[] }
  | { readonly type: 'text'; readonly name: string; readonly text: string }
  | { readonly type: 'url'; readonly name: string; readonly url: string; readonly sample: SampleId | null }
  | { readonly type: 'stored'; readonly reference: TreeReference }
  /** The tree that was surveyed last: as it is, or completing the student's tree. */
  | { readonly type: 'surveyed'; readonly how: 'open' | 'complete' };

/** A file with its place in the folder that was dropped; of single files that is their name. */
export interface NamedFile {
  readonly path: string;
  readonly file: File;
}

/** A file behind an address that takes ranges of bytes. */
export interface ServedFile {
  readonly path: string;
  readonly size: number;
  readonly url: string;
}

/** How a tree that was read, but not opened, compares with the student's. */
export interface TreeSurvey {
  readonly model: string;
  readonly format: SourceFormat;
  readonly moduleCount: number;
  readonly lacks: readonly Lack[];
  /** Names that both have, ignoring a prefix of one of them. */
  readonly common: number;
  /** At least half of the names of the smaller one are names of the other. */
  readonly overlaps: boolean;
  /** Names and types are the same. */
  readonly same: boolean;
  /** Facts that this source contains and the student's source does not. */
  readonly adds: readonly Lack[];
}

/** A tree as the page needs it: the columns, the runs that can be shown as one row, and its reference. */
export interface OpenedTree {
  readonly tree: ModuleTree;
  readonly runs: SiblingRuns;
  /** Number of modules of each of the tree's types. */
  readonly typeCounts: Uint32Array;
  readonly reference: TreeReference;
  /** Elements of all parameters, shared ones once; `null` when shapes are not known. */
  readonly parameterCount: number | null;
  /** Elements of the parameters of all modules before each one, shared ones once; unknown shapes count as none. */
  readonly parameterSums: Float64Array<ArrayBuffer>;
  /** Where the files it was read from contradict each other: the first of them, and how many there are. */
  readonly disagreements: { readonly first: readonly TreeDisagreement[]; readonly count: number };
}

/** The kind of a search: a part of a name, or a function of Python's `re`. */
export type SearchKind = 'text' | MatchMode;

interface ImportCall {
  readonly request: {
    readonly text: string;
    readonly mode: Mode;
    /** Which of several lists is taken; `null`: the one for the mode. */
    readonly choice: number | null;
    /** Python literals for the values that a script leaves open, by the expression. */
    readonly given: ReadonlyMap<string, string>;
    /** The student's model answers what a script asks of `model`; otherwise such a value stays open. */
    readonly asksModel: boolean;
  };
  readonly reply: Result<ImportedText, ImportError>;
}

/** Request kinds with their requests and replies. */
export interface EngineCalls extends GraphCalls, AlgorithmCalls {
  'open-tree': {
    request: {
      readonly role: TreeRole;
      readonly source: TreeSource;
      /** Limits that the person has raised. */
      readonly limits?: Partial<ReadLimits>;
    };
    reply: OpenedTree;
  };
  /** Reads a tree and keeps it without opening it: `surveyed` opens it. */
  'survey-tree': {
    request: { readonly source: TreeSource; readonly limits?: Partial<ReadLimits> };
    reply: TreeSurvey;
  };
  /** The changes that the student's tree makes to a plan from another tree; `null` when that tree is not available. */
  'model-change': {
    request: { readonly before: ModuleTree | TreeReference; readonly plan: Plan };
    reply: ModelChange | null;
  };
  /** Gives a tree back to an engine that was started again. */
  'hold-tree': { request: { readonly role: TreeRole; readonly tree: ModuleTree }; reply: null };
  'close-tree': { request: { readonly role: TreeRole }; reply: null };
  /** Name links for sweeps of the student's names on the page's own thread; `null` where they do not help. */
  'link-names': { request: Readonly<Record<string, never>>; reply: NameLinks | null };
  preview: {
    request: {
      readonly pattern: string;
      readonly python: PythonVersion;
      readonly key: SelectorKey;
      /** Selectors to preview instead of the pattern. */
      readonly config?: ConfigObject;
      /** The page already shows its matches: then the answer is `null`, unless Python would hang. */
      readonly isShown?: boolean;
    };
    reply: PreviewView | null;
  };
  /** Selectors for chosen modules, each tried on the whole model. */
  propose: {
    request: {
      readonly purpose: ProposalPurpose;
      readonly modules: readonly number[];
      readonly python: PythonVersion;
    };
    reply: Proposals;
  };
  'describe-pattern': {
    request: { readonly pattern: string; readonly python: PythonVersion };
    reply: PatternDescription;
  };
  /** The refusals of a list that need no model. */
  'check-alone': { request: { readonly mode: Mode; readonly list: readonly ConfigObject[] }; reply: readonly Finding[] };
  resolve: { request: ListRequest; reply: { readonly view: ListView; readonly explained: Explained } };
  /** The list with all fixes that settle something, and their number. */
  'repair-list': { request: ListRequest; reply: { readonly list: readonly ConfigObject[]; readonly repairs: number; readonly moves: readonly MoveToMode[]; readonly registered: readonly SettingTemplate[] } };
  explain: { request: { readonly mode: Mode; readonly modules: readonly number[] }; reply: Explained };
  /** The same of one module that someone points at; `null` when there is none. */
  'explain-row': {
    request: { readonly mode: Mode; readonly module: number };
    reply: ModuleExplanation | null;
  };
  /** The presets of the mode made for the student, fitting ones first. */
  'offer-presets': {
    request: { readonly mode: Mode; readonly templates: readonly SettingTemplate[] };
    reply: { readonly offers: readonly PresetOffer[] };
  };
  /** Links to evenly spread blocks of a deeper teacher, for the sub-configs of the distillation list as resolved last, by their place. */
  'offer-links': { request: Readonly<Record<string, never>>; reply: ReadonlyMap<number, readonly Fix[]> };
  /** The effect of the mode's list, as resolved last, on the model as a whole. */
  overview: { request: { readonly mode: Mode; readonly pictureBy: PictureSize }; reply: Overview };
  complete: {
    /** Without a role the student is meant. The teacher falls back on the student's tree (rule X6). */
    request: { readonly text: string; readonly most: number; readonly role?: TreeRole };
    /** Modules whose names hold the text, names that begin with it first. */
    reply: { readonly modules: readonly number[] };
  };
  find: {
    request: { readonly text: string; readonly most: number };
    /** Modules that fit the text, the best first. */
    reply: { readonly modules: readonly number[] };
  };
  search: {
    request: {
      readonly text: string;
      readonly type: string | null;
      /** How the text is looked for: as a part of a name or type, or as a pattern on the name; `text` when left out. */
      readonly by?: SearchKind;
      readonly python?: PythonVersion;
    };
    /** `invalid`: why Python refuses the pattern; `slowSeconds`: it would hang, and `matches` has the decided modules. */
    reply: {
      readonly matches: Uint32Array<ArrayBuffer>;
      readonly invalid: InvalidPattern | null;
      readonly slowSeconds: number | null;
    };
  };
  /** The differences between the settings of two lists of a mode on the student, and NNI's verdict on each. */
  compare: {
    request: { readonly before: ListRequest; readonly after: ListRequest };
    reply: {
      readonly differences: readonly TargetDifference[];
      readonly verdicts: { readonly before: Verdict; readonly after: Verdict };
    };
  };
  /** A list or a plan in a text that is about to be imported. A script can take a second, in which the page goes on. */
  'read-import': ImportCall;
  /** The same for a file that is followed: such a call is never superseded. */
  'read-list-file': ImportCall;
  /** The plan as the fragment of a link, with the trees that fit. */
  'pack-link': { request: { readonly plan: Plan; readonly withTrees: boolean }; reply: PlanFragment };
  /** The plan as the text of a file, with the trees that are open where asked. */
  'pack-file': { request: { readonly plan: Plan; readonly withTrees: boolean }; reply: { readonly text: string } };
}

export type EngineCall = keyof EngineCalls;

/** Why a call did not give its reply. */
export type EngineFailure =
  | { readonly type: 'unreadable'; readonly error: ReadError }
  | { readonly type: 'not-stored' }
  /** The plan names a sample that this version does not have. */
  | { readonly type: 'unknown-sample'; readonly sample: string }
  | { readonly type: 'unreachable'; readonly url: string; readonly reason: string }
  /** No model is open. */
  | { readonly type: 'no-tree' }
  /** The list of the mode has not been resolved yet. */
  | { readonly type: 'no-list' }
  /** The engine's own code could not be fetched; the next call tries again. */
  | { readonly type: 'not-fetched'; readonly reason: string }
  | { readonly type: 'superseded' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'crashed'; readonly message: string };

/** Something that went wrong next to any call. */
export interface EngineTrouble {
  readonly type: 'tree-not-stored';
  readonly model: string;
}

/** Page → worker. */
export type ToWorker = {
  [Call in EngineCall]: { readonly id: number; readonly call: Call; readonly request: EngineCalls[Call]['request'] };
}[EngineCall];

/** Worker → page. */
export type FromWorker =
  | { readonly id: number; readonly type: 'reply'; readonly reply: EngineCalls[EngineCall]['reply'] }
  | { readonly id: number; readonly type: 'failure'; readonly failure: EngineFailure }
  | { readonly id: number; readonly type: 'progress'; readonly fraction: number }
  | { readonly type: 'trouble'; readonly trouble: EngineTrouble };
