import { expect, it } from 'vitest';
import { rowHeight, rowsInSight, scrollTopFor, windowAround } from './row-window.ts';

it.each([
  ['at the top', 0, 5000, { start: 0, end: 59 }],
  ['of few rows', 0, 10, { start: 0, end: 10 }],
  ['within', 1000, 5000, { start: 992, end: 1051 }],
  ['as before, a few rows on', 1007, 5000, { start: 992, end: 1051 }],
  ['a step on', 1008, 5000, { start: 1000, end: 1059 }],
  ['at the end', 4965, 5000, { start: 4952, end: 5000 }],
  ['when rows have gone', 4965, 100, { start: 56, end: 100 }],
])('the rows that are drawn %s', (_, first, size, window) => {
  expect(windowAround(first, size, 35, 8)).toEqual(window);
});

it('draws every row that is seen, and at least as many beyond as asked for, wherever it is scrolled to', () => {
  for (const beyond of [2, 8]) {
    for (let first = 0; first <= 465; first++) {
      const { start, end } = windowAround(first, 500, 35, beyond);
      expect(start).toBeLessThanOrEqual(Math.max(0, first - beyond));
      expect(end).toBeGreaterThanOrEqual(Math.min(500, first + 35 + beyond));
      expect(end - start).toBeLessThanOrEqual(35 + 3 * beyond);
    }
  }
});

it('the rows in sight are at most the last ones', () => {
  expect(rowsInSight(0, 10 * rowHeight, 100)).toEqual([0, 9]);
  expect(rowsInSight(13, 10 * rowHeight, 100)).toEqual([0, 10]);
  expect(rowsInSight(9000, 10 * rowHeight, 20)).toEqual([10, 19]);
  expect(rowsInSight(0, 10 * rowHeight, 0)).toEqual([0, 0]);
});

it.each([
  ['stays where the row is seen', 105, 100],
  ['goes to the upper edge', 95, 95],
  ['goes to the lower edge', 112, 103],
  ['puts a row that is far away in the middle', 500, 495.5],
])('scrolling %s', (_, at, first) => {
  expect(scrollTopFor(at, { scrollTop: 100 * rowHeight, clientHeight: 10 * rowHeight }) / rowHeight).toBe(first);
});
