import { parseBlock, type PrintError } from './print-block.ts';
import { frameOf, type Frame } from './print-frame.ts';
import { moduleOf, type PrintedModule } from './printed-module.ts';

/** A printed model found in a text. */
export interface PrintedModel {
  readonly root: PrintedModule;
  /** First and last line, from 1. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Models found in a text, and the first thing wrong with one. */
export interface PrintedModels {
  readonly models: readonly PrintedModel[];
  readonly error: PrintError | null;
}

const escapeSequences = /\u001b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
const wholePattern = /^(?!OrderedDict)(?:[\p{L}_][\p{L}\p{N}_]*\.)*_*\p{Lu}[\p{L}\p{N}_]*\(.*\)$/u;

/** Lines without colours, carriage returns and the trailing spaces of blank lines. */
export function splitPrintedText(text: string): string[] {
  return text
    .replace(escapeSequences, '')
    .split(/\r\n|\n|\r/)
    .map((line) => (line.includes('\t') ? line.replaceAll('\t', '    ') : line))
    .map((line) => line.replace(/[\u00a0\u2003]/g, ' ').trimEnd());
}

/** Whether a line alone is a printed module, such as `Linear(in_features=8, out_features=8, bias=True)`. */
export function isWholeModule(line: string): boolean {
  return wholePattern.test(line.trim());
}

/** Finds every printed model of a text, log lines and prompts around them left aside (rule T7). */
export function parsePrintedModels(lines: readonly string[]): PrintedModels {
  const models: PrintedModel[] = [];
  for (let head = nextHead(lines, 0); head !== null; ) {
    const parsed = parseBlock(lines, head.at, head.frame);
    if (parsed.error !== null) return { models, error: parsed.error };
    models.push({ root: parsed.root, firstLine: head.at + 1, lastLine: parsed.next });
    head = nextHead(lines, parsed.next);
  }
  return models.length > 0 ? { models, error: null } : parseWholeModule(lines);
}

/** The first head of a block from a line on (from 0). */
function nextHead(lines: readonly string[], from: number): { readonly at: number; readonly frame: Frame } | null {
  for (let at = from; at < lines.length; at++) {
    const frame = frameOf(lines, at);
    if (frame !== null) return { at, frame };
  }
  return null;
}

/** The first model that stands on one line, whether it has no children or its line ends became spaces. */
function parseWholeModule(lines: readonly string[]): PrintedModels {
  const at = lines.findIndex(isWholeModule);
  if (at < 0) return { models: [], error: null };
  const line = lines[at]!.trim();
  const unfolded = unfold(line);
  const frame = unfolded.length > 1 ? frameOf(unfolded, 0) : null;
  const place = { firstLine: at + 1, lastLine: at + 1 };
  if (frame === null) return { models: [{ root: moduleOf('', line, at + 1), ...place }], error: null };
  const parsed = parseBlock(unfolded, 0, frame);
  if (parsed.error !== null) return { models: [], error: { ...parsed.error, line: at + 1 } };
  return { models: [{ root: parsed.root, ...place }], error: null };
}

/** The lines of a model whose line ends became spaces. */
function unfold(line: string): readonly string[] {
  const spaced = line.replace(/ +/g, ' ');
  return spaced.replace(/ (?=\([^()\s]+\): \S)/g, '\n').replaceAll(' )', '\n)').split('\n');
}
