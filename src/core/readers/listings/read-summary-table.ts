import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { createTreeBuilder, unknownSpec } from '../../module-tree/tree-builder.ts';
import { succeed, type Result } from '../../result.ts';
import { createLineAccount } from '../lines/line-account.ts';
import { isGap } from '../lines/line-kinds.ts';
import type { NamedItem } from '../literals/named-items.ts';
import { readNamedItems } from './read-named-items.ts';
import { splitPrintedText } from '../printed/print-lines.ts';
import { readFailure, shorten, treeBuildFailure, type ReadError } from '../messages/read-error.ts';
import type { TextSource } from '../lines/text-source.ts';
import { questionOf, readingNotes } from '../lines/reading-notes.ts';

const ruler = /^\s*[=-]{20,}\s*$/;
const torchinfoHeader = /^\s*Layer \(type/;
const torchsummaryHeader = /^\s*Layer \(type\)\s+Output Shape\s+Param #/;
/** Branches, type, and in parentheses the name that `row_settings=["var_names"]` adds. */
const row = new RegExp(
  [
    /^((?:[│|]\s{4}|\s{5})*)([├└]─|\+ )?/u,
    /([\p{L}_][\p{L}\p{N}_]*)(?: \((.*?)\))?/u,
    /(?::\s*(\d+)(?:-(\d+))?)?(?:\s{2,}.*|\s*)$/u,
  ]
    .map(({ source }) => source)
    .join(''),
  'u',
);

const longestRow = 1000;
/** Layers of torch that have no children, except children that other libraries put into them. */
const leaf = /^(?:Conv|ConvTranspose|BatchNorm|InstanceNorm|Dropout|MaxPool|AvgPool|AdaptiveAvgPool|AdaptiveMaxPool)[123]d$|^(?:Linear|ReLU6?|GELU|SiLU|ELU|PReLU|LeakyReLU|Hardswish|Hardsigmoid|Sigmoid|Tanh|Softmax|LayerNorm|GroupNorm|Embedding|Identity|Flatten|Dropout|Upsample|LSTM|GRU|RNN)$/;
const inLeaf = /^(?:base_layer|lora_\w+|_nni_wrapper|parametrizations|\w*quant\w*|activation_post_process)$/;
/** The totals below the rows. */
const sums = /^\s*(?:Total|Trainable|Non-trainable|Input size|Forward\/backward|Params size|Estimated|Mult-adds)\b.*:/i;

/** Line of the header of a torchinfo or torchsummary table; -1 when the text holds none. */
function findSummaryTable(lines: readonly string[]): number {
  for (let at = 1; at < lines.length; at++) {
    if (torchinfoHeader.test(lines[at]!) && ruler.test(lines[at - 1]!)) return at;
  }
  return -1;
}

/** A row that begins with a module's full name and its type: `features.0 (Conv2d)   [1, 64, 55, 55]   23296`. */
const namedRow = /^\s*([\p{L}_\d][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*) \(([\p{L}_][\p{L}\p{N}_]*)\)\s{2,}\S/u;
const lineRuler = /^\s*[=_-]{20,}\s*$/;

/** Reads summaries whose rows have full names, in the manner of Keras. Null for others. */
function readNamedSummary(lines: readonly string[], source: TextSource): Result<ModuleTree, ReadError> | null {
  const head = lines.findIndex((line) => /^\s*Layer \(type\)/.test(line));
  if (head < 0) return null;
  const account = createLineAccount(lines);
  const items: NamedItem[] = [];
  const seen = new Set<string>();
  let last = head;
  for (let at = head + 1; at < lines.length; at++) {
    const parts = lines[at]!.length > longestRow ? null : namedRow.exec(lines[at]!);
    if (parts === null) continue;
    account.mark(at, 'understood');
    last = at;
    if (!seen.has(parts[1]!)) items.push({ name: parts[1]!, value: parts[2]! });
    seen.add(parts[1]!);
  }
  if (items.length < 2) return null;
  for (const [at, line] of lines.entries()) if (lineRuler.test(line) || sums.test(line) || at === head) account.mark(at, 'decoration');
  account.restIsBeside(0, head);
  account.restIsBeside(last, lines.length);
  const report = account.report();
  const asked = questionOf(report, source.limits);
  if (asked !== null) return asked;
  const tree = readNamedItems(items, source);
  return tree.ok ? succeed({ ...tree.value, notes: [...tree.value.notes, { type: 'table-of-calls' }, ...readingNotes(report)] }) : tree;
}

/**
 * Reads the table that torchinfo prints with names switched on (rule T16). Tables without names
 * (torchsummary's, torchinfo's by default) are refused with the call that gives them. Null for other texts.
 */
export function readSummaryTable(source: TextSource): Result<ModuleTree, ReadError> | null {
  if (!source.text.includes('Layer (type')) return null;
  const lines = splitPrintedText(source.text);
  const named = readNamedSummary(lines, source);
  if (named !== null) return named;
  const header = findSummaryTable(lines);
  if (header < 0) return null;
  if (torchsummaryHeader.test(lines[header]!) && !lines[header]!.includes('depth-idx')) {
    if (!lines.slice(header + 2, header + 40).some((line) => /[├└]─|\+ /.test(line))) {
      return readFailure('table-without-names', { line: header + 1 });
    }
  }
  const account = createLineAccount(lines);
  for (const [at, line] of lines.entries()) if (ruler.test(line) || sums.test(line)) account.mark(at, 'decoration');
  account.mark(header, 'decoration');
  const builder = createTreeBuilder(source.limits);
  const path: string[] = [];
  const seen = new Set<string>();
  const types = new Map<string, string>();
  let sawName = false;
  let end = lines.length;
  for (let at = header + 2; at < lines.length; at++) {
    const line = lines[at]!;
    if (ruler.test(line)) {
      end = at;
      break;
    }
    if (line.length > longestRow) continue;
    if (isGap(line.trim())) account.mark(at, 'gap');
    const parts = row.exec(line);
    if (parts === null || (line.match(/[├└]─/g)?.length ?? 0) > 1) continue;
    const [, indent, branch, type, label] = parts;
    const depth = branch === undefined ? 0 : Math.round(indent!.length / 5) + 1;
    if (depth > path.length + 1 || depth > source.limits.maxDepth) continue;
    if (depth > 0 && (label === undefined || label === '')) {
      return readFailure('table-without-names', { line: at + 1 });
    }
    path.length = Math.max(0, depth - 1);
    const above = types.get(path.join('.'));
    if (depth > 0) path.push(label!);
    sawName ||= depth > 0;
    const name = path.join('.');
    // Without the rows of its containers (hide_recursive_layers) a module seems to lie in the layer before it.
    if (above !== undefined && (above === 'lost' || (leaf.test(above) && !inLeaf.test(label!)))) {
      types.set(name, 'lost');
      continue;
    }
    account.mark(at, 'understood');
    types.set(name, type!);
    // Modules that are called twice are listed twice.
    if (seen.has(name)) continue;
    seen.add(name);
    builder.add(name, builder.internSpec({ ...unknownSpec, type: type! }), at);
  }
  if (!sawName) return readFailure('table-without-names', { line: header + 1 });
  // A ruler ends the table, unless the text was cut.
  if (end === lines.length) account.mark(lines.findLastIndex((line) => line !== ''), 'gap');
  account.restIsBeside(0, header);
  account.restIsBeside(end, lines.length);
  const report = account.report();
  const asked = questionOf(report, source.limits);
  if (asked !== null) return asked;
  const title = /^\s*[\p{L}_][\p{L}\p{N}_]*/u.exec(lines[header + 2] ?? '')?.[0].trim();
  const tree = builder.finish({
    model: source.modelName === '' ? shorten(title ?? 'model') : source.modelName,
    source: null,
    producer: 'torchinfo',
    format: 'torchinfo',
    lacks: ['shapes', 'dtypes', 'parameters', 'sharing', 'forward'],
    notes: [{ type: 'table-of-calls' }, ...readingNotes(report)],
  });
  return tree.ok ? tree : treeBuildFailure(tree.error, (line) => `line ${line + 1}`);
}
