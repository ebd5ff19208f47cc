import type { SyntaxNode } from '../../config/python-source.ts';
import { builtinTypes, findBuiltin, isOfBuiltinType } from '../built-ins/builtins.ts';
import { findInClass, isOpenClass, isSubclass } from '../values/classes.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import {
  decided, PyBuiltin, PyClass, PyDict, PyFunction, PyInstance, PyList, PyModule, PyNamedTuple, PyReference, PySuper, PyTuple, PyUnknown, typeName,
} from '../values/values.ts';
import type { Arguments, PyValue, Scope } from '../values/values.ts';
import { attributeOf, attributesDict, classDict, setAttribute } from './attributes.ts';
import { settle, textAt, type Run } from './run.ts';
import { childrenOf } from './syntax.ts';

type Special = (run: Run, given: Arguments, node: SyntaxNode, scope: Scope) => PyValue;

/** Functions that need to know the model, the classes of the script, or the place of the call. */
const functions: Readonly<Record<string, Special>> = {
  isinstance: (run, { positional }) => isInstance(run, positional[0] ?? null, positional[1] ?? null),
  issubclass: (_, { positional }) => isBelow(positional[0] ?? null, positional[1] ?? null),
  type: (run, { positional }) => {
    if (positional.length !== 1) throw new NotSupported();
    return typeOf(run, positional[0]!);
  },
  hasattr: (run, { positional: [value = null, name = null] }, node) => attributeNamed(run, node, value, name) !== undefined,
  getattr: (run, { positional: [value = null, name = null, otherwise] }, node) => {
    const found = attributeNamed(run, node, value, name) ?? otherwise;
    if (found === undefined) throw new PyRaise('AttributeError', typeof name === 'string' ? name : '');
    return found;
  },
  setattr: (run, { positional: [value = null, name = null, set = null] }, node) => {
    const owner = decided(value);
    const key = name;
    if (owner instanceof PyInstance && key instanceof PyUnknown) {
      // Any attribute may be the one that is set.
      owner.isOpen = true;
      for (const own of owner.attributes.keys()) owner.attributes.set(own, new PyUnknown(key.roots, false));
      return null;
    }
    if (typeof key !== 'string') throw new NotSupported();
    if (owner instanceof PyInstance || owner instanceof PyClass) setAttribute(run, owner, key, set);
    else run.attributes.set(`${firstArgument(run, node)}.${key}`, set);
    return null;
  },
  vars: (_, { positional: [value = null] }) => {
    const owner = decided(value);
    if (owner instanceof PyClass && owner.call !== null && owner.kind === 'plain') return classDict(owner);
    if (!(owner instanceof PyInstance)) throw new NotSupported();
    return attributesDict(owner);
  },
  callable: (_, { positional: [given = null] }) => {
    const value = decided(given);
    if (value instanceof PyFunction || value instanceof PyBuiltin || value instanceof PyClass) return true;
    if (value instanceof PyInstance && !isOpenClass(value.made) && value.made.call !== null) return findInClass(value.made, '__call__') !== undefined;
    typeName(value);
    return false;
  },
  id: (_, { positional: [given = null] }) => {
    const value = decided(given);
    // Only whether two of them are equal is known.
    if (value instanceof PyModule) return new PyReference(`id(${value.index})`);
    throw new NotSupported();
  },
  super: (_, { positional }, _node, scope) => superOf(positional, scope),
};

export function findSpecial(run: Run, name: string, node: SyntaxNode, scope: Scope): PyBuiltin | undefined {
  const found = Object.hasOwn(functions, name) ? functions[name] : undefined;
  return found && new PyBuiltin(name, (given) => found(run, given, node, scope));
}

/** An attribute, or `undefined` where the object has none of that name. */
function attributeNamed(run: Run, node: SyntaxNode, value: PyValue, given: PyValue): PyValue | undefined {
  const name = decided(given);
  if (typeof name !== 'string') throw new NotSupported();
  if (value instanceof PyModule) {
    const has = run.model!.hasAttribute(value, name);
    if (has === false) return undefined;
  }
  try {
    const found = settle(run, node, () => attributeOf(run, node, value, name));
    if (found instanceof PyUnknown || (found instanceof PyBuiltin && found.isOpen)) throw new NotSupported();
    return found;
  } catch (error) {
    if (error instanceof PyRaise && error.type === 'AttributeError') return undefined;
    throw error;
  }
}

/** The first argument of the call that `node` is the function of, as written. */
function firstArgument(run: Run, node: SyntaxNode): string {
  const list = node.parent && childrenOf(node.parent).find(({ name }) => name === 'ArgList');
  const first = list && childrenOf(list).find(({ name }) => name !== '(');
  if (!first) throw new NotSupported();
  return textAt(run, first);
}

/** `super()` in a method, and `super(Class, self)`. */
function superOf([given, object]: readonly PyValue[], scope: Scope): PySuper {
  const callee = scope.kind === 'function' ? scope.callee : null;
  const after = given === undefined ? callee?.definedIn : given;
  const self = given === undefined ? [...scope.names.values()][0] : object;
  const isObject = self instanceof PyInstance || self instanceof PyClass || ((self instanceof PyDict || self instanceof PyList) && self.made !== null);
  if (!(after instanceof PyClass) || !isObject) throw new NotSupported();
  return new PySuper(after, self);
}

function isInstance(run: Run, given: PyValue, types: PyValue): boolean {
  const value = decided(openModel(run, given));
  const asked = decided(types);
  if (asked instanceof PyTuple) return asked.items.some((type) => isInstance(run, value, type));
  if (asked instanceof PyBuiltin && builtinTypes.has(asked.name)) return isOfType(value, asked.name);
  if (asked instanceof PyBuiltin && asked.name === 'object') return true;
  if (asked instanceof PyBuiltin && asked.name === 'type') return value instanceof PyClass || (value instanceof PyBuiltin && builtinTypes.has(value.name));
  if (value instanceof PyModule) {
    if (asked instanceof PyReference) return run.model!.isInstance(value, asked.path);
    if (asked instanceof PyClass) return run.model!.isInstance(value, asked.name);
  }
  if (value instanceof PyInstance && asked instanceof PyClass) return isSubclass(value.made, asked) || notBelow(value.made);
  if (value instanceof PyNamedTuple && asked instanceof PyClass) return isSubclass(value.made, asked);
  if ((value instanceof PyDict || value instanceof PyList) && value.made && asked instanceof PyClass) return isSubclass(value.made, asked);
  const abstract = asked instanceof PyReference ? /^(?:collections\.abc|typing)\.(\w+)$/.exec(asked.path)?.[1] : undefined;
  if (abstract !== undefined && Object.hasOwn(abstractTypes, abstract) && !(value instanceof PyInstance || value instanceof PyReference || value instanceof PyModule)) {
    return abstractTypes[abstract]!.includes(value instanceof PyNamedTuple ? 'tuple' : typeName(value));
  }
  const isOfPython = !(value instanceof PyInstance || value instanceof PyReference || value instanceof PyClass || value instanceof PyModule);
  if (isOfPython && asked instanceof PyClass) return false;
  if (isOfPython && asked instanceof PyReference && asked.path.startsWith('torch.')) return false;
  if (value instanceof PyInstance && asked instanceof PyReference && asked.path.startsWith('torch.')) return notBelow(value.made);
  throw new NotSupported();
}

/** Abstract classes of Python, by the types that count as their kinds. */
const abstractTypes: Readonly<Record<string, readonly string[]>> = {
  Sequence: ['list', 'tuple', 'str', 'range'],
  Mapping: ['dict', 'OrderedDict', 'defaultdict', 'Counter'],
  MutableMapping: ['dict', 'OrderedDict', 'defaultdict', 'Counter'],
  MutableSequence: ['list', 'deque'],
  Iterable: ['list', 'tuple', 'str', 'range', 'dict', 'OrderedDict', 'defaultdict', 'Counter', 'set', 'frozenset', 'deque', 'generator', 'map', 'filter', 'zip', 'enumerate'],
};

function isOfType(value: PyValue, type: string): boolean {
  if (value instanceof PyInstance) {
    if (value.plain !== null) return isOfBuiltinType(value.plain, type);
    return notBelow(value.made);
  }
  if (value instanceof PyModule || value instanceof PyClass) return false;
  return isOfBuiltinType(value, type);
}

/** False, unless a base outside of the source may be a kind of anything. */
function notBelow(made: PyClass): false {
  if (isOpenClass(made)) throw new NotSupported();
  return false;
}

function isBelow(given: PyValue, types: PyValue): boolean {
  const asked = decided(types);
  const made = decided(given);
  if (asked instanceof PyTuple) return asked.items.some((type) => isBelow(made, type));
  if (made instanceof PyClass && asked instanceof PyClass) return isSubclass(made, asked) || notBelow(made);
  if (made instanceof PyBuiltin && asked instanceof PyBuiltin && builtinTypes.has(made.name) && builtinTypes.has(asked.name)) {
    return made.name === asked.name || (made.name === 'bool' && asked.name === 'int');
  }
  throw new NotSupported();
}

/** The open model, where a value is called so. */
function openModel({ model }: Run, value: PyValue): PyValue {
  return model && value instanceof PyUnknown && value.isModel === true ? model.root : value;
}

function typeOf(run: Run, given: PyValue): PyValue {
  const value = decided(openModel(run, given));
  if (value instanceof PyModule) return run.model!.classOf(value);
  if (value instanceof PyInstance || value instanceof PyNamedTuple) return value.made;
  if ((value instanceof PyDict || value instanceof PyList) && value.made) return value.made;
  const name = typeName(value);
  if (value instanceof PyDict && value.kind !== 'dict') throw new NotSupported();
  const type = builtinTypes.has(name) ? findBuiltin(name, run.call) : undefined;
  if (type) return type;
  throw new NotSupported();
}
