import { expect, it } from 'vitest';
import { windowFrom, windowStart } from './row-window.ts';

it.each([
  { start: 0, size: 10, window: { start: 0, end: 10 } },
  { start: 0, size: 5000, window: { start: 0, end: 300 } },
  { start: 4900, size: 5000, window: { start: 4700, end: 5000 } },
  { start: 4700, size: 100, window: { start: 0, end: 100 } },
])('the window that begins at $start of $size rows', ({ start, size, window }) => {
  expect(windowFrom(start, size)).toEqual(window);
});

it.each([
  ['stays at the top', 0, 0, 33, 5000, 0],
  ['stays while what is in sight is well within', 1000, 1120, 1153, 5000, 1000],
  ['moves before its end is reached', 0, 200, 233, 5000, 66],
  ['moves before its beginning is reached', 1000, 1060, 1093, 5000, 926],
  ['goes along when all is scrolled away at once', 0, 90_000, 90_033, 100_000, 89_866],
  ['stays at the bottom', 4700, 4967, 4999, 5000, 4700],
  ['is given back when rows are closed', 4700, 0, 33, 100, 0],
])('%s', (_, before, first, last, size, start) => {
  expect(windowStart(before, first, last, size)).toBe(start);
});
