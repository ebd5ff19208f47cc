import { hashOf } from '../values/equality.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import { itemAt, setItem } from '../values/subscript.ts';
import { codePoints, itemsOf } from '../values/sequences.ts';
import { decided, PyBuiltin, PyDict, PyList, PySet, PyTuple, typeName } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';
import { containerMethod, type Call } from './container-methods.ts';
import { stringMethod } from './string-methods.ts';

const containers: ReadonlySet<string> = new Set(['list', 'dict', 'set', 'frozenset', 'tuple']);

/** `str.lower`, a method without its text, as in `key=str.lower`; `dict.fromkeys`; `str.maketrans`. */
export function ofType({ name: type }: PyBuiltin, name: string, call: Call): PyBuiltin | undefined {
  if (type === 'dict' && name === 'fromkeys') return new PyBuiltin('fromkeys', fromKeys);
  if (type === 'str' && name === 'maketrans') return new PyBuiltin('maketrans', makeTable);
  if (type === 'str' && stringMethod('', name)) {
    return new PyBuiltin(`str.${name}`, ({ positional: [text = null, ...rest], named }) => {
      const own = decided(text);
      const method = typeof own === 'string' ? stringMethod(own, name) : undefined;
      if (!method) throw new NotSupported();
      return method({ positional: rest, named });
    });
  }
  if (!containers.has(type)) return undefined;
  return new PyBuiltin(`${type}.${name}`, ({ positional: [given = null, ...rest], named }) => {
    const value = decided(given);
    const isContainer = value instanceof PyList || value instanceof PyDict || value instanceof PySet || value instanceof PyTuple;
    const isOfType = value instanceof PyDict ? type === 'dict' : value instanceof PyList ? type === 'list' : typeName(value) === type;
    if (!isContainer || !isOfType) throw new NotSupported();
    if (name === '__getitem__') return itemAt(value, rest[0] ?? null);
    if (name === '__setitem__') {
      setItem(value, rest[0] ?? null, rest[1] ?? null);
      return null;
    }
    const method = containerMethod(value, name, call);
    if (method) return method({ positional: rest, named });
    throw new NotSupported();
  });
}

function fromKeys({ positional: [keys = null, value = null], named }: Arguments): PyValue {
  if (named.size > 0) throw new NotSupported();
  return new PyDict(new Map(itemsOf(keys).map((key) => [hashOf(key), [key, value] as [PyValue, PyValue]])));
}

/** The table that `translate` takes: texts by code points. */
function makeTable({ positional: [first = null, second, third], named }: Arguments): PyValue {
  if (named.size > 0) throw new NotSupported();
  const table = new PyDict();
  const set = (key: PyValue, value: PyValue) => table.entries.set(hashOf(key), [key, value]);
  const from = decided(first);
  if (from instanceof PyDict) {
    if (second !== undefined) throw new NotSupported();
    itemsOf(from);
    for (const [key, value] of from.entries.values()) set(typeof key === 'string' ? BigInt(key.codePointAt(0) ?? 0) : key, value);
    return table;
  }
  const [to, gone] = [decided(second ?? null), decided(third ?? '')];
  if (typeof from !== 'string' || typeof to !== 'string' || typeof gone !== 'string') throw new NotSupported();
  const [left, right] = [codePoints(from), codePoints(to)];
  if (left.length !== right.length) throw new PyRaise('ValueError', 'the first two maketrans arguments must have equal length');
  for (const [at, point] of left.entries()) set(BigInt(point.codePointAt(0)!), BigInt(right[at]!.codePointAt(0)!));
  for (const point of codePoints(gone)) set(BigInt(point.codePointAt(0)!), null);
  return table;
}
