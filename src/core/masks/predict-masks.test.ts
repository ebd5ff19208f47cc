import { describe, expect, it } from 'vitest';
import { getKey, isConfigList, isConfigNumber, isConfigObject, numberOf, type ConfigObject, type ConfigValue } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName } from '../module-tree/tree-index.ts';
import { createResolver } from '../resolve/resolver.ts';
import { treeOf } from '../testing/nni-trees.ts';
import { jsonRows, parseList, readSample } from '../testing/nni-vectors.ts';
import { masksOf, predictMasks } from './predict-masks.ts';

const rows = jsonRows(new URL('vectors/masks.jsonl.gz', import.meta.url));

const trees = new Map<string, ModuleTree>();

/** The predicted masks of a list that the constructor accepts. */
function foresee(tree: ModuleTree, list: ConfigValue) {
  const resolver = createResolver(tree);
  const resolution = resolver.resolve({ mode: 'pruning', list, templates: [], python: '3.11' });
  expect(resolution.verdict).toEqual({ accepted: true });
  return predictMasks(resolution, resolver);
}

function predict(row: ConfigObject) {
  const named = getKey(row, 'model');
  const model = typeof named === 'string' ? named : '';
  const tree = trees.get(model) ?? readSample(model);
  trees.set(model, tree);
  return { tree, prediction: foresee(tree, getKey(row, 'config_list') ?? []) };
}

/** `module.target` → `[masked, total]` of a row. */
function recorded(row: ConfigObject): Map<string, readonly number[]> {
  const masks = getKey(row, 'masks');
  const all = new Map<string, readonly number[]>();
  for (const [module, targets] of isConfigObject(masks) ? masks.entries : []) {
    for (const [target, counts] of isConfigObject(targets) ? targets.entries : []) {
      if (isConfigList(counts)) all.set(`${module}.${target}`, counts.filter(isConfigNumber).map(numberOf));
    }
  }
  return all;
}

describe('masks against what NNI’s pruner did', () => {
  it(`X1a–d, X2a–b, X3a–b, X4a–c: of ${rows.length} lists every failure is found with its type, and every count that shapes decide`, () => {
    const differing: unknown[] = [];
    let decided = 0;
    let left = 0;
    for (const row of rows) {
      const id = getKey(row, 'id');
      const predicted = predict(row);
      const { prediction } = predicted;
      const error = getKey(row, 'error');
      if (isConfigObject(error)) {
        const type = prediction.type === 'failure' ? prediction.error.type : 'none';
        if (type !== getKey(error, 'type')) differing.push({ id, type, wanted: error.entries });
        continue;
      }
      if (prediction.type === 'failure') {
        differing.push({ id, failure: prediction });
        continue;
      }
      const wanted = recorded(row);
      const names: string[] = [];
      const { tree } = predicted;
      for (let module = 0; module < tree.size; module++) {
        for (const [target, { masked, total }] of masksOf(prediction, module) ?? []) {
          const name = `${moduleName(tree, module)}.${target}`;
          names.push(name);
          if (masked === null) left++;
          else decided++;
          const [wantedMasked, wantedTotal] = wanted.get(name) ?? [];
          if (total !== wantedTotal || (masked !== null && masked !== wantedMasked)) {
            differing.push({ id, name, masked, total, wantedMasked, wantedTotal });
          }
        }
      }
      if (names.length !== wanted.size) differing.push({ id, names: names.toSorted(), wanted: [...wanted.keys()].toSorted() });
    }
    console.log(`masks.jsonl: ${rows.length} lists; ${decided} counts decided by shapes, ${left} left to the weights`);
    expect(differing).toEqual([]);
    expect(decided).toBeGreaterThan(left);
  });

  it.each([
    ['{}', ['weight']],
    ['{"align":{"module_name":null,"target_name":"weight","dims":[0]}}', ['weight', '_output_0']],
    ['{"align":{"module_name":null,"target_name":"weight","dims":[0]},"granularity":[1]}', 'AssertionError'],
  ])('X5: only an aligned output without a kernel gets a mask: %s', (output, expected) => {
    const list = parseList(
      `[{"op_names":["fc1"],"target_names":["weight","_output_"],
        "target_settings":{"weight":{"sparse_ratio":0.5},"_output_":${output}}}]`,
    );
    const tree = readSample('spec_mlp');
    const prediction = foresee(tree, list);
    const masked = prediction.type === 'masks' ? [...prediction.counts.values()].flatMap((counts) => [...counts.keys()]) : prediction.error.type;
    expect(masked).toEqual(expected);
  });

  it('X5: what is no tensor has no mask; the mask of a weight has one', () => {
    const list = parseList('[{"op_names":["fc1"],"sparse_ratio":0.5,"target_settings":{"half":{},"weight_mask":{}}}]');
    const tree = readSample('spec_mlp');
    const prediction = foresee(tree, list);
    const counts = prediction.type === 'masks' ? [...prediction.counts.values()].map((targets) => [...targets]) : prediction;
    expect(counts).toEqual([
      [['weight', { masked: 117_600, total: 235_200 }], ['bias', { masked: 150, total: 300 }], ['weight_mask', { masked: 0, total: 235_200 }]],
    ]);
  });

  it.each([
    ['[-2]', { type: 'RuntimeError', message: 'invalid shape dimension -392' }],
    ['[-2, 1]', { type: 'RuntimeError', message: 'invalid shape dimension -150' }],
    ['[-7, 1]', { type: 'AssertionError' }],
    ['[0, 1]', { type: 'ZeroDivisionError' }],
  ])('X1a: steps below -1 span no dimension: %s', (granularity, error) => {
    const list = parseList(`[{"op_names":["fc1"],"sparse_ratio":0.5,"granularity":${granularity},"target_names":["weight"]}]`);
    const tree = readSample('spec_mlp');
    expect(foresee(tree, list)).toMatchObject({ type: 'failure', error });
  });

  it.each([
    ['conv1', '[0, 1]', "output with shape [64] doesn't match the broadcast shape [64, 64]"],
    ['layer1.0.conv1', '[1, 3]', "output with shape [64] doesn't match the broadcast shape [1, 64]"],
  ])('X3b: a mask of two dimensions is no mask of a bias, whatever it is broadcast to: %s along %s', (module, dims, message) => {
    const list = parseList(
      `[{"op_names":["${module}"],"sparse_ratio":0.5,"target_names":["weight"]},
        {"op_names":["bn1"],"target_names":["bias"],"align":{"module_name":"${module}","target_name":"weight","dims":${dims}}}]`,
    );
    const tree = readSample('resnet18');
    expect(foresee(tree, list)).toMatchObject({ error: { type: 'RuntimeError', message }, target: 'bias' });
  });

  it.each([
    ['fc', '"granularity":[[1.0],"back",-1]', 'TypeError'],
    ['fc', '"granularity":[[3.5],"back",-1]', 'AssertionError'],
    ['fc', '"granularity":[["a"],"back",-1]', 'TypeError'],
    ['fc', '"granularity":[[1,1,"a"],"back",-1]', 'AssertionError'],
    ['fc', '"granularity":[[1],"back","a"]', 'TypeError'],
    ['fc', '"granularity":[[1,1],"back","a"]', 'none'],
    ['fc', '"granularity":[[1],"back",0]', 'none'],
    ['norm', '"granularity":[[1.5],"front","a"]', 'AssertionError'],
    ['table', '"granularity":[1]', 'RuntimeError'],
    ['table', '"granularity":[3,1]', 'AssertionError'],
    ['nothing', '"granularity":[1]', 'RuntimeError'],
    ['nothing', '"granularity":"out_channel"', 'RuntimeError'],
    ['nothing', '"granularity":"in_channel"', 'ZeroDivisionError'],
    ['norm', '"granularity":[1]', 'none'],
  ])('X1b–c: what the norm of a weight raises: %s, %s', (module, setting, expected) => {
    const weight = (shape: readonly number[], dtype = 'float32') => ({ weight: { shape, dtype } });
    const tree = treeOf([
      { name: '', type: 'Net' },
      { name: 'fc', type: 'Linear', parameters: weight([4, 6]) },
      { name: 'table', type: 'Embedding', parameters: weight([4, 6], 'int64') },
      { name: 'nothing', type: 'Linear', parameters: weight([0, 6]) },
      { name: 'norm', type: 'BatchNorm2d', parameters: weight([4]) },
    ]);
    const list = parseList(`[{"op_names":["${module}"],"sparse_ratio":0.5,${setting},"target_names":["weight"]}]`);
    const prediction = foresee(tree, list);
    expect(prediction.type === 'failure' ? prediction.error.type : 'none').toBe(expected);
  });

  it.each([
    ['__dict__', 'AttributeError'],
    ['T_destination', 'AttributeError'],
    ['_parameters', 'AttributeError'],
    ['__doc__', 'AssertionError'],
    ['weight_mask', 'none'],
  ])('X1d: what NNI’s wrapper has itself cannot be measured: %s', (target, expected) => {
    const list = parseList(
      `[{"op_names":["fc1"],"target_names":["weight","${target}"],"target_settings":{"${target}":{"sparse_ratio":0.5}}}]`,
    );
    const tree = readSample('spec_mlp');
    const prediction = foresee(tree, list);
    expect(prediction.type === 'failure' ? prediction.error.type : 'none').toBe(expected);
  });

  it('O3, X1a: of several failures the first in the order of the set is foreseen', () => {
    const names = ['layer2.1.bn2', 'layer3.0.bn1', 'layer3.0.conv1'];
    const list = parseList(`[{"op_names":${JSON.stringify(names)},"granularity":[-2],"sparse_threshold":0.9}]`);
    expect(foresee(readSample('resnet18'), list)).toMatchObject({ type: 'failure', error: { type: 'AssertionError' } });
  });

  it('X1d: all tensors are collected before any is measured', () => {
    const list = parseList(
      `[{"op_names":["fc1"],"sparse_ratio":0.5,"granularity":[null],"target_names":["weight","_output_"],
        "target_settings":{"_output_":{"max_sparse_ratio":0.9}}},
       {"op_names":["fc2"],"target_names":["_output_"],"target_settings":{"_output_":{"sparse_ratio":0.5}}}]`,
    );
    const tree = readSample('spec_mlp');
    expect(foresee(tree, list)).toMatchObject({ error: { type: 'AssertionError' }, target: '_output_0' });
  });
});
