import { pythonStringRepr } from '../python/string-repr.ts';
import { isConfigList, isConfigNumber, isConfigObject, numberOf, pythonFloat } from './value.ts';
import type { ConfigList, ConfigNumber, ConfigObject, ConfigValue } from './value.ts';

/** Columns of a line, as most Python code keeps to. */
const width = 100;
const step = '    ';

/** What a value is for; it decides how its strings and lists are written. */
interface Role {
  /** Items of the list are tuples (rule E2). */
  readonly isFuseNames: boolean;
  /** Strings are patterns, better read raw. */
  readonly isPatterns: boolean;
}

const plainRole: Role = { isFuseNames: false, isPatterns: false };

/**
 * A value as a Python expression, laid out for reading: `None`, `True`, floats as Python prints them, tuples in
 * `fuse_names` (rule E2), patterns with backslashes as raw strings. `margin` is what its further lines begin with.
 */
export function writePythonValue(value: ConfigValue, margin = ''): string {
  return write(value, margin, margin.length, plainRole);
}

/** An assignment of a config list, as Python source that ends with a line feed. */
export function writePythonList(list: readonly ConfigObject[], name = 'config_list'): string {
  return `${name} = ${writePythonValue(list)}\n`;
}

/** `column` is where the value begins. */
function write(value: ConfigValue, margin: string, column: number, role: Role): string {
  if (isConfigObject(value)) return writeDict(value, margin);
  if (!isConfigList(value)) return writeScalar(value, role);
  // Dicts stand on lines of their own, and so do the items of what does not fit on one.
  const line = value.some(holdsDict) ? null : writeLine(value, role);
  if (line !== null && column + line.length + 1 <= width) return line;
  if (value.length === 0) return '[]';
  const inner = margin + step;
  const items = value.map((item) => {
    const isTuple = role.isFuseNames && isConfigList(item);
    const written = isTuple ? writeTuple(item) : write(item, inner, inner.length, itemRole(role));
    return `${inner}${written},\n`;
  });
  return `[\n${items.join('')}${margin}]`;
}

function writeDict(object: ConfigObject, margin: string): string {
  if (object.entries.length === 0) return '{}';
  const inner = margin + step;
  const lines = object.entries.map(([key, value]) => {
    const start = `${inner}${pythonStringRepr(key)}: `;
    return `${start}${write(value, inner, start.length, roleOf(key))},\n`;
  });
  return `{\n${lines.join('')}${margin}}`;
}

function roleOf(key: string): Role {
  return { isFuseNames: key === 'fuse_names', isPatterns: key === 'op_names_re' || key === 'exclude_op_names_re' };
}

function itemRole(role: Role): Role {
  return { isFuseNames: false, isPatterns: role.isPatterns };
}

function holdsDict(value: ConfigValue): boolean {
  return isConfigObject(value) || (isConfigList(value) && value.some(holdsDict));
}

function writeLine(value: ConfigValue, role: Role): string {
  if (!isConfigList(value)) return isConfigObject(value) ? writeDict(value, '') : writeScalar(value, role);
  const items = value.map((item) =>
    role.isFuseNames && isConfigList(item) ? writeTuple(item) : writeLine(item, itemRole(role)),
  );
  return `[${items.join(', ')}]`;
}

function writeTuple(items: ConfigList): string {
  const inner = items.map((item) => writeLine(item, plainRole)).join(', ');
  return items.length === 1 ? `(${inner},)` : `(${inner})`;
}

function writeScalar(value: null | boolean | string | ConfigNumber, role: Role): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (isConfigNumber(value)) return writeNumber(value);
  // Most strings are plain names; a long list of them must not take long.
  if (/^[ !#-&(-[\]-~]*$/.test(value)) return `'${value}'`;
  return role.isPatterns && isBetterRaw(value) ? `r'${value}'` : pythonStringRepr(value);
}

/** A raw string cannot hold its quote, control characters, or end with a backslash. */
function isBetterRaw(text: string): boolean {
  return text.includes('\\') && !text.endsWith('\\') && /^[ -&(-~]*$/.test(text);
}

function writeNumber(number: ConfigNumber): string {
  if (number.type === 'int') return number.text;
  const value = numberOf(number);
  // Python has no literal for infinity; one that is too large to hold is read as it.
  return Number.isFinite(value) ? pythonFloat(value) : number.text;
}
