import { leadOf, withoutPrefix, type Frame } from './print-frame.ts';
import { emptyModule, keyPattern, moduleOf, parameterOf, splitKey, type PrintedModule } from './printed-module.ts';

/** Where a printed model breaks off. */
export interface PrintError {
  readonly line: number;
  readonly reason: 'unclosed' | 'run';
  /** The line that is wrong, or the head of the block that does not end. */
  readonly text: string;
}

/** A printed model; `next` is the line after its end, from 0. */
export type ParsedBlock =
  | { readonly error: null; readonly root: PrintedModule; readonly next: number }
  | { readonly error: PrintError };

/** A module whose children follow. */
interface OpenBlock {
  readonly module: PrintedModule;
  readonly indent: number;
}

/** Parses the block whose head is line `start` (from 0), by the indentation that its frame tells (rule T7). */
export function parseBlock(lines: readonly string[], start: number, frame: Frame): ParsedBlock {
  // Without any indentation only the lines that hold a lone parenthesis tell where a block ends.
  const flat = frame.indent < 0;
  const root = emptyModule('', null, frame.typeName, start + 1);
  const open: OpenBlock[] = [{ module: root, indent: frame.indent }];
  let at = start + 1;
  while (at < lines.length) {
    const line = withoutPrefix(lines[at]!, frame.prefix);
    const indent = leadOf(line);
    let content = line.slice(indent);
    const block = open.at(-1)!;
    const lineNumber = ++at;
    if (content === '') continue;
    const joined = joinKey(content, Math.max(0, block.indent), (ahead) => {
      const following = lines[at + ahead];
      return following === undefined ? null : withoutPrefix(following, frame.prefix);
    });
    if (joined !== null) {
      ({ content } = joined);
      at += joined.lines;
    }
    const closes = flat || indent === block.indent || (open.length === 1 && indent < block.indent);
    if (content === ')' && closes) {
      open.pop();
      if (open.length === 0) return { error: null, root, next: at };
      continue;
    }
    if (!flat && indent <= block.indent) return unclosed(lines, block.module);
    const isPlaced = flat || indent === block.indent + frame.step;
    // ParameterList indents what it shows twice.
    const isChild = keyPattern.test(content) && (isPlaced || content.includes('): Parameter containing: ['));
    if (!isChild) {
      const { module } = block;
      const inner = ' '.repeat(Math.max(0, indent - block.indent - frame.step));
      module.extra += module.extra === '' ? content : `\n${inner}${content}`;
      continue;
    }
    const { key, rest } = splitKey(content);
    const parameter = parameterOf(key, rest);
    if (parameter !== null) {
      block.module.tensors.push(parameter);
      continue;
    }
    const numbered = runOf(key, rest);
    if (numbered === null) return { error: { line: lineNumber, reason: 'run', text: content } };
    const { run, head } = numbered;
    if (head === 'None') continue;
    if (/^[^\s()]+\($/u.test(head) || /^[^\s()]+\(Reference\)\($/.test(head)) {
      const child = emptyModule(key, run, head.slice(0, -1), lineNumber);
      block.module.children.push(child);
      open.push({ module: child, indent });
      continue;
    }
    const { whole, next } = joinModule(lines, at, head, frame, indent);
    at = next;
    block.module.children.push(moduleOf(key, whole, lineNumber, run));
  }
  return unclosed(lines, open.at(-1)!.module);
}

function unclosed(lines: readonly string[], module: PrintedModule): ParsedBlock {
  return { error: { line: module.line, reason: 'unclosed', text: (lines[module.line - 1] ?? '').trim() } };
}

/** What follows a key: of a run of equal siblings its numbers and one of them. Null where the numbers do not add up. */
function runOf(key: string, rest: string): { readonly run: PrintedModule['run']; readonly head: string } | null {
  const range = /^(\d+)-(\d+)$/.exec(key);
  const repeated = range === null ? null : /^(\d+) x (.*)$/.exec(rest);
  if (range === null || repeated === null) return { run: null, head: rest };
  const first = Number(range[1]);
  const count = Number(repeated[1]);
  return count < 1 || Number(range[2]) - first + 1 !== count ? null : { run: { first, count }, head: repeated[2]! };
}

/**
 * Puts a module together that prints itself over several lines: they belong to it until its parentheses close.
 * @param from the line after its head
 */
function joinModule(
  lines: readonly string[],
  from: number,
  head: string,
  { prefix, indent: outermost }: Frame,
  indent: number,
): { readonly whole: string; readonly next: number } {
  let whole = head;
  let next = from;
  // Without any indentation a line cannot be told from one of the next module.
  let balance = outermost < 0 ? 0 : parenthesisBalance(head);
  while (balance > 0 && next < lines.length) {
    const following = withoutPrefix(lines[next]!, prefix);
    const closes = leadOf(following) === indent && following.trim() === ')';
    // Copied from a terminal, a line that is too long goes on at the left edge of the next.
    const goesOn = indent > 0 && /^\S/.test(following) && following !== ')' && !keyPattern.test(following);
    if (!goesOn && leadOf(following) <= indent && following.trim() !== '' && !closes) break;
    whole += goesOn ? following : `\n${following.trim()}`;
    balance += parenthesisBalance(following);
    next++;
    if (closes) break;
  }
  return { whole, next };
}

function parenthesisBalance(text: string): number {
  let balance = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 40) balance++;
    else if (code === 41) balance--;
  }
  return balance;
}

const longestKey = 4;

/**
 * A key may hold line ends, and what follows them is indented as its parent is: puts it together again. Null where
 * the line is no such key.
 */
function joinKey(
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
    if (part.startsWith('(')) return null;
    joined += `\n${part}`;
    if (keyPattern.test(joined)) return { content: joined, lines };
  }
  return null;
}
