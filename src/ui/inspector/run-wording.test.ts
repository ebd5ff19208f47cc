import { expect, test } from 'vitest';
import type { TargetShape } from '../../core/graph/call-shapes.ts';
import { wordRun, wordTarget, wordTargetShape } from './run-wording.ts';

test.each<[TargetShape, string]>([
  [{ type: 'shape', shape: [1, 64, 56, 56] }, '1 × 64 × 56 × 56'],
  [{ type: 'differs', shapes: [[1], [2]] }, 'differs from call to call: 1, 2'],
  [{ type: 'not-a-tensor', kind: 'None' }, 'no tensor: None'],
  [{ type: 'absent' }, 'in no call'],
])('G19: a shape in words: %j', (shape, wanted) => {
  expect(wordTargetShape(shape)).toBe(wanted);
});

test('G19: how a module runs, in words', () => {
  const run = { calls: 2, targets: [], macs: 115_605_504, modelMacs: 1_814_073_344 };
  expect([run, { ...run, calls: 1, macs: 0 }, { ...run, calls: 0 }].map(wordRun)).toEqual([
    'Called twice · 116 M multiply-adds, 6.4 % of the model', 'Called once', 'The model never calls this module.',
  ]);
  expect(wordTarget({ target: '_input_0', argument: 'x', shape: { type: 'absent' } })).toBe('_input_0 (x)');
});
