import type { Outcome } from '../algorithms/outcome.ts';
import type { SettingTemplate } from '../config/setting-templates.ts';
import type { ConfigObject, ConfigValue, KeyPath } from '../config/value.ts';
import type { Fix } from '../diagnostics/fix.ts';
import type { ProblemCode } from '../diagnostics/problem-values.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import type { Problem, Resolution } from '../resolve/resolution.ts';
import type { Resolver } from '../resolve/resolver.ts';
import type { AssertionResult } from './check-assertions.ts';

/** The inputs of findings in addition to the resolution. */
export interface FindingContext {
  readonly resolver: Resolver;
  readonly list: ConfigValue;
  readonly templates: readonly SettingTemplate[];
  readonly python: PythonVersion;
  /** The teacher of a distillation; `null` means the student's own tree (rule X6). */
  readonly teacher: ModuleTree | null;
  /** The result when the algorithm runs the list. Without it, the default algorithm of the mode is used. */
  readonly outcome?: Outcome;
  /** Results of the assertions of the plan (rule F8). */
  readonly assertions?: readonly AssertionResult[];
  /** The list is one that a fix would make: the data flow is not followed. */
  readonly isTrial?: boolean;
}

/** Everything that a finding is made from. */
export interface FindingInput extends FindingContext {
  readonly outcome: Outcome;
  readonly resolution: Resolution;
  readonly tree: ModuleTree;
}

/** A problem inside a sub-config, and the data for its fixes. */
export interface ProblemAt<Code extends ProblemCode> {
  readonly values: Problem<Code>['values'];
  readonly where: Problem['where'];
  readonly subConfig: number;
  readonly config: ConfigObject;
  /** The place of the problem in the list. */
  readonly path: KeyPath;
  /** The value there; `undefined` where there is none. */
  readonly value: ConfigValue | undefined;
  /** The innermost key of the place. */
  readonly key: string;
  readonly input: FindingInput;
}

/** The edits that settle a problem, the likeliest first. */
export type FixProblem<Code extends ProblemCode> = (problem: ProblemAt<Code>) => readonly Fix[];
