import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { getKey, isConfigObject, type ConfigObject } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName } from '../module-tree/tree-index.ts';
import { readTree } from '../readers/read-tree.ts';
import { createResolver } from '../resolve/resolver.ts';
import { treeOf, weights } from '../testing/nni-trees.ts';
import { jsonRows, parseList } from '../testing/nni-vectors.ts';
import { surveyLinks, type LinkComparison, type LinkSurvey } from './survey-links.ts';

const folder = new URL('vectors/', import.meta.url);

function textAt(row: ConfigObject, key: string): string {
  const value = getKey(row, key);
  return typeof value === 'string' ? value : '';
}

function modelOf(name: string): ModuleTree {
  const read = readTree({ name: `${name}.json.gz`, bytes: readFileSync(new URL(`models/${name}.json.gz`, folder)) });
  if (!read.ok) throw new Error(name);
  return read.value;
}

function survey(tree: ModuleTree, list: string, teacher: ModuleTree | null, adapts = false): LinkSurvey {
  const resolver = createResolver(tree);
  return surveyLinks(resolver.resolve({ mode: 'distillation', list: parseList(list), templates: [], python: '3.11' }), resolver, teacher, adapts);
}

const linear = (name: string, from: number, to: number) => ({ name, type: 'Linear', class: 'torch.nn.modules.linear.Linear', parameters: weights([to, from]) });
const root = { name: '', type: 'Net', class: 'test.Net' };
const student = treeOf([root, linear('a', 8, 16), linear('b', 16, 32), { name: 'act', type: 'ReLU', class: 'torch.nn.modules.activation.ReLU' }]);
const teacher = treeOf([root, linear('a', 8, 64), linear('b', 64, 32), linear('c', 32, 16)]);

const size = (width: number) => ({ fromLast: 1, size: width });
const cases: readonly [title: string, list: string, adapts: boolean, expected: readonly Partial<LinkComparison>[]][] = [
  ['widths that differ', '[{"op_names":["a"],"link":"b","lambda":0.5}]', false, [{ fit: 'mismatch', own: size(16), other: size(32) }]],
  ['the class that adapts: the other dimensions decide', '[{"op_names":["a"],"link":"b"}]', true, [{ fit: 'open', need: 'shapes' }]],
  ['equal widths say nothing of the other dimensions', '[{"op_names":["a"],"link":"c"}]', false, [{ fit: 'open', own: size(16), other: size(16), need: 'shapes' }]],
  ['no such module', '[{"op_names":["a"],"link":"x.y"}]', false, [{ fit: 'missing', own: size(16), other: null }]],
  ['the own name by default', '[{"op_names":["b"]}]', false, [{ fit: 'open', own: size(32), other: size(32) }]],
  ['several links of one target', '[{"op_names":["a"],"link":["b","c"]}]', false, [{ fit: 'mismatch' }, { fit: 'open' }]],
  ['an input that nothing takes', '[{"op_names":["a"],"link":"c","target_names":["_input_5"]}]', false, []],
];

describe('A-D8: links of a list', () => {
  it.each(cases)('A-D8: %s', (_title, list, adapts, expected) => {
    const links = survey(student, list, teacher, adapts);
    expect(Array.from(links.comparison, (at) => links.comparisons[at])).toEqual(expected.map((comparison) => expect.objectContaining(comparison)));
  });

  it('A-D8: columns name both modules, the target and the sub-config', () => {
    const links = survey(student, '[{"op_names":["act"],"link":"a"},{"op_names":["a"],"link":"gone"}]', teacher);
    const reported = Array.from({ length: links.size }, (_, at) => [
      moduleName(student, links.module[at]!),
      links.targets[links.target[at]!],
      links.missing.get(at) ?? moduleName(teacher, links.teacherModule[at]!),
      links.subConfig[at],
    ]);
    expect(reported).toEqual([
      ['a', '_output_0', 'gone', 1],
      ['act', '_output_0', 'a', 0],
    ]);
  });

  it('A-D8: with the student as its own teacher every link to the own name is the same', () => {
    const links = survey(student, '[{"op_types":["Linear","ReLU"]}]', null);
    expect(Array.from(links.comparison, (at) => links.comparisons[at]!.fit)).toEqual(['same', 'same', 'same']);
  });

  it('A-D8: no run of NNI contradicts what is said of its links', () => {
    const trees = new Map<string, ModuleTree>();
    const tree = (name: string) => trees.get(name) ?? trees.set(name, modelOf(name)).get(name)!;
    const rows = jsonRows(new URL('algorithms.jsonl.gz', folder));
    const contradicted: string[] = [];
    const seen = { through: 0, sizes: 0 };
    for (const row of rows) {
      if (getKey(row, 'mode') !== 'distillation' || getKey(row, 'uncalled') !== undefined) continue;
      const own = tree(textAt(row, 'model'));
      const resolver = createResolver(own);
      const resolution = resolver.resolve({ mode: 'distillation', list: getKey(row, 'config_list') ?? [], templates: [], python: '3.11' });
      if (!resolution.verdict.accepted) continue;
      const given = getKey(row, 'teacher');
      const adapts = getKey(row, 'algorithm') === 'Adaptive1dLayerwiseDistiller';
      const links = surveyLinks(resolution, resolver, typeof given === 'string' ? tree(given) : null, adapts);
      const fits = new Set(Array.from(links.comparison, (at) => links.comparisons[at]!.fit));
      const error = getKey(row, 'error');
      const message = isConfigObject(error) ? textAt(error, 'message') : '';
      const id = textAt(row, 'id');
      const hasError = isConfigObject(error);
      if (!hasError) seen.through++;
      if (message.startsWith('The size of tensor')) seen.sizes++;
      if (!hasError && (fits.has('mismatch') || fits.has('missing'))) contradicted.push(`${id} runs through`);
      if (message.startsWith('The size of tensor') && !fits.has('mismatch') && !fits.has('open')) contradicted.push(`${id}: ${message}`);
      if (hasError && textAt(error, 'type') === 'KeyError' && !message.includes('_input_') && !fits.has('missing')) contradicted.push(`${id}: ${message}`);
    }
    expect(contradicted).toEqual([]);
    expect(seen.through).toBeGreaterThan(20);
    expect(seen.sizes).toBeGreaterThan(0);
  });
});
