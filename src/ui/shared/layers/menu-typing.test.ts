import { expect, test } from 'vitest';
import { endTyping, findTyped, typeInMenu } from './menu-typing.ts';

const keys = ['sparse_threshold', 'max_sparse_ratio', 'min_sparse_ratio', 'granularity', 'align', 'apply_method', 'global_group_id', 'weight 300 × 784'];

test.each([
  ['g', 0, 'granularity'],
  ['g', 3, 'global_group_id'],
  ['gg', 3, 'global_group_id'],
  ['gr', 6, 'granularity'],
  ['gran', 0, 'granularity'],
  ['GL', 3, 'global_group_id'],
  ['group', 0, 'global_group_id'],
  ['ratio', 0, 'max_sparse_ratio'],
  ['reshold', 3, 'sparse_threshold'],
  ['m', -1, 'max_sparse_ratio'],
  ['mi', 1, 'min_sparse_ratio'],
  ['xyz', 0, undefined],
])('%s typed at item %i', (text, at, expected) => {
  const found = findTyped(keys, at, text);
  expect(found === null ? undefined : keys[found]).toBe(expected);
});

test('letters that follow at once are one word, and a pause begins a new one', () => {
  const type = (text: string, start: number) => text.split('').map((letter, step) => typeInMenu(keys, 0, letter, start + step * 100)).at(-1);
  expect(type('gra', 1_000)).toBe(keys.indexOf('granularity'));
  expect(type('appl', 5_000)).toBe(keys.indexOf('apply_method'));
  expect(type('group', 9_000)).toBe(keys.indexOf('global_group_id'));
  endTyping();
  expect(type('align', 9_500)).toBe(keys.indexOf('align'));
});

test('an empty menu has nothing to go to', () => {
  expect(findTyped([], -1, 'a')).toBeNull();
});
