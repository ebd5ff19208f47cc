import { expect, test } from 'vitest';
import type { ModuleSpec, TensorInfo } from './module-tree.ts';
import { ownTensor } from './own-tensors.ts';

const tensor = (name: string, shape: readonly number[]): TensorInfo => ({ name, shape, dtype: 'float32', isNone: false });
const none = (name: string): TensorInfo => ({ name, shape: null, dtype: null, isNone: true });

function shapeOf(parameters: readonly TensorInfo[], buffers: readonly TensorInfo[], name: string) {
  const spec: ModuleSpec = { type: 'Linear', className: null, parameters, buffers, forward: null, extraRepr: null };
  const found = ownTensor(spec, name);
  return found === undefined ? 'missing' : found.isNone ? 'None' : found.shape;
}

test.each([
  ['a parameter', [tensor('weight', [4, 6])], [], [4, 6]],
  ['a buffer', [], [tensor('weight', [6])], [6]],
  ['a parameter that is None', [none('weight')], [], 'None'],
  ['weight_norm', [tensor('bias', [4]), tensor('weight_g', [4, 1]), tensor('weight_v', [4, 6])], [], [4, 6]],
  ['spectral_norm', [tensor('weight_orig', [4, 6])], [tensor('weight_u', [4]), tensor('weight_v', [6])], [4, 6]],
  ['torch.nn.utils.prune', [tensor('weight_orig', [4, 6])], [tensor('weight_mask', [4, 6])], [4, 6]],
  ['a direction without a magnitude', [tensor('weight_v', [4, 6])], [], 'missing'],
  ['another name', [tensor('bias_orig', [4])], [], 'missing'],
])('R2b: what a module has under the name weight: %s', (_, parameters, buffers, expected) => {
  expect(shapeOf(parameters, buffers, 'weight')).toEqual(expected);
});
