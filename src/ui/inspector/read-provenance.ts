import { getKey, type ConfigObject, type ConfigValue } from '../../core/config/value.ts';
import type { ProvenanceStep, SettingProvenance } from '../../core/resolve/resolution.ts';

/** A key of a setting as the panel shows it. */
export interface ShownSetting {
  readonly key: string;
  readonly value: ConfigValue;
  /** Where the value in force stands. */
  readonly from: ProvenanceStep | null;
  /** What it replaced, the strongest first. */
  readonly replaced: readonly ProvenanceStep[];
  /** What NNI reads it as where that is another word (rule R6: `default`). */
  readonly readAs: ConfigValue | undefined;
}

/** The settings of a target: those that say something, and the keys that its template leaves at `null`. */
export interface ShownSettings {
  readonly set: readonly ShownSetting[];
  readonly unset: readonly string[];
}

/** Orders what is known of a target's settings for reading. */
export function readProvenance(setting: ConfigObject, provenance: readonly SettingProvenance[]): ShownSettings {
  const shown = provenance.map(({ key, chain }): ShownSetting => {
    const steps = chain.filter((step) => step.source !== 'kernel');
    const readAs = chain.find((step) => step.source === 'kernel')?.value;
    return {
      key,
      value: getKey(setting, key) ?? null,
      from: steps.at(-1) ?? null,
      replaced: steps.slice(0, -1).toReversed(),
      readAs,
    };
  });
  const isUnset = ({ value, from }: ShownSetting) => value === null && from?.source === 'template';
  return { set: shown.filter((entry) => !isUnset(entry)), unset: shown.filter(isUnset).map(({ key }) => key) };
}
