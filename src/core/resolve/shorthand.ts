import { kindOfTarget, planSettings, shorthandEntries, type PlannedSettings } from '../resolve/settings.ts';
import { settingKeyNames } from '../config/config-schema.ts';
import type { Mode } from '../config/mode.ts';
import { targetsReached } from '../config/setting-keys.ts';
import { inputPrefix, outputPrefix } from '../config/setting-templates.ts';
import { validateSubConfig } from '../config/validate.ts';
import {
  emptyObject,
  getKey,
  isConfigList,
  isConfigObject,
  objectOf,
  valuesEqual,
  withKey,
  withoutKey,
  type ConfigEntry,
  type ConfigObject,
  type ConfigValue,
} from '../config/value.ts';

/** A sub-config in its other form. */
export interface FormConversion {
  readonly config: ConfigObject;
  /** Whether anything was rewritten. */
  readonly changed: boolean;
  /** Whether NNI sets every target of every template the same as before. */
  readonly equal: boolean;
  /** Shorthand keys that reached no target; the full form has no place for them. */
  readonly unreached: readonly string[];
}

/** A shorthand key and the targets that it reaches. */
export interface ShorthandReach {
  readonly key: string;
  readonly value: ConfigValue;
  readonly targets: readonly string[];
}

/**
 * Which targets each key at the top reaches in modules that have one of `templates`, of the targets that `target_names`
 * leaves (rules C3, C5).
 */
export function shorthandReach(
  config: ConfigObject,
  templates: readonly ConfigObject[],
): readonly ShorthandReach[] {
  return shorthandEntries(config).map(([key, value]) => {
    const reached = new Set(templates.flatMap((template) => targetsReached(template, key)));
    return { key, value, targets: [...reached].filter((target) => isWanted(config, target)) };
  });
}

/**
 * Writes the shorthand out into `target_settings` (rules C3, E3). `templates` are the distinct ones of the modules
 * that the sub-config selects: with several of them the result may set targets that one of them lacks, and is then
 * not equal. A quantization keeps its `quant_dtype` at the top, where NNI wants it too (rule V4).
 */
export function expandShorthand(
  config: ConfigObject,
  mode: Mode,
  templates: readonly ConfigObject[],
): FormConversion {
  const known = new Set(settingKeyNames(mode));
  const reaches = shorthandReach(config, templates).filter(({ key }) => known.has(key));
  if (reaches.length === 0 || templates.length === 0) {
    return { config, changed: false, equal: true, unreached: reaches.map(({ key }) => key) };
  }
  const own = targetSettingsOf(config);
  const written = new Map(own.entries);
  for (const { key, value, targets } of reaches) {
    for (const target of targets) {
      const setting = written.get(target) ?? emptyObject;
      if (isConfigObject(setting) && getKey(setting, key) === undefined) {
        written.set(target, withKey(setting, key, value));
      }
    }
  }
  let expanded = config;
  for (const { key } of reaches) if (!staysAtTop(mode, key)) expanded = withoutKey(expanded, key);
  // NNI refuses an empty target_settings.
  const settings = objectOf([...written].map(ownKeysLast(own)));
  if (written.size > 0) expanded = withKey(expanded, 'target_settings', settings);
  return {
    config: expanded,
    changed: !valuesEqual(config, expanded),
    equal: areEqual(config, expanded, templates),
    unreached: reaches.filter(({ targets }) => targets.length === 0).map(({ key }) => key),
  };
}

/**
 * Writes out everything that NNI would set (rule C2): every target by name, with the sub-config's settings and the template's defaults,
 * as the specification's `standard_config` does it. Defaults that are `None` are left out, as NNI refuses them (rule V3), and so are
 * names and defaults in which the templates differ.
 */
export function writeOutDefaults(config: ConfigObject, mode: Mode, templates: readonly ConfigObject[]): FormConversion {
  const full = expandShorthand(config, mode, templates);
  const unchanged: FormConversion = { config, changed: false, equal: true, unreached: full.unreached };
  if (!full.equal || full.unreached.length > 0 || templates.length === 0) return unchanged;
  const own = targetSettingsOf(full.config);
  const targets = [...new Set(templates.flatMap((template) => template.entries.map(([target]) => target)))];
  const written = targets.filter((target) => isWanted(config, target)).flatMap((target): readonly ConfigEntry[] => {
    const defaults = sharedDefaults(target, templates);
    const before = getKey(own, target) ?? emptyObject;
    // Inside of a quantization, NNI wants a `quant_dtype` in every target that has settings (rule V4).
    if (!isConfigObject(before) || (mode === 'quantization' && getKey(before, 'quant_dtype') === undefined)) return [];
    const known = new Set(defaults.map(([key]) => key));
    const ordered = defaults.flatMap(([key, value]): readonly ConfigEntry[] => {
      const set = getKey(before, key) ?? value;
      return set === null ? [] : [[key, set]];
    });
    const settings = objectOf([...ordered, ...before.entries.filter(([key]) => !known.has(key))]);
    return settings.entries.length === 0 ? [] : [[target, settings]];
  });
  const isWritten = new Set(written.map(([target]) => target));
  const settings = objectOf([...written, ...own.entries.filter(([target]) => !isWritten.has(target))]);
  if (valuesEqual(settings, own)) return unchanged;
  const names = getKey(config, 'target_names');
  const isNamed = names !== undefined && (!isConfigList(names) || names.length > 0);
  const haveAll = templates.every((template) => template.entries.length === targets.length);
  // The names come before the settings, as the specification writes them.
  const named = isNamed || !haveAll ? full.config : withKey(withoutKey(full.config, 'target_settings'), 'target_names', targets);
  const result = withKey(named, 'target_settings', settings);
  if (isWorse(mode, full.config, result)) return unchanged;
  return { config: result, changed: true, equal: areEqual(config, result, templates), unreached: [] };
}

/** The keys of a target with their defaults, as far as all templates that have the target agree. */
function sharedDefaults(target: string, templates: readonly ConfigObject[]): readonly ConfigEntry[] {
  const settings = templates.map((template) => getKey(template, target)).filter(isConfigObject);
  const [first = emptyObject] = settings;
  return first.entries.filter(([key, value]) =>
    settings.every((other) => {
      const same = getKey(other, key);
      return same !== undefined && valuesEqual(same, value);
    }),
  );
}

/**
 * Lifts the settings that all targets share out of `target_settings` to the top, as far as NNI then sets every target
 * of every template the same and accepts no less than before.
 */
export function toShorthand(config: ConfigObject, mode: Mode, templates: readonly ConfigObject[]): FormConversion {
  if (templates.length === 0) return { config, changed: false, equal: true, unreached: [] };
  let current = config;
  const takeIfEqual = (candidate: ConfigObject | null): void => {
    if (!candidate || isWorse(mode, current, candidate)) return;
    if (areEqual(current, candidate, templates)) current = candidate;
  };
  for (const key of settingKeyNames(mode)) takeIfEqual(lift(current, key, templates));
  for (const [target] of targetSettingsOf(current).entries) takeIfEqual(withoutTarget(current, target));
  return { config: current, changed: current !== config, equal: true, unreached: [] };
}

function staysAtTop(mode: Mode, key: string): boolean {
  return mode === 'quantization' && key === 'quant_dtype';
}

/** Written-out keys come before the target's own keys. */
function ownKeysLast(own: ConfigObject): (entry: ConfigEntry) => ConfigEntry {
  return ([target, setting]) => {
    const before = getKey(own, target);
    if (!isConfigObject(setting) || !isConfigObject(before)) return [target, setting];
    const isOwn = ([key]: ConfigEntry): boolean => getKey(before, key) !== undefined;
    return [target, objectOf([...setting.entries.filter((entry) => !isOwn(entry)), ...before.entries])];
  };
}

function targetSettingsOf(config: ConfigObject): ConfigObject {
  const settings = getKey(config, 'target_settings');
  return isConfigObject(settings) ? settings : emptyObject;
}

/** Whether `target_names` leaves a target of a template in (rules C5, C6). */
function isWanted(config: ConfigObject, target: string): boolean {
  const names = getKey(config, 'target_names');
  if (!isConfigList(names) || names.length === 0) return true;
  if (target !== inputPrefix && target !== outputPrefix) return names.includes(target);
  return names.some((name) => typeof name === 'string' && kindOfTarget(name) === kindOfTarget(target));
}

function lift(config: ConfigObject, key: string, templates: readonly ConfigObject[]): ConfigObject | null {
  const settings = targetSettingsOf(config);
  const value = settings.entries
    .map(([, setting]) => (isConfigObject(setting) ? getKey(setting, key) : undefined))
    .find((each) => each !== undefined);
  if (value === undefined) return null;
  const reached = new Set(templates.flatMap((template) => targetsReached(template, key)));
  const rest = settings.entries.flatMap(([target, setting]): readonly ConfigEntry[] => {
    if (!reached.has(target) || !isConfigObject(setting)) return [[target, setting]];
    const left = withoutKey(setting, key);
    return left.entries.length === 0 ? [] : [[target, left]];
  });
  return withSettings(withKey(withoutKey(config, 'target_settings'), key, value), objectOf(rest));
}

function withoutTarget(config: ConfigObject, target: string): ConfigObject {
  return withSettings(withoutKey(config, 'target_settings'), withoutKey(targetSettingsOf(config), target));
}

function withSettings(config: ConfigObject, settings: ConfigObject): ConfigObject {
  return settings.entries.length === 0 ? config : withKey(config, 'target_settings', settings);
}

function isWorse(mode: Mode, before: ConfigObject, after: ConfigObject): boolean {
  return validateSubConfig(after, mode).length > validateSubConfig(before, mode).length;
}

/** Whether two forms give the modules of every template the same targets with the same settings. */
function areEqual(a: ConfigObject, b: ConfigObject, templates: readonly ConfigObject[]): boolean {
  return templates.every((template) => {
    const [one, other] = [planSettings(template, '', a, 0), planSettings(template, '', b, 0)];
    return (
      one.targets.length === other.targets.length &&
      one.targets.every(({ target, setting }) => {
        const same = other.targets.find((candidate) => candidate.target === target);
        return same !== undefined && valuesEqual(same.setting, setting);
      }) &&
      failuresOf(one) === failuresOf(other)
    );
  });
}

function failuresOf(plan: PlannedSettings): string {
  return plan.failures.map(({ code, target }) => `${code} ${target ?? ''}`).join('\n');
}
