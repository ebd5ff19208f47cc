import { hashOf } from '../values/equality.ts';
import { sortValues } from '../values/sorting.ts';
import { indexOf, itemsInAnyOrder, itemsOf, SetOrder } from '../values/sequences.ts';
import { placeOf } from './string-methods.ts';
import { reprOf } from '../values/text-of.ts';
import { isEqual } from '../values/equality.ts';
import { NeedsUnknown, NotSupported, PyRaise } from '../values/exceptions.ts';
import { decided, PyDict, PyList, PySet, PyTuple } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';

/** Calls a function of the script or of Python. */
export type Call = (callee: PyValue, given: Arguments) => PyValue;

type Method<T> = (value: T, given: Arguments, call: Call) => PyValue;

function argument({ positional }: Arguments, at = 0): PyValue {
  const value = positional[at];
  if (value === undefined) throw new PyRaise('TypeError', 'missing argument');
  return value;
}

const listMethods: Readonly<Record<string, Method<PyList>>> = {
  append: (list, given) => {
    list.items.push(argument(given));
    return null;
  },
  clear: (list) => {
    list.items = [];
    return null;
  },
  copy: (list) => {
    const copied = new PyList([...list.items]);
    copied.unsure = list.unsure;
    return copied;
  },
  count: (list, given) => BigInt(list.items.filter((item) => isEqual(item, argument(given))).length),
  extend: (list, given) => {
    list.items.push(...itemsOf(argument(given)));
    return null;
  },
  index: (list, given) => BigInt(placeOf(itemsOf(list), argument(given))),
  insert: (list, given) => {
    const at = decided(argument(given));
    if (typeof at !== 'bigint') throw new NotSupported();
    const place = at < 0n ? Math.max(Number(at) + list.items.length, 0) : Number(at);
    list.items.splice(place, 0, argument(given, 1));
    return null;
  },
  pop: (list, given) => {
    if (itemsOf(list).length === 0) throw new PyRaise('IndexError', 'pop from empty list');
    return list.items.splice(indexOf(given.positional[0] ?? -1n, list.items.length, 'pop'), 1)[0]!;
  },
  remove: (list, given) => {
    list.items.splice(placeOf(itemsOf(list), argument(given)), 1);
    return null;
  },
  reverse: (list) => {
    list.items = itemsOf(list).toReversed();
    return null;
  },
  sort: (list, given, call) => {
    list.items = [...sortValues(itemsOf(list), given, call)];
    return null;
  },
};

function pairsOf(value: PyValue): readonly (readonly [PyValue, PyValue])[] {
  const given = decided(value);
  if (given instanceof PyDict) {
    if (given.unsure.length > 0) throw new NeedsUnknown(given.unsure);
    return [...given.entries.values()];
  }
  return itemsOf(given).map((item) => {
    const pair = itemsOf(item);
    if (pair.length !== 2) throw new PyRaise('ValueError', 'dictionary update sequence element has length other than 2');
    return [pair[0]!, pair[1]!] as const;
  });
}

/** Sets the entries that `dict(…)` and `update(…)` are given. */
export function updateDict(dict: PyDict, { positional, named }: Arguments): void {
  const pairs = positional[0] === undefined ? [] : pairsOf(positional[0]);
  for (const [key, value] of [...pairs, ...named]) {
    const hash = hashOf(key);
    dict.entries.set(hash, [dict.entries.get(hash)?.[0] ?? key, value]);
  }
}

function sureEntries(dict: PyDict): readonly (readonly [PyValue, PyValue])[] {
  if (dict.unsure.length > 0) throw new NeedsUnknown(dict.unsure);
  return [...dict.entries.values()];
}

const dictMethods: Readonly<Record<string, Method<PyDict>>> = {
  clear: (dict) => {
    dict.entries = new Map();
    return null;
  },
  copy: (dict) => {
    const copied = new PyDict(new Map(dict.entries), dict.node);
    copied.unsure = dict.unsure;
    return copied;
  },
  get: (dict, given) => {
    sureEntries(dict);
    return dict.entries.get(hashOf(argument(given)))?.[1] ?? given.positional[1] ?? null;
  },
  items: (dict) => new PyList(sureEntries(dict).map((entry) => new PyTuple(entry))),
  keys: (dict) => new PyList(sureEntries(dict).map(([key]) => key)),
  pop: (dict, given) => {
    const hash = hashOf(argument(given));
    const found = dict.entries.get(hash)?.[1] ?? given.positional[1];
    if (found === undefined) throw new PyRaise('KeyError', reprOf(argument(given)));
    dict.entries.delete(hash);
    return found;
  },
  setdefault: (dict, given) => {
    const hash = hashOf(argument(given));
    const found = dict.entries.get(hash)?.[1];
    if (found !== undefined) return found;
    const value = given.positional[1] ?? null;
    dict.entries.set(hash, [argument(given), value]);
    return value;
  },
  update: (dict, given) => {
    updateDict(dict, given);
    return null;
  },
  values: (dict) => new PyList(sureEntries(dict).map(([, value]) => value)),
};

/** A set of the items of anything that can be gone through. */
export function setOf(value: PyValue | undefined): PySet {
  return new PySet(new Map(value === undefined ? [] : itemsInAnyOrder(value).map((item) => [hashOf(item), item])));
}

const setMethods: Readonly<Record<string, Method<PySet>>> = {
  add: (set, given) => {
    set.entries.set(hashOf(argument(given)), argument(given));
    return null;
  },
  copy: (set) => new PySet(new Map(set.entries)),
  difference: (set, given) => {
    const other = setOf(argument(given));
    return new PySet(new Map([...set.entries].filter(([key]) => !other.entries.has(key))));
  },
  discard: (set, given) => {
    set.entries.delete(hashOf(argument(given)));
    return null;
  },
  intersection: (set, given) => {
    const other = setOf(argument(given));
    return new PySet(new Map([...set.entries].filter(([key]) => other.entries.has(key))));
  },
  issubset: (set, given) => {
    const other = setOf(argument(given));
    return [...set.entries.keys()].every((key) => other.entries.has(key));
  },
  pop: () => {
    throw new SetOrder();
  },
  remove: (set, given) => {
    if (!set.entries.delete(hashOf(argument(given)))) throw new PyRaise('KeyError', reprOf(argument(given)));
    return null;
  },
  union: (set, given) => new PySet(new Map([...set.entries, ...given.positional.flatMap((other) => [...setOf(other).entries])])),
  update: (set, given) => {
    for (const other of given.positional) for (const entry of setOf(other).entries) set.entries.set(...entry);
    return null;
  },
};

const tupleMethods: Readonly<Record<string, Method<PyTuple>>> = {
  count: (tuple, given) => BigInt(tuple.items.filter((item) => isEqual(item, argument(given))).length),
  index: (tuple, given) => BigInt(placeOf(tuple.items, argument(given))),
};

function pick<T>(methods: Readonly<Record<string, Method<T>>>, value: T, name: string, call: Call) {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  return method && ((given: Arguments) => method(value, given, call));
}

/** A method of a list, tuple, dict or set; `undefined` for others. */
export function containerMethod(value: PyValue, name: string, call: Call): ((given: Arguments) => PyValue) | undefined {
  if (value instanceof PyList) return pick(listMethods, value, name, call);
  if (value instanceof PyDict) return pick(dictMethods, value, name, call);
  if (value instanceof PySet) return pick(setMethods, value, name, call);
  return value instanceof PyTuple ? pick(tupleMethods, value, name, call) : undefined;
}
