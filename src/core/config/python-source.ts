import { parser } from '@lezer/python';

/** A parsed source, and a node of it. */
export type SyntaxTree = ReturnType<typeof parser.parse>;
export type SyntaxNode = SyntaxTree['topNode'];

/** Parses Python source; the tree covers every unit and marks faults. Never throws. */
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
    const unit = source.charCodeAt(at);
    if (unit === 0x23) {
      at = endOfLine(source, at);
    } else if (unit === 0x27 || unit === 0x22) {
      at = endOfString(source, at);
    } else if (!isWordUnit(unit)) {
      at++;
    } else {
      at = endOfWord(source, at);
      // Digits after the point belong to the number; `1.` has none.
      if (!isDigit(unit) || source[at] !== '.') continue;
      const next = source.charCodeAt(at + 1);
      if (isDigit(next) || next === 0x2e) {
        at = endOfWord(source, at + 1);
        continue;
      }
      filled += `${source.slice(done, at)}_`;
      at++;
      done = at;
    }
  }
  return done === 0 ? source : filled + source.slice(done);
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** Whether a unit may occur in a name or a number; beyond ASCII every unit may. */
function isWordUnit(unit: number): boolean {
  const isLetter = (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
  return isLetter || isDigit(unit) || unit === 0x5f || unit > 0x7f;
}

function endOfWord(source: string, start: number): number {
  let at = start;
  while (at < source.length && isWordUnit(source.charCodeAt(at))) at++;
  return at;
}

function endOfLine(source: string, start: number): number {
  const end = source.indexOf('\n', start);
  return end < 0 ? source.length : end;
}

function endOfString(source: string, start: number): number {
  const quote = source[start]!;
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
