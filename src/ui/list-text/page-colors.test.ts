import { expect, test } from 'vitest';
import { hexOf } from './page-colors.ts';

test.each([
  ['rgb(255, 255, 255)', '#ffffff'],
  ['rgb(0, 10, 171)', '#000aab'],
  ['rgba(27, 31, 36, 0.5)', '#1b1f24'],
])('%s → %s', (computed, hex) => {
  expect(hexOf(computed)).toBe(hex);
});
