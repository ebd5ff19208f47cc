import { removeAt } from '../../config/list-edits.ts';
import type { Mode } from '../../config/mode.ts';
import { validateSubConfig } from '../../config/validate.ts';
import { getAt } from '../../config/list-edits.ts';
import { getKey, isConfigObject, type ConfigObject, type KeyPath } from '../../config/value.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';

const selectors = ['op_types', 'op_names', 'op_names_re'];

/** Removes every key of a sub-config that is `None` where NNI wants it absent, by one fix (rule F10). */
export function removeNone(config: ConfigObject, subConfig: number, mode: Mode): readonly Fix[] {
  const places = nonePlaces(config, mode);
  let value: ConfigObject = config;
  // From the last on, so that the places of earlier ones stay.
  for (const path of places.toReversed()) {
    const left = removeAt(value, path);
    if (isConfigObject(left)) value = left;
  }
  const hasSelector = selectors.some((key) => getKey(value, key) !== undefined);
  const [first] = places;
  if (first === undefined || !hasSelector) return [];
  const keys = [...new Set(places.map((path) => String(path.findLast((step) => typeof step === 'string'))))];
  if (places.length > 1) return [fix('remove-none', { keys: keys.join(', ') }, { type: 'set', path: [subConfig], value })];
  return [
    typeof first.at(-1) === 'number'
      ? fix('remove-entry', null, { type: 'remove', path: [subConfig, ...first] })
      : fix('remove-key', { key: keys[0]! }, { type: 'remove', path: [subConfig, ...first] }),
  ];
}

/** Of a ratio and a threshold that exclude one another, the one that is `None` counts too. */
function nonePlaces(config: ConfigObject, mode: Mode): readonly KeyPath[] {
  const refused = validateSubConfig(config, mode).filter(({ code, path }) => (code === 'wrong-value' || code === 'exclusive-keys') && getAt(config, path) === null);
  return refused.map(({ path }) => path).filter((path, at, all) => all.findIndex((other) => other.join() === path.join()) === at);
}
