import { hashOf } from '../values/equality.ts';
import { isTrue, requireSure } from '../values/equality.ts';
import { order } from '../values/comparison.ts';
import { binary } from '../values/operators.ts';
import { sortValues } from '../values/sorting.ts';
import { indexOf, itemsInAnyOrder, itemsOf, SetOrder } from '../values/sequences.ts';
import { dequeMethods } from './deque-methods.ts';
import { placeOf } from './string-methods.ts';
import { reprOf } from '../values/text-of.ts';
import { isEqual } from '../values/equality.ts';
import { NeedsUnknown, NotSupported, PyRaise } from '../values/exceptions.ts';
import { decided, PyDeque, PyDict, PyIterator, PyList, PySet, PyTuple, PyView } from '../values/values.ts';
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
  count: (list, given) => BigInt(itemsOf(list).filter((item) => isEqual(item, argument(given))).length),
  extend: (list, given) => {
    list.items.push(...itemsOf(argument(given)));
    return null;
  },
  index: (list, given) => {
    if (given.positional.length !== 1) throw new NotSupported();
    return BigInt(placeOf(itemsOf(list), argument(given)));
  },
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
    // The list is empty while a key is worked out.
    const items = itemsOf(list);
    list.items = [];
    try {
      list.items = [...sortValues(items, given, call)];
    } catch (error) {
      list.items = [...items];
      throw error;
    }
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
    dict.entries.clear();
    return null;
  },
  copy: (dict) => {
    const copied = new PyDict(new Map(dict.entries), dict.node);
    copied.kind = dict.kind;
    copied.missing = dict.missing;
    copied.unsure = dict.unsure;
    return copied;
  },
  get: (dict, given) => {
    sureEntries(dict);
    return dict.entries.get(hashOf(argument(given)))?.[1] ?? given.positional[1] ?? null;
  },
  items: (dict) => viewOf(dict, 'items'),
  keys: (dict) => viewOf(dict, 'keys'),
  pop: (dict, given) => {
    sureEntries(dict);
    const hash = hashOf(argument(given));
    const found = dict.entries.get(hash)?.[1] ?? given.positional[1];
    if (found === undefined) throw new PyRaise('KeyError', reprOf(argument(given)));
    dict.entries.delete(hash);
    return found;
  },
  popitem: (dict, { positional, named }) => {
    const entries = sureEntries(dict);
    const isFirst = dict.kind === 'OrderedDict' && (positional[0] ?? named.get('last')) === false;
    if (!isFirst && positional.length + named.size > 0) throw new NotSupported();
    const entry = isFirst ? entries[0] : entries.at(-1);
    if (!entry) throw new PyRaise('KeyError', reprOf('popitem(): dictionary is empty'));
    dict.entries.delete(hashOf(entry[0]));
    return new PyTuple(entry);
  },
  setdefault: (dict, given) => {
    sureEntries(dict);
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
  values: (dict) => viewOf(dict, 'values'),
};

function viewOf(dict: PyDict, kind: PyView['kind']): PyView {
  sureEntries(dict);
  return new PyView(dict, kind);
}

/** Adds to a counter what `Counter(…)`, `update` and `subtract` are given. */
export function countItems(counter: PyDict, { positional, named }: Arguments, sign: bigint): void {
  const given = positional[0] === undefined ? null : decided(positional[0]);
  const pairs: (readonly [PyValue, PyValue])[] = given instanceof PyDict ? [...sureEntries(given)] : given === null ? [] : itemsOf(given).map((item) => [item, 1n] as const);
  for (const [key, value] of [...pairs, ...named]) {
    const hash = hashOf(key);
    const before = counter.entries.get(hash);
    counter.entries.set(hash, [before?.[0] ?? key, binary('+', before?.[1] ?? 0n, sign === 1n ? value : binary('*', sign, value))]);
  }
}

const counterMethods: Readonly<Record<string, Method<PyDict>>> = {
  elements: (counter) =>
    new PyIterator('itertools.chain', sureEntries(counter).flatMap(([key, count]) => Array.from({ length: Math.max(0, Number(wholeNumber(count))) }, () => key)).values()),
  fromkeys: () => {
    throw new NotSupported();
  },
  most_common: (counter, given) => {
    const size = decided(given.positional[0] ?? given.named.get('n') ?? null);
    const sorted = sureEntries(counter).toSorted((a, b) => order(b[1], a[1])).map((entry) => new PyTuple(entry));
    return new PyList(size === null ? sorted : sorted.slice(0, Number(wholeNumber(size))));
  },
  subtract: (counter, given) => {
    countItems(counter, given, -1n);
    return null;
  },
  total: (counter) => sureEntries(counter).reduce((total: PyValue, [, count]) => binary('+', total, count), 0n),
  update: (counter, given) => {
    countItems(counter, given, 1n);
    return null;
  },
};

function wholeNumber(value: PyValue): bigint {
  const number = decided(value);
  if (typeof number !== 'bigint') throw new NotSupported();
  return number;
}

const orderedMethods: Readonly<Record<string, Method<PyDict>>> = {
  move_to_end: (dict, given) => {
    const entries = [...sureEntries(dict)];
    const hash = hashOf(argument(given));
    const own = dict.entries.get(hash);
    if (!own) throw new PyRaise('KeyError', reprOf(argument(given)));
    const isLast = isTrue(given.positional[1] ?? given.named.get('last') ?? true);
    const others = entries.filter((entry) => entry !== own);
    dict.entries.clear();
    for (const entry of isLast ? [...others, own] : [own, ...others]) dict.entries.set(hashOf(entry[0]), entry);
    return null;
  },
};

const viewMethods: Readonly<Record<string, Method<PyView>>> = {
  isdisjoint: (view, given) => {
    if (view.kind !== 'keys') throw new NotSupported();
    return itemsInAnyOrder(argument(given)).every((item) => !view.dict.entries.has(hashOf(item)));
  },
};

/** A set of the items of anything that can be gone through. */
export function setOf(value: PyValue | undefined): PySet {
  return new PySet(new Map(value === undefined ? [] : itemsInAnyOrder(value).map((item) => [hashOf(item), item])));
}

function sureSet(set: PySet): readonly (readonly [string, PyValue])[] {
  requireSure(set);
  return [...set.entries];
}

function likeSet(set: PySet, entries: readonly (readonly [string, PyValue])[]): PySet {
  const made = new PySet(new Map(entries));
  made.isFrozen = set.isFrozen;
  made.unsure = set.unsure;
  return made;
}

const changingSet: ReadonlySet<string> = new Set(['add', 'clear', 'difference_update', 'discard', 'pop', 'remove', 'update']);

const setMethods: Readonly<Record<string, Method<PySet>>> = {
  add: (set, given) => {
    set.entries.set(hashOf(argument(given)), argument(given));
    return null;
  },
  clear: (set) => {
    set.entries.clear();
    return null;
  },
  copy: (set) => likeSet(set, [...set.entries]),
  difference: (set, given) => {
    const others = given.positional.map(setOf);
    return likeSet(set, sureSet(set).filter(([key]) => !others.some(({ entries }) => entries.has(key))));
  },
  difference_update: (set, given) => {
    for (const other of given.positional) for (const key of setOf(other).entries.keys()) set.entries.delete(key);
    return null;
  },
  discard: (set, given) => {
    set.entries.delete(hashOf(argument(given)));
    return null;
  },
  intersection: (set, given) => {
    const others = given.positional.map(setOf);
    return likeSet(set, sureSet(set).filter(([key]) => others.every(({ entries }) => entries.has(key))));
  },
  isdisjoint: (set, given) => {
    const other = setOf(argument(given));
    return sureSet(set).every(([key]) => !other.entries.has(key));
  },
  issubset: (set, given) => {
    const other = setOf(argument(given));
    return sureSet(set).every(([key]) => other.entries.has(key));
  },
  issuperset: (set, given) => {
    sureSet(set);
    return [...setOf(argument(given)).entries.keys()].every((key) => set.entries.has(key));
  },
  pop: (set) => {
    const [entry, ...more] = sureSet(set);
    if (!entry) throw new PyRaise('KeyError', reprOf('pop from an empty set'));
    if (more.length > 0) throw new SetOrder();
    set.entries.clear();
    return entry[1];
  },
  remove: (set, given) => {
    if (!set.entries.delete(hashOf(argument(given)))) throw new PyRaise('KeyError', reprOf(argument(given)));
    return null;
  },
  symmetric_difference: (set, given) => {
    const other = setOf(argument(given));
    return likeSet(set, [...sureSet(set).filter(([key]) => !other.entries.has(key)), ...[...other.entries].filter(([key]) => !set.entries.has(key))]);
  },
  union: (set, given) => likeSet(set, [...sureSet(set), ...given.positional.flatMap((other) => [...setOf(other).entries])]),
  update: (set, given) => {
    for (const other of given.positional) for (const entry of setOf(other).entries) set.entries.set(...entry);
    return null;
  },
};

const tupleMethods: Readonly<Record<string, Method<PyTuple>>> = {
  count: (tuple, given) => BigInt(tuple.items.filter((item) => isEqual(item, argument(given))).length),
  index: (tuple, given) => {
    if (given.positional.length !== 1) throw new NotSupported();
    return BigInt(placeOf(tuple.items, argument(given)));
  },
};

/** The fewest and most arguments that methods of lists and dicts take by position; none by name. */
const arities: Readonly<Record<string, readonly [least: number, most: number]>> = {
  append: [1, 1], clear: [0, 0], copy: [0, 0], count: [1, 1], extend: [1, 1], insert: [2, 2], remove: [1, 1], reverse: [0, 0], items: [0, 0], keys: [0, 0], values: [0, 0],
};

function checkArguments(name: string, value: unknown, { positional, named }: Arguments): void {
  const [least, most] = name === 'pop' ? (value instanceof PyDict ? [1, 2] : [0, 1]) : Object.hasOwn(arities, name) ? arities[name]! : [0, Infinity];
  if (positional.length < least || positional.length > most || (most < Infinity && named.size > 0)) throw new PyRaise('TypeError', `${name}() takes other arguments`);
}

function pick<T>(methods: Readonly<Record<string, Method<T>>>, value: T, name: string, call: Call) {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  return method && ((given: Arguments) => {
    if (value instanceof PyList || value instanceof PyDict) checkArguments(name, value, given);
    return method(value, given, call);
  });
}

/** A method of a list, tuple, dict, set, deque or view; `undefined` for others. */
export function containerMethod(value: PyValue, name: string, call: Call): ((given: Arguments) => PyValue) | undefined {
  if (value instanceof PyList) return pick(listMethods, value, name, call);
  if (value instanceof PyDict) {
    const own = value.kind === 'Counter' ? counterMethods : value.kind === 'OrderedDict' ? orderedMethods : {};
    return pick(own, value, name, call) ?? pick(dictMethods, value, name, call);
  }
  if (value instanceof PySet) return value.isFrozen && changingSet.has(name) ? undefined : pick(setMethods, value, name, call);
  if (value instanceof PyDeque) return pick(dequeMethods, value, name, call);
  if (value instanceof PyView) return pick(viewMethods, value, name, call);
  return value instanceof PyTuple ? pick(tupleMethods, value, name, call) : undefined;
}
