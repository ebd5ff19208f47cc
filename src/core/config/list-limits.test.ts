import { expect, test } from 'vitest';
import { findExcess, wordExcess } from './list-limits.ts';
import { objectOf, type ConfigValue } from './value.ts';

const limits = { maxSubConfigs: 3, maxStringUnits: 12 };
const subConfig = (pattern: string): ConfigValue => objectOf([['op_names_re', ['a', pattern]]]);

test.each<[string, ConfigValue, string | null]>([
  ['E4: a list at both limits', [subConfig('x'.repeat(12)), subConfig('b'), subConfig('c')], null],
  ['E4: one sub-config more', Array.from({ length: 4 }, () => subConfig('b')), 'The list has 4 sub-configs; the limit is 3.'],
  ['E4: a long pattern', [subConfig('b'), subConfig('x'.repeat(13))], 'The string at [1].op_names_re[1] has 13 characters; the limit is 12.'],
  ['E4: a long key', [objectOf([['k'.repeat(13), false]])], 'The string at [0] has 13 characters; the limit is 12.'],
  ['E4: a text that is no list', 'x'.repeat(13), 'The string at the start has 13 characters; the limit is 12.'],
  ['E4: no list at all', null, null],
])('%s', (_, list, title) => {
  const excess = findExcess(list, limits);
  expect(excess && wordExcess(excess).title).toBe(title);
});
