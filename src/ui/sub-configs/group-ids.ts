import { getKey, isConfigNumber, isConfigObject } from '../../core/config/value.ts';
import type { SubConfig } from '../../core/plan/plan.ts';

/** Ids that are in use for a group key, at top level and in target settings, each once. */
export function groupIdsIn(list: readonly SubConfig[], key: string): readonly string[] {
  const ids = new Set<string>();
  for (const { config } of list) {
    const settings = getKey(config, 'target_settings');
    const places = [config, ...(isConfigObject(settings) ? settings.entries.map(([, setting]) => setting) : [])];
    for (const place of places) {
      const value = isConfigObject(place) ? getKey(place, key) : undefined;
      if (typeof value === 'string') ids.add(value);
      else if (isConfigNumber(value)) ids.add(value.text);
    }
  }
  return [...ids];
}
