import { expect, test } from 'vitest';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { createNameLookup } from '../../module-tree/tree-index.ts';
import { graphVectorLines, treeOfDocument } from '../../testing/graph-vectors.ts';
import { forecastSpeedup, type SpeedupForecast } from './forecast-speedup.ts';

const trees = new Map(graphVectorLines('held-models').flatMap((line) => {
  const { model, tree } = JSON.parse(line) as { readonly model: string; readonly tree?: unknown };
  return tree === undefined ? [] : [[model, tree] as const];
}));

function forecast(model: string, kept: Readonly<Record<string, string>>): SpeedupForecast {
  const tree: ModuleTree = treeOfDocument(trees.get(model));
  const { rowOf } = createNameLookup(tree);
  return forecastSpeedup(tree, new Map(Object.entries(kept).map(([name, bits]) => [rowOf(name), Uint8Array.from(bits, Number)] as const)))!;
}

test.each([
  ['a size read as the last use of a value', 'RNNCellLoop', { h: '1111111100000000' }, 'aten::size in the model'],
  ['a join along dimension 0, and softmax there', 'SKUnit', { f: '11110000' }, 'aten::softmax in the model'],
  ['a vector norm', 'TwoTower', { u: '111111000000' }, 'aten::norm in the model'],
  ['all pieces of a split and more', 'CSPBlock', { 'stem.0': '1111111100000000' }, 'prim::ListConstruct in the model'],
  ['one value for each channel of a BatchNorm', 'MLPBN', { 's.0': '11111111111111110000000000000000' }, 'aten::batch_norm in s.1'],
  ['a computed weight', 'WSConv', { b: '11110000' }, 'weight in a'],
  ['a tied weight', 'TiedLinear', { dec: '11110000' }, 'weight in dec'],
  ['a call without use', 'UnusedBranch', { a: '11110000' }, 'call of dead'],
] as const)('G20f: %s is marked', (_, model, kept, mark) => {
  expect(forecast(model, kept).notFollowed).toContain(mark);
});

test.each([
  ['a parameter of one number, which may be 0', 'SelfAttn2d', { v: '1111111100000000' }, 'aten::mul in the model'],
] as const)('G20e: %s is marked', (_, model, kept, mark) => {
  expect(forecast(model, kept).notFollowed).toContain(mark);
});

test.each([
  ['pieces that only a part is needed of', 'ViTTiny', { 'b.0.attn.qkv': '1'.repeat(48) + '0'.repeat(48) }, 'aten::unbind in b.1.attn'],
  ['a convolution over channels', 'ECA', { c: '1111111100000000' }, 'aten::_convolution in k'],
] as const)('G20g: %s is marked', (_, model, kept, mark) => {
  expect(forecast(model, kept).notFollowed).toContain(mark);
});

test('G20: a model that torch.jit.trace does not take is not known', () => {
  expect(forecast('TextCNN', { fc: '11000' })).toMatchObject({ model: null, notFollowed: ['torch.jit.trace'], error: { stage: 'trace', type: 'TypeError' } });
});

test.each([
  ['G21d', 'DCGANDisc', { 'm.0': '11110000' }, 'speedup', 'TypeError'],
  ['G23a', 'NormMix', { a: '11110000' }, 'speedup', 'IndexError'],
  ['G23b', 'MHAPlain', { i: '1111111100000000' }, 'forward', 'AssertionError'],
] as const)('%s: %s raises as NNI does', (_, model, kept, stage, type) => {
  expect(forecast(model, kept)).toMatchObject({ error: { stage, type } });
});

test('G21b, G21e: minima die with either operand; layers inside of a TransformerEncoderLayer tie nothing', () => {
  const shapesIn = ({ model }: SpeedupForecast, tree: ModuleTree, name: string) => model!.shapes.get(createNameLookup(tree).rowOf(name))?.get('weight');
  const minimum = treeOfDocument(trees.get('MinMaxNet'));
  expect(shapesIn(forecast('MinMaxNet', { p: '11110000' }), minimum, 'o')).toEqual([2, 4, 1, 1]);
  const encoder = treeOfDocument(trees.get('EncoderTorch'));
  expect(shapesIn(forecast('EncoderTorch', { i: '1111111100000000', 'enc.linear2': '0000000011111111' }), encoder, 'i')).toEqual([8, 16]);
});
