import { keyPattern } from './printed-module.ts';

/** What stands before every line of a block, how far its head is indented, how much more each level is, and the head's type. */
export interface Frame {
  readonly prefix: RegExp | null;
  readonly indent: number;
  readonly step: number;
  readonly typeName: string;
}

/** Reads the frame of a block off its head and the lines after it; null when no block starts here (rule T7). */
export function frameOf(lines: readonly string[], at: number): Frame | null {
  const head = headOf(lines[at]!);
  if (head === null) return null;
  const { before, typeName } = head;
  const next = nextFilled(lines, at + 1);
  if (next < 0) return null;
  // A logger or a launcher may write the same before every line, or before the first one only.
  const prefix = prefixLike(before);
  const repeated = prefix?.test(lines[next]!) === true ? prefix : null;
  const lead = leadOf(withoutPrefix(lines[next]!, repeated));
  const own = before.trim() === '' ? before.length : 0;
  const flat = lead <= own;
  if (!hasChildLine(lines, next, repeated, lead)) return null;
  const step = flat ? usualStep : stepOf(lines, next, repeated, lead);
  return { prefix: repeated, indent: flat ? -1 : Math.max(0, lead - step), step, typeName };
}

/** The type that a line ends with (`ResNet(`), and what stands before it; null for other lines. */
function headOf(line: string): { readonly before: string; readonly typeName: string } | null {
  if (!line.endsWith('(')) return null;
  let start = line.length - 1;
  while (start > 0 && /[\p{L}\p{N}_.<>]/u.test(line[start - 1]!)) start--;
  const word = line.slice(start, -1);
  const first = word.search(/[\p{L}_]/u);
  if (first < 0 || word.endsWith('.')) return null;
  return { before: line.slice(0, start + first), typeName: word.slice(first) };
}

const longestPrefix = 200;

/**
 * What loggers, launchers and listings write before each line of a block: as before its head, but for numbers, which
 * change from line to line (times, line numbers). Null for what they do not write.
 */
function prefixLike(before: string): RegExp | null {
  const text = before.trim();
  if (text === '' || before.length > longestPrefix || /^\(.*\):$/.test(text)) return null;
  const source = before
    .trimEnd()
    .replaceAll(/[$()*+./?[\\\]^{|}-]/g, String.raw`\$&`)
    .replaceAll(/( *)\d+/g, (_, space: string, at: number) => `${space === '' ? '' : at === 0 ? ' *' : ' +'}\\d{1,20}`);
  const space = before.length - before.trimEnd().length;
  return new RegExp(String.raw`^${source}(?: {${space}}|$)`);
}

/** How far torch indents each level. */
const usualStep = 2;
const widestStep = 8;

/**
 * How far each level is indented: as far as the first child is more than the parenthesis that closes the block. Editors
 * and forums change it; it holds only where every child stands at a multiple of it.
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
    if (line.trim() === '') continue;
    const indent = leadOf(line);
    if (indent < lead) return false;
    if (indent === lead && keyPattern.test(line.slice(indent))) return true;
    if (indent === lead && headOf(line) !== null) return false;
  }
  return false;
}

function nextFilled(lines: readonly string[], from: number): number {
  for (let at = from; at < lines.length && at < from + 50; at++) if (lines[at]!.trim() !== '') return at;
  return -1;
}

/** How far a line is indented. */
export function leadOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** A line without what stands before every line of its block. */
export function withoutPrefix(line: string, prefix: RegExp | null): string {
  return prefix === null ? line : line.replace(prefix, '');
}
