import { isSameAlgorithm, type PlannedAlgorithm } from '../algorithms/planned-algorithm.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import { modes, type Mode } from '../config/mode.ts';
import { getKey, isConfigObject, type ConfigObject, type ConfigValue, type KeyPath } from '../config/value.ts';
import type { Assertion, Plan, SubConfig } from './plan.ts';
import type { SettingTemplate } from '../config/setting-templates.ts';
import { pairUp } from './replace-list.ts';

/** One key that differs; `undefined` where a side lacks it. Keys of `target_settings` are listed one by one. */
export interface KeyChange {
  readonly path: KeyPath;
  readonly before: ConfigValue | undefined;
  readonly after: ConfigValue | undefined;
}

/** The change of one sub-config; places count from 0, and sub-configs that are off count too. */
export type SubConfigChange =
  | { readonly type: 'added'; readonly to: number; readonly subConfig: SubConfig }
  | { readonly type: 'removed'; readonly from: number; readonly subConfig: SubConfig }
  | {
      readonly type: 'changed';
      readonly from: number;
      readonly to: number;
      /** It has another place among the sub-configs that both lists have. */
      readonly moved: boolean;
      readonly enabled: { readonly before: boolean; readonly after: boolean } | null;
      readonly label: { readonly before: string; readonly after: string } | null;
      readonly keys: readonly KeyChange[];
    };

export interface TemplateChange {
  readonly type: 'added' | 'removed' | 'changed';
  readonly mode: Mode;
  readonly moduleType: string;
}

/** The change of an assertion: its new and its old demand. */
export type AssertionChange =
  | { readonly type: 'added' | 'removed'; readonly assertion: Assertion }
  | { readonly type: 'changed'; readonly before: Assertion; readonly assertion: Assertion };

/** The class that runs the list of a mode, or its arguments. */
export interface AlgorithmChange {
  readonly mode: Mode;
  readonly before: PlannedAlgorithm;
  readonly after: PlannedAlgorithm;
}

/** The differences between two plans. */
export interface PlanComparison {
  readonly lists: Readonly<Record<Mode, readonly SubConfigChange[]>>;
  readonly templates: readonly TemplateChange[];
  readonly assertions: readonly AssertionChange[];
  readonly python: { readonly before: string; readonly after: string } | null;
  readonly algorithms: readonly AlgorithmChange[];
  readonly isSame: boolean;
}

/** Compares the lists, the templates, the assertions and the Python version of two plans. */
export function comparePlans(before: Plan, after: Plan): PlanComparison {
  const lists = {
    pruning: compareLists(before.lists.pruning, after.lists.pruning),
    quantization: compareLists(before.lists.quantization, after.lists.quantization),
    distillation: compareLists(before.lists.distillation, after.lists.distillation),
  };
  const templates = compareTemplates(before.templates, after.templates);
  const python = before.python === after.python ? null : { before: before.python, after: after.python };
  const assertions = compareAssertions(before, after);
  const algorithms = modes.flatMap((mode) => {
    const [first, second] = [before.algorithms[mode], after.algorithms[mode]];
    return isSameAlgorithm(first, second) ? [] : [{ mode, before: first, after: second }];
  });
  const isSame =
    modes.every((mode) => lists[mode].length === 0) &&
    templates.length === 0 &&
    assertions.length === 0 &&
    algorithms.length === 0 &&
    python === null;
  return { lists, templates, assertions, python, algorithms, isSame };
}

/**
 * Compares two lists: first the sub-configs of the later one, in its order, then the removed ones. A sub-config is the same one
 * when it is written the same, or has the same id and something in common, or the same selectors.
 */
export function compareLists(
  before: readonly SubConfig[],
  after: readonly SubConfig[],
): readonly SubConfigChange[] {
  const origins = originsOf(before, after);
  const steady = longestRising(origins);
  const changes: SubConfigChange[] = [];
  for (const [to, subConfig] of after.entries()) {
    const from = origins[to]!;
    const old = before[from];
    if (!old) {
      changes.push({ type: 'added', to, subConfig });
      continue;
    }
    const moved = !steady.has(to);
    const enabled =
      old.enabled === subConfig.enabled ? null : { before: old.enabled, after: subConfig.enabled };
    const label = old.label === subConfig.label ? null : { before: old.label, after: subConfig.label };
    const keys = compareConfigs(old.config, subConfig.config);
    if (moved || enabled || label || keys.length > 0) {
      changes.push({ type: 'changed', from, to, moved, enabled, label, keys });
    }
  }
  const kept = new Set(origins);
  for (const [from, subConfig] of before.entries()) {
    if (!kept.has(from)) changes.push({ type: 'removed', from, subConfig });
  }
  return changes;
}

/** The keys in which two sub-configs differ; a number written otherwise (`1.0`, `1.00`) differs. */
export function compareConfigs(before: ConfigObject, after: ConfigObject): readonly KeyChange[] {
  return keyChanges(before, after, [], 3);
}

/** `depth`: how many levels of objects are taken apart: sub-config, `target_settings`, one target. */
function keyChanges(
  before: ConfigObject,
  after: ConfigObject,
  path: KeyPath,
  depth: number,
): readonly KeyChange[] {
  const names = new Set([...before.entries, ...after.entries].map(([key]) => key));
  return [...names].flatMap((key): readonly KeyChange[] => {
    const [was, is] = [getKey(before, key), getKey(after, key)];
    if (was !== undefined && is !== undefined && writeCompactJson(was) === writeCompactJson(is)) return [];
    const inner = [...path, key];
    if (depth > 1 && isConfigObject(was) && isConfigObject(is)) return keyChanges(was, is, inner, depth - 1);
    return [{ path: inner, before: was, after: is }];
  });
}

/** For each of `after` the index in `before` that it goes back to; -1 for one that is new. */
function originsOf(before: readonly SubConfig[], after: readonly SubConfig[]): readonly number[] {
  const origins = after.map(() => -1);
  const unused = new Set(before.keys());
  const pairUpWhere = (isOrigin: (old: SubConfig, subConfig: SubConfig) => boolean): void => {
    for (const [index, subConfig] of after.entries()) {
      if (origins[index] !== -1) continue;
      const old = [...unused].find((place) => isOrigin(before[place]!, subConfig));
      if (old === undefined) continue;
      unused.delete(old);
      origins[index] = old;
    }
  };
  const texts = new Map([...before, ...after].map((subConfig) => [subConfig, writeCompactJson(subConfig.config)]));
  const isEqual = (a: SubConfig, b: SubConfig): boolean => texts.get(a) === texts.get(b);
  pairUpWhere((old, subConfig) => old.id === subConfig.id && isEqual(old, subConfig));
  pairUpWhere(isEqual);
  pairUpWhere((old, subConfig) => old.id === subConfig.id && sharesSomething(old.config, subConfig.config));
  const oldLeft = [...unused];
  const newLeft = [...after.keys()].filter((index) => origins[index] === -1);
  const pairs = pairUp(
    oldLeft.map((index) => before[index]!.config),
    newLeft.map((index) => after[index]!.config),
  );
  for (const [place, index] of newLeft.entries()) {
    const old = oldLeft[pairs[place]!];
    if (old !== undefined && sharesSomething(before[old]!.config, after[index]!.config)) origins[index] = old;
  }
  return origins;
}

/** Two plans that were not made from each other use the same ids for different things. */
function sharesSomething(before: ConfigObject, after: ConfigObject): boolean {
  if (before.entries.length === 0 || after.entries.length === 0) return true;
  return before.entries.some(([key, value]) => {
    const other = getKey(after, key);
    return other !== undefined && writeCompactJson(other) === writeCompactJson(value);
  });
}

/** Places of a longest rising subsequence of the numbers from 0 on, which kept their order. */
function longestRising(numbers: readonly number[]): ReadonlySet<number> {
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [place, number] of numbers.entries()) {
    previous.push(-1);
    if (number < 0) continue;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[tails[middle]!]! < number) low = middle + 1;
      else high = middle;
    }
    previous[place] = low > 0 ? tails[low - 1]! : -1;
    tails[low] = place;
  }
  const places = new Set<number>();
  for (let place = tails.at(-1) ?? -1; place >= 0; place = previous[place]!) places.add(place);
  return places;
}

function keyOf({ mode, moduleType }: SettingTemplate): string {
  return `${mode} ${moduleType}`;
}

function compareTemplates(
  before: readonly SettingTemplate[],
  after: readonly SettingTemplate[],
): readonly TemplateChange[] {
  const old = new Map(before.map((template) => [keyOf(template), template]));
  const changes: TemplateChange[] = [];
  for (const template of after) {
    const was = old.get(keyOf(template));
    old.delete(keyOf(template));
    const { mode, moduleType } = template;
    if (!was) changes.push({ type: 'added', mode, moduleType });
    else if (writeCompactJson(was.setting) !== writeCompactJson(template.setting)) {
      changes.push({ type: 'changed', mode, moduleType });
    }
  }
  for (const { mode, moduleType } of old.values()) changes.push({ type: 'removed', mode, moduleType });
  return changes;
}

/**
 * An assertion is the same one when it says the same about the same sub-config, or has the same id, mode and kind of
 * demand: two plans that were not made from each other use the same ids for different things.
 */
function compareAssertions(before: Plan, after: Plan): readonly AssertionChange[] {
  const known = new Map<string, string>();
  const origins = new Map<string, string>();
  for (const mode of modes) {
    const [was, is] = [before.lists[mode], after.lists[mode]];
    for (const { id } of was) known.set(id, id);
    for (const [to, from] of originsOf(was, is).entries()) if (from >= 0) origins.set(is[to]!.id, was[from]!.id);
  }
  /** The text of an assertion; sub-configs are named by their ids in the earlier plan. */
  const saying = ({ mode, subConfig, label, demand }: Assertion, ids: ReadonlyMap<string, string>): string =>
    JSON.stringify([mode, subConfig === null ? null : (ids.get(subConfig) ?? [subConfig]), label, demand]);
  const left = new Set(before.assertions);
  const take = (isOrigin: (old: Assertion) => boolean): Assertion | undefined => {
    const old = [...left].find(isOrigin);
    if (old) left.delete(old);
    return old;
  };
  const others = after.assertions.filter((assertion) => {
    const said = saying(assertion, origins);
    return !take((old) => saying(old, known) === said);
  });
  const changes = others.map((assertion): AssertionChange => {
    const { id, mode, demand } = assertion;
    const was = take((old) => old.id === id && old.mode === mode && old.demand.type === demand.type);
    return was ? { type: 'changed', before: was, assertion } : { type: 'added', assertion };
  });
  return [...changes, ...[...left].map((assertion) => ({ type: 'removed', assertion }) as const)];
}
