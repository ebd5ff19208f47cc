import { isEqual, isTrue } from '../values/equality.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import { binary } from '../values/operators.ts';
import { iterate, itemsOf, ofNext, type Items } from '../values/sequences.ts';
import { specialMethod } from '../values/classes.ts';
import { decided, PyBuiltin, PyDeque, PyDict, PyInstance, PyIterator, PyList, PyRange, PySet, PyTuple, PyView, typeName } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';
import type { Call } from './container-methods.ts';

export type Function = (given: Arguments, call: Call) => PyValue;

const none: ReadonlyMap<string, PyValue> = new Map();

function* pulled(items: Items): Generator<PyValue, void, undefined> {
  for (let item = items.next(); item !== undefined; item = items.next()) yield item;
}

/** One item of each, until one has no more. */
function* rowsOf(columns: readonly Items[], isStrict = false): Generator<readonly PyValue[], void, undefined> {
  if (columns.length === 0) return;
  for (;;) {
    const row: PyValue[] = [];
    for (const column of columns) {
      const item = column.next();
      if (item === undefined) {
        if (isStrict && (row.length > 0 || columns.slice(1).some((rest) => rest.next() !== undefined))) throw new PyRaise('ValueError', 'zip() arguments differ in length');
        return;
      }
      row.push(item);
    }
    yield row;
  }
}

function argument({ positional }: Arguments, at = 0): PyValue {
  const value = positional[at];
  if (value === undefined) throw new PyRaise('TypeError', 'missing argument');
  return value;
}

function wholeNumber(given: PyValue): bigint {
  const value = decided(given);
  if (typeof value === 'bigint') return value;
  throw new NotSupported();
}

function only({ named }: Arguments, ...names: readonly string[]): void {
  if ([...named.keys()].some((name) => !names.includes(name))) throw new NotSupported();
}

function* enumerated(items: Items, first: bigint): Generator<PyValue, void, undefined> {
  let at = first;
  for (const item of pulled(items)) yield new PyTuple([at++, item]);
}

/** Functions of Python that give iterators. */
export const iteratorFunctions: Readonly<Record<string, Function>> = {
  enumerate: (given) => {
    only(given, 'start');
    return new PyIterator('enumerate', enumerated(iterate(argument(given)), wholeNumber(given.positional[1] ?? given.named.get('start') ?? 0n)));
  },
  filter: (given, call) => {
    const [test, items] = [argument(given), iterate(argument(given, 1))];
    const keeps = (item: PyValue) => isTrue(test === null ? item : call(test, { positional: [item], named: none }));
    return new PyIterator('filter', (function* () {
      for (const item of pulled(items)) if (keeps(item)) yield item;
    })());
  },
  iter: (given) => {
    if (given.positional.length !== 1) throw new NotSupported();
    const value = decided(argument(given));
    if (value instanceof PyIterator) return value;
    if (value instanceof PyInstance && specialMethod(value, '__iter__')) {
      const made = decided(specialMethod(value, '__iter__')!());
      return made instanceof PyIterator ? made : new PyIterator('iterator', pulled(made instanceof PyInstance ? ofNext(made) : iterate(made)));
    }
    return new PyIterator(`${typeName(value)}_iterator`, pulled(iterate(value)));
  },
  map: ({ positional: [callee = null, ...columns], named }, call) => {
    if (columns.length === 0 || named.size > 0) throw new NotSupported();
    const rows = rowsOf(columns.map(iterate));
    return new PyIterator('map', (function* () {
      for (const row of rows) yield call(callee, { positional: row, named: none });
    })());
  },
  next: ({ positional: [given = null, otherwise] }) => {
    const value = decided(given);
    if (value instanceof PyInstance) {
      const item = ofNext(value).next();
      if (item !== undefined) return item;
    } else if (value instanceof PyIterator) {
      const item = iterate(value).next();
      if (item !== undefined) return item;
    } else {
      throw new PyRaise('TypeError', `'${typeName(value)}' object is not an iterator`);
    }
    if (otherwise === undefined) throw new PyRaise('StopIteration', '');
    return otherwise;
  },
  reversed: (given) => {
    const value = decided(argument(given));
    if (value instanceof PyInstance) throw new NotSupported();
    if (value instanceof PySet || value instanceof PyIterator) throw new PyRaise('TypeError', `'${typeName(value)}' object is not reversible`);
    const isCopied = value instanceof PyTuple || value instanceof PyRange || typeof value === 'string' || value instanceof PyDict || value instanceof PyView || value instanceof PyDeque;
    if (isCopied) return new PyIterator('reversed', pulled(iterate(new PyList([...itemsOf(value)].toReversed()))));
    return new PyIterator('list_reverseiterator', (function* () {
      for (let at = itemsOf(value).length - 1; at >= 0; at--) {
        const item = itemsOf(value)[at];
        if (item === undefined) return;
        yield item;
      }
    })());
  },
  zip: (given) => {
    only(given, 'strict');
    const rows = rowsOf(given.positional.map(iterate), isTrue(given.named.get('strict') ?? false));
    return new PyIterator('zip', (function* () {
      for (const row of rows) yield new PyTuple(row);
    })());
  },
};

function iterator(name: string, steps: Generator<PyValue, void, undefined>): PyIterator {
  return new PyIterator(name, steps);
}

/** Rows of indices, in the order of itertools. */
function indexRows(size: number, length: number, takes: (row: readonly number[], at: number) => boolean): readonly (readonly number[])[] {
  let rows: readonly (readonly number[])[] = [[]];
  for (let k = 0; k < length; k++) rows = rows.flatMap((row) => Array.from({ length: size }, (_, at) => at).filter((at) => takes(row, at)).map((at) => [...row, at]));
  return rows;
}

const mostRows = 100_000;

function choices(given: Arguments, takes: (row: readonly number[], at: number) => boolean, whole = false): PyIterator {
  const all = itemsOf(argument(given));
  const wanted = given.positional[1] ?? given.named.get('r') ?? (whole ? BigInt(all.length) : null);
  const length = Number(wholeNumber(wanted));
  if (length < 0 || all.length ** length > mostRows) throw new NotSupported();
  return new PyIterator('iterator', indexRows(all.length, length, takes).map((row) => new PyTuple(row.map((at) => all[at]!))).values());
}

/** `groupby`: equal keys in a row; a group that is asked for after the next one has begun is empty. */
function groups(items: Items, keyOf: (item: PyValue) => PyValue): Generator<PyValue, void, undefined> {
  let item: PyValue | undefined;
  let key: PyValue | undefined;
  const advance = () => {
    item = items.next();
    key = item === undefined ? undefined : keyOf(item);
  };
  return (function* () {
    advance();
    let number = 0;
    for (;;) {
      if (item === undefined) return;
      const own = key!;
      const mine = ++number;
      const isOwn = () => number === mine && item !== undefined && isEqual(key!, own);
      yield new PyTuple([own, new PyIterator('itertools._grouper', (function* () {
        while (isOwn()) {
          const taken = item!;
          advance();
          yield taken;
        }
      })())]);
      while (isOwn()) advance();
    }
  })();
}

/** Functions of `itertools`, by the path they are imported under. */
export const itertoolsFunctions: Readonly<Record<string, Function>> = {
  'itertools.accumulate': (given, call) => {
    only(given, 'func', 'initial');
    const items = iterate(argument(given));
    const callee = given.positional[1] ?? given.named.get('func') ?? null;
    const join = (a: PyValue, b: PyValue) => (callee === null ? binary('+', a, b) : call(callee, { positional: [a, b], named: none }));
    return iterator('itertools.accumulate', (function* () {
      let total = given.named.get('initial') ?? items.next();
      while (total !== undefined) {
        yield total;
        const item = items.next();
        if (item === undefined) return;
        total = join(total, item);
      }
    })());
  },
  'itertools.chain': ({ positional }) =>
    iterator('itertools.chain', (function* () {
      for (const part of positional) yield* pulled(iterate(part));
    })()),
  'itertools.chain.from_iterable': (given) => {
    const parts = iterate(argument(given));
    return iterator('itertools.chain', (function* () {
      for (const part of pulled(parts)) yield* pulled(iterate(part));
    })());
  },
  'itertools.combinations': (given) => choices(given, (row, at) => at > (row.at(-1) ?? -1)),
  'itertools.combinations_with_replacement': (given) => choices(given, (row, at) => at >= (row.at(-1) ?? 0)),
  'itertools.permutations': (given) => choices(given, (row, at) => !row.includes(at), true),
  'itertools.compress': ({ positional: [items = null, kept = null] }) => {
    const rows = rowsOf([iterate(items), iterate(kept)]);
    return iterator('itertools.compress', (function* () {
      for (const [item, isKept] of rows) if (isTrue(isKept!)) yield item!;
    })());
  },
  'itertools.count': (given) => {
    only(given, 'start', 'step');
    const start = given.positional[0] ?? given.named.get('start') ?? 0n;
    const step = wholeNumber(given.positional[1] ?? given.named.get('step') ?? 1n);
    const first = wholeNumber(start);
    return iterator('itertools.count', (function* () {
      for (let at = first; ; at += step) yield at;
    })());
  },
  'itertools.cycle': (given) => {
    const items = iterate(argument(given));
    return iterator('itertools.cycle', (function* () {
      const kept: PyValue[] = [];
      for (const item of pulled(items)) {
        kept.push(item);
        yield item;
      }
      while (kept.length > 0) yield* kept;
    })());
  },
  'itertools.dropwhile': ({ positional: [test = null, given = null] }, call) => {
    const items = iterate(given);
    return iterator('itertools.dropwhile', (function* () {
      let isDropped = true;
      for (const item of pulled(items)) {
        isDropped = isDropped && isTrue(call(test, { positional: [item], named: none }));
        if (!isDropped) yield item;
      }
    })());
  },
  'itertools.filterfalse': ({ positional: [test = null, given = null] }, call) => {
    const items = iterate(given);
    return iterator('itertools.filterfalse', (function* () {
      for (const item of pulled(items)) if (!isTrue(test === null ? item : call(test, { positional: [item], named: none }))) yield item;
    })());
  },
  'itertools.groupby': (given, call) => {
    only(given, 'key');
    const key = given.positional[1] ?? given.named.get('key') ?? null;
    return iterator('itertools.groupby', groups(iterate(argument(given)), (item) => (key === null ? item : call(key, { positional: [item], named: none }))));
  },
  'itertools.islice': ({ positional: [given = null, ...bounds] }) => {
    const items = iterate(given);
    const numbers = bounds.map((bound) => (decided(bound) === null ? null : wholeNumber(bound)));
    const [first, last, step] = numbers.length === 1 ? ([0n, numbers[0] ?? null, 1n] as const) : ([numbers[0] ?? 0n, numbers[1] ?? null, numbers[2] ?? 1n] as const);
    if (first < 0n || (last ?? 0n) < 0n || step < 1n) throw new NotSupported();
    const isBefore = (at: bigint) => last === null || at < last;
    return iterator('itertools.islice', (function* () {
      let next = first;
      for (let at = 0n; isBefore(at); at++) {
        const item = items.next();
        if (item === undefined) return;
        if (at !== next) continue;
        yield item;
        next += step;
      }
    })());
  },
  'itertools.pairwise': (given) => {
    const items = iterate(argument(given));
    return iterator('itertools.pairwise', (function* () {
      let before = items.next();
      for (const item of pulled(items)) {
        yield new PyTuple([before!, item]);
        before = item;
      }
    })());
  },
  'itertools.product': (given) => {
    only(given, 'repeat');
    const times = wholeNumber(given.named.get('repeat') ?? 1n);
    const columns = Array.from({ length: Number(times < 0n || times > 8n ? -1n : times) }, () => given.positional).flat();
    const all = new Map(given.positional.map((column) => [column, [...itemsOf(column)]]));
    if (times < 0n || times > 8n || [...all.values()].reduce((count, items) => count * items.length, 1) ** Number(times) > mostRows) throw new NotSupported();
    const rows = columns.reduce<readonly (readonly PyValue[])[]>((made, column) => made.flatMap((row) => all.get(column)!.map((item) => [...row, item])), [[]]);
    return new PyIterator('itertools.product', rows.map((row) => new PyTuple(row)).values());
  },
  'itertools.repeat': (given) => {
    only(given, 'times');
    const times = given.positional[1] ?? given.named.get('times');
    const most = times === undefined ? null : wholeNumber(times);
    const item = argument(given);
    const isBefore = (at: bigint) => most === null || at < most;
    return iterator('itertools.repeat', (function* () {
      for (let at = 0n; isBefore(at); at++) yield item;
    })());
  },
  'itertools.starmap': ({ positional: [callee = null, rows = null] }, call) => {
    const items = iterate(rows);
    return iterator('itertools.starmap', (function* () {
      for (const row of pulled(items)) yield call(callee, { positional: itemsOf(row), named: none });
    })());
  },
  'itertools.takewhile': ({ positional: [test = null, given = null] }, call) => {
    const items = iterate(given);
    return iterator('itertools.takewhile', (function* () {
      for (const item of pulled(items)) {
        if (!isTrue(call(test, { positional: [item], named: none }))) return;
        yield item;
      }
    })());
  },
  'itertools.zip_longest': (given) => {
    only(given, 'fillvalue');
    const columns = given.positional.map(iterate);
    const fill = given.named.get('fillvalue') ?? null;
    return iterator('itertools.zip_longest', (function* () {
      while (columns.length > 0) {
        const row = columns.map((column) => column.next());
        if (row.every((item) => item === undefined)) return;
        yield new PyTuple(row.map((item) => item ?? fill));
      }
    })());
  },
};

/** A method of an iterator that is not worked out: what it takes, and what the code of a generator changes, is then not known. */
export function openMethod(value: PyIterator, name: string, lose: () => void): PyBuiltin {
  return new PyBuiltin(name, () => {
    value.spoil();
    lose();
    throw new NotSupported();
  });
}
