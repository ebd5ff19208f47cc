import {
  getKey,
  isConfigList,
  withKey,
  withoutKey,
  type ConfigEntry,
  type ConfigObject,
  type ConfigValue,
} from '../config/value.ts';
import { selectorKeys, type SelectorKey } from '../config/selector-keys.ts';
import type { SelectorChange } from './proposal.ts';

/** Strings for selector keys. */
export type Selectors = Partial<Readonly<Record<SelectorKey, readonly string[]>>>;

/** The sub-config with strings appended at selector keys; strings that are there already are not repeated. */
export function appendSelectors(config: ConfigObject, selectors: Selectors): ConfigObject {
  let result = config;
  for (const key of selectorKeys) {
    const added = selectors[key];
    if (added === undefined || added.length === 0) continue;
    const before = itemsOf(result, key);
    const present = new Set(before);
    result = withKey(result, key, [...before, ...added.filter((text) => !present.has(text))]);
  }
  return result;
}

/** The sub-config with these selectors in place of all that it has; they come first. */
export function replaceSelectors(config: ConfigObject, selectors: Selectors): ConfigObject {
  let settings = config;
  for (const key of selectorKeys) settings = withoutKey(settings, key);
  const entries = selectorKeys.flatMap((key): readonly ConfigEntry[] => {
    const texts = selectors[key];
    return texts === undefined || texts.length === 0 ? [] : [[key, texts]];
  });
  return { type: 'object', entries: [...entries, ...settings.entries] };
}

/** The sub-config without these names at a key; the key goes with its last one. */
export function withoutTexts(config: ConfigObject, key: SelectorKey, texts: ReadonlySet<string>): ConfigObject {
  const before = itemsOf(config, key);
  const after = before.filter((item) => typeof item !== 'string' || !texts.has(item));
  if (after.length === before.length) return config;
  return after.length === 0 ? withoutKey(config, key) : withKey(config, key, after);
}

/** The changes that turn the selectors of one sub-config into the selectors of another. */
export function selectorChanges(before: ConfigObject, after: ConfigObject): readonly SelectorChange[] {
  return selectorKeys.flatMap((key): readonly SelectorChange[] => {
    const [old, now] = [itemsOf(before, key), itemsOf(after, key)];
    const [oldTexts, nowTexts] = [new Set(old), new Set(now)];
    const added = now.filter((item): item is string => typeof item === 'string' && !oldTexts.has(item));
    const removed = old.filter((item) => !nowTexts.has(item)).length;
    return added.length === 0 && removed === 0 ? [] : [{ key, added, removed }];
  });
}

/** How long selectors are to read: their characters, and a few for each string and key. */
export function selectorLength(config: ConfigObject): number {
  let length = 0;
  for (const key of selectorKeys) {
    const items = itemsOf(config, key);
    if (items.length > 0) length += keyLength;
    for (const item of items) length += itemLength + (typeof item === 'string' ? item.length : 0);
  }
  return length;
}

const keyLength = 6;
const itemLength = 4;

function itemsOf(config: ConfigObject, key: SelectorKey): readonly ConfigValue[] {
  const value = getKey(config, key);
  return isConfigList(value) ? value : [];
}
