import type { LineGroup, LineRange, ReadingReport } from '../../module-tree/reading-report.ts';
import { shorten } from '../messages/read-error.ts';

/** How a reader used a line. A line that was never marked is not understood. */
export type LineUse = 'understood' | 'decoration' | 'gap' | 'beside' | 'unread';

/** Keeps an account of every line of a text (rule T28): readers mark lines, the rest is not understood. */
export interface LineAccount {
  /** Marks lines `from` to `to` (from 0, `to` left out), by default one line. The last mark counts. */
  readonly mark: (from: number, use: LineUse, to?: number) => void;
  /** Marks as lying next to the model all lines that no reader has marked. */
  readonly restIsBeside: (from: number, to: number) => void;
  /** A remark on this line (from 0) was ignored. */
  readonly remark: (line: number) => void;
  /** The text begins inside a model. */
  readonly beginsInside: () => void;
  readonly report: () => ReadingReport;
}

const uses = ['unread', 'understood', 'decoration', 'gap', 'beside'] as const;
const mostRanges = 12;
const mostTexts = 5;
const longestText = 80;

/** Creates an account of the given lines. */
export function createLineAccount(lines: readonly string[]): LineAccount {
  const marks = new Uint8Array(lines.length);
  const isMarked = new Uint8Array(lines.length);
  const remarks = new Set<number>();
  let isFragment = false;

  function mark(from: number, use: LineUse, to = from + 1): void {
    marks.fill(uses.indexOf(use), from, to);
    isMarked.fill(1, from, to);
  }

  function groupOf(holds: (line: number) => boolean): LineGroup {
    const ranges: LineRange[] = [];
    let count = 0;
    let last = -2;
    for (let line = 0; line < lines.length; line++) {
      if (!holds(line)) continue;
      count++;
      if (line === last + 1 && ranges.length > 0 && ranges.at(-1)!.to === line) {
        ranges[ranges.length - 1] = { from: ranges.at(-1)!.from, to: line + 1 };
      } else if (ranges.length < mostRanges) ranges.push({ from: line + 1, to: line + 1 });
      last = line;
    }
    return { count, ranges };
  }

  const isBlank = (line: number): boolean => lines[line]!.trim() === '';
  const usedAs = (use: LineUse) => (line: number) => uses[marks[line]!] === use && !isBlank(line);

  return {
    mark,
    restIsBeside(from, to) {
      for (let line = from; line < to; line++) if (isMarked[line] === 0) mark(line, 'beside');
    },
    remark: (line) => void remarks.add(line),
    beginsInside() {
      isFragment = true;
    },
    report() {
      const unreadTexts: { line: number; text: string }[] = [];
      for (let line = 0; line < lines.length && unreadTexts.length < mostTexts; line++) {
        if (usedAs('unread')(line)) unreadTexts.push({ line: line + 1, text: shorten(lines[line]!.trim(), longestText) });
      }
      return {
        lines: lines.length,
        understood: groupOf(usedAs('understood')).count,
        decoration: groupOf((line) => isBlank(line) || usedAs('decoration')(line)),
        remarks: groupOf((line) => remarks.has(line)),
        gaps: groupOf(usedAs('gap')),
        beside: groupOf(usedAs('beside')),
        unread: groupOf(usedAs('unread')),
        unreadTexts,
        isFragment,
      };
    },
  };
}
