import { hashOf } from '../values/equality.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import { compare } from '../values/comparison.ts';
import { binary } from '../values/operators.ts';
import { itemsOf } from '../values/sequences.ts';
import { itemAt } from '../values/subscript.ts';
import { decided, PyBuiltin, PyClass, PyDict, PyFunction, PyInstance, PyList, PyNamedTuple, PyRange, PyTuple } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';
import type { Call } from './container-methods.ts';
import { jsonFunctions } from './json-functions.ts';
import { pathFunctions } from './path-functions.ts';

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
  'functools.wraps': ({ positional: [original = null] }) =>
    new PyBuiltin('wraps', ({ positional: [made = null] }) => {
      const isNamed = original instanceof PyFunction || original instanceof PyBuiltin;
      return made instanceof PyFunction && isNamed ? made.renamed(original.name) : made;
    }),
  'textwrap.dedent': (given) => dedent(textAt(given)),
  'typing.cast': ({ positional }) => positional[1] ?? null,
  'operator.attrgetter': (given) => {
    const names = given.positional.map((_, at) => textAt(given, at));
    if (names.some((name) => name.includes('.'))) throw new NotSupported();
    return getter(names, (value, name) => {
      const own = value instanceof PyNamedTuple ? value.items[value.names.indexOf(name)] : value instanceof PyInstance ? value.attributes.get(name) : undefined;
      if (own === undefined) throw new NotSupported();
      return own;
    });
  },
  'operator.itemgetter': ({ positional }) => getter(positional, itemAt),
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
    const others = [...named.keys()].filter((name) => !/^(?:default|default_factory|metadata|repr|hash)$/.test(name));
    if (positional.length > 0 || others.length > 0 || named.get('repr') === false) throw new NotSupported();
    if (factory !== undefined) return new PyBuiltin('field', () => call(factory, { positional: [], named: new Map() }));
    if (value === undefined) throw new NotSupported();
    return value;
  },
  'dataclasses.astuple': ({ positional: [given = null], named }) => {
    const value = decided(given);
    const fields = value instanceof PyInstance ? fieldsOf(value) : null;
    if (!(value instanceof PyInstance) || fields === null || named.size > 0) throw new NotSupported();
    const items = fields.map((name) => value.attributes.get(name) ?? null);
    if (items.some((item) => item !== null && typeof item === 'object')) throw new NotSupported();
    return new PyTuple(items);
  },
  'dataclasses.fields': ({ positional: [given = null] }) => {
    const made = given instanceof PyInstance ? given.made : given;
    const fields = made instanceof PyClass ? made.allFields() : null;
    if (fields === null) throw new NotSupported();
    return new PyTuple(
      fields.map((name) => {
        const field = new PyInstance(fieldClass);
        field.attributes.set('name', name);
        return field;
      }),
    );
  },
  'dataclasses.is_dataclass': ({ positional: [given = null] }) => {
    const value = decided(given);
    return (value instanceof PyInstance ? value.made : value) instanceof PyClass && (value instanceof PyInstance ? value.made : (value as PyClass)).allFields() !== null;
  },
  ...binaryOperators(),
  ...jsonFunctions,
  ...pathFunctions,
};

const fieldClass = new PyClass('Field', new Map(), []);

/** `add`, `lt` … of the module `operator`. */
function binaryOperators(): Readonly<Record<string, Function>> {
  const signs = { add: '+', sub: '-', mul: '*', truediv: '/', floordiv: '//', mod: '%', pow: '**', or_: '|', and_: '&', xor: '^' };
  const comparisons = { eq: '==', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=', is_: 'is', is_not: 'is not' };
  return Object.fromEntries([
    ...Object.entries(signs).map(([name, sign]) => [`operator.${name}`, ({ positional: [left = null, right = null] }: Arguments) => binary(sign, left, right)] as const),
    ...Object.entries(comparisons).map(([name, sign]) => [`operator.${name}`, ({ positional: [left = null, right = null] }: Arguments) => compare(sign, left, right)] as const),
    ['operator.contains', ({ positional: [items = null, item = null] }: Arguments) => compare('in', item, items)] as const,
    ['operator.getitem', ({ positional: [items = null, key = null] }: Arguments) => itemAt(items, key)] as const,
  ]);
}

/** A function that takes one item or attribute, or a tuple of several. */
function getter<Key>(keys: readonly Key[], find: (value: PyValue, key: Key) => PyValue): PyBuiltin {
  return new PyBuiltin('getter', ({ positional: [value = null] }) => {
    const found = keys.map((key) => find(decided(value), key));
    return found.length === 1 ? found[0]! : new PyTuple(found);
  });
}

/** Takes the indentation that all lines share off them. Lines of spaces alone become empty. */
function dedent(text: string): string {
  const lines = text.split('\n').map((line) => (/^[ \t]+$/.test(line) ? '' : line));
  const starts = lines.filter((line) => line !== '').map((line) => /^[ \t]*/.exec(line)![0]);
  const [first = ''] = starts;
  const length = starts.reduce((most, start) => {
    let same = 0;
    while (same < Math.min(most, start.length) && start[same] === first[same]) same++;
    return same;
  }, first.length);
  return lines.map((line) => line.slice(line === '' ? 0 : length)).join('\n');
}

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
