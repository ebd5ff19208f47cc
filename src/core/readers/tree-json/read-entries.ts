import type { TreeBuilder } from '../../module-tree/tree-builder.ts';
import { succeed, type Result } from '../../result.ts';
import type { TextSource } from '../lines/text-source.ts';
import { parseSlice, skipSpace, skipString, skipToClose, skipValue } from '../literals/json-cursor.ts';
import { asRecord, describeValue, ownField } from '../literals/record.ts';
import { syntaxFailure } from '../literals/syntax-failure.ts';
import { readFailure, shorten, type ReadError, type ReadLimits } from '../messages/read-error.ts';
import { readModuleEntry } from './module-entry.ts';

const entriesBetweenProgress = 4096;

/** The kinds of facts in the entries read so far. The reader concludes from them which facts the source lacks. */
export interface Seen {
  nested: boolean;
  tensors: boolean;
  forward: boolean;
  missingShape: boolean;
  types: boolean;
}

/** The start of `Seen`. */
export function nothingSeen(): Seen {
  return { nested: false, tensors: false, forward: false, missingShape: false, types: false };
}

/** Reads the list that starts at `start`; the value is one past its closing bracket. */
export function readEntries(
  source: TextSource,
  start: number,
  builder: TreeBuilder,
  seen: Seen,
): Result<number, ReadError> {
  const { text, limits } = source;
  const specOfRest = new Map<string, number>();
  let at = skipSpace(text, start + 1);
  if (text[at] === ']') return succeed(at + 1);
  for (let entry = 0; ; entry++) {
    if (entry % entriesBetweenProgress === 0) source.onProgress(at / text.length);
    if (entry > limits.maxModules) return readFailure('too-many-modules', { limit: limits.maxModules });
    if (text[at] !== '{') {
      if (skipValue(text, at) < 0) return syntaxFailure(text);
      return readFailure(
        'entry-not-object',
        { entry, found: describeValue(parseSlice(text, at, skipValue(text, at))) },
      );
    }
    const nameEnd = endOfLeadingName(text, at);
    const end = skipToClose(text, nameEnd < 0 ? at + 1 : nameEnd);
    if (end < 0) return syntaxFailure(text);
    const rest = nameEnd < 0 ? null : text.slice(nameEnd, end);
    const known = rest === null ? undefined : specOfRest.get(rest);
    const plainName = known === undefined ? null : plainString(text, nameEnd);
    if (known !== undefined && plainName !== null) {
      builder.add(plainName, known, entry);
    } else {
      const record = asRecord(parseSlice(text, at, end));
      if (record === null) return syntaxFailure(text);
      const name = ownField(record, 'name');
      if (typeof name !== 'string') return readFailure('entry-name', { entry, found: describeValue(name) });
      const added = Object.hasOwn(record, 'children')
        ? addNested(record, name, name === '', entry, builder, seen, limits)
        : addEntry(record, name, entry, builder, seen);
      if (!added.ok) return added;
      // An object that repeats a key can hide a second name behind the first: such texts are not remembered.
      const isPlain = rest !== null && added.value !== null && plainString(text, nameEnd) === name;
      if (isPlain) specOfRest.set(rest, added.value);
    }
    at = skipSpace(text, end);
    if (text[at] === ']') return succeed(at + 1);
    if (text[at] !== ',') return syntaxFailure(text);
    at = skipSpace(text, at + 1);
  }
}

/** Where the value of a leading `"name": "…"` ends; -1 when the object starts otherwise. */
function endOfLeadingName(text: string, at: number): number {
  const key = skipSpace(text, at + 1);
  if (!text.startsWith('"name"', key)) return -1;
  const colon = skipSpace(text, key + 6);
  if (text[colon] !== ':') return -1;
  const value = skipSpace(text, colon + 1);
  return text[value] === '"' ? skipString(text, value) : -1;
}

/** The string that ends at `end`, when it has neither escapes nor control characters; else null. */
function plainString(text: string, end: number): string | null {
  let start = end - 1;
  for (;;) {
    const code = text.charCodeAt(--start);
    // A quote behind a backslash belongs to the name; only a colon or space is before the first one.
    if (code === 34) return text.charCodeAt(start - 1) === 92 ? null : text.slice(start + 1, end - 1);
    if (code === 92 || code < 32) return null;
  }
}

/** Adds a flat entry. The value is its spec where a later entry with equal text has an equal one, else null. */
function addEntry(
  record: Readonly<Record<string, unknown>>,
  name: string,
  entry: number,
  builder: TreeBuilder,
  seen: Seen,
): Result<number | null, ReadError> {
  const read = readModuleEntry(record);
  if (!read.ok) {
    const { field, expected, found } = read.error;
    if (field === 'type') return readFailure('entry-type', { entry, name: shorten(name), found });
    return readFailure('entry-field', { entry, name: shorten(name), field: shorten(field), expected, found });
  }
  const { spec, sharedWith, ties } = read.value;
  const tensors = [...(spec.parameters ?? []), ...(spec.buffers ?? [])];
  if (tensors.length > 0) seen.tensors = true;
  if (tensors.some((tensor) => tensor.shape === null && !tensor.isNone)) seen.missingShape = true;
  if (spec.forward !== null) seen.forward = true;
  if (spec.type !== null) seen.types = true;
  const specId = builder.internSpec(spec);
  builder.add(name, specId, entry);
  if (sharedWith !== null) builder.share(name, sharedWith);
  for (const [local, first] of ties) builder.tie(name === '' ? local : `${name}.${local}`, first);
  return succeed(sharedWith === null && ties.length === 0 ? specId : null);
}

/** An entry of the nested form that is to be added. */
interface WaitingEntry {
  readonly record: Readonly<Record<string, unknown>>;
  readonly name: string;
  readonly depth: number;
}

/** Adds an entry with `children`, whose names are local; walks without recursion. */
export function addNested(
  root: Readonly<Record<string, unknown>>,
  rootName: string,
  isRoot: boolean,
  entry: number,
  builder: TreeBuilder,
  seen: Seen,
  limits: ReadLimits,
): Result<null, ReadError> {
  seen.nested = true;
  const waiting: WaitingEntry[] = [{ record: root, name: isRoot ? '' : rootName, depth: 0 }];
  let units = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { record, name, depth } = next;
    units += name.length;
    if (depth > limits.maxDepth) {
      return readFailure('too-deep', { name: shorten(name), place: `entry ${entry + 1}`, limit: limits.maxDepth });
    }
    if (units > limits.maxNameUnits) return readFailure('names-too-long', { limit: limits.maxNameUnits });
    const added = addEntry(record, name, builder.count(), builder, seen);
    if (!added.ok) return added;
    const children = childrenOf(record);
    if (children === null) {
      return readFailure('entry-field', {
        entry: builder.count() - 1,
        name: shorten(name),
        field: 'children',
        expected: 'a list of modules',
        found: describeValue(ownField(record, 'children')),
      });
    }
    for (let i = children.length - 1; i >= 0; i--) {
      const [local, described] = children[i]!;
      const child = asRecord(described);
      if (child === null) {
        return readFailure('entry-not-object', { entry: builder.count() + i, found: describeValue(described) });
      }
      if (typeof local !== 'string') {
        return readFailure('entry-name', { entry: builder.count() + i, found: describeValue(local) });
      }
      waiting.push({ record: child, name: name === '' ? local : `${name}.${local}`, depth: depth + 1 });
    }
  }
  return succeed(null);
}

function childrenOf(record: Readonly<Record<string, unknown>>): readonly (readonly [unknown, unknown])[] | null {
  const children = ownField(record, 'children');
  if (children === undefined || children === null) return [];
  if (Array.isArray(children)) {
    return children.map((child: unknown) => {
      const described = asRecord(child);
      return [described === null ? undefined : ownField(described, 'name'), child] as const;
    });
  }
  const named = asRecord(children);
  return named === null ? null : Object.entries(named);
}
