import { readGraph } from '../graph/read-graph.ts';
import type { Lack, ModuleSpec, ModuleTree, TreeNote } from '../module-tree/module-tree.ts';
import { createTreeBuilder, type TreeBuilder } from '../module-tree/tree-builder.ts';
import { succeed, type Result } from '../result.ts';
import { findJsonError, parseKey, parseSlice, skipSpace, skipString, skipToClose, skipValue } from './json-cursor.ts';
import { placeInText } from '../text/line-and-column.ts';
import { asRecord, describeValue, ownField, readModuleEntry } from './module-entry.ts';
import { readFailure, shorten, treeBuildFailure, type ReadError, type ReadLimits } from './read-error.ts';

/** What a reader of text is given. */
export interface TextSource {
  /** Name without folders and endings: the model's name where the text has none. */
  readonly modelName: string;
  readonly text: string;
  readonly limits: ReadLimits;
  /** Called now and then with the part done, 0 to 1. */
  readonly onProgress: (fraction: number) => void;
}

const newestVersion = 1;
const entriesBetweenProgress = 4096;
const knownLacks: readonly Lack[] = [
  'types', 'shapes', 'dtypes', 'parameters', 'modules-without-parameters', 'sharing', 'forward', 'module-names',
];

/** What has been seen while the entries were read. */
interface Seen {
  nested: boolean;
  tensors: boolean;
  forward: boolean;
  missingShape: boolean;
  types: boolean;
}

/**
 * Reads the module-tree format (an object with `modules`, or the bare list), flat or nested (rules T2, T3).
 * Entries are cut out of the text one by one: what follows a name is parsed once for each distinct text,
 * so that a file of 116,000 modules costs little more than walking over its characters.
 */
export function readModuleTree(source: TextSource): Result<ModuleTree, ReadError> {
  const { text } = source;
  const start = skipSpace(text, 0);
  if (text[start] === '[') {
    const builder = createTreeBuilder(source.limits);
    const seen = nothingSeen();
    const end = readEntries(source, start, builder, seen);
    if (!end.ok) return end;
    if (skipSpace(text, end.value) < text.length) return syntaxFailure(text);
    return finishTree(source, builder, seen, new Map());
  }
  const header = new Map<string, unknown>();
  const builder = createTreeBuilder(source.limits);
  const seen = nothingSeen();
  let sawModules = false;
  let at = skipSpace(text, start + 1);
  while (text[at] !== '}') {
    const found = parseKey(text, at);
    if (found === null) return syntaxFailure(text);
    const { key } = found;
    at = found.value;
    if (key === 'modules' && text[at] === '[') {
      if (sawModules) return secondList();
      sawModules = true;
      const end = readEntries(source, at, builder, seen);
      if (!end.ok) return end;
      at = end.value;
    } else {
      const end = skipValue(text, at);
      const value = end < 0 ? undefined : parseSlice(text, at, end);
      if (value === undefined) return syntaxFailure(text);
      header.set(key, value);
      at = end;
    }
    at = skipSpace(text, at);
    if (text[at] === ',') {
      at = skipSpace(text, at + 1);
      if (text[at] === '}') return syntaxFailure(text);
    } else if (text[at] !== '}') {
      return syntaxFailure(text);
    }
  }
  if (skipSpace(text, at + 1) < text.length) return syntaxFailure(text);
  const version = header.get('version');
  if (typeof version === 'number' && version > newestVersion) {
    return readFailure('newer-version', { version, newest: newestVersion });
  }
  if (!sawModules) {
    const root = Object.fromEntries(header);
    const added = addNested(root, '', true, 0, builder, seen, source.limits);
    if (!added.ok) return added;
  }
  return finishTree(source, builder, seen, header);
}

function secondList(): Result<never, ReadError> {
  return readFailure(
    'entry-field',
    { entry: 0, name: '', field: 'modules', expected: 'one list', found: 'a second' },
  );
}

/** The `json-syntax` error of a text that is known to be no JSON. */
export function syntaxFailure(text: string): Result<never, ReadError> {
  const error = findJsonError(text);
  const offset = error?.offset ?? text.length;
  const { line, column } = placeInText(text, offset);
  const found = offset >= text.length ? 'the end of the file' : `“${text.slice(offset, offset + 12)}”`;
  return readFailure('json-syntax', { line, column, expected: error?.expected ?? 'valid JSON', found });
}

function nothingSeen(): Seen {
  return { nested: false, tensors: false, forward: false, missingShape: false, types: false };
}

/** Reads the list that starts at `start`; the value is one past its closing bracket. */
function readEntries(
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
    // A quote behind a backslash belongs to the name; nothing but a colon or space stands before the first one.
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
function addNested(
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

function finishTree(
  source: TextSource,
  builder: TreeBuilder,
  seen: Seen,
  header: ReadonlyMap<string, unknown>,
): Result<ModuleTree, ReadError> {
  if (builder.count() === 0) return readFailure('no-modules');
  const stated: unknown = header.get('lacks');
  const lacks = Array.isArray(stated) ? new Set<unknown>(stated) : guessLacks(seen);
  if (seen.missingShape) lacks.add('shapes');
  const isDump = header.get('format') === undefined && !seen.tensors && !seen.forward && !seen.nested;
  if (!Array.isArray(stated) && lacks.has('parameters')) builder.mapSpecs(withoutTensors);
  const notes: TreeNote[] = seen.types ? [] : [{ type: 'types-unknown' }];
  const nestedName = seen.nested && header.has('children') ? header.get('name') : undefined;
  // A graph that breaks the format is no reason to refuse the modules.
  const graph = header.get('graph') === undefined || header.get('graph') === null ? null : readGraph(header.get('graph'));
  if (graph?.ok === false) notes.push({ type: 'graph-broken', fault: graph.error });
  const tree = builder.finish({
    model: textOr(header.get('model'), textOr(nestedName, source.modelName)) ?? source.modelName,
    source: textOr(header.get('source'), null),
    producer: textOr(header.get('producer'), null),
    format: seen.nested ? 'module-tree-nested' : isDump ? 'name-type-dump' : 'module-tree',
    lacks: knownLacks.filter((lack) => lacks.has(lack)),
    graph: graph?.ok === true ? graph.value : null,
    notes,
  });
  source.onProgress(1);
  return tree.ok ? tree : treeBuildFailure(tree.error, (index) => `entry ${index + 1}`);
}

/** A document that does not say what it lacks (only this program's do) lacks what none of its entries has. */
function guessLacks(seen: Seen): Set<unknown> {
  const lacks = new Set<Lack>();
  if (!seen.types) lacks.add('types');
  if (!seen.tensors) for (const lack of ['parameters', 'shapes', 'dtypes', 'sharing'] as const) lacks.add(lack);
  if (!seen.forward) lacks.add('forward');
  return lacks;
}

function textOr(value: unknown, otherwise: string | null): string | null {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

/** A source in which no module has tensors does not list them: what it has not said is unknown, not none. */
function withoutTensors(spec: ModuleSpec): ModuleSpec {
  const hasAny = (spec.parameters?.length ?? 0) > 0 || (spec.buffers?.length ?? 0) > 0;
  return hasAny ? spec : { ...spec, parameters: null, buffers: null };
}
