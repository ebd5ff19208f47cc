import type { SyntaxNode } from '../../config/python-source.ts';
import { namesSetIn } from './local-names.ts';
import { textAt, unknownAt, type Run } from './run.ts';
import { PyRaise } from '../values/exceptions.ts';
import { Scope, PyDict, PyTuple } from '../values/values.ts';
import { childrenOf } from './syntax.ts';
import type { Arguments, PyFunction, PyValue } from '../values/values.ts';

/** A parameter of a `def` or `lambda`. */
export interface Parameter {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly kind: 'plain' | 'positional' | 'rest' | 'named' | 'named-rest';
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
    // The parser leaves the `/` out, behind which parameters may be given by name.
    const gap = run.source.slice(part.to, parts[i + 1]?.from ?? list.to);
    if (/^\s*\/\s*\)?$/.test(gap)) for (const [at, before] of parameters.entries()) parameters[at] = { ...before, kind: 'positional' };
  }
  return parameters;
}

const known = new WeakMap<SyntaxNode, ReadonlySet<string>>();

/** The names that a function sets somewhere in its body: they are its own, also before they are set. */
function localNames(run: Run, node: SyntaxNode): ReadonlySet<string> {
  let names = known.get(node);
  if (!names) known.set(node, (names = node.name === 'LambdaExpression' ? new Set() : namesSetIn(run, node)));
  return names;
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
  scope.callee = callee;
  scope.locals = localNames(run, callee.node);
  const positional = [...(callee.self === undefined ? [] : [callee.self]), ...(given?.positional ?? [])];
  const named = new Map(given?.named ?? []);
  for (const { name, node, kind } of parametersOf(run, callee.node)) {
    if (kind === 'rest') {
      scope.set(name, new PyTuple(positional.splice(0)));
    } else if (kind === 'named-rest') {
      scope.set(name, new PyDict(new Map([...named].map(([key, value]) => [`s${key}`, [key, value] as const]))));
      named.clear();
    } else {
      const isPlaced = (kind === 'plain' || kind === 'positional') && positional.length > 0;
      if (isPlaced && kind === 'plain' && named.has(name)) throw new PyRaise('TypeError', `${callee.name}() got multiple values for argument '${name}'`);
      const value = isPlaced ? positional.shift() : kind === 'positional' ? undefined : named.get(name);
      if (kind !== 'positional') named.delete(name);
      const bound = value === undefined ? callee.defaults.get(name) : value;
      if (bound === undefined && given !== null) throw new PyRaise('TypeError', `${callee.name}() missing required argument: '${name}'`);
      scope.set(name, bound === undefined ? unknownAt(run, node, 'name') : bound);
    }
  }
  if (positional.length > 0 && given !== null) throw new PyRaise('TypeError', `${callee.name}() takes fewer positional arguments`);
  if (named.size > 0 && given !== null) throw new PyRaise('TypeError', `${callee.name}() got an unexpected keyword argument '${[...named.keys()][0]}'`);
  return scope;
}
