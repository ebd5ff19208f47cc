import { succeed, type Result } from '../../result.ts';
import { parseKey, parseSlice, skipSpace, skipValue } from './json-cursor.ts';
import { asRecord, describeValue, ownField } from './record.ts';
import type { PythonValue } from './python-literal.ts';
import { readFailure, type ReadError } from '../messages/read-error.ts';

/** A name and its value in a list or an object; `undefined` where only names are listed. */
export interface NamedItem {
  readonly name: string;
  readonly value: unknown;
}

/**
 * The items of a JSON object in the order of the text, repeated keys included (`JSON.parse` would put numbers
 * first and drop repetitions). Null where the text is no object.
 */
export function jsonObjectItems(text: string, start: number): NamedItem[] | null {
  if (text[start] !== '{') return null;
  const items: NamedItem[] = [];
  let at = skipSpace(text, start + 1);
  if (text[at] === '}') return items;
  for (;;) {
    const found = parseKey(text, at);
    if (found === null) return null;
    const end = skipValue(text, found.value);
    const value = end < 0 ? undefined : parseSlice(text, found.value, end);
    if (value === undefined) return null;
    items.push({ name: found.key, value });
    at = skipSpace(text, end);
    if (text[at] === '}') return items;
    if (text[at] !== ',') return null;
    at = skipSpace(text, at + 1);
  }
}

/** Names from a list of texts, of `[name, value]` pairs or of `{name, type}` objects. */
export function listItems(list: readonly unknown[]): Result<NamedItem[], ReadError> {
  const items: NamedItem[] = [];
  for (const [entry, value] of list.entries()) {
    const record = asRecord(value);
    if (typeof value === 'string') items.push({ name: value, value: undefined });
    else if (Array.isArray(value) && value.length >= 2 && typeof value[0] === 'string') {
      const pair: readonly unknown[] = value;
      items.push({ name: value[0], value: pair[1] });
    } else if (record !== null && typeof ownField(record, 'name') === 'string') {
      items.push({ name: String(ownField(record, 'name')), value: record });
    } else {
      return readFailure('entry-name', { entry, found: describeValue(value) });
    }
  }
  return succeed(items);
}

/** Names from a printed Python list, tuple or dictionary; null where it holds none. */
export function pythonItems(value: PythonValue): Result<NamedItem[], ReadError> | null {
  if (Array.isArray(value)) {
    const list: readonly PythonValue[] = value;
    return listItems(list.map((item) => plainPython(item)));
  }
  if (typeof value === 'object' && value !== null && 'type' in value && value.type === 'dict') {
    const items: NamedItem[] = [];
    for (const [key, described] of value.items) {
      if (typeof key !== 'string') return null;
      items.push({ name: key, value: plainPython(described) });
    }
    return succeed(items);
  }
  return null;
}

const deepest = 100;

/** Python values as JSON would give them: opaque ones become their text. */
function plainPython(value: PythonValue, depth: unknown = 0): unknown {
  const level = typeof depth === 'number' ? depth : 0;
  if (typeof value !== 'object' || value === null || level > deepest) return value;
  if (Array.isArray(value)) return (value as readonly PythonValue[]).map((item) => plainPython(item, level + 1));
  if (!('type' in value)) return null;
  if (value.type === 'opaque') return value.text;
  return Object.fromEntries(
    value.items.map(([key, item]) => [String(plainPython(key)), plainPython(item, level + 1)]),
  );
}
