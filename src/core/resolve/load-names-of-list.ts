import { isConfigList, isConfigObject, type ConfigValue } from '../config/value.ts';
import { needsUnicodeNames } from '../python-re/pattern.ts';
import { loadCharacterNames } from '../python-re/unicode/load-character-names.ts';

/**
 * Loads the table of character names (rule P6) when a pattern of the list, or one of `patterns`, may hold `\N{…}`.
 * Resolve the list afterwards.
 */
export async function loadNamesOfList(list: ConfigValue, patterns: readonly string[] = []): Promise<void> {
  if (patterns.some(needsUnicodeNames) || (isConfigList(list) && list.some(holdsCharacterName))) await loadCharacterNames();
}

function holdsCharacterName(config: ConfigValue): boolean {
  if (!isConfigObject(config)) return false;
  return config.entries.some(
    ([key, value]) =>
      key.endsWith('_re') &&
      isConfigList(value) &&
      value.some((pattern) => typeof pattern === 'string' && needsUnicodeNames(pattern)),
  );
}
