import { parser } from '@lezer/python';

/** A parsed source, and a node of it. */
export type SyntaxTree = ReturnType<typeof parser.parse>;
export type SyntaxNode = SyntaxTree['topNode'];

/** Parses Python source; the tree covers it to the unit and marks what is wrong. Never throws. */
export function parsePython(source: string): SyntaxTree {
  return parser.parse(fillPoints(source));
}

/**
 * The grammar does not know `1.` and `1.e5`. An underscore in place of such a point keeps every offset and makes
 * them numbers to it; their text is read from the source itself.
 */
function fillPoints(source: string): string {
  let filled = '';
  let done = 0;
  let at = 0;
  while (at < source.length) {
    const unit = source[at]!;
    if (unit === '#') at = endOfLine(source, at);
    else if (unit === "'" || unit === '"') at = endOfString(source, at, unit);
    else if (/[\p{L}_]/u.test(unit)) at = endOfRun(source, at);
    else if (unit >= '0' && unit <= '9') {
      at = endOfRun(source, at);
      if (source[at] !== '.' || /[\d.]/.test(source[at + 1] ?? '')) {
        // What follows a point that belongs to a number is no new number.
        if (source[at] === '.') at = endOfRun(source, at + 1);
        continue;
      }
      filled += `${source.slice(done, at)}_`;
      at++;
      done = at;
    } else at++;
  }
  return done === 0 ? source : filled + source.slice(done);
}

function endOfRun(source: string, start: number): number {
  let at = start;
  while (at < source.length && /[\p{L}\p{N}_]/u.test(source[at]!)) at++;
  return at;
}

function endOfLine(source: string, start: number): number {
  const end = source.indexOf('\n', start);
  return end < 0 ? source.length : end;
}

function endOfString(source: string, start: number, quote: string): number {
  const isTriple = source.startsWith(quote.repeat(3), start);
  const close = isTriple ? quote.repeat(3) : quote;
  let at = start + close.length;
  while (at < source.length) {
    const unit = source[at]!;
    if (unit === '\\') at += 2;
    else if (unit === quote && source.startsWith(close, at)) return at + close.length;
    else if (unit === '\n' && !isTriple) return at;
    else at++;
  }
  return source.length;
}
