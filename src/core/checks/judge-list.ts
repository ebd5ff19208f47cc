import { defaultAlgorithms, type Algorithm } from '../algorithms/algorithm.ts';
import type { Outcome } from '../algorithms/outcome.ts';
import { predictOutcome } from '../algorithms/predict-outcome.ts';
import type { Mode } from '../config/mode.ts';
import type { SettingTemplate } from '../config/setting-templates.ts';
import type { ConfigObject, ConfigValue } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Resolver } from '../resolve/resolver.ts';
import { checkAssertions, type AssertionResult, type ListAssertion } from './check-assertions.ts';
import { collectFindings } from './collect-findings.ts';
import type { Finding } from './finding.ts';
import { markIntended, type ListIntended } from './intended.ts';
import { judgeFindings, type ListVerdict } from './list-verdict.ts';
import { keepSettling, type Tries } from './keep-settling.ts';
import type { FindingsOf } from './settle-fix.ts';

/** The model, teacher and options with which a list is judged. */
export interface ListSetting {
  readonly resolver: Resolver;
  /** The teacher of a distillation; `null` means the student's own tree (rule X6). */
  readonly teacher: ModuleTree | null;
  readonly templates: readonly SettingTemplate[];
  readonly mode: Mode;
  readonly python: PythonVersion;
  /** The class that runs the list; `null` for the usual one of the mode. */
  readonly algorithm: Algorithm | null;
  /** The arguments of the class and of `compress`, by Python's names. */
  readonly call: ConfigObject | null;
  /** Names of modules that the forward pass does not call. */
  readonly uncalled?: readonly string[];
  /** Assertions that must hold for the modules that the list selects. */
  readonly assertions?: readonly ListAssertion[];
  /** Fixes are tried, and a fix that leads to another refusal is left out (rule F10); without it none is tried, and all stay. */
  readonly tries?: Tries;
  /** Findings that the author of the plan means to have. */
  readonly intended?: readonly ListIntended[];
}

/** Everything that is known about a list. */
export interface JudgedList {
  readonly resolution: Resolution;
  /** The result when the algorithm runs the list. */
  readonly outcome: Outcome;
  readonly assertions: readonly AssertionResult[];
  readonly findings: readonly Finding[];
  readonly verdict: ListVerdict;
}

/**
 * Resolves a list, predicts its run, checks the assertions, and collects the findings: the one answer of page and
 * command line. Load the names of characters before (`resolve/load-names-of-list.ts`).
 */
export function judgeList(list: ConfigValue, setting: ListSetting): JudgedList {
  const { resolver, teacher, templates, mode, python, call, uncalled = [], tries } = setting;
  const resolution = resolver.resolve({ mode, list, templates, python });
  const assertions = checkAssertions(setting.assertions ?? [], resolution, resolver, python);
  const algorithm = setting.algorithm ?? defaultAlgorithms[mode];
  const outcome = predictOutcome(resolution, resolver, { algorithm, call, teacher, uncalled });
  const collected = collectFindings(resolution, resolver.tree, { resolver, list, templates, python, teacher, assertions, outcome });
  const settling = tries === undefined ? collected : keepSettling(collected, list, (tried) => tryList(tried, setting), tries);
  const findings = markIntended(settling, setting.intended ?? []);
  const verdict = judgeFindings(resolution.verdict, findings, outcome.error ?? outcome.forwardAfter ?? null);
  return { resolution, outcome, assertions, findings, verdict };
}

/** The findings of a list that a fix would make, without assertions and without the data flow, which takes long to follow. */
function tryList(list: ConfigValue, { resolver, teacher, templates, mode, python, algorithm, call, uncalled = [] }: ListSetting): readonly Finding[] {
  const resolution = resolver.resolve({ mode, list, templates, python });
  const outcome = predictOutcome(resolution, resolver, { algorithm: algorithm ?? defaultAlgorithms[mode], call, teacher, uncalled });
  return collectFindings(resolution, resolver.tree, { resolver, list, templates, python, teacher, outcome, isTrial: true });
}

/** How a list is judged while it is repaired: findings that the author means to have count for nothing. */
export function judgeOf(setting: ListSetting): { readonly findingsOf: FindingsOf; readonly tryList: FindingsOf } {
  const counting = (findings: readonly Finding[]): readonly Finding[] => findings.filter(({ intended }) => intended !== true);
  return {
    findingsOf: (list) => counting(judgeList(list, setting).findings),
    tryList: (list) => counting(markIntended(tryList(list, setting), setting.intended ?? [])),
  };
}
