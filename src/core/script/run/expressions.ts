import type { SyntaxNode } from '../../config/python-source.ts';
import { findBuiltin } from '../built-ins/builtins.ts';
import { findException } from '../values/built-in-classes.ts';
import { hashOf, isTrue } from '../values/equality.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import { joinRoots } from '../values/roots.ts';
import { itemsOf } from '../values/sequences.ts';
import { itemAt, sliceOf } from '../values/subscript.ts';
import { decided, PyBuiltin, PyClass, PyDict, PyFunction, PyList, PyModule, PyReference, PySet, PyTuple, PyUnknown, type PyValue, type Scope } from '../values/values.ts';
import { attributeOf, isModelName } from './attributes.ts';
import { argumentsOf } from './call-arguments.ts';
import { comprehend } from './comprehensions.ts';
import { numberAt, stringAt } from './literals.ts';
import { binaryAt, unaryAt } from './operations.ts';
import { defaultsOf } from './parameters.ts';
import { keyOf, settle, textAt, unknownAt, weightOf, type Run } from './run.ts';
import { findSpecial } from './special-functions.ts';
import { childrenOf } from './syntax.ts';

/** The usual meaning of names in a snippet that lacks its imports. */
const usualNames: ReadonlyMap<string, string> = new Map([
  ['torch', 'torch'],
  ['nn', 'torch.nn'],
  ['np', 'numpy'],
  ['math', 'math'],
  ['copy', 'copy'],
  ['itertools', 'itertools'],
  ['functools', 'functools'],
  ['collections', 'collections'],
  ['json', 'json'],
  ['os', 'os'],
  ['re', 're'],
  ['operator', 'operator'],
  ['deepcopy', 'copy.deepcopy'],
  ['defaultdict', 'collections.defaultdict'],
  ['OrderedDict', 'collections.OrderedDict'],
  ['Path', 'pathlib.Path'],
  ['dataclass', 'dataclasses.dataclass'],
  ['Enum', 'enum.Enum'],
  ['partial', 'functools.partial'],
]);

/** Works out an expression. An undecided value is a `PyUnknown`; an exception of Python is thrown as `PyRaise`. */
export function evaluateExpression(run: Run, node: SyntaxNode, scope: Scope): PyValue {
  run.step();
  if (run.given.size > 0 && isFillable(node)) {
    const key = keyOf(textAt(run, node));
    // A name that the source sets is decided: only open names are filled in.
    if (run.given.has(key) && node.name !== 'VariableName') return unknownAt(run, node, 'part');
  }
  return settle(run, node, () => evaluateNode(run, node, scope));
}

function isFillable({ name }: SyntaxNode): boolean {
  return name === 'MemberExpression' || name === 'CallExpression' || name === 'BinaryExpression';
}

function evaluateNode(run: Run, node: SyntaxNode, scope: Scope): PyValue {
  if (node.type.isError) return unknownAt(run, node, 'syntax');
  const evaluate = (inner: SyntaxNode) => run.evaluate(inner, scope);
  switch (node.name) {
    case 'None':
      return null;
    case 'Boolean':
      return textAt(run, node) === 'True';
    case 'Number':
      return numberAt(run, node);
    case 'String':
    case 'FormatString':
    case 'ContinuedString':
      return stringAt(run, node, scope);
    case 'ParenthesizedExpression':
    case 'AwaitExpression': {
      const inner = childrenOf(node).filter(({ name }) => name !== '(' && name !== ')' && name !== 'await');
      return inner.length === 1 ? evaluate(inner[0]!) : unknownAt(run, node, 'syntax');
    }
    case 'VariableName':
      return nameAt(run, node, scope);
    case 'ArrayExpression':
      return new PyList(itemsAt(run, node, scope));
    case 'TupleExpression':
      return new PyTuple(itemsAt(run, node, scope));
    case 'SetExpression':
      return new PySet(new Map(itemsAt(run, node, scope).map((item) => [hashOf(item), item])));
    case 'DictionaryExpression':
      return dictAt(run, node, scope);
    case 'UnaryExpression':
      return unaryAt(run, node, scope);
    case 'BinaryExpression':
      return binaryAt(run, node, scope);
    case 'ConditionalExpression': {
      const [then, , condition, , otherwise] = childrenOf(node);
      if (!then || !condition || !otherwise) return unknownAt(run, node, 'syntax');
      return isTrue(evaluate(condition)) ? evaluate(then) : evaluate(otherwise);
    }
    case 'NamedExpression': {
      const [name, , value] = childrenOf(node);
      if (!name || !value) return unknownAt(run, node, 'syntax');
      const made = evaluate(value);
      scope.forNamedExpression.set(textAt(run, name), made);
      return made;
    }
    case 'LambdaExpression':
      return new PyFunction('<lambda>', node, scope, defaultsOf(run, node, scope));
    case 'ArrayComprehensionExpression':
    case 'ComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'DictionaryComprehensionExpression':
      return comprehend(run, node, scope);
    case 'MemberExpression':
      return memberAt(run, node, scope);
    case 'CallExpression':
      return callAt(run, node, scope);
    default:
      return unknownAt(run, node, 'unsupported');
  }
}

function nameAt(run: Run, node: SyntaxNode, scope: Scope): PyValue {
  const name = textAt(run, node);
  const value = scope.find(name);
  if (value instanceof PyUnknown) return value.isOpaque ? renamed(run, node, value) : value;
  if (value !== undefined) return value;
  const builtin = findBuiltin(name, run.call) ?? findSpecial(run, name, node, scope) ?? findException(name);
  if (builtin) return builtin;
  if (name === '__name__') return '__main__';
  // A handler may wait for it.
  if (run.tries > 0 && scope.outermost.gone.has(name)) throw new PyRaise('NameError', name);
  const usual = usualNames.get(name);
  if (usual !== undefined && !run.given.has(name)) return new PyReference(usual);
  const unknown = unknownAt(run, node, 'name');
  return unknown instanceof PyUnknown && isModelName(name) ? new PyUnknown(unknown.roots, true, true) : unknown;
}

/** After `args = parser.parse_args()`, the unknown value is called `args`. */
function renamed(run: Run, node: SyntaxNode, value: PyUnknown): PyValue {
  const named = unknownAt(run, node, value.roots[0]?.reason ?? 'name');
  if (!(named instanceof PyUnknown)) return named;
  const [root] = named.roots;
  const isModel = value.isModel ?? (isModelName(textAt(run, node)) ? true : null);
  return new PyUnknown([{ ...root!, suggestion: root!.suggestion ?? value.roots[0]?.suggestion ?? null }], true, isModel);
}

function itemsAt(run: Run, node: SyntaxNode, scope: Scope): PyValue[] {
  const items: PyValue[] = [];
  let isStar = false;
  for (const child of childrenOf(node)) {
    if ('[](){},'.includes(child.name)) continue;
    if (child.name === '*') isStar = true;
    else if (isStar) {
      items.push(...itemsOf(run.evaluate(child, scope)));
      isStar = false;
    } else {
      items.push(run.evaluate(child, scope));
    }
  }
  return items;
}

function dictAt(run: Run, node: SyntaxNode, scope: Scope): PyDict {
  const dict = new PyDict(new Map(), node);
  const parts = childrenOf(node).filter(({ name }) => name !== '{' && name !== '}' && name !== ',');
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (part.type.isError) throw new NotSupported();
    if (part.name === '**') {
      const spread = decided(run.evaluate(parts[++i]!, scope));
      if (!(spread instanceof PyDict)) throw new PyRaise('TypeError', 'a mapping is needed behind **');
      dict.unsure = joinRoots(dict.unsure, spread.unsure);
      for (const [hash, entry] of spread.entries) dict.entries.set(hash, [dict.entries.get(hash)?.[0] ?? entry[0], entry[1]]);
      continue;
    }
    const value = parts[i + 2];
    if (parts[i + 1]?.name !== ':' || !value || value.type.isError) throw new NotSupported();
    const key = run.evaluate(part, scope);
    const hash = hashOf(key);
    dict.entries.set(hash, [dict.entries.get(hash)?.[0] ?? key, run.evaluate(value, scope)]);
    i += 2;
  }
  return dict;
}

function memberAt(run: Run, node: SyntaxNode, scope: Scope): PyValue {
  const [object, opening, ...rest] = childrenOf(node);
  if (!object || !opening) return unknownAt(run, node, 'syntax');
  const value = run.evaluate(object, scope);
  if (opening.name === '.') {
    const [property] = rest;
    // The methods of a text go through it.
    if (typeof value === 'string') run.step(weightOf(value));
    return property ? attributeOf(run, node, value, textAt(run, property)) : unknownAt(run, node, 'syntax');
  }
  const inner = rest.filter(({ name }) => name !== ']');
  if (value instanceof PyUnknown) return value.isOpaque ? unknownAt(run, node, 'part') : value;
  if (value instanceof PyReference || (value instanceof PyModule && value.items === null)) return unknownAt(run, node, 'part');
  // `List[str]`, `Queue[int]`
  if (value instanceof PyBuiltin || (value instanceof PyClass && value.kind !== 'enum')) return unknownAt(run, node, 'part');
  const isSlice = inner.some(({ name }) => name === ':');
  if (isSlice || typeof value === 'string') run.step(weightOf(value));
  if (!isSlice) {
    const keys = inner.filter(({ name }) => name !== ',').map((part) => run.evaluate(part, scope));
    return itemAt(value, keys.length === 1 && inner.length === 1 ? keys[0]! : new PyTuple(keys));
  }
  if (inner.some(({ name }) => name === ',')) throw new NotSupported();
  const bounds: (PyValue | undefined)[] = [undefined];
  for (const part of inner) {
    if (part.name === ':') bounds.push(undefined);
    else bounds[bounds.length - 1] = run.evaluate(part, scope);
  }
  return sliceOf(value, bounds);
}

function callAt(run: Run, node: SyntaxNode, scope: Scope): PyValue {
  const [callee, list] = childrenOf(node);
  if (!callee || list?.name !== 'ArgList') return unknownAt(run, node, 'syntax');
  const value = run.evaluate(callee, scope);
  const { positional, named } = argumentsOf(run, list, scope);
  return run.callAt(node, value, positional, named);
}

