import { parseBlock, type LineMark, type ParsedBlock, type PrintError } from './print-block.ts';
import { fragmentAt, frameOf, type Frame } from './print-frame.ts';
import { holdsModule, moduleOf, type PrintedModule } from './printed-module.ts';
import { reflow } from './reflow.ts';

/** A printed model found in a text. */
export interface PrintedModel {
  readonly root: PrintedModule;
  /** First and last line, from 1. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** The role of each line; lines without a mark are not understood. */
  readonly marks: readonly LineMark[];
  /** The text begins inside the model: the root is not printed. */
  readonly isFragment: boolean;
  /** The text before the head on its line. */
  readonly before: string;
  /** The prefix of each line, if it has one. */
  readonly prefix?: RegExp | null;
  /** Lines (from 0) whose indentation does not fit the parentheses. */
  readonly shifted?: readonly number[];
}

/** Models found in a text, and the first thing wrong with one. */
export interface PrintedModels {
  readonly models: readonly PrintedModel[];
  readonly error: PrintError | null;
}

const escapeSequences = /\u001b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
const wholePattern = /^(?!(?:[\p{L}_][\p{L}\p{N}_]*\.)*(?:OrderedDict|_?IncompatibleKeys|\w*Namespace|Size|Parameter|Tensor|defaultdict|Counter)\()(?:[\p{L}_][\p{L}\p{N}_]*\.)*_*\p{Lu}[\p{L}\p{N}_]*\(.*\)$/u;

/** Characters without width that editors and web pages put into texts. */
const withoutWidth = /[\u200b\u2060\ufeff]/g;

/** Lines without colours, characters without width, carriage returns and the trailing spaces of blank lines. */
export function splitPrintedText(text: string): string[] {
  return text
    .replace(withoutWidth, '')
    .replace(escapeSequences, '')
    .split(/\r\n|\n|\r/)
    .map((line) => (line.includes('\t') ? line.replaceAll('\t', '    ') : line))
    .map((line) => line.replace(/[\u00a0\u2003]/g, ' ').trimEnd());
}

/** Whether a line alone is a printed module, such as `Linear(in_features=8, out_features=8, bias=True)`. */
export function isWholeModule(line: string): boolean {
  return wholePattern.test(line.trim());
}

/** The indentation of the outermost line. */
export function outermost(lines: readonly string[]): number {
  return lines.reduce((least, line) => (line === '' ? least : Math.min(least, indentOf(line))), Infinity);
}

/** Finds every printed model of a text, next to any other text (rule T7). */
export function parsePrintedModels(lines: readonly string[]): PrintedModels {
  const models: PrintedModel[] = [];
  for (let head = nextHead(lines, 0); head !== null; ) {
    const parsed = parseLines(lines, head.at, head.frame);
    if (parsed.error !== null) return { models, error: parsed.error };
    const { root, marks, next, shifted } = parsed;
    const { isFragment, before, prefix } = head.frame;
    // In a list of modules the line that closes one of them is the head of the next.
    const isNextOfList = isFragment && models.at(-1)?.lastLine === head.at && lines[head.at - 1]!.endsWith('(');
    if (isNextOfList) {
      head = nextHead(lines, Math.max(next, head.at + 1));
      continue;
    }
    if (!isFragment || root.children.length > 0) {
      models.push({ root, firstLine: head.at + 1, lastLine: next, marks, isFragment, before, prefix, shifted });
    }
    head = nextHead(lines, Math.max(next, head.at + 1));
  }
  return models.length > 0 ? { models, error: null } : parseWholeModule(lines);
}

const mostUnread = 3;

/** Parses a block by its lines; where they end elsewhere than torch's, by its parentheses alone (rule T7h). */
function parseLines(lines: readonly string[], start: number, frame: Frame): ParsedBlock {
  const parsed = parseBlock(lines, start, frame);
  const unread = parsed.error !== null ? Infinity : new Set(parsed.marks.flatMap(({ line, use }) => (use === 'unread' ? [line] : []))).size;
  const flowed = unread <= mostUnread || frame.isFragment ? null : reflow(lines, start, frame);
  if (flowed === null) return parsed;
  const again = parseBlock(flowed.lines, 0, { ...frame, prefix: null, indent: -1, before: '' });
  if (again.error !== null || again.next < flowed.lines.length || again.marks.some(({ use }) => use === 'unread')) return parsed;
  const marks = again.marks.map(({ line, use }): LineMark => ({ line: flowed.origins[line]!, use }));
  for (let line = start; line < flowed.next; line++) marks.push({ line, use: 'understood' });
  return { error: null, root: placed(again.root, flowed.origins), next: flowed.next, marks, shifted: [start] };
}

/** A module whose lines count in the text that it was taken from. */
function placed(root: PrintedModule, origins: readonly number[]): PrintedModule {
  const waiting: PrintedModule[] = [root];
  for (let module = waiting.pop(); module !== undefined; module = waiting.pop()) {
    module.line = origins[module.line - 1]! + 1;
    waiting.push(...module.children);
  }
  return root;
}

/** The first head of a block, or first line of a fragment, from a line on (from 0). */
function nextHead(lines: readonly string[], from: number): { readonly at: number; readonly frame: Frame } | null {
  for (let at = from; at < lines.length; at++) {
    const frame = frameOf(lines, at) ?? fragmentAt(lines, at);
    if (frame !== null) return { at, frame };
  }
  return null;
}

/** Lines that begin Python source: there, a line such as `Trainer(model)` is a call. */
const sourceLine = /^(?:import \w|from [\w.]+ import |(?:class|def) \w+.*:$)/;

/** The first model that is on one line, whether it has no children or its line ends became spaces. */
function parseWholeModule(lines: readonly string[]): PrintedModels {
  const at = lines.findIndex(isWholeModule);
  // Several modules, one a line, are parts of a model whose names are not printed.
  if (lines.filter(isWholeModule).length > 1) return { models: [], error: null };
  // A line further in than others is a part of something that is printed in another way, e.g. of the transforms of a data set.
  if (at < 0 || indentOf(lines[at]!) > outermost(lines)) return { models: [], error: null };
  const line = lines[at]!.trim();
  const unfolded = unfold(line);
  const frame = unfolded.length > 1 ? frameOf(unfolded, 0) : null;
  const marks: LineMark[] = [{ line: at, use: 'understood' }];
  const notRead: LineMark[] = [{ line: at, use: 'unread' }];
  const place = { firstLine: at + 1, lastLine: at + 1, isFragment: false, before: '', marks };
  if (frame === null) {
    if (lines.some((other) => sourceLine.test(other))) return { models: [], error: null };
    return { models: [{ root: moduleOf('', line, at + 1), ...place, ...(holdsModule(line.slice(line.indexOf('('))) && { marks: notRead }) }], error: null };
  }
  const parsed = parseBlock(unfolded, 0, frame);
  if (parsed.error !== null) return { models: [], error: { ...parsed.error, line: at + 1 } };
  const isRead = parsed.next === unfolded.length && parsed.marks.every(({ use }) => use !== 'unread');
  if (!isRead) return { models: [{ root: parsed.root, ...place, marks: notRead }], error: null };
  const hasGap = /\s(?:\.{3}|…)\s/.test(line);
  return { models: [{ root: parsed.root, ...place, ...(hasGap && { marks: [{ line: at, use: 'gap' }] }) }], error: null };
}

/** How many spaces a line begins with. */
export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The lines of a model whose line ends became spaces. */
function unfold(line: string): readonly string[] {
  const spaced = line.replace(/ +/g, ' ').replaceAll(/(?<=[\p{L}\p{N}_>]\() /gu, '\n');
  return spaced.replace(/ (?=\([^()\s]+\): \S)/g, '\n').replaceAll(' )', '\n)').split('\n');
}
