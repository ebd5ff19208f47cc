import { isConfigList, isConfigObject, valuesEqual, type ConfigList, type ConfigObject, type ConfigValue } from './value.ts';

/** A value where it is written in a text. Offsets are in UTF-16 units. */
export interface LocatedValue {
  readonly from: number;
  readonly to: number;
  /**
   * The parts of a literal, one for each item or key of the value; `null` for anything else (a name, a call, a
   * comprehension): that can only be replaced whole.
   */
  readonly parts: readonly LocatedPart[] | null;
}

/** An item of a list, or a key with its value. `from` is where the key begins. */
export interface LocatedPart {
  readonly from: number;
  readonly value: LocatedValue;
}

/** The place of a value: its key, and whether it is an item of that key's list. */
export interface ValuePlace {
  readonly key: string | null;
  readonly isItem: boolean;
}

/** How a language writes new parts. */
export interface LiteralLanguage {
  /** On one line. */
  readonly writeLine: (value: ConfigValue, place: ValuePlace) => string;
  /** Over several lines where that reads better; further lines begin with `margin`. Line ends are `\n`. */
  readonly writeBlock: (value: ConfigValue, place: ValuePlace, margin: string) => string;
  readonly writeKey: (key: string) => string;
  /** Offset after the comment that begins at `at`; `at` where none begins. */
  readonly skipComment: (text: string, at: number) => number;
}

const mostColumns = 100;

/**
 * The text of a literal after its value has become `after`. Parts that stay equal keep their text to the letter, comments
 * around it included; new parts are written as their neighbours are. `before` is the value of the text.
 */
export function rewriteLiteral(
  text: string,
  located: LocatedValue,
  before: ConfigValue,
  after: ConfigValue,
  language: LiteralLanguage,
): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return rewrite({ text, eol, language }, located, before, after, { key: null, isItem: false });
}

interface Source {
  readonly text: string;
  readonly eol: string;
  readonly language: LiteralLanguage;
}

function rewrite(source: Source, located: LocatedValue, before: ConfigValue, after: ConfigValue, place: ValuePlace): string {
  const { text } = source;
  if (valuesEqual(before, after)) return text.slice(located.from, located.to);
  if (located.parts !== null && located.parts.length > 0) {
    if (isConfigObject(before) && isConfigObject(after) && after.entries.length > 0) return rewriteObject(source, located, before, after);
    if (isConfigList(before) && isConfigList(after) && after.length > 0) return rewriteList(source, located, before, after, place);
  }
  // A list of sub-configs that was empty is laid out for reading.
  const isFirstList = place.key === null && located.parts?.length === 0;
  return writeNew(source, after, place, { margin: marginAt(text, located.from), prefersLine: !isFirstList && isOnOneLine(text, located) });
}

/** A part of a container with the text around it, which moves along with it. */
interface Row {
  /** From the end of the row before: its own lines of comments, and the space before it. */
  readonly lead: string;
  readonly text: string;
  readonly beforeComma: string;
  /** To the end of the line. */
  readonly afterComma: string;
  /** Begins a line of its own. */
  readonly isNewLine?: boolean;
}

interface Frame {
  readonly open: string;
  readonly rows: readonly Row[];
  readonly tail: string;
  readonly hasLastComma: boolean;
}

function rewriteObject(source: Source, located: LocatedValue, before: ConfigObject, after: ConfigObject): string {
  const frame = frameOf(source, located);
  const rows = createRows();
  const kept = new Map<string, Row>();
  before.entries.forEach(([key, value], at) => {
    const next = after.entries.find(([name]) => name === key);
    const part = located.parts![at]!;
    const start = source.text.slice(part.from, part.value.from);
    if (next) {
      const written = rewrite(source, part.value, value, next[1], { key, isItem: false });
      kept.set(key, rows.add({ ...frame.rows[at]!, text: start + written }));
      return;
    }
    const renamed = renamedKey(before, after, at);
    if (renamed === null) return rows.drop(frame.rows[at]!);
    const colon = /\s*:\s*$/.exec(start)?.[0] ?? ': ';
    kept.set(renamed, rows.add({ ...frame.rows[at]!, text: source.language.writeKey(renamed) + colon + source.text.slice(part.value.from, part.value.to) }));
  });
  after.entries.forEach(([key, value], at) => {
    if (kept.has(key)) return;
    const above = after.entries.slice(0, at).findLast(([name]) => kept.has(name));
    const row = newRow(source, frame, located, { start: `${source.language.writeKey(key)}: `, value, place: { key, isItem: false } });
    kept.set(key, rows.add(row, above && kept.get(above[0])));
  });
  return joinRows(frame, rows.all(), source);
}

/** The new name of a key that kept its place and its value; `null` where it is gone. */
function renamedKey(before: ConfigObject, after: ConfigObject, at: number): string | null {
  const [key, value] = after.entries[at] ?? [];
  if (key === undefined || before.entries.some(([name]) => name === key)) return null;
  return valuesEqual(value!, before.entries[at]![1]) ? key : null;
}

function rewriteList(source: Source, located: LocatedValue, before: ConfigList, after: ConfigList, place: ValuePlace): string {
  const frame = frameOf(source, located);
  const inner: ValuePlace = { key: place.key, isItem: true };
  const rows = createRows();
  for (const { old, now } of alignItems(before, after)) {
    if (now === null) rows.drop(frame.rows[old!]!);
    else if (old === null) rows.add(newRow(source, frame, located, { start: '', value: after[now]!, place: inner }));
    else rows.add({ ...frame.rows[old]!, text: rewrite(source, located.parts![old]!.value, before[old]!, after[now]!, inner) });
  }
  const isTupleOfOne = source.text[located.from] === '(' && after.length === 1;
  return joinRows({ ...frame, hasLastComma: frame.hasLastComma || isTupleOfOne }, rows.all(), source);
}

interface Rows {
  /** Adds a row after another one, else at the end, and gives it. */
  readonly add: (row: Row, after?: Row) => Row;
  /** Leaves a row out. Comments on lines of their own above it stay. */
  readonly drop: (row: Row) => void;
  readonly all: () => readonly Row[];
}

function createRows(): Rows {
  const rows: Row[] = [];
  let comments = '';
  return {
    add(row, after) {
      const added = { ...row, lead: comments + row.lead };
      comments = '';
      rows.splice(after ? rows.indexOf(after) + 1 : rows.length, 0, added);
      return added;
    },
    drop(row) {
      const lines = row.lead.slice(0, row.lead.lastIndexOf('\n') + 1);
      if (lines.trim() !== '') comments += lines;
    },
    all() {
      const last = rows.at(-1);
      if (comments === '' || !last) return rows;
      return [...rows.slice(0, -1), { ...last, afterComma: last.afterComma + comments }];
    },
  };
}

/** Which old item each new one goes on from: equal ones in order, between them by place, then removals and additions. */
function alignItems(before: ConfigList, after: ConfigList): readonly { readonly old: number | null; readonly now: number | null }[] {
  const pairs: { readonly old: number | null; readonly now: number | null }[] = [];
  let old = 0;
  let now = 0;
  const between = (oldEnd: number, nowEnd: number): void => {
    for (; old < oldEnd || now < nowEnd; old++, now++) {
      pairs.push({ old: old < oldEnd ? old : null, now: now < nowEnd ? now : null });
    }
    old = oldEnd;
    now = nowEnd;
  };
  while (old < before.length && now < after.length) {
    const [ahead, behind] = nextEqual(before, after, old, now);
    between(ahead, behind);
    if (ahead < before.length) pairs.push({ old: old++, now: now++ });
  }
  between(before.length, after.length);
  return pairs;
}

/** How far equal items are looked for; lists that differ more are paired by place. */
const mostSkipped = 50;

/** The next two equal items, with the fewest items skipped; the ends when there are none. */
function nextEqual(before: ConfigList, after: ConfigList, old: number, now: number): readonly [number, number] {
  for (let skipped = 0; skipped <= mostSkipped; skipped++) {
    for (let gone = 0; gone <= skipped; gone++) {
      const a = before[old + gone];
      const b = after[now + skipped - gone];
      if (a !== undefined && b !== undefined && valuesEqual(a, b)) return [old + gone, now + skipped - gone];
    }
  }
  return [before.length, after.length];
}

function frameOf({ text, language }: Source, located: LocatedValue): Frame {
  const parts = located.parts!;
  const rows: Row[] = [];
  const first = splitAtLineEnd(text.slice(located.from + 1, parts[0]!.from), language);
  let lead = first.rest;
  let hasLastComma = false;
  parts.forEach(({ from, value }, at) => {
    const next = parts[at + 1];
    const gap = text.slice(value.to, next ? next.from : located.to - 1);
    const comma = findComma(gap, language);
    hasLastComma = comma >= 0;
    const after = splitAtLineEnd(comma < 0 ? gap : gap.slice(comma + 1), language);
    rows.push({ lead, text: text.slice(from, value.to), beforeComma: comma < 0 ? '' : gap.slice(0, comma), afterComma: after.line });
    lead = after.rest;
  });
  return { open: text[located.from]! + first.line, rows, tail: lead + text[located.to - 1]!, hasLastComma };
}

/** A gap up to the end of its first line, if that holds only space and comments, and the rest. */
function splitAtLineEnd(gap: string, language: LiteralLanguage): { readonly line: string; readonly rest: string } {
  let at = 0;
  while (at < gap.length) {
    if (gap[at] === '\n') return { line: gap.slice(0, at + 1), rest: gap.slice(at + 1) };
    at = Math.max(at + 1, language.skipComment(gap, at));
  }
  return { line: '', rest: gap };
}

function findComma(gap: string, language: LiteralLanguage): number {
  for (let at = 0; at < gap.length; ) {
    if (gap[at] === ',') return at;
    at = Math.max(at + 1, language.skipComment(gap, at));
  }
  return -1;
}

function joinRows({ open, rows: old, tail, hasLastComma }: Frame, rows: readonly Row[], { eol }: Source): string {
  let written = open;
  rows.forEach((row, at) => {
    const isFirstOnLine = at === 0 && !open.includes('\n');
    const comma = at === rows.length - 1 && !hasLastComma ? '' : ',';
    if (row.isNewLine === true && !written.endsWith('\n')) written += eol;
    written += `${isFirstOnLine ? (old[0]?.lead ?? '') : row.lead}${row.text}${row.beforeComma}${comma}${row.afterComma}`;
  });
  return written + tail;
}

interface NewPart {
  /** The key with its colon; empty for an item. */
  readonly start: string;
  readonly value: ConfigValue;
  readonly place: ValuePlace;
}

function newRow(source: Source, frame: Frame, located: LocatedValue, { start, value, place }: NewPart): Row {
  const isNewLine = frame.open.includes('\n');
  const margin = isNewLine ? indentOf(frame.rows[0]!.lead) : marginAt(source.text, located.from);
  const prefersLine = !isNewLine || located.parts!.every((part) => isOnOneLine(source.text, part.value));
  const text = start + writeNew(source, value, place, { margin, prefersLine, column: start.length });
  const isDense = frame.rows.length > 1 && frame.rows.at(-1)!.lead === '';
  return { lead: isNewLine ? margin : isDense ? '' : ' ', text, beforeComma: '', afterComma: isNewLine ? source.eol : '', isNewLine };
}

interface Layout {
  readonly margin: string;
  /** One line is wanted if it is short enough. */
  readonly prefersLine: boolean;
  /** Columns behind the margin that are taken. */
  readonly column?: number;
}

function writeNew({ language, eol }: Source, value: ConfigValue, place: ValuePlace, { margin, prefersLine, column = 0 }: Layout): string {
  const line = language.writeLine(value, place);
  if (prefersLine && margin.length + column + line.length + 1 <= mostColumns) return line;
  return language.writeBlock(value, place, margin).replaceAll('\n', eol);
}

function isOnOneLine(text: string, { from, to }: LocatedValue): boolean {
  const newline = text.indexOf('\n', from);
  return newline < 0 || newline >= to;
}

function marginAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))![0];
}

function indentOf(lead: string): string {
  return /[ \t]*$/.exec(lead)![0];
}
