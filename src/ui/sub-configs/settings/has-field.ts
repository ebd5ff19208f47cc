import type { SettingKey } from '../../../core/config/setting-keys.ts';
import { getKey, isConfigList, isConfigNumber, isConfigObject, type ConfigValue } from '../../../core/config/value.ts';

/** Whether the field made for a key can show a value without losing anything of it. */
export function hasField({ kind, choices }: Pick<SettingKey, 'kind' | 'choices'>, value: ConfigValue): boolean {
  switch (kind) {
    case 'ratio':
    case 'float':
      return isConfigNumber(value) && value.type === 'float';
    case 'int':
      return isInt(value);
    case 'group':
      return isLine(value) || isInt(value);
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
      return isLine(value) || (isConfigList(value) && value.length > 0 && value.every(isLine));
  }
}

function isInt(value: ConfigValue): boolean {
  return isConfigNumber(value) && value.type === 'int';
}

function isOneOf(choices: readonly string[] | undefined, value: ConfigValue): boolean {
  return typeof value === 'string' && (choices ?? []).includes(value);
}

/** Names between commas, as the field of a fusion writes them. */
function isNames(value: ConfigValue): boolean {
  return isConfigList(value) && value.every((name) => isLine(name) && name === name.trim() && /^[^,]+$/.test(name));
}

/** A field of one line drops line ends. */
function isLine(value: ConfigValue | undefined): value is string {
  return typeof value === 'string' && !/[\r\n]/.test(value);
}

const alignKeys = new Set(['module_name', 'target_name', 'dims']);

function isAlign(value: ConfigValue): boolean {
  if (!isConfigObject(value) || !value.entries.every(([key]) => alignKeys.has(key))) return false;
  const [module, target, dims] = [...alignKeys].map((key) => getKey(value, key));
  return (
    (module === undefined || module === null || (isLine(module) && module !== '')) &&
    (target === undefined || isLine(target)) &&
    (dims === undefined || (isConfigList(dims) && dims.every(isInt)))
  );
}
