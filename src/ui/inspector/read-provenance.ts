import { getKey, type ConfigObject, type ConfigValue } from '../../core/config/value.ts';
import type { ProvenanceStep, SettingProvenance } from '../../core/resolve/resolution.ts';

/** A key of a setting as the panel shows it. */
export interface ShownSetting {
  readonly key: string;
  readonly value: ConfigValue;
  /** The place of the value in force. */
  readonly from: ProvenanceStep | null;
  /** The values that it replaced, the strongest first. */
  readonly replaced: readonly ProvenanceStep[];
  /** NNI's reading of the value where that is another word (rule R6: `default`). */
  readonly readAs: ConfigValue | undefined;
}

/** The settings of a target: the user's own, the template's, and the keys that it leaves at `null`. */
export interface ShownSettings {
  readonly own: readonly ShownSetting[];
  readonly defaults: readonly ShownSetting[];
  readonly unset: readonly string[];
}

/** Orders the known settings of a target for reading. */
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
  const set = shown.filter((entry) => !isUnset(entry));
  const isDefault = ({ from }: ShownSetting) => from?.source === 'template';
  return {
    own: set.filter((entry) => !isDefault(entry)),
    defaults: set.filter(isDefault),
    unset: shown.filter(isUnset).map(({ key }) => key),
  };
}
