import { pythonStringRepr } from '../python/string-repr.ts';
import { type ConfigValue, isConfigList, isConfigNumber, numberOf, pythonFloat } from './value.ts';

/**
 * `repr` of Python, as its error messages quote values. Lists inside `fuse_names` are written as the tuples that
 * they become on export (rule E2).
 */
export function pythonRepr(value: ConfigValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return pythonStringRepr(value);
  if (isConfigList(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  if (isConfigNumber(value)) return value.type === 'int' ? intRepr(value.text) : floatRepr(numberOf(value));
  const items = value.entries.map(([key, item]) => {
    const written = key === 'fuse_names' && isConfigList(item) ? fuseNamesRepr(item) : pythonRepr(item);
    return `${pythonStringRepr(key)}: ${written}`;
  });
  return `{${items.join(', ')}}`;
}

/** `repr` of a tuple: `('a',)`, `('a', 'b')`. */
export function pythonTupleRepr(items: readonly ConfigValue[]): string {
  const inner = items.map(pythonRepr).join(', ');
  return items.length === 1 ? `(${inner},)` : `(${inner})`;
}

/** `str` of Python: strings as they are, everything else as `repr`. */
export function pythonStr(value: ConfigValue): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

/** Name of the Python type that a value has. */
export function pythonTypeName(value: ConfigValue): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'str';
  if (isConfigList(value)) return 'list';
  return isConfigNumber(value) ? value.type : 'dict';
}

/** Whether Python counts the value as true. */
export function pythonTruth(value: ConfigValue | undefined): boolean {
  if (value === undefined || value === null || value === false || value === '') return false;
  if (value === true || typeof value === 'string') return true;
  if (isConfigList(value)) return value.length > 0;
  return isConfigNumber(value) ? numberOf(value) !== 0 : value.entries.length > 0;
}

function fuseNamesRepr(list: readonly ConfigValue[]): string {
  return `[${list.map((item) => (isConfigList(item) ? pythonTupleRepr(item) : pythonRepr(item))).join(', ')}]`;
}

function intRepr(text: string): string {
  return /^-?\d+$/.test(text) ? text.replace(/^(-?)0+(?=\d)/, '$1').replace(/^-0$/, '0') : text;
}

function floatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return pythonFloat(value);
}
