import { getKey, isConfigList, type ConfigObject } from '../../../core/config/value.ts';
import type { SelectionEntry } from '../../../core/resolve/resolution.ts';
import type { SelectorKey } from '../../../core/config/selector-keys.ts';
import type { SubConfigView } from '../../../worker/list-protocol.ts';

/** The content of a key that takes a list of strings, as far as a form can show it. */
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

const none: readonly string[] = [];

/** The strings of a selector; none where it is absent or something else. */
export function entriesOf(value: SelectorValue): readonly string[] {
  return value.type === 'entries' ? value.entries : none;
}

const byPlace = new WeakMap<SubConfigView, ReadonlyMap<string, SelectionEntry>>();

/** The engine's facts about one entry; `null` while it has not seen the entry's current text. */
export function findEntry(
  view: SubConfigView | null,
  key: SelectorKey,
  index: number,
  value: string | null,
): SelectionEntry | null {
  if (!view) return null;
  let places = byPlace.get(view);
  if (!places) {
    places = new Map(view.entries.map((entry) => [`${entry.key} ${entry.index}`, entry]));
    byPlace.set(view, places);
  }
  const entry = places.get(`${key} ${index}`);
  return entry?.value === value ? entry : null;
}
