import { expect, test } from 'vitest';
import { moduleName } from '../module-tree/tree-index.ts';
import { residualGraphTree } from '../testing/generate-graph.ts';
import { graphModels, readGraphModel } from '../testing/graph-vectors.ts';
import { findDependencies } from './dependencies.ts';
import { explainSets } from './explain-sets.ts';

function explained(model: string): readonly string[] {
  const tree = readGraphModel(model);
  const name = (row: number): string => moduleName(tree, row);
  return explainSets(tree)!.flatMap((ties) =>
    ties.map(({ type, op, module, layers, followsAddition }) =>
      [type, op, name(module), layers.map(name).join(' '), ...(followsAddition ? ['and earlier'] : [])].join(': '),
    ),
  );
}

test('G25a: a skip connection is reported as the addition that ties its layers', () => {
  expect(explained('resnet18').slice(0, 4)).toEqual([
    'addition: aten::add_: layer1.0: conv1 layer1.0.conv2',
    'addition: aten::add_: layer1.1: layer1.1.conv2: and earlier',
    'addition: aten::add_: layer2.0: layer2.0.conv2 layer2.0.downsample.0',
    'addition: aten::add_: layer2.1: layer2.1.conv2: and earlier',
  ]);
});

test('G25a: a depthwise convolution is tied to the layer above it', () => {
  expect(explained('mobilenet_v2').slice(0, 2)).toEqual([
    'depthwise: Conv2d: features.1.conv.0.0: features.0.0',
    'depthwise: Conv2d: features.2.conv.1.0: features.2.conv.0.0',
  ]);
});

test.each(graphModels)('G25a: every set of several layers of %s is explained, by nothing but its members', (model) => {
  const tree = readGraphModel(model);
  const dependencies = findDependencies(tree);
  const ties = explainSets(tree);
  if (dependencies?.ok !== true) {
    expect(ties).toBeNull();
    return;
  }
  for (const [set, rows] of dependencies.value.sets.entries()) {
    const reported = new Set(ties![set]!.flatMap(({ type, module, layers }) => (type === 'depthwise' ? [module, ...layers] : layers)));
    if (rows.length > 1) expect([...reported].toSorted((a, b) => a - b)).toEqual(rows);
    else expect([...reported].every((row) => rows.includes(row))).toBe(true);
  }
});

test('G25a: a chain of 15,000 additions is explained in linear time', () => {
  const ties = explainSets(residualGraphTree(75_000))!;
  expect(ties.map(({ length }) => length).filter((length) => length > 0)).toEqual([15_000]);
});
