import type { PresetModel } from '../../core/config/presets-model.ts';
import { moduleName, moduleSpec } from '../../core/module-tree/tree-index.ts';

/**
 * Fusions that NNI takes (rule R4): a convolution with the BatchNorm that follows it, and with `activations` the
 * ReLU after that. `isSelected` tells by row what the sub-config selects, `isSelectedAnywhere` what any does; a
 * part of a fusion may not be selected at all.
 */
export function offerFusions(
  { tree, convolutionsWithNorms }: PresetModel,
  isSelected: (row: number) => boolean,
  isSelectedAnywhere: (row: number) => boolean,
  activations: boolean,
): readonly (readonly string[])[] {
  const canFollow = (row: number): boolean => !isSelectedAnywhere(row) && !tree.sharedWith.has(row);
  return convolutionsWithNorms.flatMap(([convolution, norm]): readonly (readonly string[])[] => {
    if (!isSelected(convolution) || !canFollow(norm)) return [];
    const pair = [moduleName(tree, convolution), moduleName(tree, norm)];
    const next = tree.end[norm]!;
    const isSibling = next < tree.size && tree.parent[next] === tree.parent[norm];
    const follows = isSibling && moduleSpec(tree, next).type === 'ReLU' && canFollow(next);
    return activations && follows ? [[...pair, moduleName(tree, next)], pair] : [pair];
  });
}
