import { createScanner } from 'jsonc-parser';

/** Kinds of jsonc-parser's tokens; its own names for them are a `const enum`, which is not there at run time. */
const token = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, comma: 5, lineComment: 12, blockComment: 13, end: 17 } as const;

/**
 * JSON with comments and commas behind the last item, as plain JSON: both become spaces, so that every offset stays.
 * Gives `null` when there are none.
 */
export function withoutComments(text: string): string | null {
  const scanner = createScanner(text, false);
  const blanks: (readonly [from: number, to: number])[] = [];
  let comma: number | null = null;
  let before: number = token.comma;
  for (let kind: number = scanner.scan(); kind !== token.end; kind = scanner.scan()) {
    const from = scanner.getTokenOffset();
    if (kind === token.lineComment || kind === token.blockComment) {
      blanks.push([from, from + scanner.getTokenLength()]);
    } else if (kind === token.comma) {
      // A comma needs an item before it.
      comma = before === token.comma || before === token.openBrace || before === token.openBracket ? null : from;
      before = kind;
    } else if (kind === token.closeBrace || kind === token.closeBracket) {
      if (comma !== null) blanks.push([comma, comma + 1]);
      comma = null;
      before = kind;
    } else if (kind < 14) {
      comma = null;
      before = kind;
    }
  }
  if (blanks.length === 0) return null;
  let made = '';
  let at = 0;
  for (const [from, to] of blanks.toSorted(([a], [b]) => a - b)) {
    made += text.slice(at, from) + text.slice(from, to).replaceAll(/[^\r\n]/g, ' ');
    at = to;
  }
  return made + text.slice(at);
}
