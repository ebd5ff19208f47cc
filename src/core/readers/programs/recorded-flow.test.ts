import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { createNameLookup, moduleName, moduleSpec, moduleType } from '../../module-tree/tree-index.ts';
import { findDependencies } from '../../graph/dependencies.ts';
import { forecastSpeedup } from '../../graph/forecast/forecast-speedup.ts';
import { targetShape } from '../../graph/call-shapes.ts';
import { proposeAlignments } from '../../graph/alignment-proposals.ts';
import { proposeFusions } from '../../graph/fusion-proposals.ts';
import { recordedDoubts } from '../../graph/recorded-doubts.ts';
import { wordRecording } from '../../graph/word-recording.ts';
import { describeNote } from '../messages/note-wording.ts';
import { createRandom } from '../../testing/random.ts';
import { readText } from '../../testing/nni-trees.ts';
import { readTree } from '../read-tree.ts';
import { functionAround } from './aten-arguments.ts';

/** One small network with residual blocks, a split, a join, groups and a gate, as five exporters of torch 2.13 write it. */
function recorded(file: string): ModuleTree {
  const bytes = gunzipSync(readFileSync(new URL(`../samples/real/${file}.gz`, import.meta.url)));
  const tree = readTree({ name: file, bytes });
  if (!tree.ok) throw new Error(tree.error.code);
  return tree.value;
}

const traced = recorded('recorded.json');

function setsOf(tree: ModuleTree): readonly (readonly string[])[] {
  const found = findDependencies(tree);
  if (found === null || !found.ok) throw new Error('no sets');
  return found.value.sets.map((rows) => rows.map((row) => moduleName(tree, row)).toSorted()).toSorted(([a], [b]) => (a! < b! ? -1 : 1));
}

function namesOf(tree: ModuleTree, rows: readonly (readonly number[])[]): readonly string[] {
  return rows.map((chain) => chain.map((row) => moduleName(tree, row)).join(' → ')).toSorted();
}

/** Shapes after every second row of every convolution is gone. */
function halved(tree: ModuleTree) {
  const { rowOf } = createNameLookup(tree);
  const kept = new Map(['stem.0', 'blocks.0.conv1', 'blocks.0.conv2', 'blocks.1.conv1', 'blocks.1.conv2', 'skip', 'mix'].map((name) => {
    const row = rowOf(name);
    const total = moduleSpec(tree, row).parameters!.find((tensor) => tensor.name === 'weight')!.shape![0]!;
    return [row, Uint8Array.from({ length: total }, (_, at) => at % 2)] as const;
  }));
  const found = forecastSpeedup(tree, kept)!;
  return { error: found.error?.type ?? null, weights: Object.fromEntries([...found.model!.shapes].map(([row, tensors]) => [moduleName(tree, row), tensors.get('weight')])) };
}

test.each(['recorded.pt2', 'recorded-core.pt2'])('T12d: %s has the modules, types, tensors and data flow of the model', (file) => {
  const tree = recorded(file);
  expect(tree.graph?.recordedBy).toBe('torch.export 2.13.0+cpu');
  const { rowOf } = createNameLookup(tree);
  for (let row = 0; row < traced.size; row++) {
    const name = moduleName(traced, row);
    const own = rowOf(name);
    expect(own).toBeGreaterThanOrEqual(0);
    const type = moduleType(tree, own);
    // Nothing calls a ModuleList, the layer that is left over, or the dropout in a program that was decomposed.
    if (type !== null) expect(type).toBe(moduleType(traced, row));
    else expect(['blocks', 'spare', 'drop']).toContain(name);
    const [wanted, found] = [moduleSpec(traced, row), moduleSpec(tree, own)];
    expect(found.parameters?.filter(({ isNone }) => !isNone)).toEqual(wanted.parameters?.filter(({ isNone }) => !isNone));
    expect(found.buffers).toEqual(wanted.buffers);
  }
  expect(setsOf(tree)).toEqual(setsOf(traced));
  expect(namesOf(tree, proposeFusions(tree))).toEqual(namesOf(traced, proposeFusions(traced)));
  expect(namesOf(tree, [...proposeAlignments(tree)])).toEqual(namesOf(traced, [...proposeAlignments(traced)]));
  expect(halved(tree)).toEqual(halved(traced));
  expect(targetShape(tree, rowOf('left'), '_input_0')).toEqual({ type: 'shape', shape: [1, 4, 4, 4] });
  // A module of the model's own: only that it runs is known, not how its arguments are called.
  expect(targetShape(tree, rowOf('blocks.0'), '_input_0')).toEqual({ type: 'unknown' });
  expect(tree.notes.map(describeNote)).toEqual([expect.stringContaining('NNI traces the model itself')]);
});

test('T12d: the two calls of a ReLU are told apart', () => {
  const tree = recorded('recorded.pt2');
  expect(tree.graph?.calls.get('blocks.0.relu')).toHaveLength(2);
  expect(proposeFusions(tree).some((chain) => chain.some((row) => moduleName(tree, row) === 'blocks.0.relu'))).toBe(false);
});

test.each([
  ['recorded-old.onnx', 'T15b: the exporter before torch 2.9: modules by the names of nodes, types by operations'],
  ['recorded-new.onnx', 'T15b: the exporter of today: modules and classes as it notes them'],
])('%s, %s', (file) => {
  const tree = recorded(file);
  expect(tree.graph?.recordedBy).toBe('an ONNX file');
  const { rowOf } = createNameLookup(tree);
  const original = createNameLookup(traced).rowOf;
  for (const name of ['stem.0', 'stem.2', 'blocks.0.conv1', 'blocks.1.relu', 'down', 'left', 'norm', 'up', 'mix', 'fc', 'aux']) {
    const [own, wanted] = [rowOf(name), original(name)];
    expect([name, moduleType(tree, own)]).toEqual([name, moduleType(traced, wanted)]);
    const shapeOf = (from: ModuleTree, row: number) => moduleSpec(from, row).parameters?.find((tensor) => tensor.name === 'weight')?.shape;
    if (name !== 'norm') expect([name, shapeOf(tree, own)]).toEqual([name, shapeOf(traced, wanted)]);
  }
  // The exporter merged the norms into the convolutions before them.
  expect(rowOf('blocks.0.bn1')).toBe(-1);
  expect(setsOf(tree)).toEqual(setsOf(traced));
  const halves = halved(tree);
  expect(halves.error).toBe(halved(traced).error);
  for (const name of ['blocks.0.conv1', 'blocks.1.conv2', 'down', 'mix', 'fc']) expect([name, halves.weights[name]]).toEqual([name, halved(traced).weights[name]]);
  expect(tree.notes.map(describeNote)).toContainEqual(expect.stringContaining('NNI traces the model itself'));
});

test.each(['recorded-old.onnx', 'recorded-new.onnx', 'recorded.pt2'])('T15b: bytes of %s that are changed at random never throw', (file) => {
  const bytes = gunzipSync(readFileSync(new URL(`../samples/real/${file}.gz`, import.meta.url)));
  const random = createRandom(7);
  for (let round = 0; round < 60; round++) {
    const changed = Uint8Array.from(bytes);
    for (let k = 0; k < 12; k++) changed[random.below(changed.length)] = random.below(256);
    expect(() => readTree({ name: file, bytes: changed })).not.toThrow();
  }
});

test.each(['parts-core.pt2', 'parts-old.onnx'])('T12e, T15b: %s ties what a trace ties: an einsum taken apart, constants in the scope of a layer, a group norm behind one', (file) => {
  expect(setsOf(recorded(file))).toEqual(setsOf(recorded('parts.json')));
});

test('T12e: an addition is one of the code, or a step of the function that it stands in', () => {
  const [x, weight] = [{ type: 'value', name: 'x' }, { type: 'tensor', name: 'w' }] as const;
  expect(functionAround('aten::mul', [x, x], 'einsum_1;function.einsum')).toBe('aten::einsum');
  expect(functionAround('aten::add', [x, x], 'add_2;method_descriptor.add')).toBe(null);
  expect(functionAround('aten::add', [x, x], 'iadd;builtin_function_or_method.iadd')).toBe(null);
  expect(functionAround('aten::div', [x, x], 'div;method_descriptor.true_divide')).toBe(null);
  expect(functionAround('aten::div', [x, x], 'normalize_1;function.normalize')).toBe(null);
  expect(functionAround('aten::add', [x, weight], 'linear_1;builtin_function_or_method.linear')).toBe(null);
  expect(functionAround('aten::add', [x, x], '')).toBe(null);
});

test('T12e: causes for which NNI can tie other layers are named with their place', () => {
  const program = { format: 'module-tree', version: 1, modules: [{ name: '', type: 'Net', class: 'nets.Net' }, { name: 'body', type: 'Body', class: 'nets.Body' }, { name: 'flat', type: 'Flatten', class: 'torch.nn.modules.flatten.Flatten' }, { name: 'body.att', type: 'MultiheadAttention', class: 'torch.nn.modules.activation.MultiheadAttention' }] };
  const view = (s: number, sizes: readonly number[]) => ({ op: 'aten::view', s, in: [0, [sizes]], out: [[4, 4]] });
  const graph = (nodes: readonly object[], by: string) => ({ version: 1, by, inputs: [['x', [2, 8]]], scopes: ['', 'body', 'flat'], nodes, outputs: [1], attrs: {}, calls: {} });
  const treeWith = (nodes: readonly object[], by: string) => readText(JSON.stringify({ ...program, graph: graph(nodes, by) }));
  const doubts = recordedDoubts(treeWith([view(2, [4, 4]), view(1, [4, -1]), view(0, [1, -1])], 'an ONNX file'));
  expect(doubts).toEqual([{ cause: 'sizes', count: 1, module: 'body' }, { cause: 'attention', count: 1, module: 'body.att' }]);
  expect(wordRecording('an ONNX file', doubts)).toBe('an ONNX file recorded this data flow, and NNI traces the model itself. 1 operation has sizes as numbers, in body: where the code reads them from a '
    + 'tensor (x.shape), NNI ties the layers above that tensor, too. torch.jit.trace can refuse 1 attention layer of torch itself, in body.att, and NNI with it (TracingCheckError).');
  expect(wordRecording('an ONNX file', [])).toContain('Nothing in this flow is known to differ.');
  expect(recordedDoubts(treeWith([view(1, [4, -1])], ''))).toEqual([]);
});
