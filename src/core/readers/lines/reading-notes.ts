import type { TreeNote } from '../../module-tree/tree-note.ts';
import type { ReadingReport } from '../../module-tree/reading-report.ts';
import type { Result } from '../../result.ts';
import { readFailure, type ReadError, type ReadLimits } from '../messages/read-error.ts';

/** The question before a text opens of which more lines than `limits.maxUnreadLines` were not understood; else null. */
export function questionOf({ unread, unreadTexts }: ReadingReport, limits: ReadLimits): Result<never, ReadError> | null {
  if (unread.count <= limits.maxUnreadLines) return null;
  const shown = unreadTexts.map(({ line, text }) => `${line}: ${text}`).join('\n');
  return readFailure('lines-not-understood', { count: unread.count, shown, limit: limits.maxUnreadLines });
}

/** The report as a note of the tree; none where every line was understood or is decoration. */
export function readingNotes(report: ReadingReport): readonly TreeNote[] {
  const { remarks, gaps, beside, unread, isFragment } = report;
  const isPlain = remarks.count + gaps.count + beside.count + unread.count === 0 && !isFragment;
  return isPlain ? [] : [{ type: 'reading', report }];
}
