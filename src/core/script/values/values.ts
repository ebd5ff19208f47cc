import type { SyntaxNode } from '../../config/python-source.ts';
import { NeedsUnknown, NotSupported, PyRaise } from './exceptions.ts';
import type { Root } from './roots.ts';

/**
 * A value while a script is read. Ints are `bigint`, as Python's have no bound; a value that can be changed in place is a
 * class instance, so that two names can share it.
 */
export type PyValue =
  | null
  | boolean
  | bigint
  | string
  | PyFloat
  | PyList
  | PyTuple
  | PyDict
  | PySet
  | PyView
  | PyDeque
  | PyRange
  | PyIterator
  | PyFunction
  | PyBuiltin
  | PyClass
  | PyInstance
  | PyDescriptor
  | PySuper
  | PyReference
  | PyModule
  | PyUnknown;

export class PyFloat {
  readonly value: number;
  /** The literal as written, for one that no arithmetic made. */
  readonly text: string | null;
  constructor(value: number, text: string | null = null) {
    this.value = value;
    this.text = text;
  }
}

/** A list. `unsure` holds the values that decide whether statements that change it run at all. */
export class PyList {
  items: PyValue[];
  unsure: readonly Root[] = [];
  /** The class of the script that it is an object of. */
  made: PyClass | null = null;
  constructor(items: PyValue[]) {
    this.items = items;
  }
}

export class PyTuple {
  readonly items: readonly PyValue[];
  constructor(items: readonly PyValue[]) {
    this.items = items;
  }
}

/** A tuple whose items have names, as `namedtuple` makes it. */
export class PyNamedTuple extends PyTuple {
  readonly names: readonly string[];
  readonly made: PyClass;
  constructor(made: PyClass, names: readonly string[], items: readonly PyValue[]) {
    super(items);
    this.made = made;
    this.names = names;
  }
}

/** A dict in the order of insertion; `entries` is keyed by `hashOf` the key. */
export class PyDict {
  entries: Map<string, readonly [key: PyValue, value: PyValue]>;
  unsure: readonly Root[] = [];
  /** The class of `collections` that it is of, if any. */
  kind: 'dict' | 'defaultdict' | 'OrderedDict' | 'Counter' = 'dict';
  /** Makes the value of a key that is not there, as a `defaultdict` does. */
  missing: (() => PyValue) | null = null;
  /** The class of the script that it is an object of. */
  made: PyClass | null = null;
  /** Where the dict is written, for the line that a sub-config comes from. */
  node: SyntaxNode | null;
  constructor(entries: Map<string, readonly [PyValue, PyValue]> = new Map(), node: SyntaxNode | null = null) {
    this.entries = entries;
    this.node = node;
  }
}

export class PySet {
  entries: Map<string, PyValue>;
  unsure: readonly Root[] = [];
  isFrozen = false;
  constructor(entries: Map<string, PyValue> = new Map()) {
    this.entries = entries;
  }
}

/** `dict.keys()`, `values()` or `items()`: it shows what the dict holds later on, too. */
export class PyView {
  readonly dict: PyDict;
  readonly kind: 'keys' | 'values' | 'items';
  constructor(dict: PyDict, kind: PyView['kind']) {
    this.dict = dict;
    this.kind = kind;
  }
}

/** `collections.deque`. */
export class PyDeque {
  items: PyValue[];
  readonly most: number | null;
  unsure: readonly Root[] = [];
  constructor(items: PyValue[], most: number | null) {
    this.items = items;
    this.most = most;
  }
}

/** An iterator or generator: each item is worked out when it is asked for, and only once. */
export class PyIterator {
  /** The name of its type in Python. */
  readonly name: string;
  /** How often it was asked, to see later whether it was. */
  asked = 0;
  /** The names of the generator. */
  scope: Scope | null = null;
  /** It goes through a set, whose order is not known: only all its items together are. */
  isUnordered = false;
  unsure: readonly Root[] = [];
  private readonly source: Iterator<PyValue, unknown>;
  private isDone = false;
  private failure: unknown = null;
  constructor(name: string, source: Iterator<PyValue, unknown>) {
    this.name = name;
    this.source = source;
  }

  /** The next item; `undefined` at the end. */
  next(): PyValue | undefined {
    if (this.unsure.length > 0) throw new NeedsUnknown(this.unsure);
    if (this.failure !== null) throw this.failure;
    if (this.isDone) return undefined;
    this.asked++;
    try {
      const { done, value } = this.source.next();
      if (done !== true) return value;
      this.isDone = true;
      return undefined;
    } catch (error) {
      if (error instanceof PyRaise) this.isDone = true;
      else this.failure = error;
      throw error;
    }
  }

  /** Items were taken that Python would not have taken: none of the others is known. */
  spoil(): void {
    this.failure ??= new NotSupported();
  }
}

export class PyRange {
  readonly start: bigint;
  readonly stop: bigint;
  readonly step: bigint;
  constructor(start: bigint, stop: bigint, step: bigint) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** A `def` or a `lambda` of the script. */
export class PyFunction {
  /** The class in whose body it is defined. */
  definedIn: PyClass | null = null;
  readonly name: string;
  readonly node: SyntaxNode;
  readonly scope: Scope;
  /** Values of the defaults, worked out where the function is defined, by parameter. */
  readonly defaults: ReadonlyMap<string, PyValue>;
  /** The object that a method belongs to. */
  readonly self: PyValue | undefined;
  constructor(name: string, node: SyntaxNode, scope: Scope, defaults: ReadonlyMap<string, PyValue>, self?: PyValue) {
    this.name = name;
    this.node = node;
    this.scope = scope;
    this.defaults = defaults;
    this.self = self;
  }

  /** The method of an object. */
  boundTo(self: PyValue): PyFunction {
    const bound = new PyFunction(this.name, this.node, this.scope, this.defaults, self);
    bound.definedIn = this.definedIn;
    return bound;
  }

  renamed(name: string): PyFunction {
    const copy = new PyFunction(name, this.node, this.scope, this.defaults, this.self);
    copy.definedIn = this.definedIn;
    return copy;
  }
}

/** `property`, `classmethod` or `staticmethod` in a class. */
export class PyDescriptor {
  readonly kind: 'property' | 'cached' | 'classmethod' | 'staticmethod';
  readonly get: PyValue;
  readonly set: PyValue;
  constructor(kind: PyDescriptor['kind'], get: PyValue, set: PyValue = null) {
    this.kind = kind;
    this.get = get;
    this.set = set;
  }
}

/** `super()`: attributes are looked up in the classes after `after`. */
export class PySuper {
  readonly after: PyClass;
  readonly self: PyInstance | PyClass | PyDict | PyList;
  constructor(after: PyClass, self: PySuper['self']) {
    this.after = after;
    this.self = self;
  }
}

/** Arguments of a call. */
export interface Arguments {
  readonly positional: readonly PyValue[];
  readonly named: ReadonlyMap<string, PyValue>;
}

/** A value that its methods may change. */
export type Container = PyList | PyDict | PySet | PyDeque;

/** A function or type of Python itself, or a method of a value. */
export class PyBuiltin {
  readonly name: string;
  readonly call: (given: Arguments) => PyValue;
  /** The container that a method may change in place. */
  readonly owner: Container | null;
  /** It is not worked out here, and may change its owner. */
  isOpen = false;
  constructor(name: string, call: (given: Arguments) => PyValue, owner: Container | null = null) {
    this.name = name;
    this.call = call;
    this.owner = owner;
  }
}

/** What a class is in addition to its attributes. */
export type ClassKind =
  | 'plain'
  | 'enum'
  | 'exception'
  /** `typing.NamedTuple` or `collections.namedtuple`. */
  | 'named-tuple'
  /** `typing.TypedDict`: calls give a dict. */
  | 'typed-dict'
  /** `SimpleNamespace`, `Namespace`: keywords become attributes. */
  | 'namespace';

/** A class of the script, or one of Python's. */
export class PyClass {
  readonly name: string;
  readonly attributes: Map<string, PyValue>;
  readonly bases: readonly PyValue[];
  kind: ClassKind = 'plain';
  /** The fields that a dataclass or named tuple declares in its own body, in order; null for other classes. */
  fields: readonly string[] | null = null;
  /** Options of `@dataclass` that are set to `True`. */
  options: ReadonlySet<string> = new Set();
  /** It has methods that change how its objects are made or looked into: they are not worked out. */
  isStrange = false;
  /** Of an enum: the members in order, and the type that they are also of. */
  members: PyInstance[] = [];
  plainType: 'str' | 'int' | null = null;
  /** The type of Python whose objects its objects are. */
  container: 'dict' | 'list' | null = null;
  /** The name that its objects are shown with: not known inside of functions. */
  isInFunction = false;
  /** Calls a method of it. */
  call: ((callee: PyValue, given: Arguments) => PyValue) | null = null;
  constructor(name: string, attributes: Map<string, PyValue>, bases: readonly PyValue[]) {
    this.name = name;
    this.attributes = attributes;
    this.bases = bases;
  }

  /** All fields of a dataclass, those of its bases first; null for other classes. */
  allFields(): readonly string[] | null {
    if (this.fields === null) return null;
    const inherited = this.bases.flatMap((base) => (base instanceof PyClass ? (base.allFields() ?? []) : []));
    return [...new Set([...inherited, ...this.fields])];
  }
}

export class PyInstance {
  readonly made: PyClass;
  readonly attributes = new Map<string, PyValue>();
  /** Of a member of an enum of texts or numbers: the text or number that it is. */
  plain: string | bigint | null = null;
  /** Attributes may be set where it cannot be seen. */
  isOpen = false;
  constructor(made: PyClass) {
    this.made = made;
  }
}

/** Something imported, or a part of it: `torch.nn.Conv2d`. */
export class PyReference {
  readonly path: string;
  /** The name that an import gives it, where it is more than a package. */
  readonly root: Root | null;
  /** The full path of a class of the open model's own modules, where the tree has it. */
  readonly className: string | null;
  constructor(path: string, root: Root | null = null, className: string | null = null) {
    this.path = path;
    this.root = root;
    this.className = className;
  }
}

/** A module of the model that is open; `index` is its row. */
export class PyModule {
  readonly index: number;
  /** Its items for an index or a loop, for torch's ModuleList and Sequential; `null` for other modules. */
  readonly items: (() => readonly PyModule[]) | null;
  constructor(index: number, items: (() => readonly PyModule[]) | null = null) {
    this.index = index;
    this.items = items;
  }
}

/** A value that is not decided. An opaque one is a root itself; others are worked out from their roots. */
export class PyUnknown {
  readonly roots: readonly Root[];
  readonly isOpaque: boolean;
  /** It was called the model, under this name or one that it had before; false for a module that is not the open model. */
  readonly isModel: boolean | null;
  constructor(roots: readonly Root[], isOpaque: boolean, isModel: boolean | null = null) {
    this.roots = roots;
    this.isOpaque = isOpaque;
    this.isModel = isModel;
  }
}

/** The value itself, unless it is undecided. */
export function decided<T extends PyValue>(value: T): Exclude<T, PyUnknown> {
  if (value instanceof PyUnknown) throw new NeedsUnknown(value.roots);
  return value as Exclude<T, PyUnknown>;
}

/** The text of `type(value).__name__` in Python. */
export function typeName(value: PyValue): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'string') return 'str';
  if (value instanceof PyFloat) return 'float';
  if (value instanceof PyList) return value.made?.name ?? 'list';
  if (value instanceof PyNamedTuple) return value.made.name;
  if (value instanceof PyTuple) return 'tuple';
  if (value instanceof PyDict) return value.made?.name ?? value.kind;
  if (value instanceof PySet) return value.isFrozen ? 'frozenset' : 'set';
  if (value instanceof PyView) return `dict_${value.kind}`;
  if (value instanceof PyDeque) return 'deque';
  if (value instanceof PyRange) return 'range';
  if (value instanceof PyIterator) return value.name;
  if (value instanceof PyFunction) return value.self === undefined ? 'function' : 'method';
  if (value instanceof PyClass) return 'type';
  if (value instanceof PyInstance) return value.made.name;
  throw new NotSupported();
}

/** The names of a function, a class body, a comprehension or the script itself. */
export class Scope {
  readonly kind: 'script' | 'function' | 'class' | 'comprehension';
  readonly parent: Scope | null;
  readonly names = new Map<string, PyValue>();
  /** The names that a function sets: they are not looked up around it. */
  locals: ReadonlySet<string> | null = null;
  /** The function that runs in it. */
  callee: PyFunction | null = null;
  /** Names that were deleted. */
  readonly gone = new Set<string>();
  /** Names that `global` or `nonlocal` hands to another scope. */
  readonly handedOn = new Map<string, Scope>();

  constructor(kind: Scope['kind'], parent: Scope | null) {
    this.kind = kind;
    this.parent = parent;
  }

  /** The value of a name, as code in this scope sees it; `undefined` when nothing sets it. */
  find(name: string): PyValue | undefined {
    const owner = this.handedOn.get(name);
    if (owner) return owner.find(name);
    const own = this.names.get(name);
    if (own !== undefined) return own;
    if (this.locals?.has(name) === true) throw new PyRaise('UnboundLocalError', name);
    // Functions do not see the names of the class around them.
    let parent = this.parent;
    while (parent?.kind === 'class') parent = parent.parent;
    return parent?.find(name);
  }

  /** The value of a name; `undefined` also where Python would raise. */
  peek(name: string): PyValue | undefined {
    try {
      return this.find(name);
    } catch (error) {
      if (error instanceof PyRaise) return undefined;
      throw error;
    }
  }

  set(name: string, value: PyValue): void {
    const owner = this.handedOn.get(name);
    if (owner) owner.set(name, value);
    else this.names.set(name, value);
  }

  delete(name: string): void {
    const owner = this.handedOn.get(name) ?? this;
    owner.names.delete(name);
    owner.gone.add(name);
  }

  /** The scope of the script. */
  get outermost(): Scope {
    return this.parent?.outermost ?? this;
  }

  /** The nearest scope around this one, of a function or comprehension, that has the name. */
  enclosing(name: string): Scope | null {
    for (let scope = this.parent; scope && scope.kind !== 'script'; scope = scope.parent) {
      if (scope.kind !== 'class' && scope.names.has(name)) return scope;
    }
    return null;
  }

  /** Where `:=` sets its name: comprehensions hand it to the scope around them. */
  get forNamedExpression(): Scope {
    return this.kind === 'comprehension' && this.parent ? this.parent.forNamedExpression : this;
  }
}
