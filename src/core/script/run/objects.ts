import { makeNamedTuple } from '../built-ins/named-tuples.ts';
import { updateDict } from '../built-ins/container-methods.ts';
import { findInClass, isKind, isOpenClass } from '../values/classes.ts';
import { isEqual } from '../values/equality.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import { itemsOf } from '../values/sequences.ts';
import { reprOf } from '../values/text-of.ts';
import { PyBuiltin, PyDict, PyFunction, PyInstance, PyList, PyTuple } from '../values/values.ts';
import type { Arguments, PyClass, PyValue } from '../values/values.ts';

type CallFunction = (callee: PyFunction, given: Arguments | null) => PyValue;

/** An object of a class. With `given` null, as of a class that nothing in the source calls, its parameters are unknown. */
export function makeObject(made: PyClass, given: Arguments | null, callFunction: CallFunction): PyValue {
  if (made.isStrange) throw new NotSupported();
  if (given !== null && made.kind === 'enum') return memberOf(made, given);
  if (given !== null && isKind(made, 'named-tuple')) return makeNamedTuple(made, given);
  if (given !== null && isKind(made, 'typed-dict')) {
    const dict = new PyDict();
    updateDict(dict, given);
    return dict;
  }
  if (made.container !== null && given !== null) return makeContainer(made, given, callFunction);
  const instance = new PyInstance(made);
  instance.isOpen = given === null;
  if (given !== null && isKind(made, 'exception')) instance.attributes.set('args', new PyTuple(given.positional));
  const start = findInClass(made, '__init__');
  const fields = made.attributes.has('__init__') ? null : made.allFields();
  if (fields !== null && given !== null) fillFields(made, fields, instance, given, callFunction);
  else if (start instanceof PyFunction) callFunction(start.boundTo(instance), given);
  else if (given !== null) fillPlain(made, instance, given);
  return instance;
}

/** An object of a class below `dict` or `list`. */
function makeContainer(made: PyClass, given: Arguments, callFunction: CallFunction): PyValue {
  const object = made.container === 'dict' ? new PyDict() : new PyList([]);
  object.made = made;
  const start = findInClass(made, '__init__');
  if (start instanceof PyFunction) callFunction(start.boundTo(object), given);
  else startContainer(object, given);
  return object;
}

/** What `dict.__init__` and `list.__init__` do. */
export function startContainer(object: PyDict | PyList, given: Arguments): null {
  if (object instanceof PyDict) updateDict(object, given);
  else if (given.named.size > 0 || given.positional.length > 1) throw new PyRaise('TypeError', 'list expected at most 1 argument');
  else if (given.positional[0] !== undefined) object.items = [...itemsOf(given.positional[0])];
  return null;
}

function fillPlain(made: PyClass, instance: PyInstance, { positional, named }: Arguments): void {
  if (made.kind === 'namespace' && positional.length === 0) {
    for (const [name, value] of named) instance.attributes.set(name, value);
    return;
  }
  // What a class outside of the source does with the arguments is not known.
  if (isKind(made, 'exception') || isOpenClass(made)) return;
  if (positional.length + named.size > 0) throw new PyRaise('TypeError', `${made.name}() takes no arguments`);
}

/** `Op('Linear')`: the member with this value. */
function memberOf(made: PyClass, { positional, named }: Arguments): PyValue {
  const [value] = positional;
  if (value === undefined || positional.length > 1 || named.size > 0 || made.attributes.has('_missing_')) throw new NotSupported();
  if (value instanceof PyInstance && made.members.includes(value)) return value;
  const member = made.members.find(({ attributes }) => isEqual(attributes.get('value') ?? null, value));
  if (!member) throw new PyRaise('ValueError', `${reprOf(value)} is not a valid ${made.name}`);
  return member;
}

/** What a dataclass does with its arguments. */
function fillFields(made: PyClass, fields: readonly string[], instance: PyInstance, { positional, named }: Arguments, callFunction: CallFunction): void {
  const isTwice = [...named.keys()].some((name) => fields.indexOf(name) < positional.length);
  if (positional.length > fields.length || isTwice) throw new PyRaise('TypeError', `${made.name}.__init__() got an unexpected argument`);
  for (const [at, name] of fields.entries()) {
    const value = positional[at] ?? named.get(name) ?? findInClass(made, name);
    if (value === undefined) throw new PyRaise('TypeError', `${made.name}.__init__() missing 1 required positional argument: '${name}'`);
    const isFactory = value instanceof PyBuiltin && value.name === 'field';
    instance.attributes.set(name, isFactory ? value.call({ positional: [], named: new Map() }) : value);
  }
  const after = findInClass(made, '__post_init__');
  if (after instanceof PyFunction) callFunction(after.boundTo(instance), { positional: [], named: new Map() });
}
