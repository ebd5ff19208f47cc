import { formatCount } from '../text/format-count.ts';
import { isConfigList, isConfigObject, type ConfigValue, type KeyPath } from './value.ts';

/** Limits of a config list. Past them an answer takes minutes, or the memory that there is. */
export interface ListLimits {
  readonly maxSubConfigs: number;
  /** UTF-16 units of one name, pattern or other string. */
  readonly maxStringUnits: number;
}

/** Each sub-config is a card with its fields, which the page keeps in sight, in undo and in storage. */
export const pageListLimits: ListLimits = { maxSubConfigs: 5000, maxStringUnits: 100_000 };

export const commandLineListLimits: ListLimits = { maxSubConfigs: 100_000, maxStringUnits: 100_000 };

/** The part of a list that is past a limit. */
export type ListExcess =
  | { readonly type: 'too-many-sub-configs'; readonly count: number; readonly limit: number }
  | { readonly type: 'string-too-long'; readonly path: KeyPath; readonly length: number; readonly limit: number };

/** The first thing in a list that is past a limit (rule E4); `null` when nothing is. */
export function findExcess(list: ConfigValue, limits: ListLimits): ListExcess | null {
  if (isConfigList(list) && list.length > limits.maxSubConfigs) {
    return { type: 'too-many-sub-configs', count: list.length, limit: limits.maxSubConfigs };
  }
  return findLongString(list, limits.maxStringUnits);
}

/** The first string, key or value, that is longer than `limit`. Values nest at most as deep as readers allow. */
function findLongString(value: ConfigValue, limit: number): ListExcess | null {
  const path: (string | number)[] = [];
  const found = (length: number): ListExcess => ({ type: 'string-too-long', path: [...path], length, limit });
  const visit = (item: ConfigValue): ListExcess | null => {
    if (typeof item === 'string') return item.length > limit ? found(item.length) : null;
    const children: readonly (readonly [string | number, ConfigValue])[] = isConfigList(item)
      ? item.map((child, index) => [index, child] as const)
      : isConfigObject(item)
        ? item.entries
        : [];
    for (const [step, child] of children) {
      if (typeof step === 'string' && step.length > limit) return found(step.length);
      path.push(step);
      const excess = visit(child);
      if (excess) return excess;
      path.pop();
    }
    return null;
  };
  return visit(value);
}

/** Words an excess: the thing with its place, and the way out. */
export function wordExcess(excess: ListExcess): { readonly title: string; readonly remedy: string } {
  const limit = formatCount(excess.limit);
  if (excess.type === 'too-many-sub-configs') {
    return {
      title: `The list has ${formatCount(excess.count)} sub-configs; the limit is ${limit}.`,
      remedy: 'Merge sub-configs with the same settings: one can name many modules.',
    };
  }
  const place = excess.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return {
    title: `The string at ${place === '' ? 'the start' : place} has ${formatCount(excess.length)} characters; the limit is ${limit}.`,
    remedy: 'Split it into several shorter names or patterns.',
  };
}
