import { expect, test } from 'vitest';
import { defaultPythonVersion } from '../python-re/python-version.ts';
import { readText, smallTree } from '../testing/nni-trees.ts';
import { parseList } from '../testing/nni-vectors.ts';
import { explainModule, type ModuleExplanation } from './explain.ts';
import type { SelectionEntry } from './resolution.ts';
import { createResolver } from './resolver.ts';

function explain(list: string, name: string, tree = smallTree): ModuleExplanation {
  const resolver = createResolver(tree);
  const resolution = resolver.resolve({ mode: 'pruning', list: parseList(list), templates: [],
    python: defaultPythonVersion });
  return explainModule(resolver, resolution, resolver.indexOf(name)!);
}

function brief(entries: readonly SelectionEntry[]): readonly string[] {
  return entries.map(({ key, value }) => `${key} ${value}`);
}

/** The reason for the first sub-config, its entries as `key value`. */
function reason(list: string, name: string): unknown {
  const { reason: found } = explain(list, name).subConfigs[0]!;
  switch (found.type) {
    case 'selected':
      return ['selected', brief(found.by)];
    case 'excluded':
      return ['excluded', brief(found.by), brief(found.excludes)];
    case 'type-not-listed':
      return ['type-not-listed', brief(found.by), found.moduleType];
    case 'not-named':
      return ['not-named', found.moduleType];
    case 'no-selector':
      return ['no-selector'];
  }
}

test.each([
  ['S1, S2: by name and pattern', '[{"op_names": ["head"], "op_names_re": ["h", "x", ".*d$"]}]', 'head',
    ['selected', ['op_names head', 'op_names_re h', 'op_names_re .*d$']]],
  ['S3: by type', '[{"op_types": ["ReLU", "Linear"]}]', 'head', ['selected', ['op_types Linear']]],
  ['S3: by pattern, and the type is listed', '[{"op_names_re": ["h"], "op_types": ["Linear"]}]', 'head',
    ['selected', ['op_names_re h', 'op_types Linear']]],
  ['S3: the type is not listed', '[{"op_names_re": ["norm"], "op_types": ["Linear"]}]', 'norm',
    ['type-not-listed', ['op_names_re norm'], 'LayerNorm']],
  ['S4: the exclude that counted comes first',
    '[{"op_types": ["Linear"], "exclude_op_names_re": ["x", "h"], "exclude_op_types": ["Linear"]}]', 'head',
    ['excluded', ['op_types Linear'], ['exclude_op_names_re h', 'exclude_op_types Linear']]],
  ['S2: named by nothing', '[{"op_names_re": ["layer1"]}]', 'head', ['not-named', 'Linear']],
  ['S3: a type alone that is not its', '[{"op_types": ["ReLU"]}]', 'head', ['not-named', 'Linear']],
  ['V1: no selector', '[{"sparse_ratio": 0.5}]', 'head', ['no-selector']],
])('why, %s', (_, list, name, expected) => {
  expect(reason(list, name)).toEqual(expected);
});

test('why, R1: winner and losers of each target', () => {
  const { targets } = explain(
    '[{"op_names": ["head"], "target_names": ["weight"], "sparse_ratio": 0.1}, {"op_types": ["Linear"], ' +
      '"sparse_ratio": 0.9}]',
    'head',
  );
  expect(targets.map(({ target, subConfig, losers }) => [target, subConfig,
    losers.map((loser) => loser.subConfig)])).toEqual([
    ['weight', 0, [1]],
    ['bias', 1, []],
  ]);
});

test('why, C1 and C5: what failed and what was dropped', () => {
  const list = '[{"op_names": ["head", "norm"], "target_names": ["bias", "x"], "target_settings": {"weight": ' +
    '{}}}]';
  const head = explain(list, 'head');
  expect([head.failures.map(({ code, target }) => [code, target]), head.dropped]).toEqual([
    [['unknown-target', 'x']],
    [{ subConfig: 0, target: 'weight' }],
  ]);
  expect(explain(list, 'norm').failures.map(({ code }) => code)).toEqual(['unregistered-type']);
});

test('why, M3: a type that the source does not have', () => {
  const tree = readText('["a.weight"]');
  expect(explain('[{"op_names": ["a"], "op_types": ["Linear"]}]', 'a', tree)).toMatchObject({
    moduleType: null,
    subConfigs: [{ reason: { type: 'type-not-listed', moduleType: null } }],
  });
});
