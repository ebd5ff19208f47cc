import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTree } from '../readers/read-tree.ts';
import { generateMoeText, generateMoeTree } from '../testing/generate-tree.ts';
import type { ModuleTree } from './module-tree.ts';
import { searchTree } from './search.ts';
import { findSiblingRuns, runMembers } from './sibling-runs.ts';
import { digestTree } from './tree-digest.ts';
import {
  countTypes, createNameLookup, moduleLabel, moduleName, moduleType, sumParameters,
} from './tree-index.ts';

function sample(name: string): ModuleTree {
  const bytes = readFileSync(new URL(`../../../public/samples/${name}.json.gz`, import.meta.url));
  const read = readTree({ name, bytes });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

function parse(value: unknown): ModuleTree {
  const read = readTree({ name: 'x', bytes: new TextEncoder().encode(JSON.stringify(value)) });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

describe('M1, W1 looking up', () => {
  test('rows by name, labels and types of odd names', () => {
    const tree = sample('oddities');
    const index = createNameLookup(tree);
    for (let row = 0; row < tree.size; row++) {
      const name = moduleName(tree, row);
      expect(index.rowOf(name)).toBe(row);
      expect(moduleLabel(tree, row)).toBe(name.split('.').at(-1));
    }
    expect([index.rowOf('nope'), moduleType(tree, index.rowOf('parts.ſharp_K'))]).toEqual([-1, 'Linear']);
  });

  test('counts of types', () => {
    const tree = sample('resnet18');
    const counts = countTypes(tree);
    expect(counts[tree.types.indexOf('Conv2d')]).toBe(20);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(tree.size);
  });

  test.each([
    ['resnet18', 11_689_512],
    ['bert_base', 109_483_778],
    ['deepseek_v3', 671_026_404_352],
    ['oddities', 7 * (8 * 8 + 8) + 200 * 100 + 200 * 50 + 32 * 8],
  ])('%s has as many parameters as torch counts, shared and tied ones once', (name, expected) => {
    const tree = sample(name);
    const { elements, complete } = sumParameters(tree);
    expect([elements[tree.size], complete]).toEqual([expected, true]);
  });
});

describe('T20 runs of equal siblings', () => {
  test('the experts of each layer, and layers that are equal', () => {
    const tree = sample('deepseek_v3');
    const runs = findSiblingRuns(tree);
    const reported = Array.from(
      runs.first.slice(0, 3),
      (first, run) => `${moduleName(tree, first)} × ${runs.length[run]}`,
    );
    expect([runs.count, reported]).toEqual([
      60, ['model.layers.0 × 3', 'model.layers.3 × 58', 'model.layers.3.mlp.experts.0 × 256'],
    ]);
    const members = runMembers(tree, runs, 2);
    expect(members.map((row) => moduleName(tree, row))).toEqual(
      Array.from({ length: 256 }, (_, expert) => `model.layers.3.mlp.experts.${expert}`),
    );
    for (const row of members) expect(runs.runOf[row]).toBe(2);
    expect(runs.runOf[members[0]! + 1]).toBe(-1);
  });

  const cases: readonly (readonly [title: string, names: Record<string, string>, runs: readonly string[]])[] = [
    ['equal leaves', { '': 'S', 0: 'A', 1: 'A', 2: 'A' }, ['0 × 3']],
    ['two are not worth a row', { '': 'S', 0: 'A', 1: 'A', 2: 'B' }, []],
    ['a type between', { '': 'S', 0: 'A', 1: 'A', 2: 'B', 3: 'A', 4: 'A', 5: 'A' }, ['3 × 3']],
    ['a number that is missing', { '': 'S', 0: 'A', 1: 'A', 3: 'A', 4: 'A', 5: 'A' }, ['3 × 3']],
    ['numbers out of order', { '': 'S', a: 'X', 'a.2': 'A', 'a.1': 'A', 'a.0': 'A' }, []],
    [
      'a name below that differs',
      { '': 'S', a: 'L', 'a.0': 'A', 'a.0.x': 'X', 'a.1': 'A', 'a.1.x': 'X', 'a.2': 'A', 'a.2.y': 'X' },
      [],
    ],
    ['leading zeros are names', { '': 'S', a: 'L', 'a.00': 'A', 'a.01': 'A', 'a.02': 'A' }, []],
    ['leaves with letters are names', { '': 'S', conv1: 'A', conv2: 'A', conv3: 'A' }, []],
    [
      'blocks with letters and numbers',
      { '': 'S', l_0: 'A', 'l_0.x': 'X', l_1: 'A', 'l_1.x': 'X', l_2: 'A', 'l_2.x': 'X' },
      ['l_0 × 3'],
    ],
    ['other letters', { '': 'S', a_0: 'A', 'a_0.x': 'X', a_1: 'A', 'a_1.x': 'X', b_2: 'A', 'b_2.x': 'X' }, []],
    [
      'runs in runs',
      {
        '': 'S', b: 'L', 'b.0': 'M', 'b.0.0': 'A', 'b.0.1': 'A', 'b.0.2': 'A', 'b.1': 'M', 'b.1.0': 'A',
        'b.1.1': 'A', 'b.1.2': 'A', 'b.2': 'M', 'b.2.0': 'A', 'b.2.1': 'A', 'b.2.2': 'A',
      },
      ['b.0 × 3', 'b.0.0 × 3', 'b.1.0 × 3', 'b.2.0 × 3'],
    ],
  ];
  test.each(cases)('%s', (_title, names, expected) => {
    const tree = parse(
      Object.entries(names).toSorted(([left], [right]) => (left === '' ? -1 : right === '' ? 1 : 0)),
    );
    const runs = findSiblingRuns(tree);
    expect(Array.from(runs.first, (first, run) => `${moduleName(tree, first)} × ${runs.length[run]}`)).toEqual(
      expected,
    );
  });

  test('one member that is shared ends the run', () => {
    const tree = parse([
      { name: '', type: 'S' }, { name: '0', type: 'A' }, { name: '1', type: 'A', shared_with: '0' }, {
        name: '2',
        type: 'A',
      },
    ]);
    expect(findSiblingRuns(tree).count).toBe(0);
  });
});

describe('T21 digests', () => {
  test('equal for equal names and types, from whatever they were read', () => {
    const printed = readTree({
      name: 'x',
      bytes: readFileSync(new URL('../readers/samples/resnet18.repr.txt.gz', import.meta.url)),
    });
    const digest = digestTree(sample('resnet18'));
    expect(digest).toMatch(/^[0-9a-f]{32}$/);
    expect(printed.ok && digestTree(printed.value)).toBe(digest);
  });
  test('stable over versions of the program', () => {
    expect(digestTree(parse({ '': 'Net', a: 'Conv2d', größe: 'Linear' }))).toMatchInlineSnapshot(
      `"ef6a45d86b64cedf3956008d0ecc60e7"`,
    );
  });
  test('different for any difference in names, types or order', () => {
    const trees = [
      { '': 'N', a: 'A', b: 'B' }, { '': 'N', b: 'B', a: 'A' }, { '': 'N', a: 'B', b: 'A' }, {
        '': 'N',
        a: 'A',
        c: 'B',
      },
      { '': 'N', a: 'A', b: 'A' }, { '': 'N', ab: 'A', b: 'B' }, { '': 'N', a: 'A' }, { '': 'A', a: 'N', b: 'B' },
      { '': 'N', a: 'AB', b: '' }, { '': 'N', a: 'A', b: 'B', ab: 'C' },
    ];
    expect(new Set(trees.map((tree) => digestTree(parse(tree)))).size).toBe(trees.length);
  });
});

describe('search', () => {
  const tree = sample('oddities');
  function found(text: string, types?: readonly string[]): readonly string[] {
    const typeIds = types === undefined ? null : types.map((type) => tree.types.indexOf(type));
    return Array.from(searchTree(tree, { text, typeIds }), (row) => moduleName(tree, row));
  }
  test.each([
    ['left', undefined, ['left', 'left.0', 'left.1']],
    ['LEFT.', undefined, ['left.0', 'left.1']],
    ['upper', undefined, ['parts.UPPER']],
    ['größe', undefined, ['parts.größe']],
    ['relu6', undefined, ['parts.with space']],
    ['.0', ['Linear'], ['left.0', 'right.0']],
    ['', ['Embedding'], ['embed']],
    ['nothing at all', undefined, []],
  ])('%j of types %j', (text, types, expected) => {
    expect(found(text, types)).toEqual(expected);
  });
  test('agrees with a plain search on 7,000 names', () => {
    const large = generateMoeTree(7, 196);
    const names = Array.from({ length: large.size }, (_, row) => moduleName(large, row).toLowerCase());
    for (const text of ['e', '.1', 'experts.19', 'gate', 'layers.6.mlp.experts.195.act_fn', 'linear', 's.0.m', '6']) {
      const expected = names.flatMap((name, row) => {
        const type = moduleType(large, row)!.toLowerCase();
        return name.includes(text) || type.includes(text) ? [row] : [];
      });
      expect([text, ...searchTree(large, { text })]).toEqual([text, ...expected]);
    }
  });
});

test('the generated tree has the size that it states', () => {
  expect(generateMoeTree(2, 3).size).toBe(2 * (3 * 5 + 17) + 6);
  expect(JSON.parse(generateMoeText(1, 1))).toMatchObject({ format: 'module-tree', model: 'moe_1x1' });
});
