import type { SelectorKey } from '../../config/selector-keys.ts';
import { createTemplateRegistry } from '../../config/setting-templates.ts';
import { getKey, isConfigList, withKey, withoutKey, type ConfigObject, type ConfigValue } from '../../config/value.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import { moduleType } from '../../module-tree/tree-index.ts';
import { escapePattern } from '../../python-re/escape.ts';
import type { Resolution } from '../../resolve/resolution.ts';
import type { FindingInput } from '../finding-context.ts';
import { meantEntry, type Meant } from './meant-entry.ts';
import { layerTypes, registeredTypes } from './registered-types.ts';

/** Entries and sub-configs beyond these are not misspelled, they are of another model. */
const mostEntries = 64;
const mostSubConfigs = 200;
/** More types than these are no list to read. */
const mostTypes = 12;

/** A selector entry that matches nothing, and its likely meaning. */
interface OpenEntry {
  readonly index: number;
  readonly value: string;
  readonly meant: Meant;
}

const known = new WeakMap<Resolution, Map<string, readonly OpenEntry[]>>();

/** The entries at a key that match nothing and have a clear likely meaning. Cached per resolution. */
function openEntries(key: SelectorKey, subConfig: number, input: FindingInput): readonly OpenEntry[] {
  if (subConfig >= mostSubConfigs) return [];
  const ofList = known.get(input.resolution) ?? new Map<string, readonly OpenEntry[]>();
  known.set(input.resolution, ofList);
  const place = `${subConfig} ${key}`;
  const found =
    ofList.get(place) ??
    input.resolution.subConfigs[subConfig]!.entries
      .filter((entry) => entry.key === key && entry.count === 0 && entry.state.type !== 'slow')
      .slice(0, mostEntries)
      .flatMap(({ index, value }) => {
        const meant = meantEntry(key, value, input);
        return meant === null ? [] : [{ index, value, meant }];
      });
  ofList.set(place, found);
  return found;
}

/**
 * The edit that writes the likely meaning of an entry of a selector (rule F9). Entries of one key that were meant in
 * the same way are written by one fix.
 */
export function repairEntry(key: SelectorKey, index: number, subConfig: number, input: FindingInput): readonly Fix[] {
  const open = openEntries(key, subConfig, input);
  const own = open.find((entry) => entry.index === index);
  const config = input.resolution.effective[subConfig]!;
  if (own === undefined) return [];
  const alike = open.filter(({ meant }) => meant.as === own.meant.as);
  switch (own.meant.as) {
    case 'name':
      return namesFix(key, alike, config, subConfig, input);
    case 'suffix': {
      const labels = alike.flatMap(({ meant }) => (meant.as === 'suffix' ? [escapePattern(meant.labels)] : []));
      const pattern = String.raw`.*\.` + (labels.length === 1 ? labels[0]! : `(${labels.join('|')})`) + '$';
      return patternFix(key, alike, pattern, config, subConfig, input);
    }
    case 'pattern':
      return patternFix(key, [own], own.meant.value, config, subConfig, input);
    case 'types':
      return typesFix(key, alike, config, subConfig, input);
    case 'inside':
      return selectInside(key, alike.flatMap(({ index, meant }) => (meant.as === 'inside' ? [{ index, name: meant.name }] : [])), config, subConfig, input);
  }
}

/**
 * Entries that name containers, as a pattern for the modules inside (rule F13d): a container itself has no template, and to exclude it
 * excludes nothing of what is inside. Selected are the layers there.
 */
export function selectInside(
  key: SelectorKey,
  containers: readonly { readonly index: number; readonly name: string }[],
  config: ConfigObject,
  subConfig: number,
  input: FindingInput,
): readonly Fix[] {
  const { resolver, tree, python } = input;
  const target = siblingKey(key, 'op_names_re');
  const patterns = containers.map(({ name }) => escapePattern(name) + String.raw`\..*`);
  const named = withEntries(config, key, target, containers, patterns);
  const rows = containers.map(({ name }) => resolver.indexOf(name)!);
  const types = layerTypes(input, (module) => rows.some((row) => module > row && module < tree.end[row]!));
  const isFree = !key.startsWith('exclude_') && getKey(named, 'op_types') === undefined;
  if (isFree && (types.length === 0 || types.length > mostTypes)) return [];
  const at = named.entries.findIndex(([name]) => name === target) + 1;
  const value = isFree ? { ...named, entries: named.entries.toSpliced(at, 0, ['op_types', types]) } : named;
  const before = resolver.select(config, python).count;
  const { count } = resolver.select(value, python);
  const isExclude = key.startsWith('exclude_');
  if (isExclude ? count >= before : count === 0) return [];
  const words = { key: target, value: patterns.join(', '), count: isExclude ? before - count : count };
  return [fix('write-pattern', words, { type: 'set', path: [subConfig], value })];
}

function namesFix(key: SelectorKey, alike: readonly OpenEntry[], config: ConfigObject, subConfig: number, input: FindingInput): readonly Fix[] {
  const names = alike.flatMap(({ meant }) => (meant.as === 'name' ? [meant.value] : []));
  const target = key.endsWith('types') ? siblingKey(key, 'op_names') : key;
  const [first] = names;
  if (target !== key) return replaced(key, target, alike, names, config, subConfig, input, 'names');
  if (alike.length === 1) {
    const written = getKey(config, key);
    if (isConfigList(written) && written.includes(first!)) return [];
    const narrowed = narrow(withEntries(config, key, key, alike, names), input, key);
    if (narrowed === null) return [];
    if (narrowed.isNarrowed) return [fix('write-name', { value: first! }, { type: 'set', path: [subConfig], value: narrowed.config })];
    return [fix('write-name', { value: first! }, { type: 'set', path: [subConfig, key, alike[0]!.index], value: first! })];
  }
  return replaced(key, key, alike, names, config, subConfig, input, 'names');
}

function typesFix(key: SelectorKey, alike: readonly OpenEntry[], config: ConfigObject, subConfig: number, input: FindingInput): readonly Fix[] {
  const types = [...new Set(alike.flatMap(({ meant }) => (meant.as === 'types' ? meant.values : [])))];
  const target = key.endsWith('types') ? key : siblingKey(key, 'op_types');
  if (target === key && alike.length === 1 && types.length === 1) {
    const written = getKey(config, key);
    if (isConfigList(written) && written.includes(types[0]!)) return [];
    return [fix('write-name', { value: types[0]! }, { type: 'set', path: [subConfig, key, alike[0]!.index], value: types[0]! })];
  }
  // With names next to them, types would narrow the selection down to their types.
  if (target !== key && !isAll(config, key, alike)) return [];
  return replaced(key, target, alike, types, config, subConfig, input, 'types');
}

function patternFix(key: SelectorKey, alike: readonly OpenEntry[], pattern: string, config: ConfigObject, subConfig: number, input: FindingInput): readonly Fix[] {
  const target = key.endsWith('_re') ? key : siblingKey(key, 'op_names_re');
  const narrowed = narrow(withEntries(config, key, target, alike, [pattern]), input, target);
  const swept = input.resolver.sweep(pattern, input.python);
  if (narrowed === null || swept.type !== 'matched') return [];
  const values = { key: target, value: pattern, count: swept.count };
  if (target === key && !narrowed.isNarrowed && alike.length === 1) {
    return [fix('write-pattern', values, { type: 'set', path: [subConfig, key, alike[0]!.index], value: pattern })];
  }
  return [fix('write-pattern', values, { type: 'set', path: [subConfig], value: narrowed.config })];
}

function replaced(
  key: SelectorKey,
  target: SelectorKey,
  alike: readonly OpenEntry[],
  values: readonly string[],
  config: ConfigObject,
  subConfig: number,
  input: FindingInput,
  what: 'names' | 'types',
): readonly Fix[] {
  const narrowed = narrow(withEntries(config, key, target, alike, values), input, target);
  if (narrowed === null) return [];
  const edit = { type: 'set', path: [subConfig], value: narrowed.config } as const;
  if (what === 'types') return [fix('write-types', { types: values.join(', ') }, edit)];
  return [fix('write-names', { count: values.length, first: values[0]!, key: target }, edit)];
}

/** The key of the same kind, selector or exclude. */
function siblingKey(key: SelectorKey, selector: 'op_names' | 'op_names_re' | 'op_types'): SelectorKey {
  return key.startsWith('exclude_') ? `exclude_${selector}` : selector;
}

function isAll(config: ConfigObject, key: SelectorKey, entries: readonly OpenEntry[]): boolean {
  const written = getKey(config, key);
  return isConfigList(written) && written.length === entries.length;
}

/** The sub-config with the entries taken from one key, and values written at the same or another key. */
function withEntries(config: ConfigObject, key: SelectorKey, target: SelectorKey, entries: readonly Pick<OpenEntry, 'index'>[], values: readonly string[]): ConfigObject {
  const written = getKey(config, key);
  const taken = new Set(entries.map(({ index }) => index));
  const list = isConfigList(written) ? written : [];
  if (key === target) {
    const [first] = entries;
    const made = list.flatMap((item, at): readonly ConfigValue[] => (at === first?.index && values.length !== entries.length ? values : taken.has(at) ? valueAt(at) : [item]));
    return withKey(config, key, [...new Set(made)]);
  }
  const left = list.filter((_, at) => !taken.has(at));
  const before = getKey(config, target);
  const after = [...new Set([...(isConfigList(before) ? before : []), ...values])];
  // The new key takes the place of the old one.
  const renamed = left.length > 0 || before !== undefined
    ? withKey(left.length > 0 ? withKey(config, key, left) : withoutKey(config, key), target, after)
    : { ...config, entries: config.entries.map(([name, value]) => (name === key ? ([target, after] as const) : ([name, value] as const))) };
  return renamed;

  function valueAt(at: number): readonly string[] {
    if (values.length !== entries.length) return [];
    return [values[entries.findIndex(({ index }) => index === at)]!];
  }
}

/**
 * The sub-config narrowed to types that have templates, where it would select others too (rule C1); `null` where nothing
 * would be left, or the types are many.
 */
function narrow(
  config: ConfigObject,
  input: FindingInput,
  changed: SelectorKey,
): { readonly config: ConfigObject; readonly isNarrowed: boolean } | null {
  if (changed.startsWith('exclude_')) return { config, isNarrowed: false };
  const { resolver, python, tree, resolution, templates } = input;
  const { selected } = resolver.select(config, python);
  const find = createTemplateRegistry(resolution.mode, templates);
  const isRefused = (module: number): boolean => {
    const type = moduleType(tree, module);
    return type !== null && find(type) === null;
  };
  const refused = selected.some((is, module) => is === 1 && isRefused(module));
  if (!refused || getKey(config, 'op_types') !== undefined) return { config, isNarrowed: false };
  const types = registeredTypes(input, (module) => selected[module] === 1);
  if (types.length === 0 || types.length > mostTypes) return null;
  const at = config.entries.findIndex(([key]) => key === changed) + 1;
  return { config: { ...config, entries: config.entries.toSpliced(at, 0, ['op_types', types]) }, isNarrowed: true };
}
