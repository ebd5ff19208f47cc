import { tensorType, type ModuleSpec, type TensorInfo } from './module-tree.ts';

/**
 * The tensor that a module has as an attribute of that name: a parameter, a buffer, or one that torch computes again
 * * before each forward pass and that is neither. `weight_norm` keeps `weight` as `weight_g` and `weight_v`,
 * `spectral_norm` and torch's own pruning as `weight_orig`, of the same shape. A plain attribute counts where it is a tensor or `None`. `undefined` when the source lists none.
 */
export function ownTensor({ parameters, buffers, attributes }: ModuleSpec, name: string): TensorInfo | undefined {
  const find = (wanted: string): TensorInfo | undefined =>
    parameters?.find((tensor) => tensor.name === wanted) ?? buffers?.find((tensor) => tensor.name === wanted);
  const own = find(name);
  if (own !== undefined) return own;
  const plain = attributes?.find((attribute) => attribute.name === name);
  if (plain?.type === 'NoneType') return { name, shape: null, dtype: null, isNone: true };
  if (plain?.type === tensorType) return { name, shape: plain.shape, dtype: null, isNone: false };
  const source = find(`${name}_g`) === undefined ? find(`${name}_orig`) : find(`${name}_v`);
  return source === undefined || source.isNone ? undefined : { ...source, name };
}
