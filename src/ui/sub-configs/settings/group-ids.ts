import { getKey, isConfigNumber, isConfigObject, type ConfigValue } from '../../../core/config/value.ts';
import { readJsonValue } from '../../../core/config/json-reader.ts';
import type { SubConfig } from '../../../core/plan/plan.ts';
import { parseIntText } from './number-text.ts';

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

/**
 * A group id as a person reads it; `null` for any other value. A string that would read as a number, or that has
 * quotes around it, gets quotes: to NNI `7` and `"7"` are two groups.
 */
export function groupIdText(value: ConfigValue | undefined): string | null {
  if (typeof value === 'string') return needsQuotes(value) ? JSON.stringify(value) : value;
  return isConfigNumber(value) ? value.text : null;
}

/** Parses a typed group id: a whole number, a string, or a string in quotes. */
export function parseGroupId(text: string): ConfigValue {
  const number = parseIntText(text);
  if (number !== null) return number;
  const quoted = isQuoted(text) ? readJsonValue(text) : null;
  return quoted?.ok && typeof quoted.value === 'string' ? quoted.value : text;
}

function needsQuotes(text: string): boolean {
  return parseIntText(text) !== null || isQuoted(text);
}

function isQuoted(text: string): boolean {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"');
}
