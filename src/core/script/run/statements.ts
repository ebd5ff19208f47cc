import type { SyntaxNode } from '../../config/python-source.ts';
import { updateDict } from '../built-ins/container-methods.ts';
import { argumentsOf } from './call-arguments.ts';
import { define, defineClass, handOn, importNames } from './definitions.ts';
import { isTrue } from '../values/equality.ts';
import { eitherEnd, next, statementsOf, tryBranches, undecidedRoots, valueOf, type Completion, type Execution } from './execution.ts';
import { forLoop, whileLoop } from './loops.ts';
import { binary } from '../values/operators.ts';
import { keyOf, settle, textAt, unknownAt, weightOf } from './run.ts';
import { itemsOf } from '../values/sequences.ts';
import { childrenOf } from './syntax.ts';
import { bindTarget, bindTargets, changing, deleteTarget, nameOf } from './targets.ts';
import { attempt } from './try-statement.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import { joinRoots } from '../values/roots.ts';
import { PyClass, PyDict, PyFunction, PyList, PyUnknown } from '../values/values.ts';
import type { PyValue, Scope } from '../values/values.ts';

/** Decorators that return the function's result unchanged. */
const harmless = /^@\s*(?:torch\.(?:no_grad|inference_mode)|(?:functools\.)?(?:(?:lru_)?cache|wraps)|(?:dataclasses\.)?dataclass)\b/;

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
      if (!inner) return next;
      const completion = executeStatement(execution, inner, scope);
      const name = childrenOf(inner).find((part) => part.name === 'VariableName');
      if (name) decorate(execution, parts, inner, name, scope);
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
      throw new PyRaise(keyOf(parts[1] ? textAt(run, parts[1]) : 'RuntimeError').replace(/\(.*$/s, ''), '');
    case 'YieldStatement':
      if (parts[1]?.name === 'from') (scope.yielded ??= []).push(...itemsOf(valueOf(execution, parts.slice(2), scope)));
      else (scope.yielded ??= []).push(valueOf(execution, parts.slice(1), scope));
      return next;
    case 'PassStatement':
    case 'AssertStatement':
    case 'PrintStatement':
      return next;
    default:
      return node.type.isError ? next : unsupported(execution, node, scope);
  }
}

const dataclass = /^@\s*(?:dataclasses\.)?dataclass\b(?!.*\b(?:init|kw_only)\b)/s;

/** Carries out the decorators of a function or class, the last one first; one that is not worked out leaves the name undecided. */
function decorate({ run }: Execution, parts: readonly SyntaxNode[], inner: SyntaxNode, name: SyntaxNode, scope: Scope): void {
  const key = textAt(run, name);
  for (const decorator of parts.filter((part) => part.name === 'Decorator').toReversed()) {
    const text = textAt(run, decorator);
    const made = scope.find(key);
    if (dataclass.test(text) && made instanceof PyClass) made.fields = fieldsIn(run, inner);
    if (harmless.test(text)) continue;
    const [, first, ...more] = childrenOf(decorator);
    const callee = first?.name === 'VariableName' ? scope.find(textAt(run, first)) : undefined;
    const list = more.find((part) => part.name === 'ArgList');
    if (!first || !(callee instanceof PyFunction) || made === undefined || more.some((part) => part.name === '.')) {
      scope.set(key, unknownAt(run, name, 'unsupported'));
      continue;
    }
    const given = list && argumentsOf(run, list, scope);
    const value = settle(run, decorator, () => run.call(given ? run.call(callee, given) : callee, { positional: [made], named: new Map() }));
    scope.set(key, value);
  }
}

/** The names that a class body annotates, in order. */
function fieldsIn(run: Execution['run'], node: SyntaxNode): readonly string[] {
  const body = childrenOf(node).find(({ name }) => name === 'Body');
  const annotated = statementsOf(body).flatMap((statement) => /^([A-Za-z_]\w*)\s*:(?!=)\s*(?!(?:typing\.)?ClassVar\b)/.exec(textAt(run, statement))?.[1] ?? []);
  return [...new Set(annotated)];
}

/** A statement that is not worked out: every name that it sets is unknown, and so is every list and dict that it names. */
function unsupported({ run }: Execution, node: SyntaxNode, scope: Scope): Completion {
  const value = unknownAt(run, node, 'unsupported');
  const roots = value instanceof PyUnknown ? value.roots : [];
  node.cursor().iterate(({ node: inner }) => {
    if (inner.name === 'AssignStatement' && inner.firstChild?.name === 'VariableName') scope.set(textAt(run, inner.firstChild), value);
    if (inner.name !== 'VariableName') return;
    const named = scope.find(textAt(run, inner));
    if (named instanceof PyList || named instanceof PyDict) named.unsure = joinRoots(named.unsure, roots);
  });
  return next;
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
    changing(before, () => updateDict(before, { positional: [value], named: new Map() }));
  } else {
    bindTarget(run, target, settle(run, node, () => binary(operator, before, value)), scope);
  }
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

function within({ run, ...rest }: Execution, parts: readonly SyntaxNode[], scope: Scope): Completion {
  for (let at = 1; at < parts.length; at++) {
    const part = parts[at]!;
    if (part.name === 'Body') return executeBlock({ run, ...rest }, statementsOf(part), scope);
    if (part.name === 'as' || part.name === ',') continue;
    if (parts[at - 1]!.name === 'as') bindTarget(run, part, unknownAt(run, part, 'call'), scope);
    else run.evaluate(part, scope);
  }
  return next;
}

function returned(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): PyValue {
  const values = parts.slice(1);
  const value = valueOf(execution, values, scope);
  if (values[0]) execution.candidates.alone(value, values[0]);
  return value;
}
