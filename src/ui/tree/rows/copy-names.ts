import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import { moduleName } from '../../../core/module-tree/tree-index.ts';

/** Puts the full names of modules on the clipboard, one a line. */
export function copyNames(tree: ModuleTree, modules: readonly number[]): void {
  void navigator.clipboard.writeText(modules.map((module) => moduleName(tree, module)).join('\n'));
}
