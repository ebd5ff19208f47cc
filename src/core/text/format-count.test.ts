import { expect, it } from 'vitest';
import { formatCount } from './format-count.ts';

it.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [75_396, '75,396'],
  [671_026_404_352, '671,026,404,352'],
])('%d is written %s', (count, written) => {
  expect(formatCount(count)).toBe(written);
});
