import type { SyntaxNode } from '../../config/python-source.ts';
import { isOfBuiltinType } from '../built-ins/builtins.ts';
import { findInClass, isOpenClass, isSubclass } from '../values/classes.ts';
import { hashOf, isEqual, isTrue, requireSure } from '../values/equality.ts';
import { NotSupported, NeedsUnknown, PyRaise } from '../values/exceptions.ts';
import { itemsOf } from '../values/sequences.ts';
import { decided, PyBuiltin, PyClass, PyDeque, PyDict, PyInstance, PyList, PyNamedTuple, PyRange, PyTuple } from '../values/values.ts';
import type { PyValue, Scope } from '../values/values.ts';
import { attributeOf } from './attributes.ts';
import { next, statementsOf, tryBranches, undecidedRoots, valueOf, type Completion, type Execution } from './execution.ts';
import { textAt, type Run } from './run.ts';
import { childrenOf } from './syntax.ts';

interface Case {
  readonly patterns: readonly SyntaxNode[];
  readonly guard: SyntaxNode | null;
  readonly body: readonly SyntaxNode[];
}

/** `match`: the first case whose pattern and guard hold. */
export function matchStatement(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): Completion {
  const { run } = execution;
  const bodyAt = parts.findIndex(({ name }) => name === 'MatchBody');
  const body = parts[bodyAt];
  if (!body) throw new NotSupported();
  const subject = valueOf(execution, parts.slice(1, bodyAt), scope);
  const cases = childrenOf(body).filter(({ name }) => name === 'MatchClause').map(caseOf);
  for (const [at, { patterns, guard, body: statements }] of cases.entries()) {
    try {
      if (!fits(run, patterns, subject, scope)) continue;
      const value = guard ? run.evaluate(guard, scope) : true;
      const roots = undecidedRoots(value);
      if (roots) throw new NeedsUnknown(roots);
      if (!isTrue(value)) continue;
    } catch (error) {
      if (!(error instanceof NeedsUnknown)) throw error;
      const bodies = cases.slice(at).map((rest) => () => execution.executeBlock(rest.body, scope));
      return tryBranches(execution, bodies, scope, error.roots);
    }
    return execution.executeBlock(statements, scope);
  }
  return next;
}

function caseOf(node: SyntaxNode): Case {
  const parts = childrenOf(node).slice(1);
  const body = parts.find(({ name }) => name === 'Body');
  const guard = parts.find(({ name }) => name === 'Guard');
  const [, condition = null] = guard ? childrenOf(guard) : [];
  return { patterns: parts.filter(({ name }) => name !== 'Body' && name !== 'Guard'), guard: condition, body: statementsOf(body) };
}

function fits(run: Run, patterns: readonly SyntaxNode[], subject: PyValue, scope: Scope): boolean {
  const [only] = patterns;
  // `case a, b:` is a sequence without brackets.
  if (patterns.length !== 1 || only!.name === 'StarPattern') return fitsSequence(run, patterns, subject, scope);
  return fitsPattern(run, only!, subject, scope);
}

function fitsPattern(run: Run, node: SyntaxNode, subject: PyValue, scope: Scope): boolean {
  const parts = childrenOf(node);
  switch (node.name) {
    case 'CapturePattern': {
      const name = textAt(run, node);
      if (name !== '_') scope.set(name, subject);
      return true;
    }
    case 'LiteralPattern':
      return fitsLiteral(run, node, subject, scope);
    case 'AttributePattern': {
      let value: PyValue = run.evaluate(parts[0]!, scope);
      for (const part of parts.slice(1)) if (part.name === 'PropertyName' || part.name === 'VariableName') value = attributeOf(run, node, value, textAt(run, part));
      return isEqual(subject, value);
    }
    case 'OrPattern':
      return parts.some((part) => part.name !== 'LogicOp' && fitsPattern(run, part, subject, scope));
    case 'AsPattern': {
      const [inner, , name] = parts;
      if (!inner || !name || !fitsPattern(run, inner, subject, scope)) return false;
      scope.set(textAt(run, name), subject);
      return true;
    }
    case 'SequencePattern': {
      const inner = parts.filter(({ name }) => !'[](),'.includes(name));
      const isGroup = parts[0]?.name === '(' && inner.length === 1 && !parts.some(({ name }) => name === ',');
      return isGroup ? fitsPattern(run, inner[0]!, subject, scope) : fitsSequence(run, inner, subject, scope);
    }
    case 'ParenthesizedPattern':
      return fitsPattern(run, parts.find(({ name }) => name !== '(' && name !== ')')!, subject, scope);
    case 'MappingPattern':
      return fitsMapping(run, parts, subject, scope);
    case 'ClassPattern':
      return fitsClass(run, node, subject, scope);
    default:
      throw new NotSupported();
  }
}

function fitsLiteral(run: Run, node: SyntaxNode, given: PyValue, scope: Scope): boolean {
  const text = textAt(run, node);
  const subject = decided(given);
  if (text === 'None') return subject === null;
  if (text === 'True' || text === 'False') return subject === (text === 'True');
  const parts = childrenOf(node);
  const sign = parts[0]?.name === 'ArithOp' ? textAt(run, parts[0]) : '';
  const literal = parts.at(-1);
  if (!literal || literal.type.isError || parts.length > (sign === '' ? 1 : 2)) throw new NotSupported();
  const value = run.evaluate(literal, scope);
  if (sign === '') return isEqual(subject, value);
  if (sign !== '-' || typeof value !== 'bigint') throw new NotSupported();
  return isEqual(subject, -value);
}

function fitsSequence(run: Run, patterns: readonly SyntaxNode[], given: PyValue, scope: Scope): boolean {
  const subject = decided(given);
  const parts = patterns.filter(({ name }) => name !== ',');
  const isSequence = subject instanceof PyList || subject instanceof PyTuple || subject instanceof PyRange || subject instanceof PyDeque;
  if (!isSequence) return false;
  const items = itemsOf(subject);
  const star = parts.findIndex(({ name }) => name === 'StarPattern');
  if (star < 0 ? items.length !== parts.length : items.length < parts.length - 1) return false;
  const behind = star < 0 ? 0 : parts.length - star - 1;
  return parts.every((part, at) => {
    if (star < 0 || at < star) return fitsPattern(run, part, items[at]!, scope);
    if (at > star) return fitsPattern(run, part, items[items.length - parts.length + at]!, scope);
    const name = textAt(run, childrenOf(part)[1]!);
    if (name !== '_') scope.set(name, new PyList(items.slice(star, items.length - behind)));
    return true;
  });
}

function fitsMapping(run: Run, parts: readonly SyntaxNode[], given: PyValue, scope: Scope): boolean {
  const subject = decided(given);
  if (!(subject instanceof PyDict)) return false;
  requireSure(subject);
  const rest = new Map(subject.entries);
  const inner = parts.filter(({ name }) => !'{},'.includes(name));
  for (let at = 0; at < inner.length; at++) {
    if (inner[at]!.name === '**') {
      scope.set(textAt(run, inner[at + 1]!), new PyDict(rest));
      return true;
    }
    const [key, colon, value] = inner.slice(at, at + 3);
    if (!key || colon?.name !== ':' || !value) throw new NotSupported();
    const hash = hashOf(run.evaluate(childrenOf(key).at(-1) ?? key, scope));
    const entry = subject.entries.get(hash);
    if (!entry || !fitsPattern(run, value, entry[1], scope)) return false;
    rest.delete(hash);
    at += 2;
  }
  return true;
}

/** Types that a class pattern with one pattern inside hands the subject itself. */
const selfTypes: ReadonlySet<string> = new Set(['bool', 'dict', 'float', 'frozenset', 'int', 'list', 'set', 'str', 'tuple']);

function fitsClass(run: Run, node: SyntaxNode, given: PyValue, scope: Scope): boolean {
  const parts = childrenOf(node);
  const listAt = parts.findIndex(({ name }) => name === 'PatternArgList');
  let made: PyValue = run.evaluate(parts[0]!, scope);
  for (const part of parts.slice(1, listAt)) if (part.name !== '.') made = attributeOf(run, node, made, textAt(run, part));
  const subject = decided(given);
  const patterns = childrenOf(parts[listAt]!).filter(({ name, type, from, to }) => !'(),'.includes(name) && !type.isError && to > from);
  // `str()` holds an error for the parser: there is nothing between the parentheses.
  const args = patterns.filter((part) => !childrenOf(part).some(({ type }) => type.isError));
  if (made instanceof PyBuiltin && selfTypes.has(made.name)) {
    if (!isOfBuiltinType(subject, made.name)) return false;
    if (args.length > 1 || args.some(({ name }) => name === 'KeywordPattern')) throw new NotSupported();
    return args.length === 0 || fitsPattern(run, args[0]!, subject, scope);
  }
  if (!(made instanceof PyClass) || isOpenClass(made)) throw new NotSupported();
  const own = subject instanceof PyInstance || subject instanceof PyNamedTuple ? subject : null;
  if (own === null || !isSubclass(own.made, made)) return false;
  const names = positionalNames(made);
  return args.every((pattern, at) => {
    const isNamed = pattern.name === 'KeywordPattern';
    const [name, inner] = isNamed ? childrenOf(pattern).filter((part) => part.name !== 'AssignOp') : [null, pattern];
    const attribute = name ? textAt(run, name) : names[at];
    if (attribute === undefined || !inner) throw new PyRaise('TypeError', `${made.name}() accepts fewer positional sub-patterns`);
    try {
      return fitsPattern(run, inner, attributeOf(run, node, own, attribute), scope);
    } catch (error) {
      if (error instanceof PyRaise && error.type === 'AttributeError') return false;
      throw error;
    }
  });
}

function positionalNames(made: PyClass): readonly string[] {
  const named = findInClass(made, '__match_args__');
  if (named instanceof PyTuple) return named.items.filter((item) => typeof item === 'string');
  return made.allFields() ?? [];
}
