import type { ModuleTree } from '../../module-tree/module-tree.ts';
import type { TreeNote } from '../../module-tree/tree-note.ts';
import { succeed, type Result } from '../../result.ts';
import { createLineAccount, type LineAccount } from '../lines/line-account.ts';
import { isGap, isLogLine } from '../lines/line-kinds.ts';
import { readLineItem, type LineItem, type LineItemKind } from './line-item.ts';
import { splitPrintedText } from '../printed/print-lines.ts';
import { isModuleText, keyPattern, splitKey } from '../printed/printed-module.ts';
import type { ReadError } from '../messages/read-error.ts';
import type { TextSource } from '../lines/text-source.ts';
import { readNamedItems } from './read-named-items.ts';
import type { NamedItem } from '../literals/named-items.ts';
import { startOf } from './line-starts.ts';
import { questionOf, readingNotes } from '../lines/reading-notes.ts';

/** The first line of a table of values: the names of its columns. */
const columnNames = /^"?(?:name|module|layer|parameter|key)s?"?\s*(?:[,;|\t]|\s{2,}\S)/i;
/** Rulers, fences, prompts, sums, and mmcv's lines about the initialisation of each parameter. */
const decoration: readonly RegExp[] = [
  /^(?:[-=*_#~+|:\s]{3,}|```.*|~~~.*|>>>.*|\.\.\. .*|\$ .*|(?:In|Out) ?\[\d*\]:.*)$/,
  /^(?:Name of parameter - Initialization information|\w*Init: .*|Initialized by .*|The value is the same before and after calling .*)$/,
  /^(?:for \w+, ?\w+ in .*:|print\(.*\))$/,
  // The numbers of a tensor that is printed over several lines.
  /^(?:Parameter containing:|(?:Parameter\()?tensor\([[\]\s\d.,e+-]*(?:nan|inf)?.*|[[\]\s\d.,e+-]+(?:\)+|,?\s*(?:device|grad_fn|requires_grad|dtype)=.*)?)$/,
  // A logger's line without a message.
  /^\[?\d{4}[-/]\d\d[-/]\d\d[ T][\d:.,]+\]?(?: +(?:-|[\w.[\]]+))*[ \t]*[-|:]$/,
  /^(?:device|grad_fn|requires_grad|dtype)=.*\)$/,
];

/** A line above the names: `Params to learn:`. */
const heading = /^[\p{L}\p{N} '’_-]{3,80}:$/u;

/** Totals that loops print below their lines. */
const sum = /^(?:total|trainable|non-trainable|frozen|all|learnable|number of)(?=[\s:#(]).{0,40}param/i;

const longestLine = 4096;
/** Dots from a name to the next column; as many lines have them as have a next column. */
const dotLeader = /(?<=[\w)]) ?\.{2,} ?(?=\S)/;
const leastLed = 0.8;
/** Dots in place of a part of a line; tensors print theirs between commas. */
const cutLine = /[\w)\]'>]\.{3}(?![.,])|\.{3}[\w('<]|\[(?:\.{3}|…)\]|\S…|…\S/u;
/** Names of tensors that have no dot: of a module's own. */
const tensorLike = /weight|bias|token|embed|scale|gamma|beta|mean|var/i;
/** The part of the lines that must be items; lists of shapes and classes are known by fewer. */
const leastShare = { sure: 0.5, unsure: 0.9 };

/**
 * Reads one name a line, as loops over `named_modules()`, `named_parameters()` or `state_dict()` print them
 * (rules T6, T28). Null where too few lines are such lines, or fewer than two.
 */
export function readLines(source: TextSource): Result<ModuleTree, ReadError> | null {
  const printed = splitPrintedText(source.text).map(withoutOutPrompt);
  const account = createLineAccount(printed);
  const lines = withoutLeaders(withShapesBelow(printed, account) ?? printed);
  const strip = startOf(lines.filter((line) => line.length <= longestLine && !isAside(line) && !columnNames.test(line.trim())));
  const kinds = new Map<LineItemKind, FoundItem[]>();
  let filled = 0;
  let hasColumns = false;
  for (const [at, line] of lines.entries()) {
    const content = line.trim();
    if (content === '') continue;
    const isTooLong = line.length > longestLine;
    const bare = isTooLong ? null : strip(line);
    const holdsNothing = isAside(line) || (bare !== null && (isAside(bare) || isLogLine(bare)));
    const isHead = kinds.size === 0 && columnNames.test(content);
    hasColumns ||= isHead;
    if (holdsNothing || isHead) {
      account.mark(at, isGapOf(content) || (bare !== null && isGapOf(bare.trim())) ? 'gap' : 'decoration');
      continue;
    }
    // A part of the line, and perhaps lines behind it, are left out: its name and type may be of two lines.
    if (!isTooLong && (content.includes('...') || content.includes('…')) && cutLine.test(content)) {
      account.mark(at, 'gap');
      continue;
    }
    const isOfPrint = !isTooLong && content.startsWith('(') && keyPattern.test(content) && isModuleText(splitKey(content).rest);
    const item = bare === null || isTooLong || isOfPrint ? null : readLineItem(bare, kinds.size === 0);
    // The heading of a list counts as little as a ruler.
    if (item === null && kinds.size === 0 && heading.test(content)) continue;
    filled++;
    if (item === null) continue;
    const found = kinds.get(item.kind) ?? [];
    kinds.set(item.kind, found);
    found.push({ at, item });
  }
  const found = chooseItems(kinds, filled);
  const items = withoutRepeats(found.map(({ item }) => item));
  const [first] = items;
  if (first === undefined || items.length < 2) return null;
  const isSure = items.some(({ kind }) => kind === 'tensor') || items.some(({ value }) => typeof value === 'string' && value.startsWith('<class'));
  if (found.length < filled * (isSure ? leastShare.sure : leastShare.unsure)) return null;
  if (!hasColumns && !items.some(({ name }) => name.includes('.')) && !(items.some(hasShape) && items.some(({ name }) => tensorLike.test(name)))) return null;

  for (const { at } of found) account.mark(at, 'understood');
  account.restIsBeside(0, found[0]!.at);
  account.restIsBeside(found.at(-1)!.at, lines.length);
  const report = account.report();
  const asked = questionOf(report, source.limits);
  if (asked !== null) return asked;
  const frozen = new Set(items.filter(({ isFrozen }) => isFrozen === true).map(({ name }) => name));
  // Flags and counts do not distinguish modules from tensors: only the names do.
  const isTyped = items.some(({ kind }) => kind === 'type');
  const hasCrosses = found.some(({ at, item }) => item.kind === 'tensor' && crosses.test(lines[at]!));
  const isNamesOnly = !isTyped && !items.some((item) => hasShape(item) || hasDtype(item));
  const tree = readNamedItems(isNamesOnly ? items.map(({ name }) => ({ name, value: undefined })) : isTyped ? items : found.map(({ at, item }) => asTensor(item, hasCrosses ? lines[at]! : '')), source, frozen);
  return tree.ok ? succeed({ ...tree.value, notes: [...tree.value.notes, ...frozenNotes(tree.value), ...readingNotes(report)] }) : tree;
}

/** Says how many parameters a flag next to the name freezes; a list of modules keeps no flags. */
function frozenNotes({ specs, specId }: ModuleTree): readonly TreeNote[] {
  let count = 0;
  for (const id of specId) count += specs[id]!.parameters?.filter(({ isFrozen }) => isFrozen === true).length ?? 0;
  return count === 0 ? [] : [{ type: 'frozen-in-list', count }];
}

/** Lines whose columns dots lead to, with spaces in their place; other lines as they are. */
function withoutLeaders(lines: readonly string[]): readonly string[] {
  const filled = lines.filter((line) => line.trim() !== '');
  const led = filled.filter((line) => line.includes('..') && line.length <= longestLine && dotLeader.test(line)).length;
  if (led < 3 || led < filled.length * leastLed) return lines;
  return lines.map((line) => (line.length <= longestLine ? line.replace(dotLeader, '  ') : line));
}

/** A line without the `Out[3]: ` before the first line of an output. */
function withoutOutPrompt(line: string): string {
  return line.replace(/^Out ?\[\d*\]: ?(?=\S)/, '');
}

const shapeAlone = /^\s*(?:(?:shape|size)\s*[:=]?\s*)?(torch\.Size\(\[[\d, ]*\]\)|\([\d, ]*\)|\[[\d, ]*\])\s*$/i;
const nameAlone = /^\s*(?:(?:(?:layer|param(?:eter)?|tensor|weight|module)?[ _]?name|param(?:eter)?|layer)\s*[:=]\s*)?['"]?([^\s'":=]+)['"]?:?\s*$/i;
const leastPairs = 0.8;

/** Lines with the shape below each name, put together in one line each; null for other texts. */
function withShapesBelow(lines: readonly string[], account: LineAccount): readonly string[] | null {
  const joined = lines.slice();
  const filled = [...lines.keys()].filter((at) => lines[at]!.trim() !== '');
  const pairs: number[] = [];
  for (const [order, at] of filled.entries()) {
    const below = filled[order + 1];
    const short = below !== undefined && lines[at]!.length + lines[below]!.length <= longestLine;
    const name = short ? nameAlone.exec(lines[at]!)?.[1] : undefined;
    const shape = name === undefined ? undefined : shapeAlone.exec(lines[below!]!)?.[1];
    if (shape === undefined || shapeAlone.test(lines[at]!)) continue;
    joined[at] = `${name} ${shape}`;
    joined[below!] = '';
    pairs.push(below!);
  }
  if (pairs.length < 2 || pairs.length * 2 < filled.length * leastPairs) return null;
  for (const at of pairs) account.mark(at, 'understood');
  return joined;
}

/** A module that is called twice prints two equal lines; of lists without calls every line counts. */
function withoutRepeats(items: readonly LineItem[]): readonly LineItem[] {
  if (!items.every(({ kind, isCall }) => kind === 'type' && isCall === true)) return items;
  const types = new Map<string, unknown>();
  const first = items.filter(({ name, value }) => !types.has(name) && types.set(name, value));
  return items.every(({ name, value }) => types.get(name) === value) ? first : items;
}

/** An item and its line, from 0. */
interface FoundItem {
  readonly at: number;
  readonly item: LineItem;
}

/** Rulers, sums, gaps and the numbers of tensors: lines among the names of a list. */
function isAside(line: string): boolean {
  const content = line.trim();
  if (content === '' || content.length > longestLine) return content === '';
  return sum.test(content) || isGapOf(content) || decoration.some((pattern) => pattern.test(content));
}

/** Between the numbers of a tensor, dots leave out numbers only. */
function isGapOf(content: string): boolean {
  return isGap(content) && !content.startsWith('...,');
}

/** The part of a list of plain names that has dots: other words, one a line, have none. */
const leastDotted = 0.3;
/** The part of such a list that must be names. */
const leastNames = 0.75;

/** The items of the kind that most lines are of, in the order of the lines; kinds that belong together are one. */
function chooseItems(kinds: ReadonlyMap<LineItemKind, readonly FoundItem[]>, filled: number): readonly FoundItem[] {
  const of = (kind: LineItemKind): readonly FoundItem[] => kinds.get(kind) ?? [];
  const types = of('type').length >= of('word').length ? [...of('type'), ...of('word')] : of('type');
  const dotted = of('count').filter(({ item }) => item.name.includes('.'));
  const areNames = of('name').length + of('bare').length >= filled * leastNames && of('name').length >= filled * leastDotted;
  const names = areNames
    ? [...of('name'), ...of('bare')]
    : of('name');
  const tensors = of('tensor').length > 0 ? [...of('tensor'), ...dotted, ...of('name')] : [];
  const counts = of('tensor').length > 0 ? [] : of('count');
  let best: readonly FoundItem[] = [];
  for (const found of [types, tensors, counts, names]) if (found.length > best.length) best = found;
  return best.toSorted((first, second) => first.at - second.at);
}

/** Sizes as `8x3x7x7`: there, a single number is the only size. */
const crosses = /\s\d+(?:[x×]\d+)+\s*$/u;

/** In a list of tensors a name with something else next to it is a tensor whose shape is not known. */
function asTensor({ name, value }: LineItem, line: string): NamedItem {
  const only = value === undefined ? /\s(\d+)\s*$/.exec(line)?.[1] : undefined;
  return { name, value: value ?? { shape: only === undefined ? null : [Number(only)], dtype: null } };
}

function hasShape({ value }: LineItem): boolean {
  return typeof value === 'object' && value !== null && 'shape' in value && value.shape !== null;
}

function hasDtype({ value }: LineItem): boolean {
  return typeof value === 'object' && value !== null && 'dtype' in value && value.dtype !== null;
}
