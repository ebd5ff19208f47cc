import type { Mode } from '../config/mode.ts';
import type { SelectorKey } from '../config/selector-keys.ts';
import type { ConfigList, ConfigObject, ConfigValue, KeyPath } from '../config/value.ts';
import type { Place } from '../diagnostics/finding.ts';
import type { FactOf, FailureCode, FailureValues, ProblemCode, ProblemValues } from '../diagnostics/problem-values.ts';
import type { RaisedError } from '../python/raised-error.ts';
import type { PythonVersion } from '../python-re/python-version.ts';

/**
 * The effect of a config list on a model: plain data, structured-clonable. Sub-config indices count in the resolved list; module
 * indices are rows of the tree.
 */
export interface Resolution {
  readonly mode: Mode;
  readonly python: PythonVersion;
  /** The list after translation from NNI 2.x (rule L), when it was a legacy list. Indices stay the same. */
  readonly translated: ConfigList | null;
  /** Each sub-config after NNI's translation. An item that is no dict counts as an empty sub-config. */
  readonly effective: readonly ConfigObject[];
  /** Whether NNI takes the list, and where it stops when it does not. */
  readonly verdict: Verdict;
  /** Everything that NNI would raise, in the order in which it would meet it; the first is the verdict. */
  readonly problems: readonly Problem[];
  /** Facts about effects that NNI does not report. */
  readonly observations: readonly Observation[];
  readonly subConfigs: readonly SubConfigSelection[];
  /** Per module: index into `outcomes`, or -1 when no sub-config selects it. */
  readonly outcomeId: Int32Array<ArrayBuffer>;
  /** Modules that agree in spec and in the sub-configs that select them share one outcome. */
  readonly outcomes: readonly Outcome[];
  /** Fusions that NNI registers (rule R4), by head; empty outside quantization. */
  readonly fusions: readonly Fusion[];
}

/** Where NNI stops. `scaler` covers wrapping (rule R5) and kernels (rule R6), as both follow registration. */
export type Stage = 'legacy' | 'schema' | 'register' | 'scaler';

/** Whether NNI accepts the list, or the stage and the error where it stops. */
export type Verdict =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly stage: Stage; readonly error: RaisedError; readonly where: Place };

/** The effect of one string of a selector. */
export interface SelectionEntry {
  readonly key: SelectorKey;
  /** Index in the list at `key`. */
  readonly index: number;
  readonly value: string;
  /** Modules of the model that this string alone matches. */
  readonly count: number;
  /**
   * For selectors: how many of them the sub-config selects in the end. For excludes: how many modules it took
   * away that were selected until then (an exclude that comes later does not count modules that are gone already).
   */
  readonly effect: number;
  readonly state: EntryState;
}

export type EntryState =
  | { readonly type: 'fine' }
  /** The pattern does not compile; it counts as matching nothing. `position` counts code points. */
  | { readonly type: 'invalid'; readonly message: string; readonly position: number | null }
  /** Python would need `seconds`; names that were not decided count as not matched. */
  | { readonly type: 'slow'; readonly seconds: number }
  /** A name or type that the model lacks. */
  | { readonly type: 'unknown' };

/** The modules that one sub-config selects (rules S1–S5). */
export interface SelectedModules {
  /** Per module: 1 when selected. */
  readonly selected: Uint8Array<ArrayBuffer>;
  /** The selected modules, ascending, where only names choose them; `null` where patterns or types do, which may choose any. */
  readonly listed: Uint32Array | null;
  readonly count: number;
  /** Per module: 1 + index into `entries` of the exclude that took it away first, 0 otherwise. */
  readonly excludedBy: Uint32Array<ArrayBuffer>;
  readonly excludedCount: number;
  /** All strings of all selectors, in the order of `selectorKeys`. */
  readonly entries: readonly SelectionEntry[];
  /** No usable selector at all (rule V1): nothing is selected. */
  readonly hasSelector: boolean;
  /** `op_types` or `exclude_op_types` could not be decided for this many modules, their type being unknown. */
  readonly undecidedCount: number;
}

/** The same for one sub-config of a list, with the targets that it configures. */
export interface SubConfigSelection extends SelectedModules {
  /** Targets over all modules that this sub-config configures. */
  readonly wonTargets: number;
  /** Those of them that are parameters which the module has as `None`: NNI skips them (rule R2). */
  readonly emptyTargets: number;
  /** Targets that earlier sub-configs had taken (rule R1), by the one that holds them; ascending. */
  readonly lostTargets: readonly { readonly to: number; readonly count: number }[];
}

/** The outcome of all modules of one spec that the same sub-configs select. */
export interface Outcome {
  readonly specId: number;
  /** Sub-configs that select these modules, ascending. */
  readonly subConfigs: readonly number[];
  /** Configured targets, in NNI's order. */
  readonly targets: readonly TargetOutcome[];
  /** The errors that NNI raises on these modules. The targets concerned are left out; the others are kept. */
  readonly failures: readonly OutcomeFailure[];
  /** `target_settings` that `target_names` leaves out (rule C5). */
  readonly dropped: readonly DroppedSetting[];
  /** Number of modules with this outcome. */
  readonly moduleCount: number;
}

/** An error of NNI on modules of one spec; `values` are the payload of its words. */
export type OutcomeFailure<Code extends FailureCode = FailureCode> = FactOf<FailureValues, Code> & {
  readonly subConfig: number;
  readonly rule: string;
  readonly stage: Stage;
  readonly error: RaisedError;
  /** The target that fails, or `null` when the whole module does. */
  readonly target: string | null;
  /** The place of the cause in the sub-config. */
  readonly path: KeyPath;
};

export interface DroppedSetting {
  readonly subConfig: number;
  readonly target: string;
}

export type TargetKind = 'parameter' | 'input' | 'output';

/** The kind of attribute that a parameter target is (rule R2); inputs and outputs have `none`. */
export type TargetAttribute =
  /** A parameter or buffer with a tensor. */
  | 'tensor'
  /** Registered but `None`: accepted, does nothing. */
  | 'empty'
  /** Not an attribute of the module: refused. */
  | 'missing'
  /** The source does not list parameters: not checked. */
  | 'unknown'
  | 'none';

export interface TargetOutcome {
  /** As NNI names it: `_input_0`, `weight`. */
  readonly target: string;
  readonly kind: TargetKind;
  readonly attribute: TargetAttribute;
  /** Shape of the parameter; `null` when unknown, for inputs and outputs, and for `None`. */
  readonly shape: readonly number[] | null;
  /** The sub-config that configured it: the first (rule R1). */
  readonly subConfig: number;
  /** The setting in force, `granularity` as configured. */
  readonly setting: ConfigObject;
  /** One for each key of `setting`, in its order. */
  readonly provenance: readonly SettingProvenance[];
  /**
   * The value of `granularity` after rule R6. `null` where R6 sets none (single elements in pruning, the whole tensor in
   * quantization), in distillation, and where R6 raises.
   */
  readonly kernel: Kernel | null;
  readonly losers: readonly Loser[];
}

/** A later sub-config that wanted the same target. */
export interface Loser {
  readonly subConfig: number;
  readonly setting: ConfigObject;
}

export interface SettingProvenance {
  readonly key: string;
  /** From the weakest to the strongest; the last one that is not overridden is in force. */
  readonly chain: readonly ProvenanceStep[];
}

export interface ProvenanceStep {
  /** `kernel`: NNI's reading of `granularity: default` (rule R6). */
  readonly source: 'template' | 'shorthand' | 'target-setting' | 'kernel';
  /** The sub-config with the value; `null` for templates. */
  readonly subConfig: number | null;
  /** The path in that sub-config; for templates `[module type, target, key]`. */
  readonly path: KeyPath;
  readonly value: ConfigValue;
  readonly overridden: boolean;
}

/** A block that steps over a tensor (rule R6). */
export interface Kernel {
  /** Steps per dimension; -1 spans the dimension. */
  readonly sizes: readonly number[];
  /** The side on which `sizes` is padded to the tensor's number of dimensions, and the value. */
  readonly padding: 'front' | 'back';
  readonly paddingValue: number;
}

/** Modules that NNI fuses into the first (rule R4). */
export interface Fusion {
  readonly subConfig: number;
  /** Index in `fuse_names`. */
  readonly index: number;
  readonly head: string;
  /** The others, by name. */
  readonly rest: readonly string[];
}

/** Something that NNI would raise; its `values` fill in the words. */
export type Problem<Code extends ProblemCode = ProblemCode> = FactOf<ProblemValues, Code> & {
  /** Id in SPEC.md, e.g. `S5`. */
  readonly rule: string;
  readonly stage: Stage;
  readonly error: RaisedError;
  /** Paths lead into `Resolution.effective`. */
  readonly where: Place;
};

/** A silent fact. `modules` are the first few, `count` all of them. */
export type Observation =
  /** R1: targets that `winner` already holds, by target name. */
  | {
      readonly type: 'lost-targets';
      readonly subConfig: number;
      readonly winner: number;
      readonly target: string;
      readonly count: number;
      readonly modules: readonly number[];
    }
  /** C5: `target_settings[target]` is left out by `target_names` for this many modules (all of them: useless). */
  | {
      readonly type: 'dropped-target-setting';
      readonly subConfig: number;
      readonly target: string;
      readonly count: number;
      readonly ofModules: number;
      readonly modules: readonly number[];
    }
  /** C3: a shorthand that no target of any selected module takes; `moduleTypes` are the types selected. */
  | {
      readonly type: 'shorthand-unused';
      readonly subConfig: number;
      readonly key: string;
      readonly moduleTypes: readonly string[];
    }
  /** S1, S2, S3, S4: a string that matches no module of the model. */
  | {
      readonly type: 'entry-without-hit';
      readonly subConfig: number;
      readonly key: SelectorKey;
      readonly index: number;
      readonly value: string;
    }
  /** A string that matches `count` modules but neither selects nor excludes any of them in the end. */
  | {
      readonly type: 'entry-without-effect';
      readonly subConfig: number;
      readonly key: SelectorKey;
      readonly index: number;
      readonly value: string;
      readonly count: number;
    }
  /** S2: the pattern would hang Python. */
  | {
      readonly type: 'slow-pattern';
      readonly subConfig: number;
      readonly key: SelectorKey;
      readonly index: number;
      readonly value: string;
      readonly seconds: number;
    }
  | { readonly type: 'selects-nothing'; readonly subConfig: number }
  /** The sub-config selects modules but every target is taken already (R1). */
  | { readonly type: 'wins-nothing'; readonly subConfig: number; readonly lost: number }
  /** R2: a configured parameter is `None` in these modules; nothing happens there. */
  | {
      readonly type: 'empty-parameter';
      readonly subConfig: number;
      readonly target: string;
      readonly count: number;
      readonly modules: readonly number[];
    }
  /** M1: configured parameters are one tensor; NNI compresses copies, and the tie is gone. */
  | {
      readonly type: 'tied-parameter';
      readonly subConfig: number;
      readonly parameter: string;
      readonly tiedTo: string;
      readonly modules: readonly number[];
    }
  /** The source lacks a fact that a rule needs: `types` for op_types and templates, `parameters` for R2. */
  | {
      readonly type: 'not-checked';
      readonly lack: 'types' | 'parameters';
      readonly rule: string;
      readonly subConfig: number;
      readonly path: KeyPath;
      readonly count: number;
      readonly modules: readonly number[];
    };
