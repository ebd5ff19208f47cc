import { expect, test } from 'vitest';
import { joinNumbered } from './box-texts.ts';

test.each([
  [['experts.0.w2', 'experts.1.w2', 'experts.2.w2'], 'experts.0–2.w2'],
  [['experts.10', 'experts.9', 'experts.12'], 'experts.9…12'],
  [['layers.0.b.1', 'layers.1.b.2'], 'layers.0.b.1 … layers.1.b.2'],
  [['slice', 'slice'], 'slice'],
])('G26c: %j is written as %s', (names, text) => {
  expect(joinNumbered(names)).toBe(text);
});
