import { expect, test } from 'vitest';
import { createNameLookup } from '../module-tree/tree-index.ts';
import { readGraphModel } from '../testing/graph-vectors.ts';
import { readText } from '../testing/nni-trees.ts';
import { metTargets, targetShape } from './call-shapes.ts';

const tree = readText(JSON.stringify({
  modules: [
    { name: '', type: 'Net', forward: { args: ['x'] } },
    { name: 'attention', type: 'Attention', forward: { args: ['query', 'key', 'mask'], kwonly: ['scale'] } },
    { name: 'attention_again', type: 'Attention', shared_with: 'attention', forward: { args: ['query', 'key', 'mask'], kwonly: ['scale'] } },
    { name: 'relu', type: 'ReLU', forward: { args: ['input'] } },
    { name: 'unused', type: 'ReLU', forward: { args: ['input'] } },
    { name: 'scripted', type: 'Script' },
  ],
  graph: {
    scopes: [''], inputs: [], nodes: [], outputs: [],
    calls: {
      attention: [{ in: [[1, 5, 8]], kw: { key: [1, 7, 8], scale: 'float' }, out: { t: [[1, 5, 8], null] } }],
      relu: [{ in: [[1, 4]], out: [1, 4], n: 2 }, { in: [[1, 9]], out: [1, 9] }],
      scripted: [{ in: [[2, 3]], out: { d: { logits: [2, 10] } } }],
      '': [{ in: [{ t: [[1, 1]] }], out: [1, 4] }],
    },
  },
}));
const { rowOf } = createNameLookup(tree);

test.each([
  ['attention', '_input_0', { type: 'shape', shape: [1, 5, 8] }],
  ['attention', '_input_1', { type: 'shape', shape: [1, 7, 8] }],
  ['attention', '_input_2', { type: 'absent' }],
  ['attention', '_input_key', { type: 'absent' }],
  ['attention', '_input_scale', { type: 'not-a-tensor', kind: 'float' }],
  ['attention', '_output_0', { type: 'shape', shape: [1, 5, 8] }],
  ['attention', '_output_1', { type: 'not-a-tensor', kind: 'None' }],
  ['attention', '_output_2', { type: 'absent' }],
  ['attention_again', '_input_0', { type: 'shape', shape: [1, 5, 8] }],
  ['relu', '_input_0', { type: 'differs', shapes: [[1, 4], [1, 9]] }],
  ['relu', '_input_1', { type: 'absent' }],
  ['unused', '_output_0', { type: 'never-called' }],
  ['scripted', '_input_0', { type: 'shape', shape: [2, 3] }],
  ['scripted', '_output_logits', { type: 'shape', shape: [2, 10] }],
  ['scripted', '_output_0', { type: 'absent' }],
  ['', '_input_0', { type: 'not-a-tensor', kind: 'tuple' }],
])('G19, X9: the shape of %s %s', (module, target, expected) => {
  expect(targetShape(tree, rowOf(module), target)).toEqual(expected);
});

test('G19: targets that a forward pass meets; nothing is known without a graph', () => {
  expect(metTargets(tree, rowOf('attention'))).toEqual(['_input_0', '_input_1', '_input_scale', '_output_0', '_output_1']);
  expect(metTargets(tree, rowOf('unused'))).toBeNull();
  const bare = readText(JSON.stringify([{ name: '', type: 'Net' }]));
  expect([metTargets(bare, 0), targetShape(bare, 0, '_input_0')]).toEqual([null, { type: 'unknown' }]);
});

test('G19: the outputs of the models that were traced are those of their last node', () => {
  const resnet = readGraphModel('resnet18');
  expect(targetShape(resnet, createNameLookup(resnet).rowOf('fc'), '_output_0')).toEqual({ type: 'shape', shape: [1, 1000] });
  expect(targetShape(resnet, createNameLookup(resnet).rowOf('layer1.0.relu'), '_input_0')).toEqual({ type: 'shape', shape: [1, 64, 16, 16] });
});
