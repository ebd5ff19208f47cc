import { writeCompactJson } from '../config/json-writer.ts';
import { getKey, type ConfigObject, type ConfigValue } from '../config/value.ts';
import type { Resolution, TargetOutcome } from '../resolve/resolution.ts';

/** One way in which targets of modules resolve differently. */
export interface TargetDifference {
  readonly target: string;
  /** The key of the setting; `null` where the target is configured on one side only. */
  readonly key: string | null;
  /** The value, or with no `key` the whole setting; `undefined` where a side has none. */
  readonly before: ConfigValue | undefined;
  readonly after: ConfigValue | undefined;
  readonly count: number;
  /** Indices of the modules, ascending; the first `modulesListed` of them. */
  readonly modules: readonly number[];
}

/** Modules that a difference lists by index; the others are counted. */
export const modulesListed = 500;

/**
 * Compares the settings of two lists of one mode on one tree, target by target, alike differences of many modules as one:
 * differences of the most modules first.
 */
export function compareResolutions(before: Resolution, after: Resolution): readonly TargetDifference[] {
  const differencesOfPair = new Map<number, readonly Difference[]>();
  const groups = new Map<string, { readonly difference: Difference; count: number; readonly modules: number[] }>();
  // A module that nothing touches has an outcome of no index.
  const width = after.outcomes.length + 1;
  for (let module = 0; module < before.outcomeId.length; module++) {
    const [was, is] = [before.outcomeId[module]!, after.outcomeId[module]!];
    const pair = (was + 1) * width + is + 1;
    let differences = differencesOfPair.get(pair);
    if (!differences) {
      differences = compareTargets(before.outcomes[was]?.targets ?? [], after.outcomes[is]?.targets ?? []);
      differencesOfPair.set(pair, differences);
    }
    for (const difference of differences) {
      const group = groups.get(difference.id) ?? { difference, count: 0, modules: [] };
      groups.set(difference.id, group);
      group.count++;
      if (group.modules.length < modulesListed) group.modules.push(module);
    }
  }
  return [...groups.values()]
    .map(({ difference: { target, key, before: was, after: is }, count, modules }): TargetDifference => {
      return { target, key, before: was, after: is, count, modules };
    })
    .toSorted((a, b) => b.count - a.count);
}

interface Difference extends Omit<TargetDifference, 'count' | 'modules'> {
  /** Equal for equal differences. */
  readonly id: string;
}

function compareTargets(before: readonly TargetOutcome[], after: readonly TargetOutcome[]): readonly Difference[] {
  const settings = (targets: readonly TargetOutcome[]): ReadonlyMap<string, ConfigObject> =>
    new Map(targets.map(({ target, setting }) => [target, setting]));
  const [were, are] = [settings(before), settings(after)];
  return [...new Set([...were.keys(), ...are.keys()])].flatMap((target): readonly Difference[] => {
    const [was, is] = [were.get(target), are.get(target)];
    if (!was || !is) return [describe(target, null, was, is)];
    const keys = new Set([...was.entries, ...is.entries].map(([key]) => key));
    return [...keys].flatMap((key) => {
      const [valueBefore, valueAfter] = [getKey(was, key), getKey(is, key)];
      return textOf(valueBefore) === textOf(valueAfter) ? [] : [describe(target, key, valueBefore, valueAfter)];
    });
  });
}

function describe(
  target: string,
  key: string | null,
  before: ConfigValue | undefined,
  after: ConfigValue | undefined,
): Difference {
  return { id: JSON.stringify([target, key, textOf(before), textOf(after)]), target, key, before, after };
}

function textOf(value: ConfigValue | undefined): string | null {
  return value === undefined ? null : writeCompactJson(value);
}
