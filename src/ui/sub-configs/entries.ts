import { getKey, isConfigList, type ConfigObject } from '../../core/config/value.ts';
import type { SelectorKey } from '../../core/resolve/resolution.ts';

/** What a selector key holds, as far as a form can show it. */
export type SelectorValue =
  | { readonly type: 'absent' }
  | { readonly type: 'entries'; readonly entries: readonly string[] }
  /** Something else than a list of strings, kept as it is. */
  | { readonly type: 'other' };

export function selectorValue(config: ConfigObject, key: SelectorKey | 'target_names'): SelectorValue {
  const value = getKey(config, key);
  if (value === undefined) return { type: 'absent' };
  if (!isConfigList(value)) return { type: 'other' };
  const entries = value.filter((item) => typeof item === 'string');
  return entries.length === value.length ? { type: 'entries', entries } : { type: 'other' };
}

/** The lines of a text that was pasted into an entry, without empty ones and quotes around them. */
export function splitPasted(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/^(["'])(.*)\1,?$/, '$2'))
    .filter((line) => line !== '');
}
