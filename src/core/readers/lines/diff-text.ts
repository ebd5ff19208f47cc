const diffLine = /^(?:[ +\-\\]|@@ |diff |index |$)/;
const mostLines = 1_000_000;

/** A text that compares two others, with its new side only. */
export interface NewSide {
  /** The text without the removed lines; every other line keeps its number. */
  readonly text: string;
  readonly removed: number;
}

/** The new side of a unified diff: the signs before its lines are taken off. Null for other texts. */
export function newSideOfDiff(text: string): NewSide | null {
  const lines = text.split(/\r?\n/);
  if (lines.length > mostLines || !lines.every((line) => diffLine.test(line))) return null;
  let removed = 0;
  let added = 0;
  let hunks = 0;
  const kept = lines.map((line) => {
    if (/^(?:--- |\+\+\+ |diff |index |\\)/.test(line)) return '';
    // Between two parts of a diff, lines that did not change are left out.
    if (line.startsWith('@@ ')) return hunks++ === 0 ? '' : '...';
    if (line.startsWith('-')) {
      removed++;
      return '';
    }
    if (line.startsWith('+')) added++;
    return line.slice(1);
  });
  return removed > 0 && added > 0 ? { text: kept.join('\n'), removed } : null;
}
