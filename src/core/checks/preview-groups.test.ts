import { expect, test } from 'vitest';
import { writeCompactJson } from '../config/json-writer.ts';
import { getKey, isConfigList, isConfigObject, type ConfigObject } from '../config/value.ts';
import { moduleName } from '../module-tree/tree-index.ts';
import { setDependencyGroups } from '../resolve/dependency-list.ts';
import { createResolver } from '../resolve/resolver.ts';
import { graphVectorRows, readGraphModel } from '../testing/graph-vectors.ts';
import { parseList } from '../testing/nni-vectors.ts';
import { masksOf, predictMasks } from '../masks/predict-masks.ts';
import { previewGroups, type GroupsPreview } from './preview-groups.ts';

function preview(model: string, list: string, leavesOut = false): Extract<GroupsPreview, { type: 'sets' }> & { readonly names: (rows: readonly number[]) => string[] } {
  const tree = readGraphModel(model);
  const found = previewGroups(createResolver(tree), { list: objects(list), templates: [], python: '3.11', form: 'named', leavesOut });
  if (found.type !== 'sets') throw new Error(found.type);
  return { ...found, names: (rows) => rows.map((row) => moduleName(tree, row)) };
}

function objects(text: string): readonly ConfigObject[] {
  return parseList(text).filter(isConfigObject);
}

test('G15b: the named form has one sub-config per set and one for what is tied to nothing', () => {
  const { list, failure, selectedCount } = preview('resnet18', '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]');
  expect({ failure, selectedCount }).toEqual({ failure: null, selectedCount: 20 });
  expect(list.filter(isConfigObject).map((config) => [getKey(config, 'dependency_group_id') ?? null, listLength(getKey(config, 'op_names'))])).toEqual([
    ['conv1', 3], [null, 8], ['layer2', 3], ['layer3', 3], ['layer4', 3],
  ]);
});

function listLength(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

test('X2b, G25b: a set that cannot be pruned together names its parts, and the smaller ones can be left out', () => {
  const list = '[{"op_types": ["Conv2d", "Linear", "Embedding"], "sparse_ratio": 0.5}]';
  const whole = preview('embed_linear', list);
  expect(whole.failure?.type).toBe('RuntimeError');
  const broken = whole.sets.filter(({ parts }) => parts.length > 0);
  expect(broken.map(({ parts }) => parts.map(({ metric, modules }) => [metric.join('×'), whole.names(modules)]))).toMatchInlineSnapshot(`
    [
      [
        [
          "50×1",
          [
            "tok",
          ],
        ],
        [
          "20×1",
          [
            "pos",
          ],
        ],
        [
          "16×1",
          [
            "fc2",
          ],
        ],
      ],
    ]
  `);
  const rest = preview('embed_linear', list, true);
  expect([rest.failure, rest.names(rest.leftOut)]).toMatchInlineSnapshot(`
    [
      null,
      [
        "pos",
        "fc2",
      ],
    ]
  `);
});

test('G15b: of every list that prunes in NNI’s literal form, the named one masks the same', () => {
  let compared = 0;
  for (const row of graphVectorRows('dependency')) {
    const model = getKey(row, 'model');
    const list = getKey(row, 'config_list');
    if (typeof model !== 'string' || !isConfigList(list) || getKey(row, 'result') === undefined) continue;
    const tree = readGraphModel(model);
    const resolver = createResolver(tree);
    const predictions = (['literal', 'named'] as const).map((form) => {
      const made = setDependencyGroups(list, resolver, '3.11', form);
      if (made?.ok !== true) throw new Error('refused');
      return predictMasks(resolver.resolve({ mode: 'pruning', list: made.value, templates: [], python: '3.11' }), resolver);
    });
    const [literal, named] = predictions;
    if (literal!.type !== named!.type) throw new Error(`${model}: ${writeCompactJson(list)}`);
    if (literal!.type === 'failure' || named!.type === 'failure') continue;
    for (let module = 0; module < tree.size; module++) expect(masksOf(named!, module)).toEqual(masksOf(literal!, module));
    compared++;
  }
  expect(compared).toBeGreaterThan(40);
});
