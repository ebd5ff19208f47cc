import { createContext } from 'react';

/** Height of a row in pixels. */
export const rowHeight = 26;

/** Rows that the tree component is given at once: it makes objects for each of them at every change. */
const rowsGiven = 300;
/** With fewer rows than this before or behind what is in sight, others are given. */
const rowsSpare = 80;

/** The rows in sight and around it that the tree component is given: from `start` to before `end`. */
export interface RowWindow {
  readonly start: number;
  readonly end: number;
}

/** The window that begins at `start`, or as late as there are rows. */
export function windowFrom(start: number, size: number): RowWindow {
  const from = Math.max(0, Math.min(start, size - rowsGiven));
  return { start: from, end: Math.min(size, from + rowsGiven) };
}

/** Where the window is to begin when the rows from `first` to `last` are in sight: it moves only when they near its end. */
export function windowStart(before: number, first: number, last: number, size: number): number {
  const { start, end } = windowFrom(before, size);
  const isNear = (start > 0 && first < start + rowsSpare) || (end < size && last > end - rowsSpare);
  return isNear ? windowFrom(Math.floor((first + last - rowsGiven) / 2), size).start : start;
}

/** What the scrolled element needs to know of the rows that are not given. */
export interface ScrollFrame {
  /** Index of the first row that is given. */
  readonly start: number;
  /** Takes the rows in sight when they change; gives where the window begins then. */
  readonly onScroll: (element: HTMLElement) => number;
  /** The space beside the rows was clicked. */
  readonly onClickBeside: () => void;
}

export const ScrollFrameContext = createContext<ScrollFrame>({
  start: 0,
  onScroll: () => 0,
  onClickBeside: () => undefined,
});
