import { withoutPrefix } from '../lines/log-prefix.ts';
import type { Frame } from './print-frame.ts';
import { parenthesisBalance } from './printed-module.ts';

/** A printed model with one child or closing parenthesis a line, all at the edge, and the line (from 0) that each comes from. */
export interface Reflowed {
  readonly lines: readonly string[];
  readonly origins: readonly number[];
  /** The line after the model, from 0. */
  readonly next: number;
}

const mostLines = 200_000;
const childStart = /(?<=^|[\s(])(?=\([^()\s]+\): \S)/u;

/**
 * A printed model whose line ends are not torch's (rule T7h): parentheses alone say where a module begins and ends. Null
 * where they do not close, and where a text stands between modules that belongs to none.
 */
export function reflow(lines: readonly string[], start: number, { prefix, before }: Frame): Reflowed | null {
  const pieces: string[] = [];
  const origins: number[] = [];
  let open = 0;
  /** Parentheses of the last piece that are not closed; 0 where the next text begins a piece of its own. */
  let pending = 0;
  const add = (piece: string, line: number): void => {
    pieces.push(piece);
    origins.push(line);
  };
  for (let at = start; at < lines.length && at < start + mostLines; at++) {
    const line = at === start ? lines[at]!.slice(before.length) : withoutPrefix(lines[at]!, prefix);
    const parts = line.trim().split(childStart);
    for (const [index, part] of parts.entries()) {
      let rest = part.trim();
      if (rest === '') continue;
      if (pending > 0 && !rest.startsWith(')')) {
        const end = closingAt(rest, pending);
        const taken = end < 0 ? rest : rest.slice(0, end + 1);
        // Own text of a module stands before its children: it stays a line of its own.
        if (pieces.at(-1)!.endsWith('(') && !rest.startsWith('(') && end < 0) return null;
        if (/^\([^()\s]+\): /.test(rest)) return null;
        pieces[pieces.length - 1] += ` ${taken}`;
        pending += parenthesisBalance(taken);
        rest = rest.slice(taken.length).trim();
      } else if (!rest.startsWith(')')) {
        const end = closingAt(rest.replace(/^\([^()\s]+\)/, (key) => '.'.repeat(key.length)), 0);
        const own = end < 0 ? rest : rest.slice(0, end);
        const isHead = own.endsWith('(') && parenthesisBalance(own) === 1;
        if (!/^\([^()\s]+\): /.test(own) && pieces.length > 0 && !pieces.at(-1)!.endsWith('(')) return null;
        add(own.trim(), at);
        if (isHead) open++;
        else pending = parenthesisBalance(own);
        rest = rest.slice(own.length).trim();
      }
      for (; rest.startsWith(')'); rest = rest.slice(1).trim()) {
        if (pending > 0) {
          pieces[pieces.length - 1] += ')';
          pending--;
          continue;
        }
        add(')', at);
        if (--open > 0) continue;
        const isLast = index === parts.length - 1 && /^\)[\s)\]},;"'`]*$/.test(rest);
        return isLast ? { lines: pieces, origins, next: at + 1 } : null;
      }
      if (rest !== '' && !/^[,;]$/.test(rest)) return null;
    }
  }
  return null;
}

/** Where the first parenthesis closes that a text does not open, `open` being open before it; -1 for none. */
function closingAt(text: string, open: number): number {
  let depth = Math.max(0, open - 1);
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth < 0) return at;
  }
  return -1;
}
