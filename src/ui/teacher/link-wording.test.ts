import { expect, test } from 'vitest';
import type { GivenShape, LinkComparison } from '../../core/algorithms/survey-links.ts';
import { describeFit, wordComparison, wordCounts, wordShape } from './link-wording.ts';

const last = (size: number, fromLast = 1): GivenShape => ({ fromLast, size });
const of = (fit: LinkComparison['fit'], own: GivenShape | null, other: GivenShape | null): LinkComparison => ({ fit, own, other, need: fit === 'open' ? 'shapes' : null });

test.each<[GivenShape | null, string]>([
  [[1, 64, 56, 56], '1 × 64 × 56 × 56'],
  [[], 'scalar'],
  [last(768), '… × 768'],
  [last(64, 3), '… × 64 × ? × ?'],
  [null, 'not known'],
])('shape %o', (shape, words) => expect(wordShape(shape)).toBe(words));

test.each<[LinkComparison, string]>([
  [of('mismatch', [1, 64, 56, 56], last(128, 3)), '64 ≠ 128'],
  [of('mismatch', last(768), last(1024)), '768 ≠ 1024'],
  [of('mismatch', [1, 8], [1, 2, 8]), '1 × 8 ≠ 1 × 2 × 8'],
  [of('adapted', [1, 12, 768], [1, 12, 1024]), '768 → 1024, Linear between'],
  [of('open', last(64, 3), last(64, 3)), '64 = 64, rest not known'],
  [of('open', null, last(64, 3)), 'not known'],
  [of('same', [1, 8], [1, 8]), 'same shape'],
])('comparison %#: %o', (comparison, words) => expect(wordComparison(comparison)).toBe(words));

test('what is open says what would decide', () => {
  expect(describeFit(of('open', null, null))).toMatch(/do not hold the shapes/);
});

test('counts name the worst first', () => {
  const counts = new Map([['same', 1200], ['mismatch', 1]] as const);
  expect(wordCounts(counts).map(({ text }) => text)).toEqual(['1 mismatch', '1,200 of the same shape']);
});
