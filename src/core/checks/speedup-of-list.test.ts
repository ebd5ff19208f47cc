import { expect, test } from 'vitest';
import { getKey, isConfigList, isConfigObject, type ConfigObject } from '../config/value.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName } from '../module-tree/tree-index.ts';
import { setDependencyGroups } from '../resolve/dependency-list.ts';
import { createResolver, type Resolver } from '../resolve/resolver.ts';
import { graphVectorRows, readGraphModel } from '../testing/graph-vectors.ts';
import { parseList } from '../testing/nni-vectors.ts';
import { forecastList, type ListForecast } from './speedup-of-list.ts';

const resolvers = new Map<ModuleTree, Resolver>();

function forecastOf(model: string, text: string, withGroups: boolean): ListForecast {
  const tree = readGraphModel(model);
  const resolver = resolvers.get(tree) ?? createResolver(tree);
  resolvers.set(tree, resolver);
  const given = parseList(text);
  const grouped = withGroups ? setDependencyGroups(given, resolver, '3.11', 'literal') : null;
  const list = grouped === null ? given : grouped.ok ? grouped.value : [];
  return forecastList(resolver.resolve({ mode: 'pruning', list, templates: [], python: '3.11' }), resolver)!;
}

function textOf(row: ConfigObject, key: string): string {
  const value = getKey(row, key);
  return typeof value === 'string' ? value : '';
}

/** The parameters that NNI's small model has; null where speedup raised. */
function paramsOf(row: ConfigObject): number | null {
  const params = getKey(row, 'params');
  return typeof params === 'object' && params !== null && 'text' in params ? Number(params.text) : null;
}

test('G24: of every row of speedup.jsonl.gz an exact forecast is what ModelSpeedup left, and others name a range around it', () => {
  const counts = { exact: 0, range: 0, refused: 0, outside: 0 };
  const differences: unknown[] = [];
  for (const row of graphVectorRows('speedup')) {
    const list = getKey(row, 'config_list');
    if (!isConfigList(list)) throw new Error('no list');
    const found = forecastOf(textOf(row, 'model'), writeCompactJson(list), getKey(row, 'auto_groups') === true);
    const error = getKey(row, 'error');
    const stage = isConfigObject(error) ? textOf(error, 'stage') : '';
    if ((stage === 'prune') !== (found.type === 'not-pruned')) differences.push({ id: textOf(row, 'id'), stage, found });
    if (found.type === 'not-pruned') {
      counts.refused++;
      if (isConfigObject(error) && textOf(error, 'type') !== found.error.type) differences.push({ id: textOf(row, 'id'), found });
      continue;
    }
    const params = paramsOf(row);
    if (params === null) continue;
    const [least, most] = found.params ?? [0, 0];
    if (found.isExact) {
      counts.exact++;
      if (least !== params || most !== params) differences.push({ id: textOf(row, 'id'), params, range: found.params });
    } else {
      counts.range++;
      if (params < least || params > most) differences.push({ id: textOf(row, 'id'), params, range: found.params, outside: true });
    }
  }
  console.log(`speedup.jsonl, lists alone: ${counts.exact} models exact, ${counts.range} said to be a range that holds what ModelSpeedup left, ${counts.refused} refused by the pruner as foreseen`);
  expect(differences).toEqual([]);
  expect(counts.exact).toBeGreaterThan(20);
});

test('G24: without groups a residual network is a range', () => {
  const list = '[{"op_types": ["Conv2d"], "sparse_ratio": 0.5}]';
  const [loose, tied] = [forecastOf('resnet18', list, false), forecastOf('resnet18', list, true)];
  if (loose.type !== 'forecast' || tied.type !== 'forecast') throw new Error('no forecast');
  expect([loose.isExact, tied.isExact]).toEqual([false, true]);
  expect(loose.params![0]).toBeLessThan(loose.params![1]);
  expect(tied.params![0]).toBe(tied.params![1]);
  const { tree } = createResolver(readGraphModel('resnet18'));
  const shapes = new Map([...tied.forecast.model!.shapes].map(([row, tensors]) => [moduleName(tree, row), tensors]));
  expect(shapes.get('fc')?.get('weight')).toEqual([1000, 256]);
});

test('G24: lists that prune as many rows share one forecast, which an edit beside the rows does not make anew', () => {
  const text = '[{"op_types":["Conv2d"],"sparse_ratio":0.5}]';
  const other = '[{"op_names_re":[".*"],"op_types":["Conv2d"],"sparse_ratio":0.5}]';
  const first = forecastOf('chunk_split', text, false);
  expect(first.type).toBe('forecast');
  expect(forecastOf('chunk_split', other, false)).toBe(first);
  expect(forecastOf('chunk_split', text.replace('0.5', '0.25'), false)).not.toBe(first);
});
