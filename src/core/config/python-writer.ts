import { pythonStringRepr } from '../python/string-repr.ts';
import { isConfigList, isConfigNumber, isConfigObject, numberOf, pythonFloat } from './value.ts';
import type { ConfigList, ConfigNumber, ConfigObject, ConfigValue } from './value.ts';

/** Columns of a line, as most Python code keeps to. */
const width = 100;
const step = '    ';

/** The use of a value; it decides how the strings and lists in it are written. */
interface Role {
  /** Items of the list are tuples (rule E2). */
  readonly isFuseNames: boolean;
  /** Strings are patterns, better read raw. */
  readonly isPatterns: boolean;
  readonly quote: Quote;
}

type Quote = "'" | '"';

const plainRole: Role = { isFuseNames: false, isPatterns: false, quote: "'" };

/** The place of a value, and the quotes of the source around it. */
export interface PythonPlace {
  /** The key that the value belongs to, or whose list it is an item of. */
  readonly key: string | null;
  readonly isItem: boolean;
  readonly quote: Quote;
}

/** A value as it is written within a source, laid out for reading. */
export function writePythonBlock(value: ConfigValue, { key, isItem, quote }: PythonPlace, margin: string): string {
  const role = roleOf(key ?? '', quote);
  return isItem ? writeItem(value, margin, role) : write(value, margin, margin.length, role);
}

/** The same on one line. */
export function writePythonLine(value: ConfigValue, { key, isItem, quote }: PythonPlace): string {
  const role = roleOf(key ?? '', quote);
  return isItem ? writeItemLine(value, role) : writeLine(value, role);
}

/** A text as a Python string; the other quote is taken where that saves escapes. */
export function writePythonString(text: string, quote: Quote): string {
  const written = pythonStringRepr(text);
  return quote === '"' && written.startsWith("'") && !text.includes('"') ? `"${written.slice(1, -1)}"` : written;
}

/**
 * A value as a Python expression, laid out for reading: `None`, `True`, floats as Python prints them, tuples in
 * `fuse_names` (rule E2), patterns with backslashes as raw strings. `margin` begins each further line.
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
  if (isConfigObject(value)) return writeDict(value, margin, role.quote);
  if (!isConfigList(value)) return writeScalar(value, role);
  // Each dict has its own line, and so has each item of a value that does not fit on one line.
  const line = value.some(holdsDict) ? null : writeLine(value, role);
  if (line !== null && column + line.length + 1 <= width) return line;
  if (value.length === 0) return '[]';
  const inner = margin + step;
  const items = value.map((item) => `${inner}${writeItem(item, inner, role)},\n`);
  return `[\n${items.join('')}${margin}]`;
}

/** `role` is the role of the list. */
function writeItem(item: ConfigValue, margin: string, role: Role): string {
  const isTuple = role.isFuseNames && isConfigList(item);
  return isTuple ? writeTuple(item, role) : write(item, margin, margin.length, itemRole(role));
}

function writeDict(object: ConfigObject, margin: string, quote: Quote): string {
  if (object.entries.length === 0) return '{}';
  const inner = margin + step;
  const lines = object.entries.map(([key, value]) => {
    const start = `${inner}${writePythonString(key, quote)}: `;
    return `${start}${write(value, inner, start.length, roleOf(key, quote))},\n`;
  });
  return `{\n${lines.join('')}${margin}}`;
}

function roleOf(key: string, quote: Quote): Role {
  return { isFuseNames: key === 'fuse_names', isPatterns: key === 'op_names_re' || key === 'exclude_op_names_re', quote };
}

function itemRole(role: Role): Role {
  return { ...role, isFuseNames: false };
}

function holdsDict(value: ConfigValue): boolean {
  return isConfigObject(value) || (isConfigList(value) && value.some(holdsDict));
}

function writeLine(value: ConfigValue, role: Role): string {
  if (isConfigList(value)) return `[${value.map((item) => writeItemLine(item, role)).join(', ')}]`;
  if (!isConfigObject(value)) return writeScalar(value, role);
  const entries = value.entries.map(
    ([key, item]) => `${writePythonString(key, role.quote)}: ${writeLine(item, roleOf(key, role.quote))}`,
  );
  return `{${entries.join(', ')}}`;
}

function writeItemLine(item: ConfigValue, role: Role): string {
  return role.isFuseNames && isConfigList(item) ? writeTuple(item, role) : writeLine(item, itemRole(role));
}

function writeTuple(items: ConfigList, role: Role): string {
  const inner = items.map((item) => writeLine(item, itemRole(role))).join(', ');
  return items.length === 1 ? `(${inner},)` : `(${inner})`;
}

function writeScalar(value: null | boolean | string | ConfigNumber, role: Role): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (isConfigNumber(value)) return writeNumber(value);
  // Most strings are plain names; a long list of them must not take long.
  const { quote } = role;
  if (/^[ !#-&(-[\]-~]*$/.test(value)) return quote + value + quote;
  return role.isPatterns && isBetterRaw(value, quote) ? `r${quote}${value}${quote}` : writePythonString(value, quote);
}

/** A raw string cannot hold its quote, control characters, or end with a backslash. */
function isBetterRaw(text: string, quote: Quote): boolean {
  return text.includes('\\') && !text.endsWith('\\') && !text.includes(quote) && /^[ -~]*$/.test(text);
}

function writeNumber(number: ConfigNumber): string {
  if (number.type === 'int') return number.text;
  const value = numberOf(number);
  // Python has no literal for infinity; one that is too large to hold is read as it.
  return Number.isFinite(value) ? pythonFloat(value) : number.text;
}
