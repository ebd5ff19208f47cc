import { isGap, isLogLine, startsAsRemark } from '../lines/line-kinds.ts';
import { prefixLike, withoutPrefix } from '../lines/log-prefix.ts';
import { splitRemark } from './printed-head.ts';
import { isModuleText, keyPattern, splitKey } from './printed-module.ts';

/** The frame of a block: the prefix of every line, the indentation of its head and of each level, and the head's type. */
export interface Frame {
  readonly prefix: RegExp | null;
  readonly indent: number;
  readonly step: number;
  /** Null for a fragment, whose head is not in the text. */
  readonly typeName: string | null;
  /** The text before the type on the line of the head. */
  readonly before: string;
  /** A person's remark follows the head. */
  readonly hasRemark: boolean;
  /** The text begins inside a model: its first line is a child. */
  readonly isFragment: boolean;
}

/** Reads the frame of a block off its head and the lines after it; null when no block starts here (rule T7). */
export function frameOf(lines: readonly string[], at: number): Frame | null {
  const head = headOf(lines[at]!);
  if (head === null) return null;
  const { before, typeName, hasRemark } = head;
  // A logger or a launcher may write the same before every line, or before the first one only.
  const prefix = prefixLike(before);
  const next = nextOwn(lines, at + 1, prefix);
  if (next < 0 || keyBefore.test(before)) return null;
  const repeated = prefix?.test(lines[next]!) === true ? prefix : null;
  const lead = leadOf(withoutPrefix(lines[next]!, repeated));
  const own = before.trim() === '' ? before.length : 0;
  const flat = lead <= own;
  if (!hasChildLine(lines, next, repeated, lead)) return null;
  // Behind a gap the first line may be anywhere below the head: only torch's own indentation shows where.
  const isAfterGap = !flat && lines.slice(at + 1, next).some((line) => isGap(withoutPrefix(line, repeated).trim()));
  const step = flat || isAfterGap ? usualStep : stepOf(lines, next, repeated, lead);
  return { prefix: repeated, indent: flat ? -1 : isAfterGap ? own : Math.max(0, lead - step), step, typeName, before, hasRemark, isFragment: false };
}

/** A key of a child before a type: the line is no head of a model. */
const keyBefore = /\([^()\s]+\): (?:\d+ x )?$/;

/**
 * Reads the frame of a text that begins inside a model off the line of its first child; null for other lines (rule T28).
 * One such line may be anything: more of the block must follow.
 */
export function fragmentAt(lines: readonly string[], at: number): Frame | null {
  const line = lines[at]!;
  const key = /^(.{0,200}?)\([^()\s]+\): (?:\d+ x )?[\p{L}_][\p{L}\p{N}_.]*\(/u.exec(line);
  if (key === null) return null;
  const before = key[1]!;
  const prefix = prefixLike(before.trimEnd());
  if (before.trim() !== '' && prefix === null) return null;
  const next = nextOwn(lines, at + 1);
  if (next < 0 || (prefix !== null && !prefix.test(lines[next]!))) return null;
  const following = withoutPrefix(lines[next]!, prefix).trimStart();
  const goesOn = following.startsWith(')') || (keyPattern.test(following) && isModuleText(splitKey(following).rest));
  if (!goesOn) return null;
  const indent = leadOf(withoutPrefix(line, prefix)) - usualStep;
  return { prefix, indent, step: usualStep, typeName: null, before: '', hasRemark: false, isFragment: true };
}

/** The type that a line ends with (`ResNet(`), a remark left aside, and the text before it; null for other lines. */
function headOf(whole: string): { readonly before: string; readonly typeName: string; readonly hasRemark: boolean } | null {
  const line = withoutRemark(whole);
  if (!line.endsWith('(')) return null;
  let start = line.length - 1;
  while (start > 0 && /[\p{L}\p{N}_.<>]/u.test(line[start - 1]!)) start--;
  const tags = /^(?:<\/?[a-z]\w*>)+/.exec(line.slice(start))?.[0].length ?? 0;
  start += tags;
  const word = line.slice(start, -1);
  const first = word.search(/[\p{L}_]/u);
  if (first < 0 || word.endsWith('.')) return null;
  return { before: line.slice(0, start + first), typeName: word.slice(first), hasRemark: line !== whole };
}

/** A line up to the parenthesis that a remark follows. */
function withoutRemark(line: string): string {
  if (line.endsWith('(') || line.length > longestHead) return line;
  for (const found of line.matchAll(/[\p{L}_][\p{L}\p{N}_.<>]*\(/gu)) {
    const { head, hasRemark } = splitRemark(line.slice(found.index));
    if (hasRemark && head.endsWith('(')) return line.slice(0, found.index) + head;
  }
  return line;
}

const longestHead = 1000;

/** How far torch indents each level. */
const usualStep = 2;
const widestStep = 8;

/**
 * How far each level is indented: as far as the first child is more than the parenthesis that closes the block. Editors
 * and forums change it; it holds only where every child is at a multiple of it.
 */
function stepOf(lines: readonly string[], from: number, prefix: RegExp | null, lead: number): number {
  const leads = new Set<number>();
  for (let at = from; at < lines.length; at++) {
    const line = withoutPrefix(lines[at]!, prefix);
    const indent = leadOf(line);
    if (line.trim() === ')' && indent < lead) {
      const step = lead - indent;
      const holds = step <= widestStep && [...leads].every((other) => (other - lead) % step === 0);
      return holds ? step : usualStep;
    }
    if (line.trim() !== '' && indent < lead) return usualStep;
    if (keyPattern.test(line.slice(indent)) && !line.includes('): Parameter containing: [')) leads.add(indent);
  }
  return usualStep;
}

/** Whether a child follows among the lines that are indented like the first one. */
function hasChildLine(lines: readonly string[], from: number, prefix: RegExp | null, lead: number): boolean {
  const farthest = Math.min(lines.length, from + 200);
  for (let at = from; at < farthest; at++) {
    const line = withoutPrefix(lines[at]!, prefix);
    const content = line.trim();
    if (content === '' || isNoise(content)) continue;
    const indent = leadOf(line);
    if (indent < lead) return false;
    if (indent === lead && keyPattern.test(line.slice(indent))) return true;
    if (indent === lead && headOf(line) !== null) return false;
  }
  return false;
}

/** The next line that can belong to the block itself: no blank one, log line, gap or remark. */
function nextOwn(lines: readonly string[], from: number, prefix: RegExp | null = null): number {
  for (let at = from; at < lines.length && at < from + 50; at++) {
    const content = withoutPrefix(lines[at]!, prefix).trim();
    if (content !== '' && !isNoise(content)) return at;
  }
  return -1;
}

/** Whether a line says nothing about a block's frame: a logger may also write its prefix before the lines of the block. */
function isNoise(content: string): boolean {
  if (isGap(content) || startsAsRemark(content)) return true;
  return isLogLine(content) && !/\([^()\s]+\): |[()]$/.test(content);
}

/** How far a line is indented. */
export function leadOf(line: string): number {
  return line.length - line.trimStart().length;
}
