import { groupBy } from '../text/group-by.ts';
import { escapePattern } from '../python-re/escape.ts';
import { coverRows, type Budget } from './cover-rows.ts';
import { isNumber } from './segment-pattern.ts';
import type { SegmentTable } from './segment-table.ts';

/** The modules to match, and the modules not to match. Modules in neither set do not matter. */
export interface Aim {
  readonly wanted: readonly number[];
  readonly unwanted: readonly number[];
}

/** Patterns that belong together, and the data that they are made from. */
export interface PatternList {
  /** Whole names written short or as they are, their last segments, their first ones. */
  readonly family: 'whole' | 'tight' | 'tail' | 'head';
  readonly patterns: readonly string[];
}

/** A way to look at names: which part of them a pattern distinguishes, and how it is written around that part. */
interface View {
  readonly family: PatternList['family'];
  /** The part as a number that equal parts share; -1 where the name has no such part. */
  readonly idOf: (module: number) => number;
  readonly width: number;
  readonly rowOf: (module: number) => readonly number[];
  /** Whole patterns from the written part; they need not match the same modules. */
  readonly write: (part: string) => readonly string[];
}

/** Lists of patterns. Each list matches all wanted and no unwanted modules, as far as segments can decide. */
export function findPatterns(
  table: SegmentTable,
  aim: Aim,
  budget: Budget,
  end: string,
): readonly PatternList[] {
  if (aim.wanted.length === 0) return [];
  const found: PatternList[] = [];
  for (const view of viewsOf(table, aim.wanted, end)) {
    for (const patterns of patternsOf(view, table, aim, budget)) found.push({ family: view.family, patterns });
  }
  for (const family of ['whole', 'tight'] as const) {
    const patterns = wholeNames(table, aim, budget, end, family === 'tight');
    if (patterns) found.push({ family, patterns });
  }
  return found.filter(({ patterns }) => patterns.every(isTelling));
}

/** Whether a pattern holds a part of a name, not only wildcards. */
function isTelling(pattern: string): boolean {
  return pattern === '$' || pattern === '\\Z' || /[^\W_]|[^ -~]/.test(pattern.replace(/\\[dZ]/g, ''));
}

function patternsOf(view: View, table: SegmentTable, aim: Aim, budget: Budget): readonly (readonly string[])[] {
  const wanted = distinct(view, aim.wanted);
  if (wanted === null || wanted.size > mostParts) return [];
  if (view.family === 'tail' && view.width > 1 && mixesNumbers([...wanted.values()].map(view.rowOf), table)) return [];
  const unwanted = new Map<number, number>();
  for (const module of aim.unwanted) {
    const id = view.idOf(module);
    if (id < 0) continue;
    if (wanted.has(id)) return [];
    unwanted.set(id, module);
  }
  const rows = coverRows({
    texts: table.texts,
    width: view.width,
    wanted: [...wanted.values()].map(view.rowOf),
    unwanted: Int32Array.from([...unwanted.values()].flatMap(view.rowOf)),
    budget,
  });
  if (rows === null) return [];
  const written = rows.map((row) => view.write(row.join('\\.')));
  return written[0]!
    .map((_, variant) => written.map((variants) => variants[variant]))
    .filter((patterns) => patterns.every((pattern) => pattern !== undefined));
}

/** Whether a place holds numbers in some rows and words in others: then the last segments do not line up. */
function mixesNumbers(rows: readonly (readonly number[])[], { texts }: SegmentTable): boolean {
  const numbers = rows[0]!.map((id) => isNumber(texts[id]!));
  return rows.some((row) => row.some((id, at) => isNumber(texts[id]!) !== numbers[at]));
}

/** Parts more than these do not make a pattern that anybody reads. */
const mostParts = 2000;

/** One module for each distinct part; `null` when a module has no such part. */
function distinct(view: View, modules: readonly number[]): Map<number, number> | null {
  const parts = new Map<number, number>();
  for (const module of modules) {
    const id = view.idOf(module);
    if (id < 0) return null;
    parts.set(id, module);
  }
  return parts;
}

function viewsOf(table: SegmentTable, wanted: readonly number[], end: string): readonly View[] {
  const views: View[] = [];
  const narrowest = wanted.reduce((width, module) => Math.min(width, table.widthOf(module)), Infinity);
  if (wanted.includes(0)) return views;
  for (const count of [1, 2, 3]) {
    if (count <= narrowest) views.push(...tailViews(table, wanted, count, narrowest, end));
    if (count < narrowest) views.push(headView(table, count, count + 1, (part) => [`${part}\\.`]));
    if (count <= narrowest) views.push(headView(table, count, count, (part) => [`${part}(\\.|$)`]));
  }
  return views;
}

/** The last segments, behind anything or behind the common beginning of all wanted names. */
function tailViews(
  table: SegmentTable,
  wanted: readonly number[],
  count: number,
  narrowest: number,
  end: string,
): readonly View[] {
  const ids = table.tailIds(count);
  const { tree } = table;
  const rowOf = (module: number) => table.tail(module, count);
  const views: View[] = [];
  if (count < narrowest) {
    views.push({
      family: 'tail',
      idOf: (module) => (tree.depth[module]! > count ? ids[module]! : -1),
      width: count,
      rowOf,
      write: (part) => [`.*\\.${part}${end}`, ...(isWord(part) ? [`.*${part}${end}`] : [])],
    });
  } else {
    views.push({
      family: 'tail',
      idOf: (module) => ids[module]!,
      width: count,
      rowOf,
      write: (part) => [`(.*\\.)?${part}${end}`],
    });
  }
  const head = commonHead(table, wanted, narrowest - count);
  if (head > 0) {
    const start = escapePattern(table.tail(head, tree.depth[head]!).map((id) => table.texts[id]!).join('.'));
    const least = tree.depth[head]! + count;
    const inside = (module: number) => module >= head && module < tree.end[head]!;
    const bridge = narrowest > least ? '.*\\.' : '(.*\\.)?';
    const from = narrowest > least ? least + 1 : least;
    views.push({
      family: 'tail',
      idOf: (module) => (inside(module) && tree.depth[module]! >= from ? ids[module]! : -1),
      width: count,
      rowOf,
      write: (part) => [`${start}\\.${bridge}${part}${end}`, ...(isWord(part) ? [`${start}\\..*${part}${end}`] : [])],
    });
  }
  return views;
}

/** Whether a part says enough to be looked for at the end of a longer segment. */
function isWord(part: string): boolean {
  return /^\w{3}/.test(part);
}

function headView(table: SegmentTable, count: number, least: number, write: View['write']): View {
  const heads = table.heads(count);
  return {
    family: 'head',
    idOf: (module) => (table.widthOf(module) >= least ? heads[module]! : -1),
    width: count,
    rowOf: (module) => table.tail(heads[module]!, count),
    write,
  };
}

/** The deepest module, of at most so many segments, that is above all wanted ones; 0 for none. */
export function commonHead(table: SegmentTable, wanted: readonly number[], most: number): number {
  const { depth, parent, end } = table.tree;
  let head = wanted[0]!;
  while (head > 0 && depth[head]! > most) head = parent[head]!;
  const [low, high] = [Math.min(...bounds(wanted)), Math.max(...bounds(wanted))];
  while (head > 0 && (low < head || high >= end[head]!)) head = parent[head]!;
  return head;
}

function bounds(modules: readonly number[]): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const module of modules) {
    if (module < low) low = module;
    if (module > high) high = module;
  }
  return [low, high];
}

/** Whole names, grouped by their number of segments. */
function wholeNames(
  table: SegmentTable,
  { wanted, unwanted }: Aim,
  budget: Budget,
  end: string,
  tight: boolean,
): readonly string[] | null {
  const patterns: string[] = [];
  const unwantedByWidth = groupBy(unwanted, table.widthOf);
  for (const [width, modules] of groupBy(wanted, table.widthOf)) {
    const row = (module: number) => table.tail(module, width);
    const others = unwantedByWidth.get(width) ?? [];
    const flat = new Int32Array(others.length * width);
    others.forEach((module, at) => flat.set(row(module), at * width));
    const task = { texts: table.texts, width, wanted: modules.map(row), unwanted: flat, budget };
    const rows = coverRows(task, tight);
    if (rows === null) return null;
    for (const texts of rows) patterns.push(`${texts.join('\\.')}${end}`);
  }
  return patterns;
}
