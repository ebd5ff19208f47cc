import { choosingSelectors } from '../config/selector-keys.ts';
import { getKey, isConfigList, valuesEqual, type ConfigList, type ConfigObject } from '../config/value.ts';
import type { Observation, Resolution } from '../resolve/resolution.ts';

/** Sub-configs that only say what all leave out, as the translation of a list of NNI 2.x makes them (rule L3); none elsewhere. */
function excludingSubConfigs(effective: readonly ConfigObject[]): ReadonlySet<number> {
  const [first] = effective;
  const isAlike = choosingSelectors.every((key) => effective.every((config) => valuesEqual(excluded(config, key), excluded(first!, key))));
  if (effective.length < 2 || !isAlike || choosingSelectors.every((key) => excluded(first!, key).length === 0)) return new Set();
  return new Set([...effective.keys()].filter((index) => excludesItself(effective[index]!)));
}

/** Whether all that a sub-config would select stands in its excludes too. */
export function excludesItself(config: ConfigObject): boolean {
  const given = choosingSelectors.filter((key) => listAt(config, key).length > 0);
  return given.length > 0 && given.every((key) => listAt(config, key).every((entry) => excluded(config, key).includes(entry)));
}

/** Observations without those that a translated exclude makes by itself (rule F6b): it selects nothing on purpose, and each of its entries has its effect somewhere. */
export function withoutExcluding(observations: readonly Observation[], { effective }: Resolution): readonly Observation[] {
  const excluding = excludingSubConfigs(effective);
  if (excluding.size === 0) return observations;
  const idle = new Map<string, number>();
  const placeOf = (observation: Observation): string | null => (observation.type === 'entry-without-effect' && observation.key.startsWith('exclude_') ? `${observation.key} ${observation.index}` : null);
  const others = observations.filter((observation) => !('subConfig' in observation) || observation.subConfig === null || !excluding.has(observation.subConfig));
  for (const observation of others) {
    const place = placeOf(observation);
    if (place !== null) idle.set(place, (idle.get(place) ?? 0) + 1);
  }
  const selecting = effective.length - excluding.size;
  return others.filter((observation) => {
    const place = placeOf(observation);
    return place === null || idle.get(place) === selecting;
  });
}

function excluded(config: ConfigObject, key: (typeof choosingSelectors)[number]): ConfigList {
  return listAt(config, `exclude_${key}`);
}

function listAt(config: ConfigObject, key: string): ConfigList {
  const value = getKey(config, key);
  return isConfigList(value) ? value : [];
}
