import type { AssertionResult, ListAssertion } from '../core/checks/check-assertions.ts';
import type { TargetMask } from '../core/masks/predict-masks.ts';
import type { ListIntended } from '../core/checks/intended.ts';
import type { Mode } from '../core/config/mode.ts';
import type { ConfigObject } from '../core/config/value.ts';
import type { Finding } from '../core/checks/finding.ts';
import type { ListVerdict } from '../core/checks/list-verdict.ts';
import type { ModuleMarks } from '../core/module-tree/module-marks.ts';
import type { SettingTemplate } from '../core/config/setting-templates.ts';
import type { PythonVersion } from '../core/python-re/python-version.ts';
import type { ModuleExplanation } from '../core/resolve/explain.ts';
import type { TargetGroup } from '../core/resolve/groups.ts';
import type { InvalidPattern } from '../core/python-re/sweep-answer.ts';
import type { SelectionEntry, Verdict } from '../core/resolve/resolution.ts';
import type { PlannedAlgorithm } from '../core/algorithms/planned-algorithm.ts';
import type { ModuleEffects, OutcomeView } from './algorithm-calls.ts';

/** How one sub-config selects, for the marks and counts of the page. */
export interface SubConfigView {
  readonly count: number;
  readonly excludedCount: number;
  /** Targets that this sub-config configures (it came first). */
  readonly wonTargets: number;
  /** Those of them that are `None` in the model: NNI skips them. */
  readonly emptyTargets: number;
  /** Targets that an earlier sub-config had taken, by the index of that sub-config. */
  readonly lostTargets: readonly { readonly to: number; readonly count: number }[];
  /** The mark of each module; the number of selected modules in any range is known at once. */
  readonly marks: ModuleMarks;
  readonly entries: readonly SelectionEntry[];
}

/** The state of a module, as bits: a target is configured; a sub-config lost a target to an earlier one. */
export const standings = { configured: 1, lost: 2 } as const;

/** The view of a resolved list; indices count the enabled sub-configs. */
export interface ListView {
  readonly mode: Mode;
  /** Where registration stops. */
  readonly verdict: Verdict;
  /** The verdict on the list, in one of four states. */
  readonly outcome: ListVerdict;
  readonly subConfigs: readonly SubConfigView[];
  readonly findings: readonly Finding[];
  /** Per module: 0 none, 1 not checked, 2 silent, 3 later, 4 refused. */
  readonly severity: Uint8Array<ArrayBuffer>;
  /** Result of each assertion in the request. */
  readonly assertions: readonly AssertionResult[];
  /** The outcome when the algorithm runs the list. */
  readonly run: OutcomeView;
  /** Per module: the bits of `standings`. */
  readonly standing: Uint8Array<ArrayBuffer>;
  /** Modules with at least one configured target. */
  readonly configuredCount: number;
  /** The targets that group ids hold together. */
  readonly groups: readonly TargetGroup[];
}

/** Answer to a preview of one pattern. */
export type PreviewView =
  | {
      readonly type: 'matched';
      readonly mask: Uint8Array<ArrayBuffer>;
      /** The result of `countBlocks` for `mask`. */
      readonly matchedBlocks: Uint32Array<ArrayBuffer>;
      readonly count: number;
      /** Seconds that Python would need, when it would hang; the mask then covers only the decided names. */
      readonly slowSeconds: number | null;
    }
  | { readonly type: 'invalid'; readonly error: InvalidPattern };

export interface ListRequest {
  readonly mode: Mode;
  readonly list: readonly ConfigObject[];
  readonly templates: readonly SettingTemplate[];
  readonly python: PythonVersion;
  /** The class that runs the list; left out, the one that lists of the mode were always judged by. */
  readonly algorithm?: PlannedAlgorithm;
  /** Assertions that must hold for the modules that the list selects. */
  readonly assertions?: readonly ListAssertion[];
  /** Findings that the author of the plan means to have. */
  readonly intended?: readonly ListIntended[];
  /** Modules in focus: they are explained in the same answer. */
  readonly focus?: readonly number[];
}

/** Explanations of modules under a resolved list. */
export interface Explained {
  readonly explanations: readonly ModuleExplanation[];
  /** In pruning: the predicted masks of each module's targets, by module index; empty where they are not known. */
  readonly masks: ReadonlyMap<number, ReadonlyMap<string, TargetMask>>;
  readonly effects: ModuleEffects;
}
