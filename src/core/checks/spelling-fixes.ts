import { getAt } from '../config/list-edits.ts';
import type { Mode } from '../config/mode.ts';
import { alignKeys, commonKeys, settingKeys } from '../config/setting-keys.ts';
import { getKey, isConfigList, isConfigObject, objectOf, type ConfigObject, type KeyPath } from '../config/value.ts';
import { fix, type Fix } from '../diagnostics/fix.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Resolver } from '../resolve/resolver.ts';
import { nearestModule, nearestText } from './near-names.ts';

/** Names beyond these are not misspelled, they are of another model. */
const mostRespelled = 20;

/** The edit that writes the name or type of the model that an entry of a selector was likely meant to be (rule F9). */
export function respellEntry(
  [key, index]: KeyPath,
  value: string,
  subConfig: number,
  { effective }: Resolution,
  { tree, indexOf }: Resolver,
): readonly Fix[] {
  if (typeof key !== 'string' || key.endsWith('_re') || typeof index !== 'number' || index >= mostRespelled) return [];
  const near = key.endsWith('types') ? nearestText(value, tree.types) : nearestModule(value, tree, indexOf);
  const written = getKey(effective[subConfig]!, key);
  if (near === null || near === '' || !isConfigList(written) || written.includes(near)) return [];
  return [fix('write-name', { value: near }, { type: 'set', path: [subConfig, key, index], value: near })];
}

/** The edit that gives a key that NNI does not know the name of the one that was likely meant (rule F9). */
export function respellKey(path: KeyPath, config: ConfigObject, subConfig: number, { mode }: Resolution): readonly Fix[] {
  const key = path.at(-1);
  const place = path.slice(0, -1);
  const parent = getAt(config, place);
  if (typeof key !== 'string' || !isConfigObject(parent)) return [];
  const near = nearestText(key, keysAt(place, mode));
  if (near === null || getKey(parent, near) !== undefined) return [];
  const renamed = objectOf(parent.entries.map(([name, value]) => [name === key ? near : name, value]));
  return [fix('rename-key', { key: near }, { type: 'set', path: [subConfig, ...place], value: renamed })];
}

/** The keys that NNI knows in a sub-config, in the settings of a target, and in an `align` (rules V1-V5). */
function keysAt(place: KeyPath, mode: Mode): readonly string[] {
  if (place.at(-1) === 'align') return alignKeys.map(({ key }) => key);
  const ofTargets = settingKeys[mode].filter(({ topLevelOnly }) => topLevelOnly !== true).map(({ key }) => key);
  return place.length > 0 ? ofTargets : [...commonKeys, ...settingKeys[mode]].map(({ key }) => key);
}
