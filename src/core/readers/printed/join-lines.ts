import { isLogLine } from '../lines/line-kinds.ts';
import { withoutPrefix } from '../lines/log-prefix.ts';
import { leadOf, type Frame } from './print-frame.ts';
import { keyPattern, parameterOf, parenthesisBalance } from './printed-module.ts';
import type { TensorInfo } from '../../module-tree/module-tree.ts';

/**
 * Puts a module together that prints itself over several lines: they belong to it until its parentheses close.
 * @param from the line after its head
 */
export function joinModule(
  lines: readonly string[],
  from: number,
  head: string,
  { prefix, indent: outermost }: Frame,
  indent: number,
): { readonly text: string; readonly next: number; readonly noise: ReadonlySet<number> } {
  let text = head;
  let next = from;
  const noise = new Set<number>();
  // Without any indentation a line looks like one of the next module.
  let balance = outermost < 0 ? 0 : parenthesisBalance(head);
  while (balance > 0 && next < lines.length) {
    const following = withoutPrefix(lines[next]!, prefix);
    if (isLogLine(following)) {
      noise.add(next++);
      continue;
    }
    if (following.trim() === '') {
      next++;
      continue;
    }
    const closes = leadOf(following) === indent && following.trim() === ')';
    // In text copied from a terminal, a long line continues at the left edge of the next line, perhaps after a space.
    const isAtEdge = /^ ?\S/.test(following) && leadOf(following) < indent;
    const isEnd = following.trim() === ')';
    const goesOn = isAtEdge && !keyPattern.test(following.trimStart()) && (!isEnd || (balance === 1 && indent > 0 && hasMore(lines, next + 1, prefix)));
    if (!goesOn && leadOf(following) <= indent && !closes) break;
    text += goesOn ? following : `\n${following.trim()}`;
    balance += parenthesisBalance(following);
    next++;
    if (closes) break;
  }
  return { text, next, noise };
}

/** Whether a child or a closing parenthesis follows: a line that a terminal broke before its last parenthesis continues there. */
function hasMore(lines: readonly string[], from: number, prefix: RegExp | null): boolean {
  const content = from < lines.length ? withoutPrefix(lines[from]!, prefix).trim() : '';
  return content === ')' || keyPattern.test(content);
}

const longestParameter = 3;

/** A parameter of a list or dictionary, whose line a terminal may have broken; `next` is the line after it. Null for anything else. */
export function joinParameter(
  key: string,
  rest: string,
  lines: readonly string[],
  from: number,
  { prefix }: Frame,
): { readonly tensor: TensorInfo; readonly next: number } | null {
  if (!rest.startsWith('Parameter containing: [')) return null;
  let texts: readonly string[] = [rest];
  for (let next = from; next <= from + longestParameter; next++) {
    const tensor = texts.map((text) => parameterOf(key, text)).find((found) => found !== null);
    if (tensor) return { tensor, next };
    const following = next < lines.length ? withoutPrefix(lines[next]!, prefix) : '';
    if (following.trim() === '' || keyPattern.test(following.trimStart())) return null;
    // A space at the end of a broken line is not in the text any more.
    texts = texts.flatMap((text) => [text + following, `${text} ${following.trimStart()}`]);
  }
  return null;
}

const longestKey = 4;

/**
 * A key may hold line ends, and the text after them is indented as its parent is: puts it together again. Null where
 * the line is no such key.
 */
export function joinKey(
  content: string,
  indent: number,
  lineAhead: (ahead: number) => string | null,
): { readonly content: string; readonly lines: number } | null {
  if (!content.startsWith('(') || content.includes('): ') || /\):?$/.test(content)) return null;
  let joined = content;
  for (let lines = 1; lines <= longestKey; lines++) {
    const following = lineAhead(lines - 1);
    if (following === null || leadOf(following) < indent) return null;
    const part = following.slice(indent);
    if (part.trimStart().startsWith('(')) return null;
    joined += `\n${part}`;
    if (keyPattern.test(joined)) return { content: joined, lines };
  }
  return null;
}
