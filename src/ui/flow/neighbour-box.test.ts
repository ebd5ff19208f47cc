import { expect, test } from 'vitest';
import type { PlacedBox, PlacedEdge } from '../../worker/lay-out-flow.ts';
import { directionOf, neighbourBox, type Direction } from './neighbour-box.ts';

function box(id: string, x: number, y: number): PlacedBox {
  return { type: 'operation', id, row: 0, operations: [id], isInside: true, shape: null, rows: [0], title: [id], note: [], width: 40, height: 20, x, y };
}

const boxes = [box('top', 50, 0), box('left', 0, 50), box('right', 100, 50), box('bottom', 50, 100)];
const edges: readonly PlacedEdge[] = [['top', 'left'], ['top', 'right'], ['left', 'bottom'], ['right', 'bottom']].map(([from, to]) => ({ from: from!, to: to!, points: [] }));

test.each<[string, Direction, string | null]>([
  ['left', 'up', 'top'], ['left', 'down', 'bottom'], ['left', 'right', 'right'], ['right', 'left', 'left'], ['left', 'left', null], ['top', 'up', null], ['bottom', 'left', null],
])('G26a: from %s the arrow %s leads to %s', (from, direction, wanted) => {
  const start = boxes.find(({ id }) => id === from)!;
  expect(neighbourBox({ boxes, edges }, start, direction)?.id ?? null).toBe(wanted);
});

test('G26a: only arrow keys have a direction', () => {
  expect(['ArrowUp', 'ArrowRight', 'a', 'Enter'].map(directionOf)).toEqual(['up', 'right', null, null]);
});
