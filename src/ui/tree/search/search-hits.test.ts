import { describe, expect, test } from 'vitest';
import { stepToHit } from './search-hits.ts';

describe('stepToHit', () => {
  const hits = new Uint32Array([2, 5, 9]);
  test.each<[number | undefined, 1 | -1, number]>([
    [undefined, 1, 2],
    [undefined, -1, 9],
    [2, 1, 5],
    [3, 1, 5],
    [9, 1, 2],
    [5, -1, 2],
    [2, -1, 9],
    [7, -1, 5],
  ])('from %s by %s: %s', (from, step, expected) => {
    expect(stepToHit(hits, from, step)).toBe(expected);
  });

  test('no hits: nowhere', () => {
    expect(stepToHit(new Uint32Array(), 3, 1)).toBeNull();
  });
});
