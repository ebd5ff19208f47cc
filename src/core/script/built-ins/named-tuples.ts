import { findInClass } from '../values/classes.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import { PyBuiltin, PyClass, PyDescriptor, PyDict, PyFunction, PyNamedTuple, PyTuple } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';

/** A class of named tuples, as `namedtuple` makes it. `defaults` belong to the last names. */
export function namedTupleClass(name: string, names: readonly string[], defaults: readonly PyValue[]): PyClass {
  const first = names.length - defaults.length;
  const made = new PyClass(name, new Map(defaults.map((value, at) => [names[first + at]!, value])), []);
  made.kind = 'named-tuple';
  made.fields = names;
  return made;
}

/** What a call of such a class gives. */
export function makeNamedTuple(made: PyClass, { positional, named }: Arguments): PyNamedTuple {
  const names = made.allFields() ?? [];
  if (positional.length > names.length || [...named.keys()].some((name) => !names.includes(name) || names.indexOf(name) < positional.length)) {
    throw new PyRaise('TypeError', `${made.name}.__new__() got an unexpected argument`);
  }
  const values = names.map((name, at) => {
    const value = positional[at] ?? named.get(name) ?? findInClass(made, name);
    if (value === undefined) throw new PyRaise('TypeError', `${made.name}.__new__() missing 1 required positional argument: '${name}'`);
    return value;
  });
  return new PyNamedTuple(made, names, values);
}

/** A field of a named tuple, or a method that named tuples have; `undefined` for the methods of all tuples. */
export function namedTupleAttribute(value: PyNamedTuple, name: string): PyValue | undefined {
  const at = value.names.indexOf(name);
  if (at >= 0) return value.items[at]!;
  if (name === '_fields') return new PyTuple(value.names);
  if (name === '_asdict') return new PyBuiltin(name, () => new PyDict(new Map(value.names.map((field, place) => [`s${field}`, [field, value.items[place]!] as const]))));
  if (name === '_replace') {
    return new PyBuiltin(name, ({ positional, named }) => {
      if (positional.length > 0 || [...named.keys()].some((field) => !value.names.includes(field))) throw new NotSupported();
      return new PyNamedTuple(value.made, value.names, value.names.map((field, place) => named.get(field) ?? value.items[place]!));
    });
  }
  const found = findInClass(value.made, name);
  if (found instanceof PyDescriptor) {
    if (found.kind === 'property' && found.get instanceof PyFunction && value.made.call) return value.made.call(found.get, { positional: [value], named: new Map() });
    throw new NotSupported();
  }
  return found instanceof PyFunction ? found.boundTo(value) : found;
}
