import { expect, test } from 'vitest';
import { formatBytes } from './format-bytes.ts';

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1 KB'],
  [46_830_000, '46.8 MB'],
  [500_000_000, '500 MB'],
  [2_500_000_000, '2.5 GB'],
  [3e15, '3000 TB'],
])('%d is %s', (bytes, expected) => {
  expect(formatBytes(bytes)).toBe(expected);
});
