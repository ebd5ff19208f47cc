import type { SyntaxNode } from '../../config/python-source.ts';
import { textAt, unknownAt, type Run } from './run.ts';
import { PyRaise } from '../values/exceptions.ts';
import { Scope, PyDict, PyTuple } from '../values/values.ts';
import { childrenOf } from './syntax.ts';
import type { Arguments, PyFunction, PyValue } from '../values/values.ts';

/** A parameter of a `def` or `lambda`. */
export interface Parameter {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly kind: 'plain' | 'rest' | 'named' | 'named-rest';
  readonly defaultValue: SyntaxNode | null;
}

/** The parameters of a function, in order. */
function parametersOf(run: Run, node: SyntaxNode): readonly Parameter[] {
  const list = childrenOf(node).find(({ name }) => name === 'ParamList');
  if (!list) return [];
  const parameters: Parameter[] = [];
  const parts = childrenOf(list).filter(({ name }) => name !== '(' && name !== ')' && name !== 'TypeDef');
  let star = '';
  let isNamedOnly = false;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (part.name === '*' || part.name === '**') {
      star = part.name;
      isNamedOnly = true;
    } else if (part.name === 'VariableName') {
      const value = parts[i + 1]?.name === 'AssignOp' ? (parts[i + 2] ?? null) : null;
      const kind = star === '*' ? 'rest' : star === '**' ? 'named-rest' : isNamedOnly ? 'named' : 'plain';
      parameters.push({ name: textAt(run, part), node: part, kind, defaultValue: value });
      if (value) i += 2;
      star = '';
    } else {
      star = '';
    }
  }
  return parameters;
}

/** Values of the defaults, worked out where the function is defined. */
export function defaultsOf(run: Run, node: SyntaxNode, scope: Scope): ReadonlyMap<string, PyValue> {
  const defaults = new Map<string, PyValue>();
  for (const { name, defaultValue } of parametersOf(run, node)) {
    if (defaultValue) defaults.set(name, run.evaluate(defaultValue, scope));
  }
  return defaults;
}

/**
 * A scope with the parameters set. A parameter without a value or a default raises; with `given` null, as of a function
 * that nothing in the source calls, it is unknown.
 */
export function bindParameters(run: Run, callee: PyFunction, given: Arguments | null): Scope {
  const scope = new Scope('function', callee.scope);
  const positional = [...(callee.self === undefined ? [] : [callee.self]), ...(given?.positional ?? [])];
  const named = new Map(given?.named ?? []);
  for (const { name, node, kind } of parametersOf(run, callee.node)) {
    if (kind === 'rest') {
      scope.set(name, new PyTuple(positional.splice(0)));
    } else if (kind === 'named-rest') {
      scope.set(name, new PyDict(new Map([...named].map(([key, value]) => [`s${key}`, [key, value] as const]))));
      named.clear();
    } else {
      const value = kind === 'plain' && positional.length > 0 ? positional.shift() : named.get(name);
      named.delete(name);
      const bound = value === undefined ? callee.defaults.get(name) : value;
      if (bound === undefined && given !== null) throw new PyRaise('TypeError', `${callee.name}() missing required argument: '${name}'`);
      scope.set(name, bound === undefined ? unknownAt(run, node, 'name') : bound);
    }
  }
  if (positional.length > 0 && given !== null) throw new PyRaise('TypeError', `${callee.name}() takes fewer positional arguments`);
  if (named.size > 0 && given !== null) throw new PyRaise('TypeError', `${callee.name}() got an unexpected keyword argument '${[...named.keys()][0]}'`);
  return scope;
}
