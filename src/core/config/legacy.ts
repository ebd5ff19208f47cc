import type { RaisedError } from '../python/raised-error.ts';
import { createHashedTexts } from '../python/hashed-texts.ts';
import { createPythonSet } from '../python/set.ts';
import { fail, type Result, succeed } from '../result.ts';
import type { Mode } from './mode.ts';
import { pythonRepr, pythonStr, pythonTypeName } from './python-repr.ts';
import { pythonStringRepr } from '../python/string-repr.ts';
import { respellLegacy } from './respell-legacy.ts';
import { inputPrefix, outputPrefix } from './setting-templates.ts';
import {
  type ConfigEntry,
  type ConfigList,
  type ConfigObject,
  type ConfigValue,
  getKey,
  isConfigList,
  isConfigNumber,
  isConfigObject,
  intOf,
  objectOf,
  withKey,
  withoutKey,
} from './value.ts';

/** The place where a translation stops, and the exception. */
export interface LegacyFailure {
  readonly subConfig: number;
  readonly key: string;
  readonly error: RaisedError;
}

const legacyMarks = ['exclude', 'sparsity', 'sparsity_per_layer', 'total_sparsity', 'quant_types'];

/** Whether NNI takes the list for one of NNI 2.x: its first sub-config decides (rule L1). */
function isLegacyList(list: ConfigList): boolean {
  const [first] = list;
  return isConfigObject(first) && legacyMarks.some((key) => getKey(first, key) !== undefined);
}

/**
 * Translates a list as NNI does before anything else (rules L1–L5): `null` when it is no legacy list. Both the
 * pruning and the quantization part run in every mode. An item that is no dict makes the translation fail.
 */
export function translateLegacy(list: ConfigList): Result<ConfigList | null, LegacyFailure> {
  if (!isLegacyList(list)) return succeed(null);
  const stop = new Stop();
  try {
    const subConfigs = translateExcludes(list, stop);
    let groupCount = 0;
    const pruned = subConfigs.map((config) => {
      const grouped = getKey(config, 'total_sparsity') !== undefined;
      return translatePruning(config, grouped ? groupCount++ : null);
    });
    return succeed(pruned.map((config, index) => translateQuantization(config, index, stop)));
  } catch (thrown) {
    if (thrown === stop && stop.failure !== null) return fail(stop.failure);
    throw thrown;
  }
}

/** Leaves a translation from the depth of it; never seen outside. */
class Stop extends Error {
  failure: LegacyFailure | null = null;

  raise(subConfig: number, key: string, type: string, message: string): never {
    this.failure = { subConfig, key, error: { type, message } };
    throw this;
  }
}

const excludeKeys = ['op_types', 'op_names', 'op_names_re'] as const;

function translateExcludes(list: ConfigList, stop: Stop): readonly ConfigObject[] {
  const collected = excludeKeys.map((): ConfigValue[] => []);
  const subConfigs = list.map((item, index): ConfigValue => {
    if (!isConfigObject(item)) {
      if (typeof item === 'string' || isConfigList(item)) return item;
      return stop.raise(index, '', 'TypeError', `argument of type '${pythonTypeName(item)}' is not iterable`);
    }
    let config = item;
    const partial = getKey(config, 'op_partial_names');
    if (partial !== undefined) {
      const names = iterate(partial, index, 'op_partial_names', stop);
      config = withoutKey(config, 'op_partial_names');
      config = withKey(config, 'op_names_re', names.map((name) => `.*${pythonStr(name)}.*`));
    }
    if (getKey(config, 'exclude') === undefined) return config;
    excludeKeys.forEach((key, at) => {
      const value = getKey(config, key);
      if (value === undefined) return;
      for (const item of hashables(iterate(value, index, key, stop), index, key, stop)) collected[at]!.push(item);
    });
    return withoutKey(config, 'exclude');
  });
  const excludes = collected.some((values) => values.length > 0) ? collected.map(inSetOrder) : null;
  return subConfigs.map((config, index) => {
    if (!isConfigObject(config)) return notADict(config, excludes !== null, index, stop);
    if (excludes === null) return config;
    return excludeKeys.reduce((all, key, at) => withKey(all, `exclude_${key}`, excludes[at]!), config);
  });
}

/** Texts and lists pass for dicts until something is put into them or taken out. */
function notADict(item: ConfigValue, isAssigned: boolean, index: number, stop: Stop): never {
  if (isConfigList(item)) {
    const assigned = 'list indices must be integers or slices, not str';
    return stop.raise(index, '', 'TypeError', isAssigned ? assigned : 'pop expected at most 1 argument, got 2');
  }
  if (isAssigned) return stop.raise(index, '', 'TypeError', "'str' object does not support item assignment");
  return stop.raise(index, '', 'AttributeError', "'str' object has no attribute 'pop'");
}

/** The items that a Python `for` walks: items of a list, characters of a text, keys of a dict. */
function iterate(value: ConfigValue, subConfig: number, key: string, stop: Stop): readonly ConfigValue[] {
  if (isConfigList(value)) return value;
  if (typeof value === 'string') return Array.from(value);
  if (isConfigObject(value)) return value.entries.map(([name]) => name);
  return stop.raise(subConfig, key, 'TypeError', `'${pythonTypeName(value)}' object is not iterable`);
}

function hashables(
  values: readonly ConfigValue[],
  subConfig: number,
  key: string,
  stop: Stop,
): readonly ConfigValue[] {
  for (const value of values) {
    if (isConfigList(value) || isConfigObject(value)) {
      stop.raise(subConfig, key, 'TypeError', `unhashable type: '${pythonTypeName(value)}'`);
    }
  }
  return values;
}

/** The texts in the order of a Python set; anything else after them, once each. */
function inSetOrder(values: readonly ConfigValue[]): readonly ConfigValue[] {
  const texts = createHashedTexts();
  const numbers = values.filter((value) => typeof value === 'string').map(texts.numberOf);
  const others = new Map<string, ConfigValue>();
  for (const value of values) if (typeof value !== 'string') others.set(pythonRepr(value), value);
  return [...createPythonSet(texts, numbers).keys().map(texts.textOf), ...others.values()];
}

function translatePruning(config: ConfigObject, group: number | null): ConfigObject {
  const maximum = getKey(config, 'max_sparsity_per_layer') ?? null;
  const total = getKey(config, 'total_sparsity');
  const perLayer = getKey(config, 'sparsity_per_layer');
  let ratio = perLayer === undefined ? getKey(config, 'sparsity') : perLayer;
  if (total !== undefined) ratio = total;
  const taken = ['max_sparsity_per_layer', 'sparsity_per_layer', 'sparsity', 'total_sparsity'];
  const rest = taken.reduce(withoutKey, config);
  if (ratio === undefined || ratio === null) return rest;
  const weight: ConfigEntry[] = [['sparse_ratio', ratio], ['granularity', 'default']];
  if (maximum !== null) weight.push(['max_sparse_ratio', maximum]);
  if (group !== null) weight.push(['group_id', intOf(group)]);
  return withTargets(rest, ['weight', 'bias'], [['weight', objectOf(weight)]]);
}

function withTargets(
  config: ConfigObject,
  names: readonly string[],
  settings: readonly ConfigEntry[],
): ConfigObject {
  return withKey(withKey(config, 'target_names', names), 'target_settings', objectOf(settings));
}

const quantTypes = [['input', inputPrefix], ['weight', 'weight'], ['output', outputPrefix]] as const;

function translateQuantization(config: ConfigObject, index: number, stop: Stop): ConfigObject {
  const types = getKey(config, 'quant_types');
  if (types === undefined) return config;
  const bits = getKey(config, 'quant_bits');
  if (bits === undefined) return stop.raise(index, 'quant_bits', 'KeyError', "'quant_bits'");
  const names: string[] = [];
  const settings: ConfigEntry[] = [];
  for (const [type, target] of quantTypes) {
    if (!contains(types, type, index, stop)) continue;
    names.push(target);
    const width = pythonStr(bitsOf(bits, type, index, stop));
    settings.push([target, objectOf([['quant_dtype', `int${width}`]])]);
  }
  return withTargets(withoutKey(withoutKey(config, 'quant_types'), 'quant_bits'), names, settings);
}

/** `type in types` of Python. */
function contains(types: ConfigValue, type: string, index: number, stop: Stop): boolean {
  if (isConfigList(types)) return types.includes(type);
  if (typeof types === 'string') return types.includes(type);
  if (isConfigObject(types)) return getKey(types, type) !== undefined;
  const message = `argument of type '${pythonTypeName(types)}' is not iterable`;
  return stop.raise(index, 'quant_types', 'TypeError', message);
}

function bitsOf(bits: ConfigValue, type: string, index: number, stop: Stop): ConfigValue {
  if (typeof bits === 'boolean' || (isConfigNumber(bits) && bits.type === 'int')) return bits;
  if (isConfigObject(bits)) {
    // `None` is a width like any other: it makes `intNone`.
    const width = getKey(bits, type);
    return width === undefined ? stop.raise(index, 'quant_bits', 'KeyError', pythonStringRepr(type)) : width;
  }
  if (typeof bits === 'string') {
    return stop.raise(index, 'quant_bits', 'TypeError', "string indices must be integers, not 'str'");
  }
  if (isConfigList(bits)) {
    return stop.raise(index, 'quant_bits', 'TypeError', 'list indices must be integers or slices, not str');
  }
  return stop.raise(index, 'quant_bits', 'TypeError', `'${pythonTypeName(bits)}' object is not subscriptable`);
}

/** A change that an import made, for its message. */
export type ImportChange =
  | { readonly type: 'partial-names'; readonly subConfig: number }
  /** L3: the sub-config only excluded; the modules that it named are removed everywhere, and it selects nothing itself. */
  | { readonly type: 'excludes'; readonly subConfig: number }
  | { readonly type: 'pruning-keys'; readonly subConfig: number }
  /** L4: `total_sparsity` became a global group of this id. */
  | { readonly type: 'global-group'; readonly subConfig: number; readonly id: number }
  | { readonly type: 'quantization-keys'; readonly subConfig: number }
  /** L7: `quant_types` or `quant_bits` had slips. `slips`: `weight for wieght`. */
  | { readonly type: 'respelled'; readonly subConfig: number; readonly slips: readonly string[] }
  /** L5, V4: a top-level `quant_dtype` was added. */
  | { readonly type: 'quant-dtype-added'; readonly subConfig: number; readonly quantDtype: string };

/** A list of NNI 2.x as NNI 3.0 accepts it, and the changes. */
export interface LegacyImport {
  readonly list: ConfigList;
  readonly changes: readonly ImportChange[];
}

/**
 * Translates a legacy list so that NNI 3.0's schema takes it: as `translateLegacy`, and then `global_group_id` in
 * place of `group_id` (rule L4), a top-level `quant_dtype` where one is missing (rule L5), and without slips (rule L7). `null` when
 * the list is no legacy list.
 */
export function importLegacy(list: ConfigList, mode: Mode): Result<LegacyImport | null, LegacyFailure> {
  const respelled = list.map((item) => (isConfigObject(item) ? respellLegacy(item) : { value: item, changes: [] }));
  const translated = translateLegacy(respelled.map(({ value }) => value));
  if (!translated.ok) return translated;
  if (translated.value === null) return succeed(null);
  const changes = list.flatMap((item, index) => (isConfigObject(item) ? changesOf(item, index, respelled[index]!.changes) : []));
  for (const [index, item] of translated.value.entries()) {
    if (!isConfigObject(item)) continue;
    const id = groupId(item);
    if (id !== null) changes.push({ type: 'global-group', subConfig: index, id });
    const quantDtype = missingDtype(item, mode);
    if (quantDtype !== null) changes.push({ type: 'quant-dtype-added', subConfig: index, quantDtype });
  }
  const imported = acceptTranslated(translated.value, mode);
  return succeed({ list: imported, changes: changes.toSorted((a, b) => a.subConfig - b.subConfig) });
}

/** A list as NNI translates it, with what its own schema then refuses put right (rules L4, L5). */
export function acceptTranslated(translated: ConfigList, mode: Mode): ConfigList {
  return translated.map((item) => {
    if (!isConfigObject(item)) return item;
    const quantDtype = missingDtype(item, mode);
    return quantDtype === null ? renameGroup(item) : withKey(renameGroup(item), 'quant_dtype', quantDtype);
  });
}

function missingDtype(config: ConfigObject, mode: Mode): string | null {
  // A list to prune stays refused here: it is of another mode.
  const isPruned = weightSetting(config) !== null && getKey(weightSetting(config)!, 'sparse_ratio') !== undefined;
  return mode === 'quantization' && !isPruned && getKey(config, 'quant_dtype') === undefined ? commonQuantDtype(config) : null;
}

function changesOf(config: ConfigObject, subConfig: number, slips: readonly string[]): ImportChange[] {
  const has = (...keys: readonly string[]): boolean => keys.some((key) => getKey(config, key) !== undefined);
  const changes: ImportChange[] = [];
  if (has('op_partial_names')) changes.push({ type: 'partial-names', subConfig });
  if (has('exclude')) changes.push({ type: 'excludes', subConfig });
  if (has('sparsity', 'sparsity_per_layer', 'total_sparsity')) changes.push({ type: 'pruning-keys', subConfig });
  if (has('quant_types')) changes.push({ type: 'quantization-keys', subConfig });
  if (slips.length > 0) changes.push({ type: 'respelled', subConfig, slips });
  return changes;
}

function weightSetting(config: ConfigObject): ConfigObject | null {
  const settings = getKey(config, 'target_settings');
  const weight = isConfigObject(settings) ? getKey(settings, 'weight') : undefined;
  return isConfigObject(weight) ? weight : null;
}

function groupId(config: ConfigObject): number | null {
  const weight = weightSetting(config);
  const id = weight === null ? undefined : getKey(weight, 'group_id');
  return isConfigNumber(id) ? Number(id.text) : null;
}

function renameGroup(config: ConfigObject): ConfigObject {
  const settings = getKey(config, 'target_settings');
  const weight = weightSetting(config);
  if (weight === null || !isConfigObject(settings)) return config;
  const entries = weight.entries.map(
    ([key, value]): ConfigEntry => (key === 'group_id' ? ['global_group_id', value] : [key, value]),
  );
  return withKey(config, 'target_settings', withKey(settings, 'weight', objectOf(entries)));
}

/** The type that the targets agree on, else NNI's default. */
function commonQuantDtype(config: ConfigObject): string {
  const settings = getKey(config, 'target_settings');
  const entries = isConfigObject(settings) ? settings.entries : [];
  const types = entries.map(([, setting]) => {
    return isConfigObject(setting) ? getKey(setting, 'quant_dtype') : undefined;
  });
  const [first] = types;
  return typeof first === 'string' && types.every((type) => type === first) ? first : 'int8';
}
