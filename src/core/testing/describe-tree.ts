import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName, moduleSpec, moduleType } from '../module-tree/tree-index.ts';

/** A tree as lines: name, type (`?` when unknown), then own tensors with their shapes. For tests. */
export function describeTree(tree: ModuleTree): string[] {
  return Array.from({ length: tree.size }, (_, row) => {
    const spec = moduleSpec(tree, row);
    const tensors = [...(spec.parameters ?? []), ...(spec.buffers ?? [])].map(({ name, shape, isNone }) => {
      if (isNone) return `${name}=None`;
      return shape === null ? name : `${name}[${shape.join(',')}]`;
    });
    return [moduleName(tree, row), moduleType(tree, row) ?? '?', ...tensors].join(' ');
  });
}

/** Full names of the parameters that do not train, as the tree says. For tests. */
export function frozenIn(tree: ModuleTree): string[] {
  return Array.from({ length: tree.size }, (_, row) => {
    const prefix = moduleName(tree, row) === '' ? '' : `${moduleName(tree, row)}.`;
    return (moduleSpec(tree, row).parameters ?? []).filter(({ isFrozen }) => isFrozen === true).map(({ name }) => prefix + name);
  }).flat();
}
