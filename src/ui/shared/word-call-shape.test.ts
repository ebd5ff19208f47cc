import { expect, test } from 'vitest';
import type { CallShape } from '../../core/module-tree/model-graph.ts';
import { wordCallShape } from './word-call-shape.ts';

test.each<[CallShape, string]>([
  [{ t: [[1, 3, 224, 224]] }, '1 × 3 × 224 × 224'],
  [{ d: { input_ids: [1, 128], mask: null } }, 'input_ids 1 × 128, mask None'],
  [{ t: [[2], { t: [[3], [4]] }, 'int', [5], []] }, '2, 3, 4, int and 2 more'],
  [{ t: [[]] }, 'a single number'],
])('G1: the recorded input %j is worded as %s', (shape, words) => {
  expect(wordCallShape(shape)).toBe(words);
});
