import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import { moduleName } from '../../../core/module-tree/tree-index.ts';

/** Kind of data that dragged modules are, apart from the plain text of their names. */
export const moduleDragType = 'application/x-espalier-modules';

/** Puts modules on a drag: as indices for this page, as names for others. */
export function startModuleDrag(transfer: DataTransfer, tree: ModuleTree, modules: readonly number[]): void {
  transfer.effectAllowed = 'copy';
  transfer.setData(moduleDragType, JSON.stringify(modules));
  transfer.setData('text/plain', modules.map((module) => moduleName(tree, module)).join('\n'));
}

/** The modules that were dropped; none where something else was. */
export function droppedModules(transfer: DataTransfer): readonly number[] {
  const text = transfer.getData(moduleDragType);
  if (text === '') return [];
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) ? read.filter((item): item is number => Number.isInteger(item)) : [];
  } catch {
    return [];
  }
}
