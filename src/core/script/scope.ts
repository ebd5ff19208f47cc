import type { PyValue } from './values.ts';

/** The names of a function, a class body, a comprehension or the script itself. */
export class Scope {
  readonly kind: 'script' | 'function' | 'class' | 'comprehension';
  readonly parent: Scope | null;
  readonly names = new Map<string, PyValue>();
  /** What a generator has given, all at once. */
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
