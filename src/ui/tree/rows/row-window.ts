import { createContext } from 'react';

/** Height of a row in pixels. */
export const rowHeight = 26;

/** Rows that the tree component is given next to the rows in sight: it makes objects for each of them at every change. */
const rowsBeside = 120;
/** With fewer rows than this before or behind the rows in sight, others are given. */
const rowsSpare = 30;

/** The rows in sight and around it that the tree component is given: from `start` to before `end`. */
export interface RowWindow {
  readonly start: number;
  readonly end: number;
}

/** The window that begins at `start`, or as late as there are rows; `inSight` of them are seen at once. */
export function windowFrom(start: number, size: number, inSight: number): RowWindow {
  const given = inSight + rowsBeside;
  const from = Math.max(0, Math.min(start, size - given));
  return { start: from, end: Math.min(size, from + given) };
}

/** Where the window is to begin when `inSight` rows from `first` are seen: it moves only when they near its end. */
export function windowStart(before: number, first: number, size: number, inSight: number): number {
  const { start, end } = windowFrom(before, size, inSight);
  const isNear = (start > 0 && first < start + rowsSpare) || (end < size && first + inSight > end - rowsSpare);
  return isNear ? windowFrom(first - rowsBeside / 2, size, inSight).start : start;
}

/** The facts that the scrolled element needs about rows outside the window. */
export interface ScrollFrame {
  /** Index of the first row that is given. */
  readonly start: number;
  /** Takes the rows in sight when they change; gives where the window begins then. */
  readonly onScroll: (element: HTMLElement) => number;
  /** The space next to the rows was clicked. */
  readonly onClickBeside: () => void;
}

export const ScrollFrameContext = createContext<ScrollFrame>({
  start: 0,
  onScroll: () => 0,
  onClickBeside: () => undefined,
});
