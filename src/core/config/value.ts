/**
 * JSON as Python's `json` reads it: `1` and `1.0` stay apart (rule E1), key order is kept, and no key is
 * special (`__proto__` is an ordinary one). Immutable.
 */
export type ConfigValue = null | boolean | string | ConfigNumber | ConfigList | ConfigObject;

export type ConfigList = readonly ConfigValue[];

/** A number as written: `int` if Python reads it as an int, `float` if Python reads it as a float. */
export interface ConfigNumber {
  readonly type: 'int' | 'float';
  /** The literal as written, e.g. `1.0`, `1e-3`, `-7`. */
  readonly text: string;
}

export interface ConfigObject {
  readonly type: 'object';
  /** In written order; keys are unique (a repeated key keeps the last value, as in Python). */
  readonly entries: readonly ConfigEntry[];
}

export type ConfigEntry = readonly [key: string, value: ConfigValue];

/** A place inside a value: keys and list indices from the outside in. */
export type KeyPath = readonly (string | number)[];

/** Whether it is a dict; numbers are objects here, too. */
export function isConfigObject(value: ConfigValue | undefined): value is ConfigObject {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'object';
}

/** Whether it is a list. */
export function isConfigList(value: ConfigValue | undefined): value is ConfigList {
  return Array.isArray(value);
}

/** Whether it is an int or a float, with its text as it was written. */
export function isConfigNumber(value: ConfigValue | undefined): value is ConfigNumber {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    (value.type === 'int' || value.type === 'float')
  );
}

/** The value of `key`, or `undefined` when the object lacks it. */
export function getKey(object: ConfigObject, key: string): ConfigValue | undefined {
  for (const [name, value] of object.entries) if (name === key) return value;
  return undefined;
}

/** The object with `key` set to `value`: in its place when present, at the end otherwise. */
export function withKey(object: ConfigObject, key: string, value: ConfigValue): ConfigObject {
  const present = object.entries.some(([name]) => name === key);
  const entries = present
    ? object.entries.map((entry): ConfigEntry => (entry[0] === key ? [key, value] : entry))
    : [...object.entries, [key, value] as const];
  return { type: 'object', entries };
}

/** The object without `key`. */
export function withoutKey(object: ConfigObject, key: string): ConfigObject {
  return { type: 'object', entries: object.entries.filter(([name]) => name !== key) };
}

export const emptyObject: ConfigObject = { type: 'object', entries: [] };

/** An object from `[key, value]` pairs, in that order. */
export function objectOf(entries: readonly ConfigEntry[]): ConfigObject {
  return { type: 'object', entries };
}

/** An int literal. */
export function intOf(value: number | bigint): ConfigNumber {
  return { type: 'int', text: String(value) };
}

/** A float literal in Python's shortest form: always with a point or an exponent (rule E1). */
export function floatOf(value: number): ConfigNumber {
  return { type: 'float', text: pythonFloat(value) };
}

/** The value of a number literal. */
export function numberOf(number: ConfigNumber): number {
  return Number(number.text);
}

/** `repr(float)` of Python: shortest digits, exponent below 1e-4 and from 1e16 on, at least one decimal. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [digits, exponentText] = value.toExponential().split('e') as [string, string];
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const padded = String(Math.abs(exponent)).padStart(2, '0');
    return `${digits}e${exponent < 0 ? '-' : '+'}${padded}`;
  }
  const plain = String(value);
  return plain.includes('.') ? plain : `${plain}.0`;
}

/** Deep equality; numbers are equal when kind and value are (`1.0` = `1.00`, but not `1`). Key order does not count. */
export function valuesEqual(a: ConfigValue, b: ConfigValue): boolean {
  if (a === b) return true;
  if (isConfigNumber(a) || isConfigNumber(b)) {
    return isConfigNumber(a) && isConfigNumber(b) && a.type === b.type && numberOf(a) === numberOf(b);
  }
  if (isConfigList(a) || isConfigList(b)) {
    return (
      isConfigList(a) && isConfigList(b) && a.length === b.length && a.every((item, i) => valuesEqual(item, b[i]!))
    );
  }
  if (!isConfigObject(a) || !isConfigObject(b) || a.entries.length !== b.entries.length) return false;
  return a.entries.every(([key, value]) => {
    const other = getKey(b, key);
    return other !== undefined && valuesEqual(value, other);
  });
}
