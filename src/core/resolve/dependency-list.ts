import { translateLegacy } from '../config/legacy.ts';
import {
  type ConfigEntry, type ConfigList, type ConfigObject, type ConfigValue, intOf, isConfigList, isConfigObject, objectOf, withKey, withoutKey,
} from '../config/value.ts';
import type { RaisedError } from '../python/raised-error.ts';
import { findDependencies, type Dependencies } from '../graph/dependencies.ts';
import { moduleName } from '../module-tree/tree-index.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import { fail, succeed, type Result } from '../result.ts';
import { selectorKeys } from '../config/selector-keys.ts';
import { namesOfSets, withoutIdleKeys, type Placed } from './named-groups.ts';
import type { Resolver } from './resolver.ts';

/**
 * `literal`: one sub-config per module, as NNI writes it. `readable`: modules of one sub-config that share a set and a
 * number stay together, so that there is one sub-config per set; it resolves to the same settings. `named`: the same with
 * names of modules as ids, and without the keys where they change nothing: modules that are tied to no other selected module
 * share one sub-config.
 */
export type DependencyForm = 'literal' | 'readable' | 'named';

/**
 * The list that `auto_set_denpendency_group_ids` returns, or the error that it raises (rules G14, G15). Null when the tree has no
 * graph. The new sub-configs are in model order within each given one. NNI's random ids become `g0`, `g1`, … by the first
 * selected module of each set in model order.
 */
export function setDependencyGroups(
  list: ConfigList,
  resolver: Resolver,
  python: PythonVersion,
  form: DependencyForm,
  options: DependencyOptions = {},
): Result<ConfigList, RaisedError> | null {
  const dependencies = findDependencies(resolver.tree);
  if (dependencies === null) return null;
  if (!dependencies.ok) return dependencies;
  const translated = translateLegacy(list);
  if (!translated.ok) return fail(translated.error.error);
  const placed: Placed[][] = [];
  for (const item of translated.value ?? list) {
    const modules = placeModules(item, resolver, python, dependencies.value);
    if (!modules.ok) return modules;
    placed.push(modules.value.filter(({ row }) => options.leaveOut?.has(row) !== true));
  }
  switch (form) {
    case 'literal':
      return succeed(write(placed.flatMap((modules) => modules.map((module) => [module])), resolver, idsOfSets(placed.flat())));
    case 'readable':
      return succeed(write(placed.flatMap(together), resolver, idsOfSets(placed.flat())));
    case 'named':
      return succeed(write(withoutIdleKeys(placed).flatMap(together), resolver, namesOfSets(placed.flat(), dependencies.value, resolver.tree)));
  }
}

export interface DependencyOptions {
  /** Rows of modules that the new list does not select. */
  readonly leaveOut?: ReadonlySet<number>;
}

function write(
  groups: readonly (readonly Placed[])[],
  resolver: Resolver,
  ids: ReadonlyMap<number, string>,
): readonly ConfigObject[] {
  return groups.map((modules) => writeSubConfig(modules, resolver, ids));
}

/** The modules that one sub-config selects, in model order. */
function placeModules(
  item: ConfigValue,
  resolver: Resolver,
  python: PythonVersion,
  { setOf, numbers }: Dependencies,
): Result<Placed[], RaisedError> {
  if (!isConfigObject(item)) return fail(notADict(item));
  const selection = resolver.select(item, python);
  const [badPattern] = selection.badPatterns;
  if (badPattern !== undefined) return fail({ type: 'error', message: badPattern.error.message });
  const [unknown] = selection.unknownNames;
  if (unknown !== undefined) return fail({ type: 'KeyError', message: `'${selection.entries[unknown]!.value}'` });
  const rest = [...selectorKeys, 'fuse_names'].reduce(withoutKey, item);
  const placed: Placed[] = [];
  for (const [row, isSelected] of selection.selected.entries()) {
    if (isSelected === 1) placed.push({ row, set: setOf.get(row) ?? null, number: numbers.get(row) ?? null, rest });
  }
  return succeed(placed);
}

function notADict(item: ConfigValue): RaisedError {
  if (isConfigList(item)) return { type: 'TypeError', message: 'pop expected at most 1 argument, got 2' };
  return { type: 'AttributeError', message: "object has no attribute 'pop'" };
}

function idsOfSets(placed: readonly Placed[]): ReadonlyMap<number, string> {
  const ids = new Map<number, string>();
  for (const { set } of placed.toSorted((a, b) => a.row - b.row)) {
    if (set !== null && !ids.has(set)) ids.set(set, `g${ids.size}`);
  }
  return ids;
}

/** Modules of one sub-config that get the same id, the same number and the same other keys, by their first module. */
function together(placed: readonly Placed[]): readonly (readonly Placed[])[] {
  const groups = new Map<ConfigObject, Map<string, Placed[]>>();
  const inOrder: Placed[][] = [];
  for (const module of placed) {
    const ofRest = groups.get(module.rest) ?? new Map<string, Placed[]>();
    groups.set(module.rest, ofRest);
    const key = `${module.set} ${module.number}`;
    const group = ofRest.get(key);
    if (group === undefined) {
      const made = [module];
      ofRest.set(key, made);
      inOrder.push(made);
    } else {
      group.push(module);
    }
  }
  return inOrder;
}

function writeSubConfig(modules: readonly Placed[], resolver: Resolver, ids: ReadonlyMap<number, string>): ConfigObject {
  const [{ set, number, rest }] = modules as readonly [Placed];
  const names = modules.map(({ row }) => moduleName(resolver.tree, row));
  const entries: readonly ConfigEntry[] = [['op_names', names], ...rest.entries];
  let config = objectOf(entries);
  if (set !== null) config = withKey(config, 'dependency_group_id', ids.get(set)!);
  if (number !== null) config = withKey(config, 'internal_metric_block', intOf(number));
  return config;
}
