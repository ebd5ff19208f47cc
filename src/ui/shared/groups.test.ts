import { expect, it } from 'vitest';
import { describeGroup, groupLetters, hasModuleIn } from './groups.ts';

const group = { key: 'global_group_id', id: '"a"', modules: Uint32Array.of(2, 5, 9), targetCount: 3 } as const;

it.each([
  [0, 2, false],
  [0, 3, true],
  [3, 5, false],
  [5, 6, true],
  [9, 10, true],
  [10, 99, false],
])('X2a: from module %d up to %d some are in the group: %s', (start, end, expected) => {
  expect(hasModuleIn(group, start, end)).toBe(expected);
});

it('X2a: a group in words', () => {
  expect(describeGroup(group)).toBe('global group "a" of 3 targets');
});

it('letters go on after Z', () => {
  expect([0, 25, 26, 27, 701, 702].map(groupLetters)).toEqual(['A', 'Z', 'AA', 'AB', 'ZZ', 'AAA']);
});
