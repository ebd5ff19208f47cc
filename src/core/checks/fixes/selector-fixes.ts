import { choosingSelectors, selectorKeys, type SelectorKey } from '../../config/selector-keys.ts';
import { getKey, isConfigList, objectOf, type ConfigObject, type ConfigValue } from '../../config/value.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import type { FindingInput } from '../finding-context.ts';
import { slipsAtMost } from '../../text/near-text.ts';

/** Letters of a key that may be wrong where its value is a list of texts, as a selector has. */
const mostSlips = 3;

type SelectorInput = Pick<FindingInput, 'resolver' | 'tree' | 'python'>;

/**
 * The selector that an unknown key with a list of texts was likely meant to be: the nearest by its letters, else the one whose kind the
 * values are, where the key says that it excludes, or nothing else selects (rule F9c). Empty where neither says so.
 */
export function respellSelector(key: string, config: ConfigObject, subConfig: number, input: SelectorInput): readonly Fix[] {
  const values = textsOf(getKey(config, key));
  if (values.length === 0) return [];
  const open = selectorKeys.filter((selector) => (getKey(config, selector) ?? null) === null);
  const isOpen = isExcluding(key) || !hasSelector(config);
  const ofKind = isOpen ? ofIntent(key, kinds).find((selector) => open.includes(selector) && areOf(selector, values, input)) : undefined;
  const meant = nearestSelector(key, open) ?? ofKind;
  if (meant === undefined) return [];
  // A null under the right name says nothing: it gives way.
  const others = config.entries.filter(([name]) => name !== meant);
  return [fix('rename-key', { from: key, key: meant }, { type: 'set', path: [subConfig], value: objectOf(others.map(([name, value]) => [name === key ? meant : name, value])) })];
}

/** Whether modules would be selected, or would not be left out any more, if the key went: its values are names, types or patterns of the model. */
export function isSelectorLike(key: string, config: ConfigObject, input: SelectorInput): boolean {
  const values = textsOf(getKey(config, key));
  if (values.length === 0) return false;
  const near = nearestSelector(key, selectorKeys);
  // Beside the selector that was meant, the values would only have added to what it selects.
  if (near !== undefined && !isExcluding(key) && (getKey(config, near) ?? null) !== null) return false;
  return !hasSelector(config) || near !== undefined || (['op_types', 'op_names'] as const).some((selector) => areOf(selector, values, input));
}

/** The one selector that is the fewest letters away; one that excludes only for a key that says so. */
function nearestSelector(key: string, selectors: readonly SelectorKey[]): SelectorKey | undefined {
  const near = ofIntent(key, selectors)
    .map((selector) => ({ selector, slips: slipsAtMost(key, selector, Math.min(mostSlips, Math.floor(key.length / 2))) }))
    .filter((one): one is { selector: SelectorKey; slips: number } => one.slips !== null)
    .toSorted((a, b) => a.slips - b.slips);
  const [first, second] = near;
  return first === undefined || first.slips === second?.slips ? undefined : first.selector;
}

/** Types first: a type may be a name too, and most names are patterns that match. */
const kinds: readonly SelectorKey[] = selectorKeys.toSorted((a, b) => rankOf(a) - rankOf(b));

function rankOf(selector: SelectorKey): number {
  return selector.endsWith('types') ? 0 : selector.endsWith('names') ? 1 : 2;
}

/** The selectors that exclude for a key that says so, else those that choose. */
function ofIntent(key: string, selectors: readonly SelectorKey[]): readonly SelectorKey[] {
  return selectors.filter((selector) => selector.startsWith('exclude_') === isExcluding(key));
}

function isExcluding(key: string): boolean {
  return /^ex|excl|ignor|skip/i.test(key);
}

/** Whether a value is of that kind: a type or a name of the model, or else a pattern that matches. */
function areOf(selector: SelectorKey, values: readonly string[], { resolver, tree, python }: SelectorInput): boolean {
  if (selector.endsWith('types')) return values.some((value) => value !== '' && tree.types.includes(value));
  if (selector.endsWith('names')) return values.some((value) => value !== '' && resolver.indexOf(value) !== undefined);
  return values.some((value) => {
    const swept = resolver.sweep(value, python);
    return swept.type === 'matched' && swept.count > 0 && swept.slowSeconds === null;
  });
}

function hasSelector(config: ConfigObject): boolean {
  return choosingSelectors.some((key) => (getKey(config, key) ?? null) !== null);
}

function textsOf(value: ConfigValue | undefined): readonly string[] {
  const items = typeof value === 'string' ? [value] : isConfigList(value) ? value : [];
  return items.every((item) => typeof item === 'string') ? items : [];
}
