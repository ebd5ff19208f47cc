import type { SettingTemplate } from '../config/setting-templates.ts';
import type { ConfigValue } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import type { Resolver } from '../resolve/resolver.ts';
import type { AssertionResult } from './finding-assertions.ts';

/** What findings are made from beside the resolution and the tree. */
export interface FindingContext {
  readonly resolver: Resolver;
  readonly list: ConfigValue;
  readonly templates: readonly SettingTemplate[];
  readonly python: PythonVersion;
  /** The teacher of a distillation; `null` stands for the student's own tree (rule X6). */
  readonly teacher: ModuleTree | null;
  /** What became of the assertions of the plan (rule F8). */
  readonly assertions?: readonly AssertionResult[];
}
