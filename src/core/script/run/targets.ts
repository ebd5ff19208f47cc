import type { SyntaxNode } from '../../config/python-source.ts';
import { setAttribute, setOnContainer } from './attributes.ts';
import { keyOf, textAt, type Run } from './run.ts';
import type { Scope, PyValue } from '../values/values.ts';
import { itemsOf, iterate } from '../values/sequences.ts';
import { deleteItem, deleteSlice, setItem, setSlice } from '../values/subscript.ts';
import { childrenOf } from './syntax.ts';
import { joinRoots } from '../values/roots.ts';
import { NeedsUnknown, NotSupported, PyRaise } from '../values/exceptions.ts';
import { PyClass, PyDeque, PyDict, PyInstance, PyIterator, PyList, PySet, PyTuple, PyUnknown } from '../values/values.ts';

/** Sets one target, or several that share a value: `a`, `a, (b, *c)`. */
export function bindTargets(run: Run, targets: readonly SyntaxNode[], value: PyValue, scope: Scope): void {
  const [only] = targets;
  if (targets.length === 1 && only && only.name !== '*') {
    bindTarget(run, only, value, scope);
    return;
  }
  unpack(run, targets, value, scope);
}

/** Sets a name, an item, an attribute, or the parts of a tuple. */
export function bindTarget(run: Run, target: SyntaxNode, value: PyValue, scope: Scope): void {
  switch (target.name) {
    case 'VariableName':
      forgetAttributes(run, nameOf(run, target));
      scope.set(nameOf(run, target), value);
      return;
    case 'TupleExpression':
    case 'ArrayExpression':
    case 'ParenthesizedExpression': {
      const inner = childrenOf(target).filter(({ name }) => !'[]()'.includes(name));
      if (target.name === 'ParenthesizedExpression') bindTargets(run, inner, value, scope);
      else unpack(run, inner, value, scope);
      return;
    }
    case 'MemberExpression':
      bindMember(run, target, value, scope);
      return;
    default:
      throw new NotSupported();
  }
}

/** Attributes that were set on the object that had the name before. */
function forgetAttributes({ attributes }: Run, name: string): void {
  if (attributes.size === 0) return;
  for (const key of attributes.keys()) if (key.startsWith(`${name}.`) || key.startsWith(`${name}[`)) attributes.delete(key);
}

/** A byte order mark counts as part of a name to the parser. */
export function nameOf(run: Run, target: SyntaxNode): string {
  return textAt(run, target).replace(/^\uFEFF/, '');
}

function unpack(run: Run, targets: readonly SyntaxNode[], value: PyValue, scope: Scope): void {
  const parts: { readonly node: SyntaxNode; readonly isStar: boolean }[] = [];
  let isStar = false;
  for (const target of targets) {
    if (target.name === ',') continue;
    if (target.name === '*') isStar = true;
    else {
      parts.push({ node: target, isStar });
      isStar = false;
    }
  }
  if (value instanceof PyUnknown) {
    for (const { node } of parts) bindTarget(run, node, new PyUnknown(value.roots, value.isOpaque), scope);
    return;
  }
  const star = parts.findIndex((part) => part.isStar);
  const items = value instanceof PyIterator && star < 0 ? firstOf(value, parts.length + 1) : itemsOf(value);
  const isFitting = star < 0 ? items.length === parts.length : items.length >= parts.length - 1;
  if (!isFitting) throw new PyRaise('ValueError', `${items.length} values for ${parts.length} targets`);
  const behind = star < 0 ? 0 : parts.length - star - 1;
  parts.forEach(({ node }, at) => {
    if (star < 0 || at < star) bindTarget(run, node, items[at]!, scope);
    else if (at === star) bindTarget(run, node, new PyList(items.slice(star, items.length - behind)), scope);
    else bindTarget(run, node, items[items.length - parts.length + at]!, scope);
  });
}

/** As many items of an iterator, if it has them. */
function firstOf(items: PyIterator, most: number): readonly PyValue[] {
  const taken: PyValue[] = [];
  while (taken.length < most) {
    const item = iterate(items).next();
    if (item === undefined) break;
    taken.push(item);
  }
  return taken;
}

function bindMember(run: Run, target: SyntaxNode, value: PyValue, scope: Scope): void {
  const [object, opening, ...rest] = childrenOf(target);
  const owner = run.evaluate(object!, scope);
  if (opening?.name === '.') {
    const name = textAt(run, rest[0]!);
    if (owner instanceof PyInstance || owner instanceof PyClass) setAttribute(run, owner, name, value);
    else if (owner instanceof PyDict || owner instanceof PyList) setOnContainer(run, owner, name, value);
    // An attribute on an object from outside the source is found later by the same expression.
    else run.attributes.set(keyOf(textAt(run, target)), value);
    return;
  }
  const keys = rest.filter(({ name }) => name !== ']');
  if (owner instanceof PyUnknown) return;
  changing(owner, () => {
    if (keys.some(({ name }) => name === ':')) {
      if (!(owner instanceof PyList)) throw new NotSupported();
      setSlice(owner, boundsOf(run, keys, scope), value);
      return;
    }
    const [first] = keys;
    if (!first) throw new NotSupported();
    const key = keys.length === 1 ? run.evaluate(first, scope) : new PyTuple(keys.filter(({ name }) => name !== ',').map((part) => run.evaluate(part, scope)));
    setItem(owner, key, value);
  });
}

/** The bounds of a slice, as they stand around its colons. */
function boundsOf(run: Run, keys: readonly SyntaxNode[], scope: Scope): readonly (PyValue | undefined)[] {
  const bounds: (PyValue | undefined)[] = [undefined];
  for (const part of keys) {
    if (part.name === ':') bounds.push(undefined);
    else if (part.name === ',') throw new NotSupported();
    else bounds[bounds.length - 1] = run.evaluate(part, scope);
  }
  return bounds;
}

/** `del a`, `del a[0]`, `del a.b`. */
export function deleteTarget(run: Run, target: SyntaxNode, scope: Scope): void {
  if (target.name === 'VariableName') {
    scope.delete(nameOf(run, target));
    return;
  }
  if (target.name === 'ParenthesizedExpression' || target.name === 'TupleExpression') {
    for (const part of childrenOf(target)) if (!'(),'.includes(part.name)) deleteTarget(run, part, scope);
    return;
  }
  const [object, opening, ...rest] = childrenOf(target);
  if (target.name !== 'MemberExpression') throw new NotSupported();
  const owner = run.evaluate(object!, scope);
  if (opening?.name === '.') {
    const name = textAt(run, rest[0]!);
    if (!(owner instanceof PyInstance || owner instanceof PyClass)) throw new NotSupported();
    if (!owner.attributes.delete(name)) throw new PyRaise('AttributeError', name);
    return;
  }
  const keys = rest.filter(({ name }) => name !== ']');
  changing(owner, () => {
    if (keys.some(({ name }) => name === ':')) {
      if (!(owner instanceof PyList)) throw new NotSupported();
      deleteSlice(owner, boundsOf(run, keys, scope));
    } else if (keys.length === 1) {
      deleteItem(owner, run.evaluate(keys[0]!, scope));
    } else {
      throw new NotSupported();
    }
  });
}

/** Changes a value; where the change is not decided, the value is not either. */
export function changing(owner: PyValue, change: () => void): void {
  try {
    change();
  } catch (error) {
    if (error instanceof NeedsUnknown && (owner instanceof PyList || owner instanceof PyDict || owner instanceof PySet || owner instanceof PyDeque)) {
      owner.unsure = joinRoots(owner.unsure, error.roots);
      return;
    }
    throw error;
  }
}
