import { rangeLength, requireSure } from './equality.ts';
import { NotSupported, PyRaise } from './exceptions.ts';
import { plainValue, specialMethod } from './classes.ts';
import {
  decided, PyClass, PyDeque, PyDict, PyInstance, PyIterator, PyList, PyModule, PyRange, PySet, PyTuple, PyView, typeName,
} from './values.ts';
import type { PyValue } from './values.ts';

/** The characters of a text as Python counts them. */
export function codePoints(text: string): readonly string[] {
  return Array.from(text);
}

/** The most items that are taken from a range or an iterator. */
const mostItems = 1_000_000;

/** Items that are asked for one after the other; `undefined` at the end. */
export interface Items {
  readonly next: () => PyValue | undefined;
}

/** The items of a loop over a value at this time. Throws `PyRaise` for a value that is not iterable. */
export function itemsOf(given: PyValue): readonly PyValue[] {
  const value = decided(given);
  requireSure(value);
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyDeque) return value.items;
  if (typeof value === 'string') return codePoints(value);
  if (value instanceof PyDict) return [...value.entries.values()].map(([key]) => key);
  if (value instanceof PyView) return viewItems(value);
  if (value instanceof PySet) {
    if (value.entries.size > 1) throw new SetOrder();
    return [...value.entries.values()];
  }
  if (value instanceof PyRange) {
    const length = rangeLength(value);
    if (length > BigInt(mostItems)) throw new NotSupported();
    return Array.from({ length: Number(length) }, (_, i) => value.start + BigInt(i) * value.step);
  }
  if (value instanceof PyModule) {
    if (value.items) return value.items();
    throw new NotSupported();
  }
  if (value instanceof PyIterator && value.isUnordered) throw new SetOrder();
  return allOf(iterate(value));
}

function viewItems({ dict, kind }: PyView): readonly PyValue[] {
  requireSure(dict);
  const entries = [...dict.entries.values()];
  if (kind === 'items') return entries.map((entry) => new PyTuple(entry));
  return entries.map(([key, item]) => (kind === 'keys' ? key : item));
}

/** All items that are left. */
export function allOf(items: Items): readonly PyValue[] {
  const taken: PyValue[] = [];
  for (let item = items.next(); item !== undefined; item = items.next()) {
    if (taken.length >= mostItems) throw new NotSupported();
    taken.push(item);
  }
  return taken;
}

/**
 * The items of a value, each when it is asked for: a loop sees what its body appends to a list, and an iterator keeps
 * the items that are not asked for.
 */
export function iterate(given: PyValue): Items {
  const value = decided(given);
  if (value instanceof PyIterator) {
    if (value.isUnordered) throw new SetOrder();
    return value;
  }
  if (value instanceof PyList) return ofList(value);
  if (value instanceof PyDict) return ofEntries(value, value);
  if (value instanceof PyView) return ofEntries(value.dict, value);
  if (value instanceof PyDeque) return ofDeque(value);
  if (value instanceof PyRange) return ofRange(value);
  if (value instanceof PyInstance) return ofInstance(value);
  // The members of an enum.
  if (value instanceof PyClass && value.kind === 'enum') return ofArray(value.members);
  if (typeof value === 'string' || value instanceof PyTuple || value instanceof PySet || value instanceof PyModule) return ofArray(itemsOf(value));
  throw new PyRaise('TypeError', `'${typeName(value)}' object is not iterable`);
}

export function ofArray(items: readonly PyValue[]): Items {
  let at = 0;
  return { next: () => (at < items.length ? items[at++] : undefined) };
}

function ofList(list: PyList): Items {
  let at = 0;
  let isDone = false;
  return {
    next() {
      requireSure(list);
      isDone ||= at >= list.items.length;
      return isDone ? undefined : list.items[at++];
    },
  };
}

function ofDeque(deque: PyDeque): Items {
  const before = [...deque.items];
  let at = 0;
  return {
    next() {
      requireSure(deque);
      if (at > before.length) return undefined;
      const isSame = deque.items.length === before.length && deque.items.every((item, place) => item === before[place]);
      if (!isSame) throw new PyRaise('RuntimeError', 'deque mutated during iteration');
      return before[at++];
    },
  };
}

function ofEntries(dict: PyDict, shown: PyDict | PyView): Items {
  requireSure(dict);
  const keys = [...dict.entries.keys()];
  let at = 0;
  return {
    next() {
      requireSure(dict);
      if (at > keys.length) return undefined;
      if (dict.entries.size !== keys.length) throw new PyRaise('RuntimeError', 'dictionary changed size during iteration');
      const key = keys[at++];
      if (key === undefined) return undefined;
      const entry = dict.entries.get(key);
      // One key was removed and another one added.
      if (!entry) throw new NotSupported();
      const kind = shown instanceof PyView ? shown.kind : 'keys';
      return kind === 'items' ? new PyTuple(entry) : entry[kind === 'keys' ? 0 : 1];
    },
  };
}

function ofRange(range: PyRange): Items {
  const length = rangeLength(range);
  let at = 0n;
  return { next: () => (at < length ? range.start + at++ * range.step : undefined) };
}

function ofInstance(value: PyInstance): Items {
  const start = specialMethod(value, '__iter__');
  if (start !== null) {
    const made = decided(start());
    return made instanceof PyInstance ? ofNext(made) : iterate(made);
  }
  const item = specialMethod(value, '__getitem__');
  if (item === null) throw new PyRaise('TypeError', `'${typeName(value)}' object is not iterable`);
  let at = 0n;
  return {
    next() {
      try {
        return item(at++);
      } catch (error) {
        if (error instanceof PyRaise && error.type === 'IndexError') return undefined;
        throw error;
      }
    },
  };
}

/** An object with `__next__`. */
export function ofNext(value: PyInstance): Items {
  const next = specialMethod(value, '__next__');
  if (next === null) throw new PyRaise('TypeError', `iter() returned non-iterator of type '${typeName(value)}'`);
  return {
    next() {
      try {
        return next();
      } catch (error) {
        if (error instanceof PyRaise && error.type === 'StopIteration') return undefined;
        throw error;
      }
    },
  };
}


/** The items of a set where their order does not count, or of anything else. */
export function itemsInAnyOrder(value: PyValue): readonly PyValue[] {
  if (value instanceof PyIterator) return allOf(value);
  if (!(value instanceof PySet)) return itemsOf(value);
  requireSure(value);
  return [...value.entries.values()];
}

/** Whether the items of a value have no order that is known. */
export function isUnordered(value: PyValue): boolean {
  return value instanceof PySet || (value instanceof PyIterator && value.isUnordered);
}

/** The order of a set's items matters here, and it changes from run to run. */
export class SetOrder extends Error {}
/** The index that Python means by `index`, or a raised `IndexError`. */
export function indexOf(given: PyValue, length: number, what: string): number {
  const index = plainValue(decided(given));
  const number = typeof index === 'boolean' ? BigInt(index) : index;
  if (typeof number !== 'bigint') throw new PyRaise('TypeError', `${what} indices must be integers or slices, not ${typeName(index)}`);
  const at = Number(number < 0n ? number + BigInt(length) : number);
  if (at < 0 || at >= length) throw new PyRaise('IndexError', `${what} index out of range`);
  return at;
}

/** The indices that a slice takes from a sequence of `length`. */
export function sliceIndices(bounds: readonly (PyValue | undefined)[], length: number): readonly number[] {
  const [start, stop, step] = bounds.map((bound) => {
    const value = bound === undefined ? null : decided(bound);
    if (value === null) return null;
    if (typeof value === 'bigint') return value;
    if (typeof value === 'boolean') return BigInt(value);
    throw new PyRaise('TypeError', 'slice indices must be integers or None or have an __index__ method');
  });
  const stride = step ?? 1n;
  if (stride === 0n) throw new PyRaise('ValueError', 'slice step cannot be zero');
  const size = BigInt(length);
  const lowest = stride > 0n ? 0n : -1n;
  const highest = stride > 0n ? size : size - 1n;
  const clamp = (value: bigint) => {
    const at = value < 0n ? value + size : value;
    return at < lowest ? lowest : at > highest ? highest : at;
  };
  const from = start === null || start === undefined ? (stride > 0n ? lowest : highest) : clamp(start);
  const to = stop === null || stop === undefined ? (stride > 0n ? highest : lowest) : clamp(stop);
  const indices: number[] = [];
  for (let at = from; stride > 0n ? at < to : at > to; at += stride) indices.push(Number(at));
  return indices;
}
