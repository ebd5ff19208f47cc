import { expect, test } from 'vitest';
import type { SetTie } from '../../core/graph/explain-sets.ts';
import { wordTie } from './tie-wording.ts';

const names = ['', 'stem', 'block', 'block.conv', 'a', 'b', 'c'];
const tie: SetTie = { type: 'addition', op: 'aten::add_', module: 2, layers: [1, 3], followsAddition: false };

test.each<[SetTie, string]>([
  [tie, 'block adds stem and block.conv'],
  [{ ...tie, op: 'aten::mul', layers: [3], followsAddition: true }, 'block multiplies block.conv and the layers tied before'],
  [{ ...tie, module: 0, layers: [1, 3, 4, 5, 6] }, 'The model adds stem, block.conv, a, b and 1 more'],
  [{ ...tie, type: 'depthwise', op: 'Conv2d', module: 3, layers: [1] }, 'block.conv has one group per channel, so it follows stem'],
  [{ ...tie, type: 'depthwise', op: 'GroupNorm', module: 3, layers: [1] }, 'block.conv norms each channel alone, so it follows stem'],
])('G12a–b: a tie in words: %j', (given, wanted) => {
  expect(wordTie(given, (row) => names[row]!)).toBe(wanted);
});
