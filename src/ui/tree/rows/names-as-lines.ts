import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import { moduleName } from '../../../core/module-tree/tree-index.ts';

/** The full names of modules, one a line. */
export function namesAsLines(tree: ModuleTree, modules: readonly number[]): string {
  return modules.map((module) => moduleName(tree, module)).join('\n');
}
