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
import { describeNote } from '../messages/note-wording.ts';
import { createRandom } from '../../testing/random.ts';
import { readTree } from '../read-tree.ts';

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
