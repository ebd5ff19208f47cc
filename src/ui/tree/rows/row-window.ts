/** Height of a row in pixels. */
export const rowHeight = 26;

/** The rows that are drawn: from `start` to before `end`. */
export interface RowWindow {
  readonly start: number;
  readonly end: number;
}

/**
 * The rows to draw while `inSight` of `size` rows are seen from `first` on: those, and some `beyond` each edge. It moves in steps, so that
 * scrolling by a row seldom changes it.
 */
export function windowAround(first: number, size: number, inSight: number, beyond: number): RowWindow {
  const from = Math.max(0, Math.min(first, size - inSight));
  const start = Math.max(0, (Math.floor(from / beyond) - 1) * beyond);
  return { start, end: Math.min(size, start + inSight + 3 * beyond) };
}

/** First and last row that are seen from `scrollTop` on; with fewer rows than before the browser scrolls back to the last ones. */
export function rowsInSight(scrollTop: number, height: number, size: number): readonly [number, number] {
  const top = Math.min(scrollTop, Math.max(0, size * rowHeight - height));
  const first = Math.floor(top / rowHeight);
  const last = Math.ceil((top + height) / rowHeight) - 1;
  return [Math.min(first, Math.max(0, size - 1)), Math.min(last, Math.max(0, size - 1))];
}

/** How far to scroll so that a row is in sight: it stands at the nearer end, or in the middle where it was far away. */
export function scrollTopFor(at: number, { scrollTop, clientHeight }: Pick<HTMLElement, 'scrollTop' | 'clientHeight'>): number {
  const top = at * rowHeight;
  const lowest = top - clientHeight + rowHeight;
  if (top >= scrollTop && lowest <= scrollTop) return scrollTop;
  const isFar = top < scrollTop - clientHeight || lowest > scrollTop + clientHeight;
  if (isFar) return top - (clientHeight - rowHeight) / 2;
  return top < scrollTop ? top : lowest;
}
