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

test('a word is looked for from where it began, not from where its first letters led', () => {
  const conditions = ['Modules of a type op_types', 'A module by its name', 'Not: names that match a pattern', 'Not: modules of a type'];
  let at = 0;
  for (const [step, letter] of 'type'.split('').entries()) at = typeInMenu(conditions, at, letter, 20_000 + step * 100) ?? at;
  expect(at).toBe(0);
});

test('the same letter again and again goes round', () => {
  const visited: number[] = [];
  for (let step = 0; step < 4; step++) visited.push(typeInMenu(keys, visited.at(-1) ?? 0, 'g', 30_000 + step * 100)!);
  expect(visited.map((at) => keys[at])).toEqual(['granularity', 'global_group_id', 'granularity', 'global_group_id']);
});

test('an empty menu has nothing to go to', () => {
  expect(findTyped([], -1, 'a')).toBeNull();
});
