import type { LinkFit } from '../../core/algorithms/survey-links.ts';
import type { OpenRows } from '../tree/rows/open-rows.ts';
import { rowHeight } from '../tree/rows/row-window.ts';
import { graver, linksFrom, linksTo, type OrderedLinks } from './link-order.ts';

/** A row of the student's tree as it is drawn: its modules, and its vertical middle. */
export interface DrawnRow {
  readonly from: number;
  /** One past the last module of the row. */
  readonly to: number;
  readonly y: number;
}

/** A strip in which rows can be seen, in pixels from the top of the drawing. */
export interface Strip {
  readonly top: number;
  readonly bottom: number;
}

/** A line from the student's tree to the teacher's. */
export interface LinkLine {
  readonly y1: number;
  readonly y2: number;
  readonly subConfig: number;
  /** Number of links that it represents, and the worst of them. */
  readonly count: number;
  readonly fit: LinkFit;
  /** Whether the links include one of a module in focus. */
  readonly isChosen: boolean;
}

/** Both trees as they are scrolled. */
export interface LinedTrees {
  /** Rows of the student's tree that are drawn, from top to bottom. */
  readonly student: readonly DrawnRow[];
  readonly studentStrip: Strip;
  readonly teacher: OpenRows;
  readonly teacherStrip: Strip;
  /** How far the teacher's tree is scrolled, in pixels. */
  readonly scrolled: number;
}

/** Most links that one row may add: a closed branch can hold thousands. */
const mostOfRow = 200;
const mostLines = 300;

/** The lines between rows in sight. A link whose row is scrolled away ends at the edge; one with both ends out of sight has no line. */
export function layLines(links: OrderedLinks, trees: LinedTrees, chosen: ReadonlySet<number>): readonly LinkLine[] {
  const { student, studentStrip, teacher, teacherStrip, scrolled } = trees;
  const lines = new Map<string, LinkLine>();
  const first = Math.max(0, Math.floor(scrolled / rowHeight));
  const last = Math.min(teacher.size - 1, Math.floor((scrolled + teacherStrip.bottom - teacherStrip.top - 1) / rowHeight));

  const add = (link: number, y1: number, y2: number) => {
    if (lines.size >= mostLines) return;
    const isOut = (y: number, { top, bottom }: Strip) => y < top || y > bottom;
    if (isOut(y1, studentStrip) && isOut(y2, teacherStrip)) return;
    const from = clamp(y1, studentStrip);
    const to = clamp(y2, teacherStrip);
    const subConfig = links.subConfig[link]!;
    const key = `${from} ${to} ${subConfig}`;
    const { fit } = links.comparisons[links.comparison[link]!]!;
    const isChosen = chosen.has(links.module[link]!);
    const known = lines.get(key);
    lines.set(key, {
      y1: from,
      y2: to,
      subConfig,
      count: (known?.count ?? 0) + 1,
      fit: known ? graver(known.fit, fit) : fit,
      isChosen: isChosen || known?.isChosen === true,
    });
  };
  const heightOf = (module: number): number => {
    const row = rowThatShows(teacher, module);
    return teacherStrip.top + row * rowHeight + rowHeight / 2 - scrolled;
  };

  for (const { from, to, y } of student) {
    const [start, end] = linksFrom(links, from, to);
    for (let link = start; link < Math.min(end, start + mostOfRow); link++) {
      const module = links.teacherModule[link]!;
      if (module >= 0) add(link, y, heightOf(module));
    }
  }
  // Links from rows above or below the drawn part of the student's tree.
  const [above, below] = [student[0]?.from ?? 0, student.at(-1)?.to ?? 0];
  for (let row = first; row <= last; row++) {
    const module = teacher.module[row]!;
    const next = teacher.module[row + 1] ?? Number.MAX_SAFE_INTEGER;
    const [start, end] = linksTo(links, module, Math.max(next, module));
    for (let at = start; at < Math.min(end, start + mostOfRow); at++) {
      const link = links.byTeacher[at]!;
      const own = links.module[link]!;
      if (own < above) add(link, Number.NEGATIVE_INFINITY, heightOf(module));
      else if (own >= below) add(link, Number.POSITIVE_INFINITY, heightOf(module));
    }
  }
  return [...lines.values()];
}

/** The row of a module, or the closed one that it is in. */
export function rowThatShows({ size, module }: OpenRows, wanted: number): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (module[middle]! <= wanted) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

function clamp(y: number, { top, bottom }: Strip): number {
  return Math.round(Math.max(top, Math.min(bottom, y)));
}
