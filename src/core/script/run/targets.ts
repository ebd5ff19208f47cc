import type { SyntaxNode } from '../../config/python-source.ts';
import { keyOf, textAt, type Run } from './run.ts';
import type { Scope, PyValue } from '../values/values.ts';
import { itemsOf } from '../values/sequences.ts';
import { deleteItem, setItem, setSlice } from '../values/subscript.ts';
import { childrenOf } from './syntax.ts';
import { joinRoots } from '../values/roots.ts';
import { NeedsUnknown, NotSupported, PyRaise } from '../values/exceptions.ts';
import { PyClass, PyDict, PyInstance, PyList, PyUnknown } from '../values/values.ts';

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
  const items = itemsOf(value);
  const star = parts.findIndex((part) => part.isStar);
  const isFitting = star < 0 ? items.length === parts.length : items.length >= parts.length - 1;
  if (!isFitting) throw new PyRaise('ValueError', `${items.length} values for ${parts.length} targets`);
  const behind = star < 0 ? 0 : parts.length - star - 1;
  parts.forEach(({ node }, at) => {
    if (star < 0 || at < star) bindTarget(run, node, items[at]!, scope);
    else if (at === star) bindTarget(run, node, new PyList(items.slice(star, items.length - behind)), scope);
    else bindTarget(run, node, items[items.length - parts.length + at]!, scope);
  });
}

function bindMember(run: Run, target: SyntaxNode, value: PyValue, scope: Scope): void {
  const [object, opening, ...rest] = childrenOf(target);
  const owner = run.evaluate(object!, scope);
  if (opening?.name === '.') {
    const name = textAt(run, rest[0]!);
    if (owner instanceof PyInstance || owner instanceof PyClass) owner.attributes.set(name, value);
    // An attribute on an object from outside the source is found later by the same expression.
    else run.attributes.set(keyOf(textAt(run, target)), value);
    return;
  }
  const keys = rest.filter(({ name }) => name !== ']');
  if (owner instanceof PyUnknown) return;
  changing(owner, () => {
    if (keys.some(({ name }) => name === ':')) {
      // `a[::2] = …` sets items one by one, which is rare.
      if (!(owner instanceof PyList) || keys.filter(({ name }) => name === ':').length > 1) throw new NotSupported();
      const colon = keys.findIndex(({ name }) => name === ':');
      const bounds = [keys.slice(0, colon), keys.slice(colon + 1)].map(([bound]) => (bound ? run.evaluate(bound, scope) : undefined));
      setSlice(owner, bounds, value);
      return;
    }
    if (keys.length !== 1) throw new NotSupported();
    setItem(owner, run.evaluate(keys[0]!, scope), value);
  });
}

/** `del a`, `del a[0]`. */
export function deleteTarget(run: Run, target: SyntaxNode, scope: Scope): void {
  if (target.name === 'VariableName') {
    scope.delete(nameOf(run, target));
    return;
  }
  const [object, opening, key, closing] = childrenOf(target);
  if (target.name !== 'MemberExpression' || opening?.name !== '[' || closing?.name !== ']') throw new NotSupported();
  const owner = run.evaluate(object!, scope);
  changing(owner, () => deleteItem(owner, run.evaluate(key!, scope)));
}

/** Changes a value; where the change is not decided, the value is not either. */
export function changing(owner: PyValue, change: () => void): void {
  try {
    change();
  } catch (error) {
    if (error instanceof NeedsUnknown && (owner instanceof PyList || owner instanceof PyDict)) {
      owner.unsure = joinRoots(owner.unsure, error.roots);
      return;
    }
    throw error;
  }
}
