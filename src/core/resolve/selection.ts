import { type ConfigObject, getKey, isConfigList } from '../config/value.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import type { InvalidPattern } from '../python-re/sweep-answer.ts';
import { createPythonSet, intersectPythonSets, type PythonSet } from '../python/set.ts';
import { type EntryState, type SelectedModules, type SelectionEntry } from './resolution.ts';
import { type SelectorKey, selectorKeys } from '../config/selector-keys.ts';
import type { SelectionIndex } from './selection-index.ts';

/** The selection of one sub-config, without the others (rules S1–S5). */
export interface Selection extends SelectedModules {
  /** Names that the model lacks and that nothing takes away (rule S5): entry indices, each name once. */
  readonly unknownNames: readonly number[];
  /** Entries whose pattern Python refuses, in the order in which it would run them. */
  readonly badPatterns: readonly { readonly entry: number; readonly error: InvalidPattern }[];
}

/** A text of a selector with its place in the list. */
interface Text {
  readonly index: number;
  readonly value: string;
}

/** The texts at a selector key; items that are no text are left out, and a value that is no list counts as absent. */
export function selectorTexts(config: ConfigObject, key: SelectorKey): readonly Text[] {
  const value = getKey(config, key);
  if (!isConfigList(value)) return [];
  return value.flatMap((item, index) => (typeof item === 'string' ? [{ index, value: item }] : []));
}

/** Everything that a selection depends on, as a key for caches. */
export function selectionKey(config: ConfigObject, python: PythonVersion): string {
  const texts = selectorKeys.map((key) => selectorTexts(config, key).map(({ index, value }) => [index, value]));
  return JSON.stringify([python, ...texts]);
}

/** The modules that one text matches by itself. */
interface TextHit {
  readonly count: number;
  readonly state: EntryState;
  readonly hit: Hit;
}

interface OpenEntry extends TextHit {
  readonly key: SelectorKey;
  readonly text: Text;
}

/** The modules that an entry matches: a mask, one module, all modules of a type, or nothing. */
type Hit =
  | { readonly type: 'mask'; readonly mask: Uint8Array }
  | { readonly type: 'module'; readonly module: number }
  | { readonly type: 'type'; readonly typeId: number }
  | { readonly type: 'nothing' };

const nothing: Hit = { type: 'nothing' };

/** Selects the modules of one sub-config. Patterns that Python refuses count as matching nothing. */
export function selectModules(index: SelectionIndex, config: ConfigObject, python: PythonVersion): Selection {
  const { tree } = index;
  const badPatterns: { entry: number; error: InvalidPattern }[] = [];
  const open: OpenEntry[] = [];
  const openEntries = (key: SelectorKey, hitOf: (text: string) => TextHit): readonly OpenEntry[] => {
    const made = selectorTexts(config, key).map((text): OpenEntry => {
      const { count, state, hit } = hitOf(text.value);
      return { key, text, count, state, hit };
    });
    for (const entry of made) open.push(entry);
    return made;
  };
  const byName = (name: string): TextHit => nameHit(index, name);
  const byType = (type: string): TextHit => typeHit(index, type);
  const byPattern = (pattern: string): TextHit => patternHit(index, pattern, python);

  const names = openEntries('op_names', byName);
  const patterns = openEntries('op_names_re', byPattern);
  const types = openEntries('op_types', byType);
  const excludes = [
    ...openEntries('exclude_op_names', byName),
    ...openEntries('exclude_op_names_re', byPattern),
    ...openEntries('exclude_op_types', byType),
  ];
  open.forEach((entry, at) => {
    if (entry.state.type !== 'invalid') return;
    const swept = index.sweep(entry.text.value, python);
    if (swept.type === 'invalid') badPatterns.push({ entry: at, error: swept.error });
  });

  // A list can have thousands of sub-configs that name their modules: none of them looks at the whole model.
  const isListed = names.length > 0 && patterns.length === 0;
  const scope = isListed ? modulesOfHits(names) : index.allModules;
  const selected = scope.length === 0 ? index.noneSelected : new Uint8Array(tree.size);
  for (const entry of [...names, ...patterns]) mark(index, entry.hit, selected, 1);
  const isNamed = names.length + patterns.length > 0;
  let undecided = 0;
  if (types.length > 0) {
    const wanted = new Uint8Array(tree.types.length);
    for (const entry of types) if (entry.hit.type === 'type') wanted[entry.hit.typeId] = 1;
    for (let at = 0; at < scope.length; at++) {
      const module = scope[at]!;
      const typeId = tree.typeId[module]!;
      if (typeId === index.unknownTypeId && (!isNamed || selected[module] === 1)) undecided++;
      if (isNamed) selected[module]! &= wanted[typeId]!;
      else selected[module] = wanted[typeId]!;
    }
  }
  const first = names.length + patterns.length + types.length;
  const { excludedBy, excludedCount, taken } = applyExcludes(index, excludes, first, selected, scope);
  if (types.length === 0 && excludes.some((entry) => entry.key === 'exclude_op_types')) {
    undecided += countWhere(scope, (m) => selected[m] === 1 && tree.typeId[m] === index.unknownTypeId);
  }
  const entries = open.map((entry, at): SelectionEntry => ({
    key: entry.key,
    index: entry.text.index,
    value: entry.text.value,
    count: entry.count,
    effect: at < first ? countSelected(index, entry.hit, selected, scope) : taken[at - first]!,
    state: entry.state,
  }));
  return {
    selected,
    listed: isListed ? scope.filter((module) => selected[module] === 1) : null,
    count: countWhere(scope, (module) => selected[module] === 1),
    excludedBy,
    excludedCount,
    entries,
    hasSelector: first > 0,
    undecidedCount: undecided,
    unknownNames: types.length > 0 ? [] : survivingUnknown(names, excludes),
    badPatterns,
  };
}

/** The modules that names hit, ascending, each once. */
function modulesOfHits(entries: readonly OpenEntry[]): Uint32Array {
  const modules = new Set(entries.flatMap(({ hit }) => (hit.type === 'module' ? [hit.module] : [])));
  return Uint32Array.from(modules).sort();
}

function nameHit(index: SelectionIndex, name: string): TextHit {
  const module = index.indexOf(name);
  if (module === undefined) return { count: 0, hit: nothing, state: { type: 'unknown' } };
  return { count: 1, hit: { type: 'module', module }, state: { type: 'fine' } };
}

function patternHit(index: SelectionIndex, pattern: string, python: PythonVersion): TextHit {
  const swept = index.sweep(pattern, python);
  if (swept.type === 'invalid') {
    const { message, position } = swept.error;
    return { count: 0, hit: nothing, state: { type: 'invalid', message, position } };
  }
  const { count, mask, slowSeconds } = swept;
  const state: EntryState = slowSeconds === null ? { type: 'fine' } : { type: 'slow', seconds: slowSeconds };
  return { count, hit: { type: 'mask', mask }, state };
}

function typeHit(index: SelectionIndex, type: string): TextHit {
  const typeId = index.typeIdOf(type);
  if (typeId === undefined) return { count: 0, hit: nothing, state: { type: 'unknown' } };
  return { count: index.typeCounts[typeId]!, hit: { type: 'type', typeId }, state: { type: 'fine' } };
}

function mark(index: SelectionIndex, hit: Hit, mask: Uint8Array, value: 1): void {
  if (hit.type === 'module') mask[hit.module] = value;
  if (hit.type === 'mask') for (let module = 0; module < mask.length; module++) mask[module]! |= hit.mask[module]!;
  if (hit.type === 'type') {
    const { typeId } = index.tree;
    for (let module = 0; module < mask.length; module++) if (typeId[module] === hit.typeId) mask[module] = value;
  }
}

/** Excludes selected modules, all of which are in `scope`. */
function applyExcludes(
  index: SelectionIndex,
  excludes: readonly OpenEntry[],
  first: number,
  selected: Uint8Array,
  scope: Uint32Array,
): { excludedBy: Uint32Array<ArrayBuffer>; excludedCount: number; taken: readonly number[] } {
  const excludedBy = excludes.length === 0 ? index.noExcludes : new Uint32Array(selected.length);
  const { typeId } = index.tree;
  const taken = excludes.map(({ hit }, at) => {
    const code = first + at + 1;
    let count = 0;
    const take = (module: number): void => {
      selected[module] = 0;
      excludedBy[module] = code;
      count++;
    };
    if (hit.type === 'module' && selected[hit.module] === 1) take(hit.module);
    if (hit.type === 'mask') {
      for (let at = 0; at < scope.length; at++) {
        const module = scope[at]!;
        if (selected[module] === 1 && hit.mask[module] === 1) take(module);
      }
    }
    if (hit.type === 'type') {
      for (let at = 0; at < scope.length; at++) {
        const module = scope[at]!;
        if (selected[module] === 1 && typeId[module] === hit.typeId) take(module);
      }
    }
    return count;
  });
  return { excludedBy, excludedCount: taken.reduce((sum, count) => sum + count, 0), taken };
}

function countSelected(index: SelectionIndex, hit: Hit, selected: Uint8Array, scope: Uint32Array): number {
  const { typeId } = index.tree;
  switch (hit.type) {
    case 'module':
      return selected[hit.module]!;
    case 'mask': {
      let count = 0;
      for (let module = 0; module < selected.length; module++) count += selected[module]! & hit.mask[module]!;
      return count;
    }
    case 'type':
      return countWhere(scope, (m) => selected[m] === 1 && typeId[m] === hit.typeId);
    case 'nothing':
      return 0;
  }
}

function countWhere(scope: Uint32Array, holds: (module: number) => boolean): number {
  let count = 0;
  for (let at = 0; at < scope.length; at++) if (holds(scope[at]!)) count++;
  return count;
}

/** Patterns and types look at the model's own names, so that only `exclude_op_names` takes such a name away. */
function survivingUnknown(names: readonly OpenEntry[], excludes: readonly OpenEntry[]): readonly number[] {
  const excluded = new Set(
    excludes.filter((entry) => entry.key === 'exclude_op_names').map((entry) => entry.text.value),
  );
  const seen = new Set<string>();
  return names.flatMap((entry, at) => {
    const { value } = entry.text;
    if (entry.hit.type !== 'nothing' || excluded.has(value) || seen.has(value)) return [];
    seen.add(value);
    return [at];
  });
}

/**
 * The selected names in the order in which NNI walks them, names that the model lacks included: the order of a
 * Python set which went through S1–S4. Numbers of `index.texts`, for modules their indices. Only needed to say
 * which of several errors comes first.
 */
export function selectionOrder(index: SelectionIndex, config: ConfigObject, python: PythonVersion): readonly number[] {
  const { tree, texts } = index;
  const valuesOf = (key: SelectorKey): readonly string[] => selectorTexts(config, key).map((text) => text.value);
  const matched = (pattern: string): readonly number[] => {
    const swept = index.sweep(pattern, python);
    return swept.type === 'invalid' ? [] : modulesWhere(tree.size, (module) => swept.mask[module] === 1);
  };
  const ofType = (type: string): PythonSet => {
    const typeId = index.typeIdOf(type);
    if (typeId === undefined) return createPythonSet(texts);
    return createPythonSet(texts, modulesWhere(tree.size, (module) => tree.typeId[module] === typeId));
  };
  const names = valuesOf('op_names');
  const patterns = valuesOf('op_names_re');
  const types = valuesOf('op_types');
  let set = createPythonSet(texts, names.map(texts.numberOf));
  for (const pattern of patterns) for (const module of matched(pattern)) set.add(module);
  if (types.length > 0) {
    const byTypes = createPythonSet(texts);
    for (const type of types) byTypes.merge(ofType(type));
    if (names.length + patterns.length > 0) set = intersectPythonSets(texts, set, byTypes);
    else set.merge(byTypes);
  }
  for (const name of valuesOf('exclude_op_names')) set.discard(texts.numberOf(name));
  set.compact();
  for (const pattern of valuesOf('exclude_op_names_re')) for (const module of matched(pattern)) set.discard(module);
  for (const type of valuesOf('exclude_op_types')) {
    for (const module of ofType(type).keys()) set.discard(module);
    set.compact();
  }
  return set.keys();
}

function modulesWhere(size: number, holds: (module: number) => boolean): readonly number[] {
  const modules: number[] = [];
  for (let module = 0; module < size; module++) if (holds(module)) modules.push(module);
  return modules;
}
