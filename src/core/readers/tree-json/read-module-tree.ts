import { readGraph } from '../../graph/read-graph.ts';
import type { Lack, ModuleSpec, ModuleTree } from '../../module-tree/module-tree.ts';
import type { TreeNote } from '../../module-tree/tree-note.ts';
import { createTreeBuilder, type TreeBuilder } from '../../module-tree/tree-builder.ts';
import type { Result } from '../../result.ts';
import type { TextSource } from '../lines/text-source.ts';
import { parseKey, parseSlice, skipSpace, skipValue } from '../literals/json-cursor.ts';
import { syntaxFailure } from '../literals/syntax-failure.ts';
import { readFailure, treeBuildFailure, type ReadError } from '../messages/read-error.ts';
import { addNested, nothingSeen, readEntries, type Seen } from './read-entries.ts';

const newestVersion = 1;
const knownLacks: readonly Lack[] = [
  'types', 'shapes', 'dtypes', 'parameters', 'modules-without-parameters', 'sharing', 'forward', 'module-names',
];

/**
 * Reads the module-tree format (an object with `modules`, or the bare list), flat or nested (rules T2, T3).
 * Entries are cut out of the text one by one: the text after a name is parsed once for each distinct text,
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

/** A document that does not name its gaps (only this program's do) lacks the facts that none of its entries has. */
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

/** A source in which no module has tensors does not list them: missing facts are unknown, not empty. */
function withoutTensors(spec: ModuleSpec): ModuleSpec {
  const hasAny = (spec.parameters?.length ?? 0) > 0 || (spec.buffers?.length ?? 0) > 0;
  return hasAny ? spec : { ...spec, parameters: null, buffers: null };
}
