import { expect, it } from 'vitest';
import { noShare } from '../../core/overview/share.ts';
import { describeMasked, formatBytes, formatShare, formatWidth } from './overview-wording.ts';

it.each([
  [0, 100, '0 %'],
  [1, 100_000, '< 0.1 %'],
  [1, 3, '33.3 %'],
  [50, 100, '50 %'],
  [99_999, 100_000, '> 99.9 %'],
  [100, 100, '100 %'],
  [0, 0, '0 %'],
])('%d of %d is %s', (part, whole, text) => {
  expect(formatShare(part, whole)).toBe(text);
});

it.each([
  [8, '1 B'],
  [8 * 999, '999 B'],
  [374_064_384, '46.8 MB'],
  [8 * 2.5e9, '2.50 GB'],
  [8 * 2.68e12, '2.68 TB'],
])('%d bits are %s', (bits, text) => {
  expect(formatBytes(bits)).toBe(text);
});

it('a width is an average', () => {
  expect([formatWidth(320, 10), formatWidth(91.2, 10), formatWidth(0, 0)]).toEqual(['32', '9.12', '0']);
});

it('W2b: masks are exact, about, at least, or not known', () => {
  const share = { ...noShare, elements: 100, masked: 50 };
  expect(describeMasked(share, 100)).toBe('50 %');
  expect(describeMasked({ ...share, estimated: 20 }, 100)).toBe('about 50 %');
  expect(describeMasked({ ...share, open: 20 }, 100)).toBe('at least 50 %');
  expect(describeMasked({ ...share, masked: 0, open: 100 }, 100)).toBe('left to the weights');
});
