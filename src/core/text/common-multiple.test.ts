import { expect, test } from 'vitest';
import { greatestCommonDivisor, leastCommonMultiple } from './common-multiple.ts';

test.each([
  [4, 6, 2, 12],
  [7, 1, 1, 7],
  [64, 32, 32, 64],
  [0, 5, 5, 0],
  [0, 0, 0, 0],
])('%d and %d: divisor %d, multiple %d', (a, b, divisor, multiple) => {
  expect([greatestCommonDivisor(a, b), leastCommonMultiple(a, b)]).toEqual([divisor, multiple]);
});
