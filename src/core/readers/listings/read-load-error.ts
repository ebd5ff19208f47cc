import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { succeed, type Result } from '../../result.ts';
import { createLineAccount } from '../lines/line-account.ts';
import { createLineFinder } from '../lines/line-finder.ts';
import { isGap } from '../lines/line-kinds.ts';
import { readingNotes } from '../lines/reading-notes.ts';
import type { TextSource } from '../lines/text-source.ts';
import { parsePythonValue } from '../literals/python-literal.ts';
import type { ReadError } from '../messages/read-error.ts';
import { parseShapeText } from './read-named-items.ts';
import { buildTensorTree } from '../weights/tensor-tree.ts';

/** Before the names that a model has and a checkpoint lacks, or the other way round, as torch and mmengine say it. */
const heading = /\b(missing|unexpected)[ _]keys?(?:\(s\))?(?: in (?:source )?state_dict)?\s*[:=]\s*/gi;
/** A name in quotes, or bare as mmengine writes it, and the text between two names. */
const quotedName = /\s*["']([^"'\s]+)["']\s*,?/y;
const bareName = /[ \t]*([\w-]+(?:\.[\w-]+)*)[ \t]*(?:,|(?=\n|$))\s?/y;
const mismatch =
  /size mismatch for ([^\s:]+): copying a param with shape \S*?\(\[([\d, ]*)\]\) from checkpoint,\s+the shape in current model is \S*?\(\[([\d, ]*)\]\)/g;

/** The same as others print it, one name a line. */
const single = /\b(missing|unexpected) key:? ([\w-]+(?:\.[\w-]+)+) in (?:source )?state_dict(?: with size torch\.Size\((\[[\d, ]*\])\))?/gi;

interface Found {
  readonly names: Set<string>;
  /** Offsets of the text that holds them. */
  readonly places: (readonly [from: number, to: number])[];
}

/**
 * Reads the names in an error of `load_state_dict`: tensors that the model has and the checkpoint lacks, and tensors whose
 * shapes differ, or else tensors that only the checkpoint has (rules T6, T28). A note says that other names of the model are
 * not in the text. Null where the text is no such error.
 */
export function readLoadError(source: TextSource): Result<ModuleTree, ReadError> | null {
  const { text } = source;
  const found: Readonly<Record<'missing' | 'unexpected', Found>> = { missing: { names: new Set(), places: [] }, unexpected: { names: new Set(), places: [] } };
  let done = 0;
  for (const head of text.matchAll(heading)) {
    // Text inside a list of names begins no other list.
    if (head.index < done) continue;
    const { names, places } = found[head[1]!.toLowerCase() === 'missing' ? 'missing' : 'unexpected'];
    const start = head.index + head[0].length;
    const end = namesAt(text, start, names);
    if (end > start) places.push([head.index, end]);
    done = end;
  }
  const given = new Map<string, readonly number[] | null>();
  const shapes = new Map<string, readonly number[] | null>();
  for (const { 0: all, 1: kind, 2: name, 3: size, index } of text.matchAll(single)) {
    const { names, places } = found[kind!.toLowerCase() === 'missing' ? 'missing' : 'unexpected'];
    names.add(name!);
    places.push([index, index + all.length]);
    if (size !== undefined) given.set(name!, parseShapeText(size));
  }
  const changed: (readonly [number, number])[] = [];
  for (const { 0: all, 1: name, 3: current, index } of text.matchAll(mismatch)) {
    shapes.set(name!, parseShapeText(`[${current}]`));
    changed.push([index, index + all.length]);
  }
  const isModel = found.missing.names.size + shapes.size > 0;
  const names = isModel ? new Set([...found.missing.names, ...shapes.keys()]) : found.unexpected.names;
  if (names.size < 2) return null;
  const lines = text.split('\n');
  const account = createLineAccount(lines);
  const lineOf = createLineFinder(text);
  for (const [at, line] of lines.entries()) if (isGap(line.trim())) account.mark(at, 'gap');
  for (const [from, to] of [...found.missing.places, ...found.unexpected.places, ...changed]) {
    account.mark(lineOf(from), 'understood', lineOf(to - 1) + 1);
  }
  account.restIsBeside(0, lines.length);
  const tensors = [...names].map((name) => ({ name, shape: shapes.get(name) ?? given.get(name) ?? null, dtype: null }));
  const tree = buildTensorTree(tensors, { model: source.modelName, format: 'state-dict-keys' }, source.limits);
  if (!tree.ok) return tree;
  return succeed({ ...tree.value, notes: [{ type: 'load-error', of: isModel ? 'model' : 'checkpoint' }, ...tree.value.notes, ...readingNotes(account.report())] });
}

/** Takes the names at an offset; gives the offset behind the last. */
function namesAt(text: string, start: number, names: Set<string>): number {
  if (text[start] === '[' || text[start] === '{') {
    const list = parsePythonValue(text, start);
    if (!list.ok || !Array.isArray(list.value.value)) return start;
    const members: readonly unknown[] = list.value.value;
    for (const name of members) if (typeof name === 'string') names.add(name);
    return list.value.end;
  }
  const pattern = /^\s*["']/.test(text.slice(start, start + 100)) ? quotedName : bareName;
  let at = start;
  for (;;) {
    pattern.lastIndex = at;
    const name = pattern.exec(text);
    if (name === null) return at;
    names.add(name[1]!);
    at += name[0].length;
  }
}
