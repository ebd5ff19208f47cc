import type { PlacedBox, PlacedEdge } from '../../worker/lay-out-flow.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

const directions: Readonly<Record<string, Direction>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };

/** The direction of an arrow key; null for any other key. */
export function directionOf(key: string): Direction | null {
  return directions[key] ?? null;
}

/**
 * The box that an arrow key leads to: up and down follow the flow, left and right go along a rank. Null where there is
 * none.
 */
export function neighbourBox(
  { boxes, edges }: { readonly boxes: readonly PlacedBox[]; readonly edges: readonly PlacedEdge[] },
  from: PlacedBox,
  direction: Direction,
): PlacedBox | null {
  const ids = new Set(
    direction === 'up' ? edges.filter(({ to }) => to === from.id).map((edge) => edge.from) : edges.filter((edge) => edge.from === from.id).map(({ to }) => to),
  );
  const middle = middleOf(from);
  const candidates =
    direction === 'up' || direction === 'down'
      ? boxes.filter(({ id }) => ids.has(id))
      : boxes.filter((box) => box.id !== from.id && Math.abs(middleOf(box).y - middle.y) < from.height && (direction === 'left') === middleOf(box).x < middle.x);
  const [nearest] = candidates.toSorted((a, b) => distance(middleOf(a), middle) - distance(middleOf(b), middle));
  return nearest ?? null;
}

function middleOf({ x, y, width, height }: PlacedBox): { readonly x: number; readonly y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}

function distance(a: { readonly x: number; readonly y: number }, b: { readonly x: number; readonly y: number }): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
