import type { SettingKey } from '../../core/config/setting-keys.ts';
import { getKey, isConfigList, isConfigNumber, isConfigObject, type ConfigValue } from '../../core/config/value.ts';

/** Whether the field made for a key can show a value without losing anything of it. */
export function hasField({ kind, choices }: Pick<SettingKey, 'kind' | 'choices'>, value: ConfigValue): boolean {
  switch (kind) {
    case 'ratio':
    case 'float':
      return isConfigNumber(value) && value.type === 'float';
    case 'int':
      return isInt(value);
    case 'number':
      return isConfigNumber(value);
    case 'group':
      return typeof value === 'string' || isInt(value);
    case 'choice':
      return isOneOf(choices, value);
    case 'granularity':
      return isOneOf(choices, value) || (isConfigList(value) && value.every(isInt));
    case 'align':
      return isAlign(value);
    case 'quant-dtype':
      return value === null || (typeof value === 'string' && /^u?int[1-9]\d?$/.test(value));
    case 'fuse-names':
      return isConfigList(value) && value.every(isNames);
    case 'link':
      return typeof value === 'string' || (isNames(value) && value.length > 0);
  }
}

function isInt(value: ConfigValue): boolean {
  return isConfigNumber(value) && value.type === 'int';
}

function isOneOf(choices: readonly string[] | undefined, value: ConfigValue): boolean {
  return typeof value === 'string' && (choices ?? []).includes(value);
}

function isNames(value: ConfigValue): value is readonly string[] {
  return isConfigList(value) && value.every((name) => typeof name === 'string' && !name.includes(','));
}

const alignKeys = new Set(['module_name', 'target_name', 'dims']);

function isAlign(value: ConfigValue): boolean {
  if (!isConfigObject(value) || !value.entries.every(([key]) => alignKeys.has(key))) return false;
  const [module, target, dims] = [...alignKeys].map((key) => getKey(value, key));
  return (
    (module === undefined || module === null || (typeof module === 'string' && module !== '')) &&
    (target === undefined || typeof target === 'string') &&
    (dims === undefined || (isConfigList(dims) && dims.every(isInt)))
  );
}
