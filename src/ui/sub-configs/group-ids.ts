import { getKey, isConfigNumber, isConfigObject, type ConfigValue } from '../../core/config/value.ts';
import type { SubConfig } from '../../core/plan/plan.ts';

/** A group id in use. */
export interface GroupUse {
  readonly id: string;
  /** Sub-configs that use it, by their number from 1. */
  readonly numbers: readonly number[];
}

/** Ids that are in use for a group key, at top level and in target settings, in order of appearance. */
export function groupUses(list: readonly SubConfig[], key: string): readonly GroupUse[] {
  const uses = new Map<string, Set<number>>();
  list.forEach(({ config }, at) => {
    const settings = getKey(config, 'target_settings');
    const places = [config, ...(isConfigObject(settings) ? settings.entries.map(([, setting]) => setting) : [])];
    for (const place of places) {
      const id = isConfigObject(place) ? groupIdText(getKey(place, key)) : null;
      if (id !== null) uses.set(id, (uses.get(id) ?? new Set()).add(at + 1));
    }
  });
  return [...uses].map(([id, numbers]) => ({ id, numbers: [...numbers] }));
}

/** A group id as a person reads it; `null` for what is none. */
export function groupIdText(value: ConfigValue | undefined): string | null {
  if (typeof value === 'string') return value;
  return isConfigNumber(value) ? value.text : null;
}
