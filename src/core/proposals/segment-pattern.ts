import { groupBy } from '../text/group-by.ts';
import { escapePattern } from '../python-re/escape.ts';
import { writeNumbers } from './number-pattern.ts';

/** A way to write the text between two dots of a name. */
export interface SegmentChoice {
  readonly text: string;
  readonly accepts: (segment: string) => boolean;
}

/** Writes a pattern that matches exactly these segments (parts of a name between dots). */
export function writeSegments(segments: readonly string[]): string {
  const [only, second] = segments;
  if (only === undefined || second === undefined) return escapePattern(only ?? '');
  if (segments.every(isNumber)) return bracketed(writeNumbers(segments));
  const start = commonStart(segments);
  const end = commonEnd(segments.map((segment) => segment.slice(start.length)));
  const middles = segments.map((segment) => segment.slice(start.length, segment.length - end.length));
  return escapePattern(start) + writeMiddles(middles) + escapePattern(end);
}

/**
 * Ways to write several segments that may accept others as well, the most specific first: any number, a common
 * beginning or end, anything. One segment is always written as it is.
 */
export function looserChoices(segments: readonly string[]): readonly SegmentChoice[] {
  if (segments.length < 2) return [];
  const choices: SegmentChoice[] = [];
  const start = commonStart(segments);
  const end = commonEnd(segments.map((segment) => segment.slice(start.length)));
  if (segments.every((segment) => isNumber(segment.slice(start.length, segment.length - end.length)))) {
    const accepts = (segment: string) =>
      segment.startsWith(start) &&
      segment.endsWith(end) &&
      isNumber(segment.slice(start.length, Math.max(start.length, segment.length - end.length)));
    choices.push({ text: `${escapePattern(start)}\\d+${escapePattern(end)}`, accepts });
  }
  if (start.length >= telling) {
    choices.push({ text: `${escapePattern(start)}[^.]*`, accepts: (segment) => segment.startsWith(start) });
  }
  if (end.length >= telling) {
    choices.push({ text: `[^.]*${escapePattern(end)}`, accepts: (segment) => segment.endsWith(end) });
  }
  if (!segments.includes('')) choices.push({ text: '[^.]+', accepts: (segment) => segment !== '' });
  return choices;
}

/** Shorter beginnings and ends say too little about the text between them. */
const telling = 3;

function writeMiddles(middles: readonly string[]): string {
  if (middles.every(isNumber)) return bracketed(writeNumbers(middles));
  if (middles.includes('')) {
    const others = middles.filter((middle) => middle !== '');
    if (others.length === 0) return '';
    return /^\w$/.test(others.join('')) ? `${others.join('')}?` : `(${alternatives(others)})?`;
  }
  return `(${alternatives(middles)})`;
}

/** Words that differ in a number at their end share one alternative: `conv1, conv2, fc` → `conv[12]|fc`. */
function alternatives(words: readonly string[]): string {
  const byHead = groupBy(words, (word) => word.replace(/[0-9]+$/, ''));
  const texts = [...byHead].map(([head, sharing]) => {
    const numbers = sharing.map((word) => word.slice(head.length));
    if (numbers.length === 1) return escapePattern(sharing[0]!);
    const written = numbers.filter((number) => number !== '');
    if (head === '' && !numbers.includes('')) return writeNumbers(written);
    const number = bracketed(writeNumbers(written));
    const isBracketed = number.startsWith('(') || number.startsWith('[') || number.length === 1;
    const optional = numbers.includes('') ? (isBracketed ? `${number}?` : `(${number})?`) : number;
    return escapePattern(head) + optional;
  });
  return texts.join('|');
}

function bracketed(text: string): string {
  return text.includes('|') ? `(${text})` : text;
}

/** Whether a segment is a number, such as a place in a list of modules. */
export function isNumber(text: string): boolean {
  return /^[0-9]+$/.test(text);
}

/** The common start of all texts, cut where one kind of character ends: `conv1, conv10` → `conv`, `key, kernel` → nothing. */
function commonStart(texts: readonly string[]): string {
  const [first = ''] = texts;
  let length = 0;
  while (length < first.length && texts.every((text) => text[length] === first[length])) length++;
  while (length > 0 && !texts.every((text) => isBoundary(text, length))) length--;
  return first.slice(0, length);
}

function commonEnd(texts: readonly string[]): string {
  const [first = ''] = texts;
  let length = 0;
  while (length < first.length && texts.every((text) => text.at(-1 - length) === first.at(-1 - length))) length++;
  while (length > 0 && !texts.every((text) => isBoundary(text, text.length - length))) length--;
  return first.slice(first.length - length);
}

function isBoundary(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true;
  const [before, after] = [kindOf(text[at - 1]!), kindOf(text[at]!)];
  return before !== after || before === 'mark';
}

function kindOf(unit: string): 'digit' | 'mark' | 'letter' {
  if (/[0-9]/.test(unit)) return 'digit';
  return /[_\-\s]/.test(unit) ? 'mark' : 'letter';
}
