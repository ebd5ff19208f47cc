import type { SelectorKey } from '../../config/selector-keys.ts';
import { getKey, isConfigList, type ConfigList, type ConfigObject } from '../../config/value.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';

/**
 * Removes an entry of a selector. Without its last name, pattern or type a sub-config would select more than before, or
 * nothing: then the sub-config goes.
 */
export function removeEntry(config: ConfigObject, subConfig: number, key: SelectorKey, index: number): Fix {
  return removePlaces(config, subConfig, key, [index]);
}

/** The same, everywhere the entry stands at that key. */
export function removeEverywhere(config: ConfigObject, subConfig: number, key: SelectorKey, index: number): Fix {
  const entries = entriesOf(config, key);
  return removePlaces(config, subConfig, key, [...entries.keys()].filter((at) => at === index || entries[at] === entries[index]));
}

function removePlaces(config: ConfigObject, subConfig: number, key: SelectorKey, places: readonly number[]): Fix {
  const isSelector = !key.startsWith('exclude_');
  const named = entriesOf(config, 'op_names').length + entriesOf(config, 'op_names_re').length;
  const widens = key === 'op_types' ? entriesOf(config, key).length === places.length : isSelector && named === places.length;
  // From the last on, so that the places of earlier ones stay.
  return widens ? removeSubConfig(subConfig) : fix('remove-entry', null, ...places.toReversed().map((at) => ({ type: 'remove', path: [subConfig, key, at] }) as const));
}

/** Removes a sub-config. */
export function removeSubConfig(subConfig: number): Fix {
  return fix('remove-sub-config', { subConfig: subConfig + 1 }, { type: 'remove', path: [subConfig] });
}

function entriesOf(config: ConfigObject, key: SelectorKey): ConfigList {
  const value = getKey(config, key);
  return isConfigList(value) ? value : [];
}
