import { commonKeys, settingKeyNames } from './config-schema.ts';
import type { Mode } from './mode.ts';
import { isConfigObject, objectOf, type ConfigEntry, type ConfigObject } from './value.ts';

/**
 * A sub-config with its keys as NNI's schema lists them (rule E8): selectors, excludes, targets, settings; keys
 * that NNI does not know at the end. The order of targets stays, as nothing else orders them. It means the same.
 */
export function orderKeys(config: ConfigObject, mode: Mode): ConfigObject {
  const order = [...selecting, ...commonKeys.filter((key) => !selecting.includes(key)), ...settingKeyNames(mode)];
  const entries = config.entries.map(([key, value]): ConfigEntry => {
    if (key !== 'target_settings' || !isConfigObject(value)) return [key, value];
    return [key, objectOf(value.entries.map(([target, setting]): ConfigEntry => [
      target,
      isConfigObject(setting) ? sorted(setting, settingKeyNames(mode)) : setting,
    ]))];
  });
  return sorted(objectOf(entries), order);
}

/** Names first: people look for them. */
const selecting = ['op_names', 'op_names_re', 'op_types'];

function sorted({ entries }: ConfigObject, order: readonly string[]): ConfigObject {
  const rank = ([key]: ConfigEntry): number => {
    const at = order.indexOf(key);
    return at < 0 ? order.length : at;
  };
  return objectOf(entries.toSorted((a, b) => rank(a) - rank(b)));
}
