import type { SettingKey } from '../../../../core/config/setting-keys.ts';
import type { ConfigValue, KeyPath } from '../../../../core/config/value.ts';

/** What the field of one kind of setting gets. */
export interface TypedFieldProps {
  readonly entry: SettingKey;
  readonly path: KeyPath;
  readonly value: ConfigValue;
  /** Accessible name. */
  readonly label: string;
}
