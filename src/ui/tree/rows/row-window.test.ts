import { expect, it } from 'vitest';
import { windowFrom, windowStart } from './row-window.ts';

it.each([
  { start: 0, size: 10, window: { start: 0, end: 10 } },
  { start: 0, size: 5000, window: { start: 0, end: 155 } },
  { start: 4900, size: 5000, window: { start: 4845, end: 5000 } },
  { start: 4700, size: 100, window: { start: 0, end: 100 } },
])('the window that begins at $start of $size rows', ({ start, size, window }) => {
  expect(windowFrom(start, size, 35)).toEqual(window);
});

it('holds every row that is seen on a very tall screen', () => {
  expect(windowFrom(0, 5000, 700)).toEqual({ start: 0, end: 820 });
  const start = windowStart(0, 300, 5000, 700);
  expect(start).toBeLessThanOrEqual(300);
  expect(windowFrom(start, 5000, 700).end).toBeGreaterThanOrEqual(1000);
});

it.each([
  ['stays at the top', 0, 0, 5000, 0],
  ['stays while what is in sight is well within', 1000, 1060, 5000, 1000],
  ['moves before its end is reached', 0, 100, 5000, 40],
  ['moves before its beginning is reached', 1000, 1020, 5000, 960],
  ['goes along when all is scrolled away at once', 0, 90_000, 100_000, 89_940],
  ['stays at the bottom', 4845, 4965, 5000, 4845],
  ['is given back when rows are closed', 4700, 0, 100, 0],
])('%s', (_, before, first, size, start) => {
  expect(windowStart(before, first, size, 35)).toBe(start);
});
