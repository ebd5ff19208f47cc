import { formatCount, formatQuantity } from '../../text/format-count.ts';
import type { LineGroup, ReadingReport } from '../../module-tree/reading-report.ts';

const fewRanges = 6;

/** `line 5` or `lines 5, 7 to 9 and more`. */
function placesOf({ count, ranges }: LineGroup): string {
  const shown = ranges.slice(0, fewRanges);
  const covered = shown.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const list = shown.map(({ from, to }) => (from === to ? String(from) : to === from + 1 ? `${from}, ${to}` : `${from} to ${to}`));
  return `${count === 1 ? 'line' : 'lines'} ${list.join(', ')}${covered < count ? ' and more' : ''}`;
}

function isOrAre(count: number): string {
  return count === 1 ? 'is' : 'are';
}

/** Sentences about the important facts of a reading, the worst first (rule T28). Texts from the file are shown as they are. */
export function describeReading(report: ReadingReport): readonly string[] {
  const { unread, unreadTexts, gaps, remarks, beside, isFragment } = report;
  const sentences: string[] = [];
  if (unread.count > 0) {
    const texts = unreadTexts.map(({ text }) => `“${text}”`).join(', ');
    const more = unread.count > unreadTexts.length ? ' …' : '';
    sentences.push(`${formatQuantity(unread.count, 'line')} inside the model ${isOrAre(unread.count)} not understood (${placesOf(unread)}): ${texts}${more}.`);
  }
  if (isFragment) sentences.push('The text begins inside a model: all names lack the prefix of the part before it.');
  if (gaps.count > 0) sentences.push(`Parts of the model are left out in the text (${placesOf(gaps)}).`);
  if (remarks.count > 0) sentences.push(`Remarks are left aside (${placesOf(remarks)}).`);
  if (beside.count > 0) sentences.push(`${formatQuantity(beside.count, 'line')} ${isOrAre(beside.count)} not part of the model (${placesOf(beside)}).`);
  return sentences;
}

/** The doubts about a reading in a few words; `null` for none. */
export function summariseReading({ unread, gaps, isFragment }: ReadingReport): string | null {
  const parts = [
    ...(unread.count > 0 ? [`${formatQuantity(unread.count, 'line')} not understood (${placesOf(unread)})`] : []),
    ...(gaps.count > 0 ? [`parts left out (${placesOf(gaps)})`] : []),
    ...(isFragment ? ['the text begins inside a model, so names lack their prefix'] : []),
  ];
  const words = parts.join(', ');
  return words === '' ? null : `${words[0]!.toUpperCase()}${words.slice(1)}.`;
}

/** The number of lines, in all and for each role, in one sentence for `--report`. */
export function countReading(report: ReadingReport): string {
  const { lines, understood, decoration, gaps, beside, unread } = report;
  const parts = [
    `${formatCount(understood)} understood`,
    `${formatCount(decoration.count)} blank or decoration`,
    `${formatCount(gaps.count)} for parts left out`,
    `${formatCount(beside.count)} outside the model`,
    `${formatCount(unread.count)} not understood`,
  ];
  return `${formatQuantity(lines, 'line')}: ${parts.join(', ')}.`;
}
