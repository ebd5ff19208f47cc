import { describe, expect, test } from 'vitest';
import { readTree } from '../readers/read-tree.ts';
import { generateMoeTree } from '../testing/generate-tree.ts';
import { findModules } from './find-modules.ts';
import { moduleName } from './tree-index.ts';

const text = [
  ['', 'Net'],
  ['conv', 'Sequential'],
  ['conv.0', 'Conv2d'],
  ['body', 'Sequential'],
  ['body.conv1', 'Conv2d'],
  ['body.conv10', 'Conv2d'],
  ['body.Conv1', 'Conv2d'],
  ['deconv', 'ConvTranspose2d'],
  ['fc', 'Linear'],
];
const read = readTree({ name: 'x', bytes: new TextEncoder().encode(JSON.stringify(text)) });
if (!read.ok) throw new Error(JSON.stringify(read.error));
const tree = read.value;

describe('findModules', () => {
  const cases: readonly [query: string, names: readonly string[]][] = [
    ['conv', ['conv', 'conv.0', 'body.conv1', 'body.Conv1', 'body.conv10', 'deconv']],
    ['conv1', ['body.conv1', 'body.Conv1', 'body.conv10']],
    ['body 10', ['body.conv10']],
    ['10 body', ['body.conv10']],
    ['linear', ['fc']],
    ['body linear', []],
    ['  ', []],
    ['nothing', []],
  ];
  test.each(cases)('%s', (query, names) => {
    const found = findModules(tree, query, 50).map((row) => moduleName(tree, row));
    expect(found).toEqual(names);
  });

  test('keeps the best of a large model, however many fit', () => {
    const large = generateMoeTree(4, 64);
    const all = findModules(large, 'gate', large.size);
    expect(all.length).toBeGreaterThan(200);
    expect(findModules(large, 'gate', 20)).toEqual(all.slice(0, 20));
  });
});
