import type { JsonDocument, TextRange } from '../core/config/json-reader.ts';
import { isConfigObject, type KeyPath } from '../core/config/value.ts';
import { getAt } from '../core/config/list-edits.ts';

/** A half-open range of UTF-16 units inside a string value. */
export type ValueRange = readonly [start: number, end: number];

/**
 * The range of a place of the list in its text. A path that leads nowhere falls back to the innermost value on its
 * way; of an object only the key that leads to it, or its opening brace, is meant, as its whole text says nothing.
 */
export function placeInText(text: string, document: JsonDocument, path: KeyPath, range?: ValueRange): TextRange {
  for (let length = path.length; length >= 0; length--) {
    const inner = path.slice(0, length);
    const found = document.locate(inner);
    if (!found) continue;
    if (range && length === path.length && text[found.offset] === '"') return insideString(text, found, range);
    const isWhole = length === path.length && length > 0;
    if (isWhole && !isConfigObject(getAt(document.value, inner))) return found;
    return document.locateKey(inner) ?? { offset: found.offset, length: 1 };
  }
  return { offset: 0, length: 0 };
}

/** The part of a JSON string literal of the `range` of its value; escapes count as their characters. */
function insideString(text: string, literal: TextRange, [start, end]: ValueRange): TextRange {
  const last = literal.offset + literal.length - 1;
  let at = literal.offset + 1;
  let unit = 0;
  const advanceTo = (target: number) => {
    while (unit < target && at < last) {
      at += text[at] !== '\\' ? 1 : text[at + 1] === 'u' ? 6 : 2;
      unit++;
    }
    return Math.min(at, last);
  };
  const from = advanceTo(start);
  const to = advanceTo(Math.max(start, end));
  // An empty range, e.g. the end of a pattern that is not finished, is shown at the closing quote.
  return to > from ? { offset: from, length: to - from } : { offset: from, length: 1 };
}
