import type { PlannedAlgorithms } from '../algorithms/planned-algorithm.ts';
import type { SettingTemplate } from '../config/setting-templates.ts';
import type { Mode } from '../config/mode.ts';
import type { ConfigObject } from '../config/value.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import type { SampleId } from './sample-ids.ts';

/** Where a script writes a sub-config that was imported: the script stays its source. */
export interface Origin {
  /** Name of the list; empty for a list without a name. */
  readonly list: string;
  /** Line of the dict, 1-based; `null` where a call made it. */
  readonly line: number | null;
  /** The class that the script gives the list to. */
  readonly call: string | null;
}

/** A sub-config and its editor-only data: id, label, colour, on/off. */
export interface SubConfig {
  /** Stable identity within the plan; never exported to NNI. */
  readonly id: string;
  readonly label: string;
  /** Index into the palette of sub-config colours. */
  readonly color: number;
  /** Off: kept in the plan, left out of the list that NNI gets. */
  readonly enabled: boolean;
  readonly config: ConfigObject;
  /** Shared by sub-configs that one preset or fix made. Neighbours of one family are shown as one card (rule K2). */
  readonly family?: string;
  /** Left out for one that was not imported from a script. */
  readonly origin?: Origin;
}

/** A demand on the modules that a list selects, kept with the plan: "32 modules, and never the vision tower". */
export interface Assertion {
  /** Stable identity within the plan. */
  readonly id: string;
  readonly mode: Mode;
  /** Id of the sub-config that it is about; `null` means all that the list selects. */
  readonly subConfig: string | null;
  readonly label: string;
  readonly demand: Demand;
}

/** Patterns are Python's, tried with `re.match` on module names (rule S2). */
export type Demand =
  | { readonly type: 'selects-exactly'; readonly count: number }
  | { readonly type: 'selects-at-least'; readonly count: number }
  | { readonly type: 'selects-at-most'; readonly count: number }
  /** No module that the pattern matches is selected. */
  | { readonly type: 'never-selects'; readonly pattern: string }
  /** Every module that the pattern matches is selected. */
  | { readonly type: 'selects-all'; readonly pattern: string };

/** A finding that a person has looked at and means to have (rule F14). */
export interface Intended {
  readonly mode: Mode;
  /** Its code. */
  readonly code: string;
  /** Id of the sub-config that it is about; `null` for the list as a whole. */
  readonly subConfig: string | null;
  /** Its place inside the sub-config: keys and indices, joined by dots. */
  readonly path: string;
}

/** Which tree a plan was made for. */
export interface TreeReference {
  readonly name: string;
  readonly moduleCount: number;
  /** Digest of names and types, hex. */
  readonly digest: string;
  /** The embedded sample, when it is one. */
  readonly sample: SampleId | null;
  /** A sample that this version does not have. Only kept for the version that has it: it never reaches an address. */
  readonly unknownSample?: string;
}

/** The document: everything that is saved, undone and shared. Immutable. */
export interface Plan {
  readonly format: 'compression-plan';
  readonly version: 1;
  readonly name: string;
  readonly python: PythonVersion;
  readonly lists: Readonly<Record<Mode, readonly SubConfig[]>>;
  /** The class that runs the list of each mode. */
  readonly algorithms: PlannedAlgorithms;
  /** The order of the modes where several lists are run on one model; each mode once. */
  readonly chain: readonly Mode[];
  readonly templates: readonly SettingTemplate[];
  readonly assertions: readonly Assertion[];
  /** Left out where there are none. */
  readonly intended?: readonly Intended[];
  readonly tree: TreeReference | null;
  /** The teacher of a distillation; `null` means the student's own tree (rule X6). */
  readonly teacher: TreeReference | null;
}
