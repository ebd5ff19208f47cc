import type { SelectorKey } from '../../config/selector-keys.ts';
import { getKey, isConfigList, type ConfigObject } from '../../config/value.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';

/**
 * Removes an entry of a selector. Without its last name, pattern or type a sub-config would select more than before, or
 * nothing: then the sub-config goes.
 */
export function removeEntry(config: ConfigObject, subConfig: number, key: SelectorKey, index: number): Fix {
  const isLast = isConfigList(getKey(config, key)) && lengthOf(config, key) === 1;
  const isSelector = !key.startsWith('exclude_');
  const named = lengthOf(config, 'op_names') + lengthOf(config, 'op_names_re');
  const widens = key === 'op_types' ? isLast : isSelector && named === 1;
  return widens ? removeSubConfig(subConfig) : fix('remove-entry', null, { type: 'remove', path: [subConfig, key, index] });
}

/** Removes a sub-config. */
export function removeSubConfig(subConfig: number): Fix {
  return fix('remove-sub-config', { subConfig: subConfig + 1 }, { type: 'remove', path: [subConfig] });
}

function lengthOf(config: ConfigObject, key: SelectorKey): number {
  const value = getKey(config, key);
  return isConfigList(value) ? value.length : 0;
}
