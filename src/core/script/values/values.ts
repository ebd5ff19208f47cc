import type { SyntaxNode } from '../../config/python-source.ts';
import { NeedsUnknown, NotSupported } from './exceptions.ts';
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
  | PyRange
  | PyFunction
  | PyBuiltin
  | PyClass
  | PyInstance
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
  constructor(names: readonly string[], items: readonly PyValue[]) {
    super(items);
    this.names = names;
  }
}

/** A dict in the order of insertion; `entries` is keyed by `hashOf` the key. */
export class PyDict {
  entries: Map<string, readonly [key: PyValue, value: PyValue]>;
  unsure: readonly Root[] = [];
  /** Makes the value of a key that is not there, as a `defaultdict` does. */
  missing: (() => PyValue) | null = null;
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
  constructor(entries: Map<string, PyValue> = new Map()) {
    this.entries = entries;
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
}

/** Arguments of a call. */
export interface Arguments {
  readonly positional: readonly PyValue[];
  readonly named: ReadonlyMap<string, PyValue>;
}

/** A function or type of Python itself, or a method of a value. */
export class PyBuiltin {
  readonly name: string;
  readonly call: (given: Arguments) => PyValue;
  /** The container that a method may change in place. */
  readonly owner: PyList | PyDict | PySet | null;
  /** It is not worked out here, and may change its owner. */
  isOpen = false;
  constructor(name: string, call: (given: Arguments) => PyValue, owner: PyList | PyDict | PySet | null = null) {
    this.name = name;
    this.call = call;
    this.owner = owner;
  }
}

/** A class of the script. */
export class PyClass {
  readonly name: string;
  readonly attributes: Map<string, PyValue>;
  readonly bases: readonly PyValue[];
  /** The fields that a dataclass declares in its own body, in order; null for other classes. */
  fields: readonly string[] | null = null;
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
  constructor(roots: readonly Root[], isOpaque: boolean) {
    this.roots = roots;
    this.isOpaque = isOpaque;
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
  if (value instanceof PyList) return 'list';
  if (value instanceof PyTuple) return 'tuple';
  if (value instanceof PyDict) return 'dict';
  if (value instanceof PySet) return 'set';
  if (value instanceof PyRange) return 'range';
  if (value instanceof PyFunction || value instanceof PyBuiltin) return 'function';
  if (value instanceof PyClass) return 'type';
  if (value instanceof PyInstance) return value.made.name;
  throw new NotSupported();
}

/** The names of a function, a class body, a comprehension or the script itself. */
export class Scope {
  readonly kind: 'script' | 'function' | 'class' | 'comprehension';
  readonly parent: Scope | null;
  readonly names = new Map<string, PyValue>();
  /** All values that a generator has yielded. */
  yielded: PyValue[] | null = null;
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
    // Functions do not see the names of the class around them.
    let parent = this.parent;
    while (parent?.kind === 'class') parent = parent.parent;
    return parent?.find(name);
  }

  set(name: string, value: PyValue): void {
    const owner = this.handedOn.get(name);
    if (owner) owner.set(name, value);
    else this.names.set(name, value);
  }

  delete(name: string): void {
    (this.handedOn.get(name)?.names ?? this.names).delete(name);
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
