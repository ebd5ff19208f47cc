import { collectionFunctions } from './collection-functions.ts';
import { updateDict, setOf, type Call } from './container-methods.ts';
import { iteratorFunctions, itertoolsFunctions, type Function } from './iterator-functions.ts';
import { libraryFunctions } from './library-functions.ts';
import { mathFunctions } from './math-functions.ts';
import { numpyFunctions } from './numpy-functions.ts';
import { findInClass, isOpenClass, plainValue, specialMethod } from '../values/classes.ts';
import { asNumber, isTrue, rangeLength } from '../values/equality.ts';
import { order } from '../values/comparison.ts';
import { binary } from '../values/operators.ts';
import { codePoints, itemsInAnyOrder, itemsOf, iterate, isUnordered, ofArray } from '../values/sequences.ts';
import { sortValues } from '../values/sorting.ts';
import { fixed, formatValue, reprOf, textOf } from '../values/text-of.ts';
import { NeedsUnknown, NotSupported, PyRaise } from '../values/exceptions.ts';
import {
  decided, PyBuiltin, PyClass, PyDeque, PyDict, PyFloat, PyInstance, PyIterator, PyList, PyModule, PyNamedTuple, PyRange, PySet, PyTuple, PyView, typeName,
} from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';

function argument({ positional }: Arguments, at = 0): PyValue {
  const value = positional[at];
  if (value === undefined) throw new PyRaise('TypeError', 'missing argument');
  return value;
}

function intAt(given: Arguments, at: number): bigint {
  const value = plainValue(decided(argument(given, at)));
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return BigInt(value);
  throw new PyRaise('TypeError', `'${typeName(value)}' object cannot be interpreted as an integer`);
}

function makeRange(given: Arguments): PyRange {
  const count = given.positional.length;
  if (count === 1) return new PyRange(0n, intAt(given, 0), 1n);
  const step = count > 2 ? intAt(given, 2) : 1n;
  if (step === 0n) throw new PyRaise('ValueError', 'range() arg 3 must not be zero');
  return new PyRange(intAt(given, 0), intAt(given, 1), step);
}

function lengthOf(given: PyValue): bigint {
  const value = decided(given);
  if (typeof value === 'string') return BigInt(codePoints(value).length);
  if (value instanceof PyRange) return rangeLength(value);
  if (value instanceof PyDict || value instanceof PySet) {
    if (value.unsure.length > 0) throw new NeedsUnknown(value.unsure);
    return BigInt(value.entries.size);
  }
  if (value instanceof PyView) return lengthOf(value.dict);
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyDeque || value instanceof PyModule) return BigInt(itemsOf(value).length);
  if (value instanceof PyClass && value.kind === 'enum') return BigInt(value.members.length);
  if (value instanceof PyInstance) {
    if (typeof value.plain === 'string') return lengthOf(value.plain);
    const method = specialMethod(value, '__len__');
    const length = method && decided(method());
    if (typeof length === 'bigint') return length;
  }
  throw new PyRaise('TypeError', `object of type '${typeName(value)}' has no len()`);
}

function toInt(given: Arguments): PyValue {
  if (given.positional.length === 0) return 0n;
  const value = plainValue(decided(argument(given)));
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return BigInt(value);
  if (value instanceof PyFloat) {
    if (!Number.isFinite(value.value)) throw new PyRaise('OverflowError', 'cannot convert float infinity to integer');
    return BigInt(Math.trunc(value.value));
  }
  if (typeof value !== 'string') throw new NotSupported();
  const base = given.positional[1] ?? given.named.get('base');
  if (base !== undefined) return inGivenBase(value, decided(base));
  const text = value.trim().replaceAll(/(?<=\d)_(?=\d)/g, '');
  if (!/^[+-]?\d+$/.test(text)) throw new PyRaise('ValueError', `invalid literal for int() with base 10: ${reprOf(value)}`);
  return BigInt(text.replace(/^\+/, ''));
}

/** `int(text, base)`. */
function inGivenBase(text: string, base: PyValue): bigint {
  const digits: Readonly<Record<string, readonly [prefix: string, form: RegExp]>> = { 2: ['0b', /^[01]+$/], 8: ['0o', /^[0-7]+$/], 10: ['', /^\d+$/], 16: ['0x', /^[\da-f]+$/] };
  const found = typeof base === 'bigint' ? digits[String(base)] : undefined;
  if (!found) throw new NotSupported();
  const [prefix, form] = found;
  const bare = text.trim().toLowerCase();
  const own = prefix !== '' && bare.startsWith(prefix) ? bare.slice(2) : bare;
  if (!form.test(own)) throw new NotSupported();
  return BigInt(`${prefix}${own}`);
}

function inBase(value: bigint, base: number, prefix: string): string {
  return `${value < 0n ? '-' : ''}${prefix}${(value < 0n ? -value : value).toString(base)}`;
}

/** Whether an item is true, or false; items behind it are not asked for. */
function finds(given: Arguments, isTruth: boolean): boolean {
  const value = decided(argument(given));
  // Without an order, all items are asked for: one of them might raise.
  const items = isUnordered(value) ? ofArray(itemsInAnyOrder(value)) : iterate(value);
  // Python stops at the first one: which are left is not known.
  if (value instanceof PyIterator && value.isUnordered) value.spoil();
  for (let item = items.next(); item !== undefined; item = items.next()) if (isTrue(item) === isTruth) return true;
  return false;
}

function toFloat(given: Arguments): PyValue {
  if (given.positional.length === 0) return new PyFloat(0);
  const value = decided(argument(given));
  if (value instanceof PyFloat) return value;
  const number = asNumber(value);
  if (number !== null) return new PyFloat(Number(number));
  if (typeof value !== 'string') throw new PyRaise('TypeError', `float() argument must be a string or a real number, not '${typeName(value)}'`);
  const text = value.trim().replaceAll(/(?<=\d)_(?=\d)/g, '');
  if (/^[+-]?nan$/i.test(text)) return new PyFloat(Number.NaN);
  if (/^[+-]?(?:inf|infinity)$/i.test(text)) return new PyFloat(text.startsWith('-') ? -Infinity : Infinity);
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) throw new PyRaise('ValueError', `could not convert string to float: ${reprOf(value)}`);
  return new PyFloat(Number(text));
}

function best(given: Arguments, call: Call, sign: 1 | -1): PyValue {
  const items = given.positional.length > 1 ? given.positional : itemsInAnyOrder(argument(given));
  const key = given.named.get('key') ?? null;
  const keyOf = (value: PyValue) => (key === null ? value : call(key, { positional: [value], named: new Map() }));
  const isSet = given.positional.length === 1 && isUnordered(decided(given.positional[0]!));
  const [first, ...rest] = items;
  if (isSet && key !== null && rest.length > 0) {
    // Which of two with equal keys comes first is not known.
    const sorted = sortValues(items, { positional: [], named: new Map([['key', key], ['reverse', sign > 0]]) }, call, true);
    return sorted[0]!;
  }
  if (first === undefined) {
    const otherwise = given.named.get('default');
    if (otherwise !== undefined) return otherwise;
    throw new PyRaise('ValueError', 'iterable argument is empty');
  }
  let [found, foundKey] = [first, keyOf(first)];
  for (const item of rest) {
    const own = keyOf(item);
    if (order(own, foundKey) * sign > 0) [found, foundKey] = [item, own];
  }
  return found;
}

function round(given: Arguments): PyValue {
  const value = decided(argument(given));
  const digits = given.positional[1] ?? given.named.get('ndigits') ?? null;
  if (typeof value === 'bigint' || typeof value === 'boolean') {
    const places = digits === null || decided(digits) === null ? 0n : intAt({ positional: [digits], named: new Map() }, 0);
    return places < 0n ? roundedInt(BigInt(value), 10n ** -places) : BigInt(value);
  }
  if (!(value instanceof PyFloat) || !Number.isFinite(value.value)) throw new NotSupported();
  const count = digits === null ? 0 : Number(intAt({ positional: [digits], named: new Map() }, 0));
  if (count < 0) throw new NotSupported();
  const rounded = Number(fixed(Math.abs(value.value), count)) * (value.value < 0 ? -1 : 1);
  return digits === null ? BigInt(rounded) : new PyFloat(rounded);
}

/** `sum`. Python 3.12 adds floats more exactly than earlier versions: where that gives another sum, it is not decided. */
function sumOf(given: PyValue, start: PyValue): PyValue {
  const items = itemsInAnyOrder(given);
  const total = items.reduce((made: PyValue, item) => binary('+', made, item), start);
  if (!(total instanceof PyFloat)) return total;
  if (isUnordered(given)) throw new NotSupported();
  let [high, low] = [Number(asNumber(start)), 0];
  for (const item of items) {
    const value = Number(asNumber(item));
    const next = high + value;
    low += Math.abs(high) >= Math.abs(value) ? high - next + value : value - next + high;
    high = next;
  }
  if (!Object.is(high + low, total.value) && Number.isFinite(low)) throw new NotSupported();
  return total;
}

/** To a multiple, from the middle to the even one. */
function roundedInt(value: bigint, unit: bigint): bigint {
  const rest = ((value % unit) + unit) % unit;
  const below = value - rest;
  if (rest * 2n === unit) return (below / unit) % 2n === 0n ? below : below + unit;
  return rest * 2n < unit ? below : below + unit;
}

const functions: Readonly<Record<string, Function>> = {
  abs: (given) => {
    const value = asNumber(decided(argument(given)));
    if (value === null) throw new NotSupported();
    return typeof value === 'bigint' ? (value < 0n ? -value : value) : new PyFloat(Math.abs(value));
  },
  all: (given) => !finds(given, false),
  any: (given) => finds(given, true),
  bin: (given) => inBase(intAt(given, 0), 2, '0b'),
  bool: (given) => isTrue(given.positional[0] ?? false),
  chr: (given) => String.fromCodePoint(Number(intAt(given, 0))),
  dict: (given) => {
    const dict = new PyDict();
    updateDict(dict, given);
    return dict;
  },
  divmod: (given) => new PyTuple([binary('//', argument(given), argument(given, 1)), binary('%', argument(given), argument(given, 1))]),
  float: toFloat,
  format: (given) => formatValue(argument(given), textOf(given.positional[1] ?? '')),
  frozenset: ({ positional }) => {
    const made = setOf(positional[0]);
    made.isFrozen = true;
    return made;
  },
  hex: (given) => inBase(intAt(given, 0), 16, '0x'),
  int: toInt,
  len: (given) => lengthOf(argument(given)),
  list: ({ positional }) => new PyList(positional[0] === undefined ? [] : [...itemsOf(positional[0])]),
  max: (given, call) => best(given, call, 1),
  min: (given, call) => best(given, call, -1),
  object: ({ positional }) => {
    if (positional.length > 0) throw new PyRaise('TypeError', 'object() takes no arguments');
    return new PyInstance(new PyClass('object', new Map(), []));
  },
  oct: (given) => inBase(intAt(given, 0), 8, '0o'),
  ord: (given) => BigInt(textOf(argument(given)).codePointAt(0) ?? 0),
  pow: (given) => {
    if (given.positional.length !== 2 || given.named.size > 0) throw new NotSupported();
    return binary('**', argument(given), argument(given, 1));
  },
  print: () => null,
  range: makeRange,
  repr: (given) => reprOf(argument(given)),
  round,
  slice: () => {
    throw new NotSupported();
  },
  set: ({ positional }) => setOf(positional[0]),
  sorted: (given, call) => new PyList([...sortValues(itemsInAnyOrder(argument(given)), given, call, isUnordered(decided(argument(given))))]),
  str: ({ positional }) => (positional[0] === undefined ? '' : textOf(positional[0])),
  sum: ({ positional, named }) => sumOf(decided(positional[0] ?? null), positional[1] ?? named.get('start') ?? 0n),
  tuple: ({ positional }) => new PyTuple(positional[0] === undefined ? [] : [...itemsOf(positional[0])]),
  ...iteratorFunctions,
};

/** Types of Python that `isinstance` is asked about, by the name that `type(value)` has. */
export const builtinTypes: ReadonlySet<string> = new Set(['bool', 'dict', 'float', 'frozenset', 'int', 'list', 'set', 'str', 'tuple']);

/** Functions of imported modules that are worked out, by the path they are imported under. */
const imported: Readonly<Record<string, Function>> = {
  'copy.copy': (given) => copyOf(decided(argument(given)), false),
  'copy.deepcopy': (given) => copyOf(argument(given), true),
};

/** A copy of lists, dicts, sets and tuples; everything else is shared. */
function copyOf(value: PyValue, isDeep: boolean, copies: Map<PyValue, PyValue> = new Map()): PyValue {
  const known = copies.get(value);
  if (known !== undefined) return known;
  const inner = (item: PyValue) => (isDeep ? copyOf(item, true, copies) : item);
  const hasOwnCopy = (value instanceof PyList || value instanceof PyDict) && value.made !== null && findInClass(value.made, '__getattr__') !== undefined;
  // `copy` asks the class for `__deepcopy__`.
  if (hasOwnCopy) throw new NotSupported();
  if (value instanceof PyList) {
    const copied = new PyList([]);
    copied.made = value.made;
    copies.set(value, copied);
    copied.items = value.items.map(inner);
    copied.unsure = value.unsure;
    return copied;
  }
  if (value instanceof PyDict) {
    const copied = new PyDict(new Map(), value.node);
    copied.missing = value.missing;
    copied.kind = value.kind;
    copied.made = value.made;
    copies.set(value, copied);
    for (const [hash, [key, item]] of value.entries) copied.entries.set(hash, [key, inner(item)]);
    copied.unsure = value.unsure;
    return copied;
  }
  if (value instanceof PySet) {
    const copied = new PySet(new Map(value.entries));
    copied.isFrozen = value.isFrozen;
    copied.unsure = value.unsure;
    return copied;
  }
  if (value instanceof PyDeque) {
    const copied = new PyDeque(value.items.map(inner), value.most);
    copied.unsure = value.unsure;
    return copied;
  }
  if (value instanceof PyNamedTuple) return new PyNamedTuple(value.made, value.names, value.items.map(inner));
  if (value instanceof PyInstance) return copyOfInstance(value, inner, copies);
  if (value instanceof PyIterator || value instanceof PyView) throw new NotSupported();
  return value instanceof PyTuple ? new PyTuple(value.items.map(inner)) : value;
}

function copyOfInstance(value: PyInstance, inner: (item: PyValue) => PyValue, copies: Map<PyValue, PyValue>): PyValue {
  // There is one object of each member of an enum; `copy` is NNI's and torch's own for objects from outside.
  if (value.made.kind === 'enum') return value;
  if (value.made.call === null && value.made.kind !== 'namespace') return value;
  if (value.isOpen || isOpenClass(value.made) || ['__copy__', '__deepcopy__', '__reduce__', '__getstate__'].some((name) => findInClass(value.made, name) !== undefined)) throw new NotSupported();
  const copied = new PyInstance(value.made);
  copies.set(value, copied);
  for (const [name, item] of value.attributes) copied.attributes.set(name, inner(item));
  return copied;
}

function find(table: Readonly<Record<string, Function>>, name: string, call: Call): PyBuiltin | undefined {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  return found && new PyBuiltin(name, (given) => found(given, call));
}

/** A function or type of Python itself. */
export function findBuiltin(name: string, call: Call): PyBuiltin | undefined {
  return find(functions, name, call);
}

/** A function of Python's library, by its path (`copy.deepcopy`). */
export function findImported(path: string, call: Call): PyBuiltin | undefined {
  return find(imported, path, call) ?? find(itertoolsFunctions, path, call) ?? find(libraryFunctions, path, call) ?? find(collectionFunctions, path, call) ?? find(mathFunctions, path, call) ?? find(numpyFunctions, path, call);
}

/** Whether a value is of a type of Python, as `isinstance` says. */
export function isOfBuiltinType(value: PyValue, type: string): boolean {
  const name = typeName(decided(value));
  if (value instanceof PyDict) return type === 'dict';
  if (value instanceof PyList) return type === 'list';
  if (value instanceof PyTuple) return type === 'tuple';
  return name === type || (type === 'int' && name === 'bool');
}
