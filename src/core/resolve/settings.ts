import { selectorKeys } from '../config/selector-keys.ts';
import { pythonStringRepr } from '../python/string-repr.ts';
import { inputPrefix, outputPrefix } from '../config/setting-templates.ts';
import {
  type ConfigObject,
  type ConfigValue,
  getKey,
  isConfigList,
  isConfigObject,
  type KeyPath,
  objectOf,
} from '../config/value.ts';
import type { OutcomeFailure, ProvenanceStep, SettingProvenance, TargetKind } from './resolution.ts';

/** The settings that a sub-config gives to modules of one type, before registration (rules C3–C6). */
export interface PlannedSettings {
  /** In NNI's order. */
  readonly targets: readonly PlannedTarget[];
  readonly failures: readonly OutcomeFailure[];
  /** Targets of `target_settings` that `target_names` leaves out. */
  readonly dropped: readonly string[];
  /** Shorthand keys that some remaining target has. */
  readonly reached: ReadonlySet<string>;
}

export interface PlannedTarget {
  readonly target: string;
  readonly kind: TargetKind;
  readonly setting: ConfigObject;
  readonly provenance: readonly SettingProvenance[];
  /** Where the sub-config asks for it. */
  readonly path: KeyPath;
}

/** Keys of a sub-config that are no shorthand: they select, or name targets and their settings. */
const structuralKeys: ReadonlySet<string> = new Set([...selectorKeys, 'target_names', 'target_settings', 'fuse_names']);

/** The shorthand of a sub-config: its top-level setting keys (rule C3). */
export function shorthandEntries(config: ConfigObject): readonly (readonly [string, ConfigValue])[] {
  return config.entries.filter(([key]) => !structuralKeys.has(key));
}

type Chains = Map<string, ProvenanceStep[]>;

/**
 * Merges template, shorthand and target settings of one sub-config for one module type, keeping for each value
 * where it came from, and picks the targets. A target that cannot be had is a failure (`KeyError`); the others
 * stay.
 */
export function planSettings(
  template: ConfigObject,
  moduleType: string,
  config: ConfigObject,
  subConfig: number,
): PlannedSettings {
  const merged = mergeSettings(template, moduleType, config, subConfig);
  const wanted = wantedTargets(config, merged);
  const targets: PlannedTarget[] = [];
  const failures: OutcomeFailure[] = [];
  const used = new Set<string>();
  for (const { target, path } of wanted) {
    const source = sourceTarget(target, merged);
    if (source.type === 'missing') {
      failures.push({
        subConfig,
        code: 'unknown-target',
        rule: kindOfTarget(target) === 'parameter' ? 'C5' : 'C6',
        stage: 'register',
        error: { type: 'KeyError', message: pythonStringRepr(source.key) },
        target,
        path,
        values: { target, missing: source.key, type: moduleType },
      });
      continue;
    }
    used.add(source.key);
    const chains = merged.get(source.key)!;
    const provenance = [...chains].map(
      ([key, chain]): SettingProvenance => ({ key, chain: markOverridden(chain) }),
    );
    const setting = objectOf(provenance.map(({ key, chain }) => [key, chain.at(-1)!.value]));
    targets.push({ target, kind: kindOfTarget(target), setting, provenance, path });
  }
  const dropped = ownTargets(config).filter((target) => !used.has(target));
  return { targets, failures, dropped, reached: reachedKeys(targets) };
}

/** Whether a target is a parameter, an input or an output: by its prefix. */
export function kindOfTarget(target: string): TargetKind {
  if (target.startsWith(inputPrefix)) return 'input';
  return target.startsWith(outputPrefix) ? 'output' : 'parameter';
}

function mergeSettings(
  template: ConfigObject,
  moduleType: string,
  config: ConfigObject,
  subConfig: number,
): ReadonlyMap<string, Chains> {
  const merged = new Map<string, Chains>();
  const shorthand = shorthandEntries(config);
  for (const [target, setting] of template.entries) {
    const chains: Chains = new Map();
    if (isConfigObject(setting)) {
      for (const [key, value] of setting.entries) {
        chains.set(key, [
          { source: 'template', subConfig: null, path: [moduleType, target, key], value, overridden: false },
        ]);
      }
    }
    for (const [key, value] of shorthand) {
      chains.get(key)?.push({ source: 'shorthand', subConfig, path: [key], value, overridden: false });
    }
    merged.set(target, chains);
  }
  const settings = getKey(config, 'target_settings');
  for (const [target, setting] of isConfigObject(settings) ? settings.entries : []) {
    if (!isConfigObject(setting)) continue;
    const chains: Chains = merged.get(target) ?? new Map<string, ProvenanceStep[]>();
    merged.set(target, chains);
    for (const [key, value] of setting.entries) {
      const chain = chains.get(key) ?? [];
      chains.set(key, chain);
      chain.push({
        source: 'target-setting',
        subConfig,
        path: ['target_settings', target, key],
        value,
        overridden: false,
      });
    }
  }
  return merged;
}

function markOverridden(chain: readonly ProvenanceStep[]): readonly ProvenanceStep[] {
  return chain.map((step, at) => (at < chain.length - 1 ? { ...step, overridden: true } : step));
}

interface Wanted {
  readonly target: string;
  readonly path: KeyPath;
}

/** Rule C5: the named targets, else all; `_input_` and `_output_` become the first of theirs and go last. */
function wantedTargets(config: ConfigObject, merged: ReadonlyMap<string, Chains>): readonly Wanted[] {
  const named = getKey(config, 'target_names');
  const texts = (isConfigList(named) ? named : []).flatMap((target, index): readonly Wanted[] =>
    typeof target === 'string' ? [{ target, path: ['target_names', index] }] : [],
  );
  const own = new Set(ownTargets(config));
  const pathOf = (target: string): KeyPath => (own.has(target) ? ['target_settings', target] : []);
  const all = [...merged.keys()].map((target): Wanted => ({ target, path: pathOf(target) }));
  let wanted: readonly Wanted[] = texts.length > 0 ? texts : all;
  for (const prefix of [inputPrefix, outputPrefix]) {
    const at = wanted.findIndex(({ target }) => target === prefix);
    if (at === -1) continue;
    wanted = [...wanted.slice(0, at), ...wanted.slice(at + 1), { target: `${prefix}0`, path: wanted[at]!.path }];
  }
  const seen = new Set<string>();
  return wanted.filter(({ target }) => !seen.has(target) && seen.add(target));
}

type Source = { readonly type: 'found' | 'missing'; readonly key: string };

/** Rule C6: where a target's setting is taken from. `_input_` must be there even when `_input_x` is. */
function sourceTarget(target: string, merged: ReadonlyMap<string, Chains>): Source {
  const kind = kindOfTarget(target);
  if (kind === 'parameter') return { type: merged.has(target) ? 'found' : 'missing', key: target };
  const fallback = kind === 'input' ? inputPrefix : outputPrefix;
  if (!merged.has(fallback)) return { type: 'missing', key: fallback };
  return { type: 'found', key: merged.has(target) ? target : fallback };
}

function ownTargets(config: ConfigObject): readonly string[] {
  const settings = getKey(config, 'target_settings');
  return isConfigObject(settings) ? settings.entries.map(([target]) => target) : [];
}

function reachedKeys(targets: readonly PlannedTarget[]): ReadonlySet<string> {
  const reached = new Set<string>();
  for (const { key, chain } of targets.flatMap(({ provenance }) => provenance)) {
    if (chain.some((step) => step.source === 'shorthand')) reached.add(key);
  }
  return reached;
}
