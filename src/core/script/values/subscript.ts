import { hashOf } from './equality.ts';
import { codePoints, indexOf, itemsOf, sliceIndices } from './sequences.ts';
import { reprOf } from './text-of.ts';
import { specialMethod } from './classes.ts';
import { NeedsUnknown, NotSupported, PyRaise } from './exceptions.ts';
import { decided, PyBuiltin, PyClass, PyDeque, PyDict, PyInstance, PyList, PyModule, PyRange, PyTuple, typeName } from './values.ts';
import type { PyValue } from './values.ts';

/** `value[key]`. */
export function itemAt(given: PyValue, key: PyValue): PyValue {
  const value = decided(given);
  if (value instanceof PyDict) {
    const found = value.entries.get(hashOf(key));
    if (value.unsure.length > 0) throw new NeedsUnknown(value.unsure);
    if (found) return found[1];
    // A counter counts what it lacks as 0, and does not keep it.
    if (value.kind === 'Counter') return 0n;
    if (value.missing === null) throw new PyRaise('KeyError', reprOf(key));
    const made = value.missing();
    value.entries.set(hashOf(key), [key, made]);
    return made;
  }
  if (typeof value === 'string') {
    const points = codePoints(value);
    return points[indexOf(key, points.length, 'string')]!;
  }
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyRange || value instanceof PyModule || value instanceof PyDeque) {
    const items = itemsOf(value);
    return items[indexOf(key, items.length, value instanceof PyTuple ? 'tuple' : value instanceof PyModule ? 'index' : typeName(value))]!;
  }
  if (value instanceof PyInstance) {
    const own = value.attributes.get('__getitem__');
    if (own instanceof PyBuiltin) return own.call({ positional: [key], named: new Map() });
    const method = specialMethod(value, '__getitem__');
    if (method !== null) return method(key);
  }
  if (value instanceof PyClass && value.kind === 'enum') {
    const member = value.members.find(({ attributes }) => attributes.get('name') === key);
    if (member) return member;
    if (typeof key === 'string' && !value.attributes.has(key)) throw new PyRaise('KeyError', reprOf(key));
    throw new NotSupported();
  }
  // `List[str]`
  if (value instanceof PyClass || value instanceof PyBuiltin) throw new NotSupported();
  throw new PyRaise('TypeError', `'${typeName(value)}' object is not subscriptable`);
}

/** `value[start:stop:step]`. */
export function sliceOf(given: PyValue, bounds: readonly (PyValue | undefined)[]): PyValue {
  const value = decided(given);
  if (typeof value === 'string') {
    const points = codePoints(value);
    return sliceIndices(bounds, points.length).map((at) => points[at]!).join('');
  }
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyRange || value instanceof PyModule) {
    const items = itemsOf(value);
    const indices = sliceIndices(bounds, items.length);
    const taken = indices.map((at) => items[at]!);
    if (value instanceof PyRange) return rangeOf(value, bounds, indices);
    return value instanceof PyTuple ? new PyTuple(taken) : new PyList(taken);
  }
  if (value instanceof PyInstance) throw new NotSupported();
  throw new PyRaise('TypeError', `'${typeName(value)}' object is not subscriptable`);
}

/** A slice of a range: at least two of its items say which one it is. */
function rangeOf({ start, step }: PyRange, bounds: readonly (PyValue | undefined)[], indices: readonly number[]): PyValue {
  if (indices.length < 2) throw new NotSupported();
  const stride = bounds[2] === undefined ? 1n : decided(bounds[2]);
  const own = step * (typeof stride === 'bigint' ? stride : 1n);
  const first = start + BigInt(indices[0]!) * step;
  return new PyRange(first, first + BigInt(indices.length) * own, own);
}

/** `value[key] = item`. */
export function setItem(given: PyValue, key: PyValue, item: PyValue): void {
  const value = decided(given);
  if (value instanceof PyDict) {
    value.entries.set(hashOf(key), [value.entries.get(hashOf(key))?.[0] ?? key, item]);
  } else if (value instanceof PyList) {
    if (value.unsure.length > 0) throw new NeedsUnknown(value.unsure);
    value.items[indexOf(key, value.items.length, 'list assignment')] = item;
  } else if (value instanceof PyInstance && specialMethod(value, '__setitem__') !== null) {
    specialMethod(value, '__setitem__')!(key, item);
  } else if (value instanceof PyDeque || value instanceof PyModule) {
    throw new NotSupported();
  } else {
    throw new PyRaise('TypeError', `'${typeName(value)}' object does not support item assignment`);
  }
}

/** `value[start:stop] = items`, `value[::2] = items`. */
export function setSlice(value: PyList, bounds: readonly (PyValue | undefined)[], given: PyValue): void {
  if (value.unsure.length > 0) throw new NeedsUnknown(value.unsure);
  const length = value.items.length;
  const stride = bounds[2] === undefined ? null : decided(bounds[2]);
  if (stride !== null && stride !== 1n) {
    const items = itemsOf(given);
    const places = sliceIndices(bounds, length);
    if (items.length !== places.length) throw new PyRaise('ValueError', `attempt to assign sequence of size ${items.length} to extended slice of size ${places.length}`);
    for (const [at, place] of places.entries()) value.items[place] = items[at]!;
    return;
  }
  // Items after the start: an empty slice still has a place.
  const behind = sliceIndices([bounds[0]], length);
  const start = behind[0] ?? length;
  const count = sliceIndices(bounds, length).length;
  value.items = [...value.items.slice(0, start), ...itemsOf(given), ...value.items.slice(start + count)];
}

/** `del value[start:stop]`. */
export function deleteSlice(value: PyList, bounds: readonly (PyValue | undefined)[]): void {
  if (value.unsure.length > 0) throw new NeedsUnknown(value.unsure);
  const gone = new Set(sliceIndices(bounds, value.items.length));
  value.items = value.items.filter((_, at) => !gone.has(at));
}

/** `del value[key]`. */
export function deleteItem(given: PyValue, key: PyValue): void {
  const value = decided(given);
  if (value instanceof PyDict) {
    if (!value.entries.delete(hashOf(key))) throw new PyRaise('KeyError', reprOf(key));
  } else if (value instanceof PyList) {
    if (value.unsure.length > 0) throw new NeedsUnknown(value.unsure);
    value.items.splice(indexOf(key, value.items.length, 'list assignment'), 1);
  } else if (value instanceof PyInstance && specialMethod(value, '__delitem__') !== null) {
    specialMethod(value, '__delitem__')!(key);
  } else if (value instanceof PyDeque) {
    throw new NotSupported();
  } else {
    throw new PyRaise('TypeError', `'${typeName(value)}' object doesn't support item deletion`);
  }
}
