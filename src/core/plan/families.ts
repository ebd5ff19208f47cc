import { selectorKeys } from '../config/selector-keys.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import { getKey, isConfigList, isConfigObject, objectOf, valuesEqual, type ConfigObject, type ConfigValue } from '../config/value.ts';
import type { SubConfig } from './plan.ts';

/** As few as this are shown one by one. */
const fewest = 3;

/**
 * The list after an edit, with sub-configs that the edit made alike as a family (rule K2): at least three neighbours that are new
 * or changed, two of them new, and that differ only in the modules and groups that they name.
 */
export function foundFamilies(before: readonly SubConfig[], after: readonly SubConfig[]): readonly SubConfig[] {
  if (after === before) return after;
  const known = new Map(before.map((subConfig) => [subConfig.id, subConfig]));
  if (after.filter(({ id }) => !known.has(id)).length < fewest - 1) return after;
  const shapes = after.map((subConfig) => (known.get(subConfig.id) === subConfig ? null : shapeOf(subConfig.config)));
  const result = [...after];
  for (let start = 0; start < after.length; ) {
    let end = start + 1;
    while (end < after.length && shapes[start] !== null && shapes[end] === shapes[start]) end++;
    const members = after.slice(start, end);
    const isNew = members.filter(({ id }) => !known.has(id)).length >= fewest - 1;
    if (members.length >= fewest && isNew) {
      const family = members.find(({ id }) => !known.has(id))!.id;
      members.forEach((member, at) => {
        result[start + at] = { ...member, family };
      });
    }
    start = end;
  }
  return result;
}

/** Keys whose values name modules or groups. */
const namingKeys: ReadonlySet<string> = new Set([
  ...selectorKeys, 'align', 'link', 'fuse_names', 'dependency_group_id', 'global_group_id',
]);

/** A config without the modules and groups that it names; of selectors the number of entries stays, except for names. */
function shapeOf(config: ConfigObject): string {
  return writeCompactJson(withoutNames(config));
}

function withoutNames(object: ConfigObject): ConfigObject {
  const entries = object.entries.map(([key, value]): readonly [string, ConfigValue] => {
    if (namingKeys.has(key)) return [key, isConfigList(value) && key !== 'op_names' ? value.map(() => '') : ''];
    return [key, isConfigObject(value) ? withoutNames(value) : value];
  });
  return objectOf(entries);
}

/** Neighbours of one family, or a sub-config by itself. */
export interface ListItem {
  /** `null` for a sub-config by itself. */
  readonly family: string | null;
  readonly members: readonly SubConfig[];
  /** Place of the first member in the list, from 0. */
  readonly start: number;
}

/** A list as it is shown: neighbours of one family together. A single one is no family. */
export function listItems(list: readonly SubConfig[]): readonly ListItem[] {
  const items: ListItem[] = [];
  for (let start = 0; start < list.length; ) {
    const { family } = list[start]!;
    let end = start + 1;
    if (family !== undefined) while (list[end]?.family === family) end++;
    items.push({ family: end - start > 1 ? (family ?? null) : null, members: list.slice(start, end), start });
    start = end;
  }
  return items;
}

/** The common part of the members of a family. */
export interface Common {
  /** The keys at the top that all of them have with the same value. */
  readonly common: ConfigObject;
  /** The other keys; of target_settings the inner ones. */
  readonly differing: readonly string[];
}

/** The keys and values that all members share, and the keys in which they differ. */
export function commonConfig(members: readonly SubConfig[]): Common {
  return commonOf(members.map(({ config }) => config));
}

function commonOf([first, ...others]: readonly ConfigObject[]): Common {
  const isCommon = (key: string, value: ConfigValue) =>
    others.every((other) => {
      const theirs = getKey(other, key);
      return theirs !== undefined && valuesEqual(theirs, value);
    });
  const entries = first?.entries ?? [];
  return {
    common: objectOf(entries.filter(([key, value]) => isCommon(key, value))),
    differing: entries.flatMap(([key, value]) => {
      if (isCommon(key, value)) return [];
      const inner = [first, ...others].map((config) => config && getKey(config, key)).filter(isConfigObject);
      const isDeep = key !== 'align' && inner.length === others.length + 1;
      return isDeep ? [...new Set(commonOf(inner).differing)] : [key];
    }),
  };
}

/** The first name that a config selects by; `null` where it selects otherwise. */
export function firstName(config: ConfigObject): string | null {
  const names = getKey(config, 'op_names');
  const name = isConfigList(names) ? names[0] : undefined;
  return typeof name === 'string' ? name : null;
}

const differences: readonly (readonly [key: string, words: string])[] = [
  ['align', 'each aligned with its own module'],
  ['link', 'each linked to its own module'],
  ['dependency_group_id', 'dependency groups of their own'],
  ['global_group_id', 'global groups of their own'],
  ['fuse_names', 'fusions of their own'],
];

/** `each aligned with its own module`: the differences between members, except for the modules that they select. */
export function differenceText(differing: readonly string[]): string {
  return differences
    .filter(([key]) => differing.includes(key))
    .map(([, words]) => words)
    .join(' · ');
}
