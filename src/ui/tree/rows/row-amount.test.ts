import { expect, test } from 'vitest';
import { floatOf, objectOf, type ConfigObject } from '../../../core/config/value.ts';
import { countBlocks } from '../../../core/module-tree/mask-counts.ts';
import type { ModuleMarks } from '../../../core/module-tree/module-marks.ts';
import { readTree } from '../../../core/readers/read-tree.ts';
import { amountOf, countInside, wordInside } from './row-amount.ts';

const types = { '': 'Net', a: 'Conv2d', b: 'Conv2d', c: 'ReLU' };
const read = readTree({ name: 'tree.json', bytes: new TextEncoder().encode(JSON.stringify(types)) });
if (!read.ok) throw new Error(read.error.code);
const tree = read.value;

test.each<[ConfigObject, string]>([
  [objectOf([['sparse_ratio', floatOf(0.125)]]), '12.5 %'],
  [objectOf([['quant_dtype', 'int8']]), 'int8'],
  [objectOf([['target_settings', objectOf([['weight', objectOf([['sparse_ratio', floatOf(0.5)]])]])]]), '50 %'],
  [
    objectOf([
      ['target_settings', objectOf([['weight', objectOf([['quant_dtype', 'int8']])], ['bias', objectOf([['quant_dtype', 'int4']])]])],
    ]),
    '',
  ],
  [objectOf([]), ''],
])('the amount of %j is %s', (config, amount) => {
  expect(amountOf(config)).toBe(amount);
});

test.each<[readonly number[], string, string]>([
  [[0, 1, 0, 0], '50 %', '1 of 2 Conv2d, 50 %'],
  [[0, 1, 1, 0], '', '2 Conv2d'],
  [[0, 1, 1, 1], 'int8', '3 modules, int8'],
  [[0, 2, 1, 2], '', '1 of 2 Conv2d'],
])('states %j with %s are %s', (states, amount, words) => {
  const inside = countInside(tree, { module: 0, end: 4 });
  const state = Uint8Array.from(states);
  const many: ModuleMarks = { type: 'many', state, blocks: countBlocks(state) };
  expect(wordInside(inside, [many], amount)).toBe(words);
  const selected = Uint32Array.from(states.flatMap((own, module) => (own === 1 ? [module] : [])));
  const few: ModuleMarks = { type: 'few', size: 4, selected, excluded: new Uint32Array() };
  expect(wordInside(inside, [few], amount)).toBe(words);
  expect(wordInside(inside, [few, many], amount)).toBe(words);
});

test('sub-configs of one amount are put together', () => {
  const marks = [1, 2].map((module): ModuleMarks => ({ type: 'few', size: 4, selected: Uint32Array.of(module), excluded: new Uint32Array() }));
  expect(wordInside(countInside(tree, { module: 0, end: 4 }), marks, '50 %')).toBe('2 Conv2d, 50 %');
});
