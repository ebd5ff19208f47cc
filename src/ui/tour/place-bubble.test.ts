import { expect, test } from 'vitest';
import { placeBubble, type Box } from './place-bubble.ts';

const window = { width: 1000, height: 600 };
const bubble = { width: 300, height: 150 };
const cases: readonly [where: string, target: Box, left: number, top: number][] = [
  ['right of a pane at the left', { left: 0, top: 40, width: 300, height: 500 }, 312, 52],
  ['left of a pane at the right', { left: 700, top: 40, width: 300, height: 500 }, 388, 52],
  ['left of a button at the right edge', { left: 920, top: 8, width: 70, height: 28 }, 608, 20],
  ['above a bar at the bottom', { left: 0, top: 568, width: 1000, height: 32 }, 12, 406],
  ['below a bar at the top', { left: 0, top: 0, width: 1000, height: 40 }, 12, 52],
  ['inside what fills the window', { left: 0, top: 0, width: 1000, height: 600 }, 688, 438],
];
test.each(cases)('%s', (_where, target, left, top) => {
  expect(placeBubble(target, bubble, window)).toEqual({ left, top });
});

test('stays in a window that is smaller than its target', () => {
  expect(placeBubble({ left: -50, top: -50, width: 900, height: 900 }, bubble, { width: 320, height: 200 })).toEqual({
    left: 12,
    top: 38,
  });
});
