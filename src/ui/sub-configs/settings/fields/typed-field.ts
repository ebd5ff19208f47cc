import type { SettingKey } from '../../../../core/config/setting-keys.ts';
import type { ConfigValue, KeyPath } from '../../../../core/config/value.ts';

/** The props of the field for one kind of setting. */
export interface TypedFieldProps {
  readonly entry: SettingKey;
  readonly path: KeyPath;
  readonly value: ConfigValue;
  /** Accessible name. */
  readonly label: string;
}
