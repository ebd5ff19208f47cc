import { updateDict, setOf, type Call } from './container-methods.ts';
import { libraryFunctions } from './library-functions.ts';
import { asNumber, isTrue, rangeLength } from '../values/equality.ts';
import { binary, order } from '../values/operators.ts';
import { codePoints, itemsInAnyOrder, itemsOf } from '../values/sequences.ts';
import { sortValues } from '../values/sorting.ts';
import { fixed, formatValue, reprOf, textOf } from '../values/text-of.ts';
import { NeedsUnknown, NotSupported, PyRaise } from '../values/exceptions.ts';
import { decided, PyBuiltin, PyDict, PyFloat, PyList, PyModule, PyRange, PySet, PyTuple, typeName } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';

type Function = (given: Arguments, call: Call) => PyValue;

function argument({ positional }: Arguments, at = 0): PyValue {
  const value = positional[at];
  if (value === undefined) throw new PyRaise('TypeError', 'missing argument');
  return value;
}

function intAt(given: Arguments, at: number): bigint {
  const value = decided(argument(given, at));
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
  if (value instanceof PyList || value instanceof PyTuple) return BigInt(itemsOf(value).length);
  if (value instanceof PyModule) return BigInt(itemsOf(value).length);
  throw new PyRaise('TypeError', `object of type '${typeName(value)}' has no len()`);
}

function toInt(given: Arguments): PyValue {
  if (given.positional.length === 0) return 0n;
  const value = decided(argument(given));
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return BigInt(value);
  if (value instanceof PyFloat) {
    if (!Number.isFinite(value.value)) throw new PyRaise('OverflowError', 'cannot convert float infinity to integer');
    return BigInt(Math.trunc(value.value));
  }
  if (typeof value !== 'string' || given.positional.length > 1) throw new NotSupported();
  const text = value.trim().replaceAll(/(?<=\d)_(?=\d)/g, '');
  if (!/^[+-]?\d+$/.test(text)) throw new PyRaise('ValueError', `invalid literal for int() with base 10: ${reprOf(value)}`);
  return BigInt(text.replace(/^\+/, ''));
}

function toFloat(given: Arguments): PyValue {
  if (given.positional.length === 0) return new PyFloat(0);
  const value = decided(argument(given));
  if (value instanceof PyFloat) return value;
  const number = asNumber(value);
  if (number !== null) return new PyFloat(Number(number));
  if (typeof value !== 'string') throw new PyRaise('TypeError', `float() argument must be a string or a real number, not '${typeName(value)}'`);
  const text = value.trim().replaceAll(/(?<=\d)_(?=\d)/g, '');
  if (/^[+-]?(?:inf|infinity)$/i.test(text)) return new PyFloat(text.startsWith('-') ? -Infinity : Infinity);
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) throw new PyRaise('ValueError', `could not convert string to float: ${reprOf(value)}`);
  return new PyFloat(Number(text));
}

function best(given: Arguments, call: Call, sign: 1 | -1): PyValue {
  const items = given.positional.length > 1 ? given.positional : itemsInAnyOrder(argument(given));
  const key = given.named.get('key') ?? null;
  const keyOf = (value: PyValue) => (key === null ? value : call(key, { positional: [value], named: new Map() }));
  const [first, ...rest] = items;
  if (first === undefined) {
    const otherwise = given.named.get('default');
    if (otherwise !== undefined) return otherwise;
    throw new PyRaise('ValueError', 'iterable argument is empty');
  }
  return rest.reduce((found, item) => (order(keyOf(item), keyOf(found)) * sign > 0 ? item : found), first);
}

function round(given: Arguments): PyValue {
  const value = decided(argument(given));
  const digits = given.positional[1] ?? given.named.get('ndigits') ?? null;
  if (typeof value === 'bigint' || typeof value === 'boolean') {
    if (digits !== null && decided(digits) !== null && Number(intAt({ positional: [digits], named: new Map() }, 0)) < 0) throw new NotSupported();
    return BigInt(value);
  }
  if (!(value instanceof PyFloat) || !Number.isFinite(value.value)) throw new NotSupported();
  const count = digits === null ? 0 : Number(intAt({ positional: [digits], named: new Map() }, 0));
  if (count < 0) throw new NotSupported();
  const rounded = Number(fixed(Math.abs(value.value), count)) * (value.value < 0 ? -1 : 1);
  return digits === null ? BigInt(rounded) : new PyFloat(rounded);
}

function enumerate(given: Arguments): PyValue {
  const start = given.positional[1] ?? given.named.get('start') ?? 0n;
  const first = intAt({ positional: [start], named: new Map() }, 0);
  return new PyList(itemsOf(argument(given)).map((item, at) => new PyTuple([first + BigInt(at), item])));
}

function zip({ positional, named }: Arguments): PyValue {
  const columns = positional.map((column) => itemsOf(column));
  const isStrict = named.size > 0 && isTrue(named.get('strict') ?? false);
  if (isStrict && columns.some(({ length: own }) => own !== columns[0]!.length)) throw new PyRaise('ValueError', 'zip() arguments differ in length');
  const length = columns.length === 0 ? 0 : Math.min(...columns.map((column) => column.length));
  return new PyList(Array.from({ length }, (_, at) => new PyTuple(columns.map((column) => column[at]!))));
}

function filterItems(given: Arguments, call: Call): PyValue {
  const test = argument(given);
  const keeps = (item: PyValue) => isTrue(test === null ? item : call(test, { positional: [item], named: new Map() }));
  return new PyList(itemsOf(argument(given, 1)).filter(keeps));
}

function map({ positional }: Arguments, call: Call): PyValue {
  const [callee, ...columns] = positional;
  const rows = columns.map((column) => itemsOf(column));
  const length = rows.length === 0 ? 0 : Math.min(...rows.map((row) => row.length));
  return new PyList(
    Array.from({ length }, (_, at) => call(callee ?? null, { positional: rows.map((row) => row[at]!), named: new Map() })),
  );
}

const functions: Readonly<Record<string, Function>> = {
  abs: (given) => {
    const value = asNumber(decided(argument(given)));
    if (value === null) throw new NotSupported();
    return typeof value === 'bigint' ? (value < 0n ? -value : value) : new PyFloat(Math.abs(value));
  },
  all: (given) => itemsOf(argument(given)).every(isTrue),
  any: (given) => itemsOf(argument(given)).some(isTrue),
  bool: (given) => isTrue(given.positional[0] ?? false),
  chr: (given) => String.fromCodePoint(Number(intAt(given, 0))),
  dict: (given) => {
    const dict = new PyDict();
    updateDict(dict, given);
    return dict;
  },
  divmod: (given) => new PyTuple([binary('//', argument(given), argument(given, 1)), binary('%', argument(given), argument(given, 1))]),
  enumerate,
  filter: filterItems,
  float: toFloat,
  format: (given) => formatValue(argument(given), textOf(given.positional[1] ?? '')),
  frozenset: ({ positional }) => setOf(positional[0]),
  int: toInt,
  iter: (given) => new PyList([...itemsOf(argument(given))]),
  len: (given) => lengthOf(argument(given)),
  list: ({ positional }) => new PyList(positional[0] === undefined ? [] : [...itemsOf(positional[0])]),
  map,
  max: (given, call) => best(given, call, 1),
  min: (given, call) => best(given, call, -1),
  ord: (given) => BigInt(textOf(argument(given)).codePointAt(0) ?? 0),
  pow: (given) => {
    if (given.positional.length !== 2 || given.named.size > 0) throw new NotSupported();
    return binary('**', argument(given), argument(given, 1));
  },
  print: () => null,
  range: makeRange,
  repr: (given) => reprOf(argument(given)),
  reversed: (given) => new PyList(itemsOf(argument(given)).toReversed()),
  round,
  set: ({ positional }) => setOf(positional[0]),
  sorted: (given, call) => new PyList([...sortValues(itemsInAnyOrder(argument(given)), given, call)]),
  str: ({ positional }) => (positional[0] === undefined ? '' : textOf(positional[0])),
  sum: ({ positional, named }) =>
    itemsInAnyOrder(positional[0] ?? null).reduce((total: PyValue, item) => binary('+', total, item), positional[1] ?? named.get('start') ?? 0n),
  tuple: ({ positional }) => new PyTuple(positional[0] === undefined ? [] : [...itemsOf(positional[0])]),
  zip,
};

/** Types of Python that `isinstance` is asked about, by the name that `type(value)` has. */
export const builtinTypes: ReadonlySet<string> = new Set(['bool', 'dict', 'float', 'frozenset', 'int', 'list', 'set', 'str', 'tuple']);

/** Functions of imported modules that are worked out, by the path they are imported under. */
const imported: Readonly<Record<string, Function>> = {
  'copy.copy': (given) => copyOf(decided(argument(given)), false),
  'copy.deepcopy': (given) => copyOf(argument(given), true),
  'itertools.chain': ({ positional }) => new PyList(positional.flatMap((part) => itemsOf(part))),
  'itertools.chain.from_iterable': (given) => new PyList(itemsOf(argument(given)).flatMap((part) => itemsOf(part))),
  'itertools.product': ({ positional, named }) => {
    const times = decided(named.get('repeat') ?? 1n);
    if (named.size > (named.has('repeat') ? 1 : 0) || typeof times !== 'bigint' || times < 0n || times > 8n) throw new NotSupported();
    const rows = Array.from({ length: Number(times) }, () => positional).flat().reduce<readonly (readonly PyValue[])[]>(
      (made, column) => made.flatMap((row) => itemsOf(column).map((item) => [...row, item])),
      [[]],
    );
    return new PyList(rows.map((row) => new PyTuple(row)));
  },
  'math.ceil': (given) => wholeOf(given, Math.ceil),
  'math.floor': (given) => wholeOf(given, Math.floor),
  'math.sqrt': (given) => new PyFloat(Math.sqrt(Number(asNumber(decided(argument(given))) ?? Number.NaN))),
  'collections.OrderedDict': (given) => {
    const dict = new PyDict();
    updateDict(dict, given);
    return dict;
  },
};

function wholeOf(given: Arguments, round: (value: number) => number): bigint {
  const value = asNumber(decided(argument(given)));
  if (typeof value === 'bigint') return value;
  if (value === null || !Number.isFinite(value)) throw new NotSupported();
  return BigInt(round(value));
}

/** A copy of lists, dicts, sets and tuples; everything else is shared. */
function copyOf(value: PyValue, isDeep: boolean, copies: Map<PyValue, PyValue> = new Map()): PyValue {
  const known = copies.get(value);
  if (known !== undefined) return known;
  const inner = (item: PyValue) => (isDeep ? copyOf(item, true, copies) : item);
  if (value instanceof PyList) {
    const copied = new PyList([]);
    copies.set(value, copied);
    copied.items = value.items.map(inner);
    copied.unsure = value.unsure;
    return copied;
  }
  if (value instanceof PyDict) {
    const copied = new PyDict(new Map(), value.node);
    copied.missing = value.missing;
    copies.set(value, copied);
    for (const [hash, [key, item]] of value.entries) copied.entries.set(hash, [key, inner(item)]);
    copied.unsure = value.unsure;
    return copied;
  }
  if (value instanceof PySet) {
    const copied = new PySet(new Map(value.entries));
    copied.unsure = value.unsure;
    return copied;
  }
  return value instanceof PyTuple ? new PyTuple(value.items.map(inner)) : value;
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
  return find(imported, path, call) ?? find(libraryFunctions, path, call);
}

/** Whether a value is of a type of Python, as `isinstance` says. */
export function isOfBuiltinType(value: PyValue, type: string): boolean {
  const name = typeName(decided(value));
  return name === type || (type === 'int' && name === 'bool');
}
