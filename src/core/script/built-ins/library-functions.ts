import { readJsonValue } from '../../config/json-reader.ts';
import type { ConfigValue } from '../../config/value.ts';
import { hashOf } from '../values/equality.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import { binary } from '../values/operators.ts';
import { itemsOf } from '../values/sequences.ts';
import { decided, PyBuiltin, PyDict, PyFloat, PyInstance, PyList, PyNamedTuple, PyRange, PyTuple } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';
import type { Call } from './container-methods.ts';

type Function = (given: Arguments, call: Call) => PyValue;

function textAt({ positional }: Arguments, at = 0): string {
  const value = decided(positional[at] ?? null);
  if (typeof value !== 'string') throw new NotSupported();
  return value;
}

/** The calls of Python's library that config scripts make, by the path they are imported under; arguments that are rare stay undecided. */
export const libraryFunctions: Readonly<Record<string, Function>> = {
  'functools.partial': ({ positional: [callee = null, ...first], named }, call) =>
    new PyBuiltin('partial', (more) =>
      call(callee, { positional: [...first, ...more.positional], named: new Map([...named, ...more.named]) }),
    ),
  'functools.reduce': ({ positional: [callee = null, items = null, ...start] }, call) => {
    const values = [...start, ...itemsOf(items)];
    if (values.length === 0) throw new PyRaise('TypeError', 'reduce() of empty iterable with no initial value');
    return values.slice(1).reduce((made, value) => call(callee, { positional: [made, value], named: new Map() }), values[0]!);
  },
  'itertools.islice': ({ positional: [items = null, ...bounds] }) => {
    const numbers = bounds.map((bound) => decided(bound));
    if (numbers.some((bound) => bound !== null && (typeof bound !== 'bigint' || bound < 0n))) throw new NotSupported();
    const [first, last, step] = numbers.length === 1 ? [null, numbers[0], null] : numbers;
    const all = itemsOf(items);
    const end = last === null || last === undefined ? all.length : Number(last);
    return new PyList(all.slice(0, end).filter((_, at) => at >= Number(first ?? 0n) && (at - Number(first ?? 0n)) % Number(step ?? 1n) === 0));
  },
  'itertools.combinations': ({ positional: [items = null, size = null] }) => {
    const wanted = decided(size);
    if (typeof wanted !== 'bigint' || wanted < 0n || wanted > 4n) throw new NotSupported();
    const all = itemsOf(items);
    let rows: readonly (readonly number[])[] = [[]];
    for (let k = 0n; k < wanted; k++) rows = rows.flatMap((row) => all.flatMap((_, at) => (at > (row.at(-1) ?? -1) ? [[...row, at]] : [])));
    return new PyList(rows.map((row) => new PyTuple(row.map((at) => all[at]!))));
  },
  'operator.add': ({ positional: [left = null, right = null] }) => binary('+', left, right),
  'operator.mul': ({ positional: [left = null, right = null] }) => binary('*', left, right),
  'json.loads': (given) => {
    if (given.named.size > 0) throw new NotSupported();
    const read = readJsonValue(textAt(given));
    if (!read.ok) throw new NotSupported();
    return ofJson(read.value);
  },
  'collections.namedtuple': (given) => {
    const [, fields = null] = given.positional;
    if (given.named.size > 0 || given.positional.length !== 2) throw new NotSupported();
    const names = typeof fields === 'string' ? fields.replaceAll(',', ' ').trim().split(/\s+/) : itemsOf(fields);
    if (!names.every((name): name is string => typeof name === 'string')) throw new NotSupported();
    return new PyBuiltin(textAt(given), ({ positional, named }) => {
      if (positional.length + named.size !== names.length) throw new NotSupported();
      const values = names.map((name, at) => positional[at] ?? named.get(name));
      if (!values.every((value): value is PyValue => value !== undefined)) throw new NotSupported();
      return new PyNamedTuple(names, values);
    });
  },
  'collections.defaultdict': ({ positional: [factory = null, ...rest], named }, call) => {
    if (rest.length > 0 || named.size > 0) throw new NotSupported();
    const dict = new PyDict();
    if (decided(factory) !== null) dict.missing = () => call(factory, { positional: [], named: new Map() });
    return dict;
  },
  'dataclasses.asdict': ({ positional: [given = null], named }) => {
    const value = decided(given);
    if (!(value instanceof PyInstance) || fieldsOf(value) === null || named.size > 0) throw new NotSupported();
    return asDict(value);
  },
  'dataclasses.replace': ({ positional: [given = null], named }, call) => {
    const value = decided(given);
    const fields = value instanceof PyInstance ? fieldsOf(value) : null;
    if (!(value instanceof PyInstance) || fields === null) throw new NotSupported();
    return call(value.made, { positional: [], named: new Map([...fields.map((name) => [name, value.attributes.get(name) ?? null] as const), ...named]) });
  },
  'dataclasses.field': ({ positional, named }, call) => {
    const [factory, value] = [named.get('default_factory'), named.get('default')];
    if (positional.length > 0 || named.size !== 1) throw new NotSupported();
    if (factory !== undefined) return new PyBuiltin('field', () => call(factory, { positional: [], named: new Map() }));
    if (value === undefined) throw new NotSupported();
    return value;
  },
  'os.path.join': (given) => {
    const parts = given.positional.map((_, at) => textAt(given, at));
    return parts.reduce((path, part) => (part.startsWith('/') || path === '' ? part : path.endsWith('/') ? path + part : `${path}/${part}`));
  },
  'os.path.basename': (given) => textAt(given).replace(/^[^]*\//, ''),
};

function fieldsOf({ made }: PyInstance): readonly string[] | null {
  return made.allFields();
}

/** Fields of dataclasses as dicts, also inside lists and dicts. */
function asDict(value: PyValue): PyValue {
  if (value instanceof PyInstance) {
    const fields = fieldsOf(value);
    if (fields === null) throw new NotSupported();
    return new PyDict(new Map(fields.map((name) => [hashOf(name), [name, asDict(value.attributes.get(name) ?? null)] as const])));
  }
  if (value instanceof PyNamedTuple) throw new NotSupported();
  if (value instanceof PyTuple) return new PyTuple(value.items.map(asDict));
  if (value instanceof PyList) return new PyList(itemsOf(value).map(asDict));
  if (value instanceof PyDict) {
    itemsOf(value);
    return new PyDict(new Map([...value.entries].map(([hash, [key, item]]) => [hash, [key, asDict(item)] as const])));
  }
  if (value instanceof PyRange) throw new NotSupported();
  return value;
}

function ofJson(value: ConfigValue): PyValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if ('length' in value) return new PyList(value.map(ofJson));
  if (value.type === 'object') return new PyDict(new Map(value.entries.map(([key, item]) => [hashOf(key), [key, ofJson(item)] as const])));
  return value.type === 'int' ? BigInt(value.text) : new PyFloat(Number(value.text), value.text);
}
