import { readJsonValue } from '../../config/json-reader.ts';
import { pythonFloat, type ConfigValue } from '../../config/value.ts';
import { plainValue } from '../values/classes.ts';
import { hashOf, isTrue, requireSure } from '../values/equality.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import { order } from '../values/comparison.ts';
import { decided, PyDict, PyFloat, PyList, PyTuple, typeName } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';

type Function = (given: Arguments) => PyValue;

interface Style {
  readonly indent: string | null;
  readonly between: string;
  readonly behindKey: string;
  readonly isSorted: boolean;
  readonly isAscii: boolean;
}

const escapes: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' };

function quoted(text: string, isAscii: boolean): string {
  const pattern = isAscii ? /["\\\u0000-\u001f\u007f-\uffff]/g : /["\\\u0000-\u001f]/g;
  return `"${text.replaceAll(pattern, (unit) => escapes[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? pythonFloat(value) : value > 0 ? 'Infinity' : '-Infinity';
}

function keyText(given: PyValue): string {
  const key = plainValue(decided(given));
  if (typeof key === 'string') return key;
  if (key === null) return 'null';
  if (typeof key === 'boolean') return key ? 'true' : 'false';
  if (typeof key === 'bigint') return String(key);
  if (key instanceof PyFloat) return floatText(key.value);
  throw new PyRaise('TypeError', `keys must be str, int, float, bool or None, not ${typeName(key)}`);
}

function write(given: PyValue, style: Style, depth: number): string {
  const value = plainValue(decided(given));
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return quoted(value, style.isAscii);
  if (value instanceof PyFloat) return floatText(value.value);
  if (depth > 200) throw new NotSupported();
  requireSure(value);
  if (value instanceof PyList || value instanceof PyTuple) {
    return enclosed('[', ']', value.items.map((item) => write(item, style, depth + 1)), style, depth);
  }
  if (value instanceof PyDict) {
    const entries = style.isSorted ? [...value.entries.values()].toSorted(([a], [b]) => order(a, b)) : [...value.entries.values()];
    return enclosed('{', '}', entries.map(([key, item]) => quoted(keyText(key), style.isAscii) + style.behindKey + write(item, style, depth + 1)), style, depth);
  }
  throw new PyRaise('TypeError', `Object of type ${typeName(value)} is not JSON serializable`);
}

function enclosed(open: string, close: string, parts: readonly string[], { indent, between }: Style, depth: number): string {
  if (parts.length === 0) return open + close;
  if (indent === null) return open + parts.join(between) + close;
  const inner = `\n${indent.repeat(depth + 1)}`;
  return `${open}${inner}${parts.join(between + inner)}\n${indent.repeat(depth)}${close}`;
}

function dumps({ positional, named }: Arguments): string {
  const known = new Set(['indent', 'sort_keys', 'ensure_ascii', 'separators']);
  if (positional.length !== 1 || [...named.keys()].some((name) => !known.has(name))) throw new NotSupported();
  const given = decided(named.get('indent') ?? null);
  const indent = given === null ? null : typeof given === 'string' ? given : typeof given === 'bigint' ? ' '.repeat(Math.max(0, Number(given))) : undefined;
  if (indent === undefined) throw new NotSupported();
  const separators = decided(named.get('separators') ?? null);
  const [between, behindKey] = separators instanceof PyTuple || separators instanceof PyList ? separators.items : [indent === null ? ', ' : ',', ': '];
  if (typeof between !== 'string' || typeof behindKey !== 'string') throw new NotSupported();
  return write(positional[0]!, { indent, between, behindKey, isSorted: isTrue(named.get('sort_keys') ?? false), isAscii: isTrue(named.get('ensure_ascii') ?? true) }, 0);
}

function ofJson(value: ConfigValue): PyValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if ('length' in value) return new PyList(value.map(ofJson));
  if (value.type === 'object') return new PyDict(new Map(value.entries.map(([key, item]) => [hashOf(key), [key, ofJson(item)] as const])));
  return value.type === 'int' ? BigInt(value.text) : new PyFloat(Number(value.text), value.text);
}

export const jsonFunctions: Readonly<Record<string, Function>> = {
  'json.dumps': dumps,
  'json.loads': ({ positional: [given = null, ...rest], named }) => {
    const text = decided(given);
    if (typeof text !== 'string' || rest.length + named.size > 0) throw new NotSupported();
    const read = readJsonValue(text);
    if (!read.ok) throw new NotSupported();
    return ofJson(read.value);
  },
};
