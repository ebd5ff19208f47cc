import { modes, type Mode } from '../../config/mode.ts';
import { commonKeys, findSettingKey, settingKeys } from '../../config/setting-keys.ts';
import { getKey, isConfigObject, type ConfigObject } from '../../config/value.ts';
import type { Fix } from '../../diagnostics/fix.ts';
import { nearestText } from '../../text/near-text.ts';

/** Keys of NNI 2.x that only one mode had. */
const legacyKeys: Readonly<Record<string, Mode>> = {
  sparsity: 'pruning', sparsity_per_layer: 'pruning', total_sparsity: 'pruning', max_sparsity_per_layer: 'pruning',
  quant_types: 'quantization', quant_bits: 'quantization',
};

/**
 * The other mode that a sub-config was written for: it has keys that only that mode knows, and none that only `mode` knows.
 * Misspelled keys count too. `null` where nothing says so.
 */
export function modeMeant(config: ConfigObject, mode: Mode): Mode | null {
  const meant = new Set(settingsIn(config).flatMap(([key, value]) => modesOf(key, value, mode)));
  const [only] = meant;
  return meant.size === 1 && only !== undefined && only !== mode ? only : null;
}

/** Takes a sub-config that was written for another mode out of this list, into the list of that mode (rule F10b). */
export function moveToMode(subConfig: number, mode: Mode): Fix {
  return { code: 'move-to-mode', values: { subConfig: subConfig + 1, mode }, action: { type: 'move-to-mode', subConfig, mode } };
}

/** The settings of a sub-config and of its targets. */
function settingsIn(config: ConfigObject): ConfigObject['entries'] {
  const targets = getKey(config, 'target_settings');
  const inner = isConfigObject(targets) ? targets.entries.flatMap(([, setting]) => (isConfigObject(setting) ? setting.entries : [])) : [];
  return [...config.entries.filter(([key]) => !commonKeys.some((common) => common.key === key)), ...inner];
}

/** The mode that a setting is of, where it is of one alone. */
function modesOf(key: string, value: unknown, mode: Mode): readonly Mode[] {
  const legacy = legacyKeys[key];
  if (legacy !== undefined) return [legacy];
  const knowing = modes.filter((candidate) => findSettingKey(candidate, key) !== undefined);
  if (knowing.length === 1) return knowing;
  if (knowing.length > 1) {
    // All modes have `apply_method`, each with words of its own.
    const taking = knowing.filter((candidate) => typeof value === 'string' && findSettingKey(candidate, key)?.choices?.includes(value));
    return taking.length === 1 ? taking : [];
  }
  // A misspelled key of this mode is no sign of another.
  const near = [mode, ...modes].find((candidate) => nearestText(key, settingKeys[candidate].map((known) => known.key)) !== null);
  return near === undefined ? [] : [near];
}
