import type { SyntaxNode } from '../../config/python-source.ts';
import { containerMethod } from '../built-ins/container-methods.ts';
import { openMethod } from '../built-ins/iterator-functions.ts';
import { ofType } from '../built-ins/type-attributes.ts';
import { stringMethod } from '../built-ins/string-methods.ts';
import { makeNamedTuple, namedTupleAttribute } from '../built-ins/named-tuples.ts';
import { isAttribute, refuseAttribute } from '../values/attribute-names.ts';
import { findInClass, isOpenClass, lookupOrder, plainValue } from '../values/classes.ts';
import { NeedsUnknown, NotSupported, PyRaise } from '../values/exceptions.ts';
import { itemsOf } from '../values/sequences.ts';
import {
  PyBuiltin, PyClass, PyDeque, PyDescriptor, PyDict, PyFloat, PyFunction, PyInstance, PyIterator, PyList, PyModule, PyNamedTuple, PyReference, PySet, PySuper, PyTuple, PyUnknown,
  PyView, typeName,
} from '../values/values.ts';
import { joinRoots, type Root } from '../values/roots.ts';
import type { Container, PyValue, Scope } from '../values/values.ts';
import { startContainer } from './objects.ts';
import { keyOf, textAt, unknownAt, type Run } from './run.ts';

const last = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** Methods of a model that only its modules answer. */
const modelMethods: ReadonlySet<string> = new Set(['named_modules', 'modules', 'named_children', 'children', 'named_parameters', 'get_submodule']);

/** `value.name`, written at `node`. */
export function attributeOf(run: Run, node: SyntaxNode, value: PyValue, name: string): PyValue {
  if (value instanceof PyUnknown || value instanceof PyReference || value instanceof PyFunction) {
    const set = run.attributes.get(keyOf(textAt(run, node)));
    if (set !== undefined) return set;
  }
  if (value instanceof PyUnknown) return ofUnknown(run, node, value, name);
  if (typeof value === 'string') return methodOf(value, name, stringMethod(value, name));
  if (value === null || typeof value !== 'object' || value instanceof PyFloat) return refuseAttribute(value, name);
  if (value instanceof PyNamedTuple) {
    const own = namedTupleAttribute(value, name);
    if (own !== undefined) return own;
    if (name.startsWith('_')) throw new NotSupported();
  }
  if (value instanceof PyList || value instanceof PyDict || value instanceof PySet || value instanceof PyTuple || value instanceof PyDeque || value instanceof PyView) {
    if (name === '__class__') throw new NotSupported();
    if ((value instanceof PyDict || value instanceof PyList) && value.made) {
      const own = ofContainerClass(run, value, value.made, name);
      if (own !== undefined) return own;
    }
    return methodOf(value, name, containerMethod(value, name, run.call), value instanceof PyTuple || value instanceof PyView ? null : value);
  }
  if (value instanceof PyReference) return ofReference(value, name);
  if (value instanceof PyModule) return ofModule(run, node, value, name);
  if (value instanceof PyInstance) return ofInstance(run, node, value, name);
  if (value instanceof PySuper) return ofSuper(run, node, value, name);
  if (value instanceof PyClass) return ofClass(run, node, value, name);
  if ((value instanceof PyBuiltin || value instanceof PyFunction) && (name === '__name__' || name === '__qualname__')) return value.name;
  if (value instanceof PyIterator) {
    return openMethod(value, name, () => {
      const unknown = unknownAt(run, node, 'unsupported');
      if (unknown instanceof PyUnknown) loseNames(value.scope, unknown.roots);
    });
  }
  const unbound = value instanceof PyBuiltin ? ofType(value, name, run.call) : undefined;
  return unbound ?? unknownAt(run, node, 'part');
}

/** An attribute that a class below `dict` or `list` adds; `undefined` for the methods of all dicts and lists. */
function ofContainerClass(run: Run, value: PyDict | PyList, made: PyClass, name: string): PyValue | undefined {
  const found = findInClass(made, name);
  if (found instanceof PyDescriptor && found.kind === 'property') return run.call(found.get, { positional: [value], named: new Map() });
  if (found !== undefined) return boundTo(found, value, made);
  if (containerMethod(value, name, run.call) || isAttribute(value instanceof PyDict ? new PyDict() : new PyList([]), name)) return undefined;
  const otherwise = findInClass(made, '__getattr__');
  if (otherwise === undefined) throw isOpenClass(made) ? new NotSupported() : new PyRaise('AttributeError', `'${made.name}' object has no attribute '${name}'`);
  return run.call(otherwise, { positional: [value, name], named: new Map() });
}

/** All that the code of a generator names may be changed. */
function loseNames(start: Scope | null, roots: readonly Root[]): void {
  for (let scope = start; scope; scope = scope.parent) {
    for (const value of scope.names.values()) {
      const isContainer = value instanceof PyList || value instanceof PyDict || value instanceof PySet || value instanceof PyDeque;
      if (isContainer) value.unsure = joinRoots(value.unsure, roots);
    }
  }
}

/** A method of Python; one that is not worked out here may change the list, dict or set that it belongs to. */
function methodOf(value: PyValue, name: string, method: PyBuiltin['call'] | undefined, owner: Container | null = null): PyValue {
  if (method) return new PyBuiltin(name, method, owner);
  if (owner === null || !isAttribute(value, name)) return refuseAttribute(value, name);
  const open = new PyBuiltin(name, () => {
    throw new NotSupported();
  }, owner);
  open.isOpen = true;
  return open;
}

/** An unknown value that is asked for its modules is a model. */
function ofUnknown(run: Run, node: SyntaxNode, value: PyUnknown, name: string): PyValue {
  if (modelMethods.has(name)) {
    if (!run.model || value.isModel === false || isPartOfModel(value)) return unknownAt(run, node, 'model');
    const method = run.model.method(run.model.root, name);
    if (method) return new PyBuiltin(name, method);
  }
  if (run.model && value.isOpaque && (value.isModel ?? isModelName(ownName(value)))) {
    if (name === '__class__') return run.model.classOf(run.model.root);
    const part = run.model.attribute(run.model.root, name);
    if (part instanceof PyModule) return part;
  }
  return value.isOpaque ? unknownAt(run, node, 'part') : value;
}

/** Whether a value was taken out of a model by a call or an index, so that its modules are not those of the whole model. */
function isPartOfModel({ roots }: PyUnknown): boolean {
  return roots.some(({ key }) => /\.(?:get_\w+|children|modules|named_\w+|values|items)\(|^(?:self\.)?\w*(?:model|net|network)(?:\.\w+)*\[/i.test(key));
}

/** The name of an unknown value, or of an attribute of `self`. */
function ownName({ roots }: PyUnknown): string {
  return /^(?:self\.)?(\w+)$/.exec(roots[0]?.key ?? '')?.[1] ?? '';
}

/** Whether people name the model so that is compressed: its parts are looked up in the open model. */
export function isModelName(name: string): boolean {
  return /(?:^|_)(?:model|net|network)$/i.test(name) && !/teacher|ema_|_ema/i.test(name);
}

/** Constants of Python's library, by their paths. */
const constants: Readonly<Record<string, number | string>> = {
  'math.pi': Math.PI,
  'math.e': Math.E,
  'math.tau': 2 * Math.PI,
  'math.inf': Infinity,
  'string.ascii_lowercase': 'abcdefghijklmnopqrstuvwxyz',
  'string.ascii_uppercase': 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  'string.ascii_letters': 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ',
  'string.digits': '0123456789',
  'os.sep': '/',
  'os.path.sep': '/',
};

function ofReference({ path, className }: PyReference, name: string): PyValue {
  if (name === '__name__') return last(path);
  const constant = Object.hasOwn(constants, `${path}.${name}`) ? constants[`${path}.${name}`] : undefined;
  if (constant !== undefined) return typeof constant === 'number' ? new PyFloat(constant) : constant;
  if (name === '__module__' && className !== null) return className.slice(0, Math.max(0, className.lastIndexOf('.')));
  // torch lists its layers under both paths.
  return new PyReference(`${path}.${name}`.replace(/^torch\.nn\.modules\.\w+\.(?=[A-Z])/, 'torch.nn.'));
}

function ofModule(run: Run, node: SyntaxNode, module: PyModule, name: string): PyValue {
  const model = run.model!;
  if (name === '__class__') return model.classOf(module);
  const method = model.method(module, name);
  if (method) return new PyBuiltin(name, method);
  const value = model.attribute(module, name);
  return value === undefined ? unknownAt(run, node, 'not-in-model') : value;
}

/** An attribute of an object: a property, its own one, or its class's. */
function ofInstance(run: Run, node: SyntaxNode, instance: PyInstance, name: string): PyValue {
  const { made } = instance;
  if (name === '__class__') return made;
  const found = findInClass(made, name);
  if (found instanceof PyDescriptor && found.kind === 'property') return run.call(found.get, { positional: [instance], named: new Map() });
  const own = instance.attributes.get(name);
  if (own !== undefined) return own;
  if (found instanceof PyDescriptor && found.kind === 'cached') {
    const value = run.call(found.get, { positional: [instance], named: new Map() });
    instance.attributes.set(name, value);
    return value;
  }
  if (found !== undefined) return boundTo(found, instance, made);
  if (modelMethods.has(name) && isOpenClass(made)) return ofOwnModel(run, node, made, name);
  if (name === '__dict__') return attributesDict(instance);
  const plain = plainValue(instance);
  if (typeof plain === 'string' && isAttribute(plain, name)) return methodOf(plain, name, stringMethod(plain, name));
  const otherwise = findInClass(made, '__getattr__');
  if (otherwise instanceof PyFunction) return run.call(otherwise.boundTo(instance), { positional: [name], named: new Map() });
  // A class outside the source may set it.
  if (instance.isOpen || isOpenClass(made) || made.call === null || name.startsWith('__')) return unknownAt(run, node, 'part');
  throw new PyRaise('AttributeError', `'${made.name}' object has no attribute '${name}'`);
}

/** A class of the source that makes a model: it is the open model, if that is of this class. */
function ofOwnModel(run: Run, node: SyntaxNode, made: PyClass, name: string): PyValue {
  const method = run.model && isOpenModel(run, made.name) ? run.model.method(run.model.root, name) : undefined;
  return method ? new PyBuiltin(name, method) : unknownAt(run, node, 'model');
}

/** Whether the open model is of this class. */
export function isOpenModel({ model }: Run, name: string): boolean {
  try {
    return model !== null && model.typeOf(model.root) === name;
  } catch (error) {
    if (error instanceof NotSupported) return false;
    throw error;
  }
}

/** `vars(object)`: a dict that shows, and sets, the attributes of the object. */
export function attributesDict({ attributes, made, isOpen }: PyInstance): PyDict {
  if (isOpen || isOpenClass(made) || made.call === null) throw new NotSupported();
  return new PyDict(new AttributeEntries(attributes));
}

type Entry = readonly [key: PyValue, value: PyValue];

/** The attributes of an object as the entries of a dict. */
class AttributeEntries extends Map<string, Entry> {
  private readonly shown: Map<string, PyValue> | undefined;
  constructor(attributes: Map<string, PyValue>) {
    super();
    this.shown = attributes;
  }
  private get names(): Map<string, PyValue> {
    return this.shown ?? new Map();
  }
  override get size(): number {
    return this.names.size;
  }
  override has(hash: string): boolean {
    return hash.startsWith('s') && this.names.has(hash.slice(1));
  }
  override get(hash: string): Entry | undefined {
    return this.has(hash) ? [hash.slice(1), this.names.get(hash.slice(1))!] : undefined;
  }
  override set(_hash: string, [key, value]: Entry): this {
    if (typeof key !== 'string') throw new NotSupported();
    this.names.set(key, value);
    return this;
  }
  override delete(hash: string): boolean {
    return hash.startsWith('s') && this.names.delete(hash.slice(1));
  }
  override clear(): void {
    this.names.clear();
  }
  override *entries(): MapIterator<[string, Entry]> {
    for (const [name, value] of this.names) yield [`s${name}`, [name, value]];
  }
  override *keys(): MapIterator<string> {
    for (const name of this.names.keys()) yield `s${name}`;
  }
  override *values(): MapIterator<Entry> {
    for (const entry of this.names) yield entry;
  }
  override [Symbol.iterator](): MapIterator<[string, Entry]> {
    return this.entries();
  }
}

function boundTo(found: PyValue, instance: PyValue, made: PyClass): PyValue {
  if (found instanceof PyFunction && found.self === undefined) return found.boundTo(instance);
  if (found instanceof PyBuiltin && made.call === null) {
    return new PyBuiltin(found.name, ({ positional, named }) => found.call({ positional: [instance, ...positional], named }));
  }
  if (!(found instanceof PyDescriptor)) return found;
  if (found.kind === 'staticmethod') return found.get;
  if (found.kind === 'classmethod' && found.get instanceof PyFunction) return found.get.boundTo(made);
  throw new NotSupported();
}

function ofClass(run: Run, node: SyntaxNode, made: PyClass, name: string): PyValue {
  if (name === '__name__') return made.name;
  if (name === '__qualname__' && !made.isInFunction) return made.name;
  if (name === '__mro__' && !isOpenClass(made)) throw new NotSupported();
  if (made.kind === 'enum' && name === '__members__') return membersDict(made);
  if (name === '_fields' && made.kind === 'named-tuple') return new PyTuple(made.fields ?? []);
  if (name === '_make' && made.kind === 'named-tuple') return new PyBuiltin(name, ({ positional: [items = null] }) => makeNamedTuple(made, { positional: itemsOf(items), named: new Map() }));
  if (name === '__dict__' && made.call !== null && made.kind === 'plain') return classDict(made);
  const found = findInClass(made, name);
  if (found instanceof PyDescriptor && (found.kind === 'property' || found.kind === 'cached')) return found;
  if (found !== undefined) return found instanceof PyFunction ? found : boundTo(found, made, made);
  if (isOpenClass(made) || made.call === null || name.startsWith('__')) return unknownAt(run, node, 'part');
  throw new PyRaise('AttributeError', `type object '${made.name}' has no attribute '${name}'`);
}

/** The names of a class. Python adds some of its own, all with two underscores. */
export function classDict(made: PyClass): PyDict {
  const hidden = ['__dict__', '__weakref__', '__doc__'].map((name) => [`s${name}`, [name, new PyReference(`${made.name}.${name}`)]] as const);
  const own = [...made.attributes].map(([name, value]) => [`s${name}`, [name, value]] as const);
  return new PyDict(new Map<string, readonly [PyValue, PyValue]>([['s__module__', ['__module__', '__main__']], ...own, ...hidden]));
}

/** The members of an enum by all their names. */
function membersDict({ attributes, members }: PyClass): PyDict {
  const named = [...attributes].filter(([, value]) => value instanceof PyInstance && members.includes(value));
  return new PyDict(new Map(named.map(([name, value]) => [`s${name}`, [name, value] as const])));
}

/** `super().name`: the next class that has it, seen from the object. */
function ofSuper(run: Run, node: SyntaxNode, { after, self }: PySuper, name: string): PyValue {
  const made = self instanceof PyClass ? self : self.made!;
  const order = lookupOrder(made);
  const further = order.slice(order.indexOf(after) + 1);
  const found = further.find(({ attributes }) => attributes.has(name))?.attributes.get(name);
  if (found instanceof PyDescriptor && found.kind === 'property') return run.call(found.get, { positional: [self], named: new Map() });
  if (found !== undefined) return boundTo(found, self, made);
  if ([after, ...further].some((known) => known.bases.some((base) => !(base instanceof PyClass)))) return unknownAt(run, node, 'part');
  if (self instanceof PyDict || self instanceof PyList) {
    if (name === '__init__') return new PyBuiltin(name, (given) => startContainer(self, given));
    return methodOf(self, name, containerMethod(self, name, run.call), self);
  }
  if (name === '__init__') {
    return new PyBuiltin(name, ({ positional, named }) => {
      const isException = further.some(({ kind }) => kind === 'exception') && self instanceof PyInstance;
      if (isException) self.attributes.set('args', new PyTuple(positional));
      else if (positional.length + named.size > 0) throw new PyRaise('TypeError', 'object.__init__() takes exactly one argument (the instance to initialize)');
      return null;
    });
  }
  if (name === '__init_subclass__') return new PyBuiltin(name, () => null);
  if (name.startsWith('__')) throw new NotSupported();
  throw new PyRaise('AttributeError', `'super' object has no attribute '${name}'`);
}

/** Sets an attribute of an object of a class below `dict` or `list`, where the class says how. */
export function setOnContainer(run: Run, owner: PyDict | PyList, name: string, value: PyValue): void {
  const set = owner.made ? findInClass(owner.made, '__setattr__') : undefined;
  if (set === undefined) throw new NotSupported();
  run.call(set, { positional: [owner, name, value], named: new Map() });
}

/** Sets an attribute of an object, through the property of its name if its class has one. */
export function setAttribute(run: Run, owner: PyInstance | PyClass, name: string, value: PyValue): void {
  if (owner instanceof PyInstance) {
    const found = findInClass(owner.made, name);
    // It may be a property.
    if (found instanceof PyUnknown) throw new NeedsUnknown(found.roots);
    if (found instanceof PyDescriptor && found.kind === 'property') {
      if (found.set === null) throw new PyRaise('AttributeError', `property '${name}' of '${typeName(owner)}' object has no setter`);
      run.call(found.set, { positional: [owner, value], named: new Map() });
      return;
    }
    if (findInClass(owner.made, '__setattr__') !== undefined) throw new NotSupported();
    if (owner.made.options.has('frozen')) throw new PyRaise('FrozenInstanceError', `cannot assign to field '${name}'`);
  }
  owner.attributes.set(name, value);
}
