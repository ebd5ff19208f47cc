import { hashOf } from './equality.ts';
import { codePoints, indexOf, itemsOf, sliceIndices } from './sequences.ts';
import { reprOf } from './text-of.ts';
import { NeedsUnknown, NotSupported, PyRaise } from './exceptions.ts';
import { decided, PyDict, PyInstance, PyList, PyModule, PyRange, PyTuple, typeName } from './values.ts';
import type { PyValue } from './values.ts';

/** `value[key]`. */
export function itemAt(given: PyValue, key: PyValue): PyValue {
  const value = decided(given);
  if (value instanceof PyDict) {
    const found = value.entries.get(hashOf(key));
    if (value.unsure.length > 0) throw new NeedsUnknown(value.unsure);
    if (found) return found[1];
    if (value.missing === null) throw new PyRaise('KeyError', reprOf(key));
    const made = value.missing();
    value.entries.set(hashOf(key), [key, made]);
    return made;
  }
  if (typeof value === 'string') {
    const points = codePoints(value);
    return points[indexOf(key, points.length, 'string')]!;
  }
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyRange || value instanceof PyModule) {
    const items = itemsOf(value);
    return items[indexOf(key, items.length, value instanceof PyList ? 'list' : 'tuple')]!;
  }
  // A class of the script, or a match of `re`, may have items of its own.
  if (value instanceof PyInstance) throw new NotSupported();
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
    const taken = sliceIndices(bounds, items.length).map((at) => items[at]!);
    return value instanceof PyList ? new PyList(taken) : new PyTuple(taken);
  }
  throw new PyRaise('TypeError', `'${typeName(value)}' object is not subscriptable`);
}

/** `value[key] = item`. */
export function setItem(given: PyValue, key: PyValue, item: PyValue): void {
  const value = decided(given);
  if (value instanceof PyDict) {
    value.entries.set(hashOf(key), [value.entries.get(hashOf(key))?.[0] ?? key, item]);
  } else if (value instanceof PyList) {
    if (value.unsure.length > 0) throw new NeedsUnknown(value.unsure);
    value.items[indexOf(key, value.items.length, 'list')] = item;
  } else {
    throw new PyRaise('TypeError', `'${typeName(value)}' object does not support item assignment`);
  }
}

/** `value[start:stop] = items`. */
export function setSlice(value: PyList, bounds: readonly (PyValue | undefined)[], given: PyValue): void {
  if (value.unsure.length > 0) throw new NeedsUnknown(value.unsure);
  const length = value.items.length;
  // Items after the start: an empty slice still has a place.
  const behind = sliceIndices([bounds[0]], length);
  const start = behind[0] ?? length;
  const count = sliceIndices(bounds, length).length;
  value.items = [...value.items.slice(0, start), ...itemsOf(given), ...value.items.slice(start + count)];
}

/** `del value[key]`. */
export function deleteItem(given: PyValue, key: PyValue): void {
  const value = decided(given);
  if (value instanceof PyDict) {
    if (!value.entries.delete(hashOf(key))) throw new PyRaise('KeyError', reprOf(key));
  } else if (value instanceof PyList) {
    value.items.splice(indexOf(key, value.items.length, 'list'), 1);
  } else {
    throw new PyRaise('TypeError', `'${typeName(value)}' object doesn't support item deletion`);
  }
}
