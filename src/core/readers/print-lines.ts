import type { TensorInfo } from '../module-tree/module-tree.ts';
import { storageDtype } from './tensor-types.ts';

/** A module as `print(model)` shows it. */
export interface PrintedModule {
  /** Its key in the parent: `layer1`, or the first number of a run. */
  readonly key: string;
  /** First number of a run of equal siblings (`(0-11): 12 x`), and how many there are; null for one module. */
  readonly run: { readonly first: number; readonly count: number } | null;
  /** The name before the parenthesis; null where a module prints itself in a way of its own. */
  readonly typeName: string | null;
  /** What stands between the parentheses, children left out; lines are kept. */
  extra: string;
  readonly children: PrintedModule[];
  /** Parameters that a ParameterList or ParameterDict shows. */
  readonly tensors: TensorInfo[];
  /** Line (from 1) on which it starts. */
  readonly line: number;
}

/** A printed model found in a text. */
export interface PrintedModel {
  readonly root: PrintedModule;
  /** First and last line, from 1. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Where a printed model breaks off. */
export interface PrintError {
  readonly line: number;
  readonly reason: 'unclosed' | 'run';
  /** The line that is wrong, or the head of the block that does not end. */
  readonly text: string;
}

/** Models found in a text, and the first thing wrong with one. */
export interface PrintedModels {
  readonly models: readonly PrintedModel[];
  readonly error: PrintError | null;
}

const escapeSequences = /\u001b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
const wholePattern = /^(?!OrderedDict)(?:[\p{L}_][\p{L}\p{N}_]*\.)*_*\p{Lu}[\p{L}\p{N}_]*\(.*\)$/u;
/** A child; where its module prints as nothing at all, the line ends with the colon. */
const keyPattern = /^\((?:[\s\S]*?\): \S|[^()]*\):$)/;
const runPattern = /^(\d+) x (.*)$/;
const parameterPattern = /^Parameter containing: \[([\w.]+) of size ([\dx]*)(?: \([^)]*\))?\]$/;

/** Lines without colours, carriage returns and the trailing spaces of blank lines. */
export function splitPrintedText(text: string): string[] {
  return text
    .replace(escapeSequences, '')
    .split(/\r\n|\n|\r/)
    .map((line) => (line.includes('\t') ? line.replaceAll('\t', '    ') : line))
    .map((line) => line.replace(/[\u00a0\u2003]/g, ' ').trimEnd());
}

/** Whether some line looks like a child of a printed module (`(conv1): Conv2d(`) with a head above it. */
export function findPrintedHead(lines: readonly string[], from = 0): number {
  for (let at = from; at < lines.length; at++) {
    if (lines[at]!.endsWith('(') && frameOf(lines, at) !== null) return at;
  }
  return -1;
}

/** Whether a line alone is a printed module, such as `Linear(in_features=8, out_features=8, bias=True)`. */
export function isWholeModule(line: string): boolean {
  return wholePattern.test(line.trim());
}

/** Finds every printed model of a text, log lines and prompts around them left aside (rule T7). */
export function parsePrintedModels(lines: readonly string[]): PrintedModels {
  const models: PrintedModel[] = [];
  let error: PrintError | null = null;
  for (let at = findPrintedHead(lines); at >= 0; ) {
    const parsed = parseBlock(lines, at);
    if (parsed.error !== null) {
      error ??= parsed.error;
      break;
    }
    models.push({ root: parsed.root, firstLine: at + 1, lastLine: parsed.next });
    at = findPrintedHead(lines, parsed.next);
  }
  if (models.length === 0 && error === null) {
    const at = lines.findIndex(isWholeModule);
    const unfolded = at < 0 ? [] : unfold(lines[at]!);
    if (unfolded.length > 1) {
      const parsed = parseBlock(unfolded, 0);
      if (parsed.error !== null) return { models, error: { ...parsed.error, line: at + 1 } };
      models.push({ root: parsed.root, firstLine: at + 1, lastLine: at + 1 });
    } else if (at >= 0) {
      const root = moduleOf('', lines[at]!.trim(), at + 1);
      models.push({ root, firstLine: at + 1, lastLine: at + 1 });
    }
  }
  return { models, error };
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

/** A model whose line ends became spaces, as lines again; anything else as it is. */
function unfold(line: string): readonly string[] {
  const spaced = line.trim().replace(/ +/g, ' ');
  const lines = spaced.replace(/ (?=\([^()\s]+\): \S)/g, '\n').replaceAll(' )', '\n)').split('\n');
  return lines.length > 1 && frameOf(lines, 0) !== null ? lines : [line];
}

/** What stands before every line of a block, how far its head is indented, how much more each level is, and the head's type. */
interface Frame {
  readonly prefix: RegExp | null;
  readonly indent: number;
  readonly step: number;
  readonly typeName: string;
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

/** Reads the frame of a block off its head and the line after it; null when no block starts here. */
function frameOf(lines: readonly string[], at: number): Frame | null {
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

function leadOf(line: string): number {
  return line.length - line.trimStart().length;
}

function withoutPrefix(line: string, prefix: RegExp | null): string {
  return prefix === null ? line : line.replace(prefix, '');
}

type ParsedBlock =
  | { readonly error: null; readonly root: PrintedModule; readonly next: number }
  | { readonly error: PrintError };

interface OpenBlock {
  readonly module: PrintedModule;
  readonly indent: number;
}

/** Parses the block whose head is line `start`, by indentation; `next` is the line after its end. */
function parseBlock(lines: readonly string[], start: number): ParsedBlock {
  const frame = frameOf(lines, start)!;
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
    if (rest === 'None') continue;
    const parameter = parameterOf(key, rest);
    if (parameter !== null) {
      block.module.tensors.push(parameter);
      continue;
    }
    const range = /^(\d+)-(\d+)$/.exec(key);
    const repeated = range === null ? null : runPattern.exec(rest);
    let run: PrintedModule['run'] = null;
    let head = rest;
    if (range !== null && repeated !== null) {
      const first = Number(range[1]);
      const count = Number(repeated[1]);
      if (count < 1 || Number(range[2]) - first + 1 !== count) {
        return { error: { line: lineNumber, reason: 'run', text: content } };
      }
      run = { first, count };
      head = repeated[2]!;
      if (head === 'None') continue;
    }
    if (/^[^\s()]+\($/u.test(head) || /^[^\s()]+\(Reference\)\($/.test(head)) {
      const child = emptyModule(key, run, head.slice(0, -1), lineNumber);
      block.module.children.push(child);
      open.push({ module: child, indent });
      continue;
    }
    let whole = head;
    let balance = flat ? 0 : parenthesisBalance(head);
    // A module that prints itself over several lines: they belong to it until its parentheses close.
    while (balance > 0 && at < lines.length) {
      const following = withoutPrefix(lines[at]!, frame.prefix);
      const closes = leadOf(following) === indent && following.trim() === ')';
      // Copied from a terminal, a line that is too long goes on at the left edge of the next.
      if (indent > 0 && /^\S/.test(following) && following !== ')' && !keyPattern.test(following)) {
        whole += following;
        balance += parenthesisBalance(following);
        at++;
        continue;
      }
      if (leadOf(following) <= indent && following.trim() !== '' && !closes) break;
      whole += `\n${following.trim()}`;
      balance += parenthesisBalance(following);
      at++;
      if (closes) break;
    }
    block.module.children.push(moduleOf(key, whole, lineNumber, run));
  }
  return unclosed(lines, open.at(-1)!.module);
}

function unclosed(lines: readonly string[], module: PrintedModule): ParsedBlock {
  return { error: { line: module.line, reason: 'unclosed', text: (lines[module.line - 1] ?? '').trim() } };
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

const moduleStart = /^(?:\d+ x )?[\p{L}_][\p{L}\p{N}_.<>]*\(|^None$|^Parameter containing/u;
const mostSplits = 20;

/** Splits `(key): rest` where the rest is a module, or at least looks like one: a key may itself hold `): `. */
function splitKey(content: string): { readonly key: string; readonly rest: string } {
  const splits: { readonly key: string; readonly rest: string }[] = [];
  if (content.endsWith('):') && !content.includes('): ')) return { key: content.slice(1, -2), rest: '' };
  let at = content.indexOf('): ');
  while (at >= 0 && splits.length < mostSplits) {
    splits.push({ key: content.slice(1, at), rest: content.slice(at + 3) });
    at = content.indexOf('): ', at + 1);
  }
  return (
    splits.find(({ rest }) => moduleStart.test(rest) && (rest.endsWith('(') || closesAtEnd(rest))) ??
    splits.find(({ rest }) => moduleStart.test(rest)) ??
    splits[0]!
  );
}

/** Whether the first parenthesis of a text closes with its last character (or there is none). */
function closesAtEnd(text: string): boolean {
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 40) open++;
    else if (code === 41 && --open === 0) return at === text.length - 1;
  }
  return open === 0;
}

function emptyModule(
  key: string,
  run: PrintedModule['run'],
  typeName: string | null,
  line: number,
): PrintedModule {
  return { key, run, typeName, extra: '', children: [], tensors: [], line };
}

function moduleOf(key: string, text: string, line: number, run: PrintedModule['run'] = null): PrintedModule {
  const parts = /^([^\s()]+(?:\(Reference\))?)\(([\s\S]*)\)$/u.exec(text);
  if (parts !== null) {
    const extra = parts[2]!.trim();
    const only = onlyParameter(extra);
    const module = emptyModule(key, run, parts[1]!, line);
    return only === null ? { ...module, extra } : { ...module, tensors: [only] };
  }
  const isName = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text);
  return { ...emptyModule(key, run, isName ? text : null, line), extra: isName ? '' : text };
}

/** A parameter as ParameterList and ParameterDict print it; null for anything else. */
function parameterOf(key: string, rest: string): TensorInfo | null {
  const parameter = parameterPattern.exec(rest);
  if (parameter === null) return null;
  // Either `torch.float32` or, before torch 2, the class of the tensor: `torch.cuda.FloatTensor`.
  const [, tensorClass, named] = /^torch\.(?:cuda\.)?(?:(\w+)Tensor|(\w+))$/.exec(parameter[1]!) ?? [];
  const dtype = tensorClass === undefined ? (named ?? null) : storageDtype(`${tensorClass}Storage`);
  const shape = parameter[2] === '' ? [] : parameter[2]!.split('x').map(Number);
  return { name: key, shape, dtype, isNone: false };
}

/** The parameter of a list or dictionary of one, which torch prints on the line of the module. */
function onlyParameter(extra: string): TensorInfo | null {
  if (!extra.startsWith('(') || !extra.includes('): Parameter containing: [')) return null;
  const { key, rest } = splitKey(extra);
  return parameterOf(key, rest);
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
