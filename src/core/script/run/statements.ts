import type { SyntaxNode } from '../../config/python-source.ts';
import { updateDict } from '../built-ins/container-methods.ts';
import { defineClass } from './class-definition.ts';
import { contextOf, decorate } from './decorators.ts';
import { define, handOn, importNames } from './definitions.ts';
import { isTrue } from '../values/equality.ts';
import { eitherEnd, next, statementsOf, tryBranches, undecidedRoots, valueOf, type Completion, type Execution, type Way } from './execution.ts';
import { forLoop, whileLoop } from './loops.ts';
import { binary } from '../values/operators.ts';
import { targetsIn } from './local-names.ts';
import { matchStatement } from './match-statement.ts';
import { settle, textAt, unknownAt, weightOf } from './run.ts';
import { itemsOf } from '../values/sequences.ts';
import { childrenOf } from './syntax.ts';
import { bindTarget, bindTargets, changing, deleteTarget, nameOf } from './targets.ts';
import { attempt, raise } from './try-statement.ts';
import { findException } from '../values/built-in-classes.ts';
import { isOpenClass, specialMethod } from '../values/classes.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import { joinRoots } from '../values/roots.ts';
import { PyDeque, PyDict, PyInstance, PyIterator, PyList, PySet, PyUnknown } from '../values/values.ts';
import type { PyValue, Scope } from '../values/values.ts';

/** Runs the statements of a script or a body. Throws `PyRaise` where Python would raise. */
export function executeBlock(execution: Execution, statements: readonly SyntaxNode[], scope: Scope): Completion {
  for (let at = 0; at < statements.length; at++) {
    const completion = executeOrLose(execution, statements[at]!, scope);
    if (completion.type === 'undecided') {
      const rest = statements.slice(at + 1);
      return eitherEnd(completion, tryBranches(execution, [() => executeBlock(execution, rest, scope)], scope, completion.roots));
    }
    if (completion.type !== 'next') return completion;
  }
  return next;
}

/** The exception of an `assert`, with its words. */
function failedAssertion({ run }: Execution, words: SyntaxNode | undefined, scope: Scope): PyRaise {
  const made = findException('AssertionError');
  const object = made ? run.call(made, { positional: words ? [run.evaluate(words, scope)] : [], named: new Map() }) : null;
  return new PyRaise('AssertionError', '', object instanceof PyInstance ? object : null);
}

/** Carries a statement out; where it cannot be worked out, all that it may change is no longer decided. */
function executeOrLose(execution: Execution, node: SyntaxNode, scope: Scope): Completion {
  try {
    return executeStatement(execution, node, scope);
  } catch (error) {
    if (error instanceof NotSupported) return unsupported(execution, node, scope);
    throw error;
  }
}

function executeStatement(execution: Execution, node: SyntaxNode, scope: Scope): Completion {
  const { run } = execution;
  run.step();
  const parts = childrenOf(node);
  switch (node.name) {
    case 'AssignStatement':
      assign(execution, node, scope);
      return next;
    case 'UpdateStatement':
      update(execution, node, scope);
      return next;
    case 'ExpressionStatement':
      expression(execution, parts, scope);
      return next;
    case 'StatementGroup':
      return executeBlock(execution, parts.filter(({ name }) => name !== ';'), scope);
    case 'IfStatement':
      return branch(execution, parts, scope);
    case 'ForStatement':
      return forLoop(execution, parts, scope);
    case 'WhileStatement':
      return whileLoop(execution, parts, scope);
    case 'TryStatement':
      return attempt(execution, parts, scope);
    case 'WithStatement':
      return within(execution, parts, scope);
    case 'FunctionDefinition':
      define(execution, node, scope);
      return next;
    case 'ClassDefinition':
      defineClass(execution, node, scope);
      return next;
    case 'DecoratedStatement': {
      const inner = parts.find(({ name }) => name !== 'Decorator');
      const name = inner && childrenOf(inner).find((part) => part.name === 'VariableName');
      if (!inner || !name) return next;
      const before = scope.peek(textAt(run, name));
      const completion = executeStatement(execution, inner, scope);
      decorate(run, parts, inner, name, scope, before);
      return completion;
    }
    case 'ReturnStatement':
      return { type: 'return', value: returned(execution, parts, scope) };
    case 'BreakStatement':
      return { type: 'break' };
    case 'ContinueStatement':
      return { type: 'continue' };
    case 'ImportStatement':
      importNames(run, node, scope);
      return next;
    case 'ScopeStatement':
      handOn(run, parts, scope);
      return next;
    case 'DeleteStatement':
      for (const target of parts.slice(1)) if (target.name !== ',') deleteTarget(run, target, scope);
      return next;
    case 'RaiseStatement':
      return raise(execution, node, scope);
    case 'MatchStatement':
      return matchStatement(execution, parts, scope);
    case 'YieldStatement':
      // The items of a generator are made in generators.ts; here only what the statement changes counts.
      valueOf(execution, parts.slice(parts[1]?.name === 'from' ? 2 : 1), scope);
      return next;
    case 'AssertStatement': {
      const value = parts[1] ? run.evaluate(parts[1], scope) : true;
      if (undecidedRoots(value) === null && !isTrue(value)) throw failedAssertion(execution, parts[3], scope);
      return next;
    }
    case 'PassStatement':
    case 'PrintStatement':
      return next;
    default:
      return node.type.isError ? next : unsupported(execution, node, scope);
  }
}

/**
 * A statement that is not worked out: every name that it sets is unknown, and so is every list and dict that it names.
 * After one that can leave the block around it, nothing is decided.
 */
function unsupported({ run }: Execution, node: SyntaxNode, scope: Scope): Completion {
  const value = unknownAt(run, node, 'unsupported');
  const roots = value instanceof PyUnknown ? value.roots : [];
  const ways = new Set<Way>();
  node.cursor().iterate(({ node: inner }) => {
    for (const target of targetsIn(inner)) scope.set(textAt(run, target), value);
    if (inner.name === 'FunctionDefinition' || inner.name === 'LambdaExpression') return false;
    if (inner.name === 'ReturnStatement') ways.add('return');
    if (inner.name === 'BreakStatement') ways.add('break');
    if (inner.name === 'ContinueStatement') ways.add('continue');
    if (inner.name !== 'VariableName') return true;
    const named = scope.peek(textAt(run, inner));
    if (named instanceof PyList || named instanceof PyDict || named instanceof PySet || named instanceof PyDeque || named instanceof PyIterator) named.unsure = joinRoots(named.unsure, roots);
    return true;
  });
  return ways.size > 0 ? { type: 'undecided', roots, ways } : next;
}

function assign(execution: Execution, node: SyntaxNode, scope: Scope): void {
  const { run, candidates } = execution;
  const groups: SyntaxNode[][] = [[]];
  for (const child of childrenOf(node)) {
    if (child.name === 'AssignOp') groups.push([]);
    else if (child.name !== 'TypeDef') groups.at(-1)?.push(child);
  }
  const values = groups.pop() ?? [];
  if (groups.length === 0) return;
  const value = valueOf(execution, values, scope);
  for (const targets of groups) {
    bindTargets(run, targets, value, scope);
    const names = targets.filter(({ name }) => name !== ',' && name !== '*');
    for (const target of names) {
      const bound = names.length === 1 ? value : run.evaluate(target, scope);
      candidates.assigned(nameOf(run, target), bound, names.length === 1 ? (values[0] ?? target) : target);
    }
  }
}

function update(execution: Execution, node: SyntaxNode, scope: Scope): void {
  const { run } = execution;
  const [target, sign, ...values] = childrenOf(node);
  if (!target || !sign) return;
  const operator = textAt(run, sign).slice(0, -1);
  const before = run.evaluate(target, scope);
  const value = valueOf(execution, values, scope);
  run.step(weightOf(value));
  if (before instanceof PyList && operator === '+') {
    // In place: every name of the list sees it.
    changing(before, () => {
      before.items.push(...itemsOf(value));
    });
  } else if (before instanceof PyDict && operator === '|') {
    if (before.kind === 'Counter') throw new NotSupported();
    changing(before, () => updateDict(before, { positional: [value], named: new Map() }));
  } else if (before instanceof PySet && !before.isFrozen) {
    // In place as well.
    changing(before, () => {
      const made = binary(operator, before, value);
      if (!(made instanceof PySet)) throw new NotSupported();
      before.entries = made.entries;
      before.unsure = made.unsure;
    });
  } else if (before instanceof PyList && operator === '*') {
    changing(before, () => {
      const made = binary('*', before, value);
      if (!(made instanceof PyList)) throw new NotSupported();
      before.items = made.items;
    });
  } else if (before instanceof PyDeque && operator === '+' && before.most === null) {
    changing(before, () => {
      before.items.push(...itemsOf(value));
    });
  } else if (before instanceof PyDeque || (before instanceof PyInstance && specialMethod(before, inPlace(operator)))) {
    throw new NotSupported();
  } else {
    bindTarget(run, target, settle(run, node, () => binary(operator, before, value)), scope);
  }
}

const inPlaceNames: Readonly<Record<string, string>> = { '+': '__iadd__', '-': '__isub__', '*': '__imul__', '|': '__ior__', '&': '__iand__' };

function inPlace(operator: string): string {
  return Object.hasOwn(inPlaceNames, operator) ? inPlaceNames[operator]! : '__iadd__';
}

function expression({ run, candidates }: Execution, parts: readonly SyntaxNode[], scope: Scope): void {
  const [only] = parts;
  if (!only || parts.length > 1) return;
  const value = run.evaluate(only, scope);
  if (only.name !== 'CallExpression' && only.name !== 'VariableName') candidates.alone(value, only);
}

function branch(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): Completion {
  const { run } = execution;
  const cases: { readonly condition: SyntaxNode | null; readonly body: SyntaxNode }[] = [];
  for (let at = 0; at < parts.length; at++) {
    const { name } = parts[at]!;
    if ((name === 'if' || name === 'elif') && parts[at + 2]) cases.push({ condition: parts[at + 1]!, body: parts[at + 2]! });
    else if (name === 'else' && parts[at + 1]) cases.push({ condition: null, body: parts[at + 1]! });
  }
  for (const [at, { condition, body }] of cases.entries()) {
    const value = condition ? run.evaluate(condition, scope) : true;
    const roots = undecidedRoots(value);
    if (roots) {
      const bodies = cases.slice(at).map((rest) => () => executeBlock(execution, statementsOf(rest.body), scope));
      return tryBranches(execution, bodies, scope, roots);
    }
    if (isTrue(value)) return executeBlock(execution, statementsOf(body), scope);
  }
  return next;
}

/** `with`: the block runs between the two halves of each context of the script. */
function within(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): Completion {
  const { run } = execution;
  if (parts[0]?.name !== 'with') throw new NotSupported();
  const leaving: ((error: PyRaise | null) => boolean)[] = [];
  for (let at = 1; at < parts.length; at++) {
    const part = parts[at]!;
    if (part.name === 'Body') return leaveAll(leaving, () => executeBlock(execution, statementsOf(part), scope));
    if (part.name === 'as' || part.name === ',') continue;
    if (parts[at - 1]!.name === 'as') continue;
    const target = parts[at + 1]?.name === 'as' ? parts[at + 2] : undefined;
    const entered = enterContext(run.evaluate(part, scope));
    leaving.push(entered?.leave ?? leaveUnknown(textAt(run, part)));
    if (target) bindTarget(run, target, entered === null ? unknownAt(run, target, 'call') : entered.value, scope);
  }
  return next;
}

/** Runs a block, and leaves its contexts, the last one first; one of them may end an exception of the block. */
function leaveAll(leaving: readonly ((error: PyRaise | null) => boolean)[], work: () => Completion): Completion {
  let completion: Completion = next;
  let raised: PyRaise | null = null;
  try {
    completion = work();
  } catch (error) {
    if (!(error instanceof PyRaise)) throw error;
    raised = error;
  }
  for (const leave of leaving.toReversed()) if (leave(raised)) raised = null;
  if (raised) throw raised;
  return completion;
}

/** A context from outside: most let exceptions through. */
function leaveUnknown(text: string): (error: PyRaise | null) => boolean {
  return (error) => {
    if (error && /suppress|raises|ignore/i.test(text)) throw new NotSupported();
    return false;
  };
}

/** What `with` does with a context of the script; null for one from outside. */
function enterContext(value: PyValue): { readonly value: PyValue; readonly leave: (error: PyRaise | null) => boolean } | null {
  const generator = contextOf(value);
  if (generator) {
    const made = generator.next();
    if (made === undefined) throw new PyRaise('RuntimeError', "generator didn't yield");
    const leave = (error: PyRaise | null) => {
      // The exception goes on inside of the generator.
      if (error) throw new NotSupported();
      generator.next();
      return false;
    };
    return { value: made, leave };
  }
  if (!(value instanceof PyInstance) || value.made.call === null || isOpenClass(value.made)) return null;
  const [enter, exit] = [specialMethod(value, '__enter__'), specialMethod(value, '__exit__')];
  if (!enter || !exit) throw new PyRaise('TypeError', `'${value.made.name}' object does not support the context manager protocol`);
  const leave = (error: PyRaise | null) => {
    const object = error?.object instanceof PyInstance ? error.object : null;
    if (error && !object) throw new NotSupported();
    return isTrue(object ? exit(object.made, object, null) : exit(null, null, null)) && error !== null;
  };
  return { value: enter(), leave };
}

function returned(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): PyValue {
  const values = parts.slice(1);
  const value = valueOf(execution, values, scope);
  if (values[0]) execution.candidates.alone(value, values[0]);
  return value;
}
