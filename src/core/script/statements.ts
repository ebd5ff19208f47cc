import type { SyntaxNode } from '../config/python-source.ts';
import type { Candidates } from './candidates.ts';
import { isTrue } from './equality.ts';
import { binary } from './operators.ts';
import { defaultsOf } from './parameters.ts';
import { isRaise, keyOf, settle, textAt, unknownAt, weightOf, type Run } from './run.ts';
import {
  Scope,
  NeedsUnknown,
  NotSupported,
  PyClass,
  PyDict,
  PyFunction,
  PyList,
  PyRaise,
  PyReference,
  PyTuple,
  PyUnknown,
} from './values.ts';
import { itemsOf } from './sequences.ts';
import { takeSnapshot } from './snapshot.ts';
import { childrenOf } from './syntax.ts';
import { bindTarget, bindTargets, changing, deleteTarget, nameOf } from './targets.ts';
import { updateDict } from './container-methods.ts';
import type { PyValue, Root } from './values.ts';

/** How a statement ends. After an undecided one, what follows may or may not run. */
export type Completion =
  | { readonly type: 'next' | 'break' | 'continue' }
  | { readonly type: 'return'; readonly value: PyValue }
  | { readonly type: 'undecided'; readonly roots: readonly Root[] };

const next: Completion = { type: 'next' };

/** Decorators that leave what a function returns as it is. */
const harmless = /^@\s*(?:torch\.(?:no_grad|inference_mode)|(?:functools\.)?(?:lru_)?cache|(?:dataclasses\.)?dataclass)\b/;

/** What statements need besides the run: where lists that may be config lists are written down. */
export interface Execution {
  readonly run: Run;
  readonly candidates: Candidates;
  /** Functions and classes in the order in which they are defined. */
  readonly defined: (PyFunction | PyClass)[];
  /** Lines where Python would stop with an exception. */
  readonly raised: Map<number, PyRaise>;
}

/** Runs the statements of a script or a body. Throws `PyRaise` where Python would raise. */
export function executeBlock(execution: Execution, statements: readonly SyntaxNode[], scope: Scope): Completion {
  for (let at = 0; at < statements.length; at++) {
    const completion = executeStatement(execution, statements[at]!, scope);
    if (completion.type === 'undecided') {
      const rest = statements.slice(at + 1);
      tryBranches(execution, [() => executeBlock(execution, rest, scope)], scope, completion.roots);
      return completion;
    }
    if (completion.type !== 'next') return completion;
  }
  return next;
}

/** The statements of a `Body`. */
export function statementsOf(body: SyntaxNode | undefined): readonly SyntaxNode[] {
  return body ? childrenOf(body).filter(({ name }) => name !== ':') : [];
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
      const changer = parts.find((part) => part.name === 'Decorator' && !harmless.test(textAt(run, part)));
      const name = childrenOf(inner).find((part) => part.name === 'VariableName');
      if (changer && name) scope.set(textAt(run, name), unknownAt(run, name, 'unsupported'));
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
      if (textAt(run, node).startsWith('yield from')) throw new NotSupported();
      (scope.yielded ??= []).push(valueOf(execution, parts.slice(1), scope));
      return next;
    case 'PassStatement':
    case 'AssertStatement':
    case 'PrintStatement':
      return next;
    default:
      return node.type.isError ? next : unsupported(execution, node, scope);
  }
}

/** A statement that is not worked out: whatever it sets is unknown. */
function unsupported({ run }: Execution, node: SyntaxNode, scope: Scope): Completion {
  const value = unknownAt(run, node, 'unsupported');
  node.cursor().iterate(({ node: inner }) => {
    if (inner.name === 'AssignStatement' && inner.firstChild?.name === 'VariableName') scope.set(textAt(run, inner.firstChild), value);
  });
  return next;
}

/** A value written as one expression, or several with commas between them: a tuple. */
function valueOf({ run }: Execution, parts: readonly SyntaxNode[], scope: Scope): PyValue {
  const [only] = parts;
  if (parts.length === 1 && only && only.name !== '*') return run.evaluate(only, scope);
  if (parts.length === 0) return null;
  return settle(run, only!, () => {
    const items: PyValue[] = [];
    let isStar = false;
    for (const part of parts) {
      if (part.name === ',') continue;
      if (part.name === '*') isStar = true;
      else {
        if (isStar) items.push(...itemsOf(run.evaluate(part, scope)));
        else items.push(run.evaluate(part, scope));
        isStar = false;
      }
    }
    return new PyTuple(items);
  });
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

function undecidedRoots(value: PyValue): readonly Root[] | null {
  try {
    isTrue(value);
    return null;
  } catch (error) {
    if (error instanceof NeedsUnknown) return error.roots;
    throw error;
  }
}

/**
 * Tries code of which nothing says whether it runs. What any of it changes is then decided by `roots`; the lists that it
 * makes are written down with them. Code that ends in an exception is taken not to run.
 */
function tryBranches(
  execution: Execution,
  branches: readonly (() => Completion)[],
  scope: Scope,
  roots: readonly Root[],
): Completion {
  const { candidates, run } = execution;
  const marks: ((roots: readonly Root[]) => void)[] = [];
  let leaves = false;
  for (const attempted of branches) {
    const snapshot = takeSnapshot(run, scope);
    candidates.enter(roots);
    try {
      const completion = attempted();
      if (completion.type !== 'next') leaves = true;
      marks.push(snapshot.changes());
    } catch (error) {
      if (!isRaise(error)) throw error;
    } finally {
      candidates.leave();
      snapshot.restore();
    }
  }
  for (const mark of marks) mark(roots);
  return leaves ? { type: 'undecided', roots } : next;
}

function forLoop(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): Completion {
  const { run } = execution;
  const inAt = parts.findIndex(({ name }) => name === 'in');
  const bodyAt = parts.findIndex(({ name }) => name === 'Body');
  const start = parts.findIndex(({ name }) => name === 'for');
  if (inAt < 0 || bodyAt < 0) return next;
  const targets = parts.slice(start + 1, inAt);
  const values = valueOf(execution, parts.slice(inAt + 1, bodyAt), scope);
  const body = statementsOf(parts[bodyAt]);
  let items: readonly PyValue[];
  try {
    run.step(weightOf(values));
    items = [...itemsOf(values)];
  } catch (error) {
    const unknown = settle(run, parts[inAt + 1]!, () => {
      throw error;
    });
    if (!(unknown instanceof PyUnknown)) throw error;
    const once = () => {
      bindTargets(run, targets, new PyUnknown(unknown.roots, false), scope);
      const completion = executeBlock(execution, body, scope);
      return completion.type === 'return' ? completion : next;
    };
    return tryBranches(execution, [once], scope, unknown.roots);
  }
  for (const item of items) {
    run.step();
    bindTargets(run, targets, item, scope);
    const completion = executeBlock(execution, body, scope);
    if (completion.type === 'break') return next;
    if (completion.type === 'return' || completion.type === 'undecided') return completion;
  }
  return elseOf(execution, parts, bodyAt, scope);
}

function whileLoop(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): Completion {
  const { run } = execution;
  const bodyAt = parts.findIndex(({ name }) => name === 'Body');
  const condition = parts[1];
  if (bodyAt < 0 || !condition) return next;
  const body = statementsOf(parts[bodyAt]);
  for (;;) {
    run.step();
    const value = run.evaluate(condition, scope);
    const roots = undecidedRoots(value);
    if (roots) return tryBranches(execution, [() => executeBlock(execution, body, scope)], scope, roots);
    if (!isTrue(value)) return elseOf(execution, parts, bodyAt, scope);
    const completion = executeBlock(execution, body, scope);
    if (completion.type === 'break') return next;
    if (completion.type === 'return' || completion.type === 'undecided') return completion;
  }
}

function elseOf(execution: Execution, parts: readonly SyntaxNode[], bodyAt: number, scope: Scope): Completion {
  return parts[bodyAt + 1]?.name === 'else' ? executeBlock(execution, statementsOf(parts[bodyAt + 2]), scope) : next;
}

/** `try`: a handler runs when its exception is named, or it takes all. */
function attempt(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): Completion {
  const { run } = execution;
  const clauses = clausesOf(parts);
  const named = (keyword: string) => clauses.filter((clause) => clause.keyword === keyword);
  let completion: Completion = next;
  try {
    completion = executeBlock(execution, statementsOf(named('try')[0]?.body), scope);
    if (completion.type === 'next') completion = executeBlock(execution, statementsOf(named('else')[0]?.body), scope);
  } catch (error) {
    if (!isRaise(error)) throw error;
    const handler = named('except').find(({ head }) => {
      const caught = head[0] ? textAt(run, head[0]) : '';
      return caught === '' || /\bException\b|BaseException/.test(caught) || new RegExp(`\\b${error.type}\\b`).test(caught);
    });
    if (!handler) throw error;
    const as = handler.head.findIndex(({ name }) => name === 'as');
    const target = as >= 0 ? handler.head[as + 1] : undefined;
    if (target) scope.set(textAt(run, target), new PyReference(error.type));
    completion = executeBlock(execution, statementsOf(handler.body), scope);
  }
  const last = executeBlock(execution, statementsOf(named('finally')[0]?.body), scope);
  return last.type === 'next' ? completion : last;
}

function clausesOf(parts: readonly SyntaxNode[]) {
  const clauses: { readonly keyword: string; readonly head: readonly SyntaxNode[]; readonly body: SyntaxNode }[] = [];
  let keyword = '';
  let head: SyntaxNode[] = [];
  for (const part of parts) {
    if (/^(?:try|except|else|finally)$/.test(part.name)) {
      keyword = part.name;
      head = [];
    } else if (part.name === 'Body') {
      clauses.push({ keyword, head, body: part });
    } else {
      head.push(part);
    }
  }
  return clauses;
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

function define({ run, defined }: Execution, node: SyntaxNode, scope: Scope): void {
  const name = childrenOf(node).find((child) => child.name === 'VariableName');
  if (!name) return;
  const made = new PyFunction(textAt(run, name), node, scope, defaultsOf(run, node, scope));
  defined.push(made);
  scope.set(made.name, made);
}

function defineClass(execution: Execution, node: SyntaxNode, scope: Scope): void {
  const { run, defined } = execution;
  const parts = childrenOf(node);
  const name = parts.find((child) => child.name === 'VariableName');
  const body = parts.find((child) => child.name === 'Body');
  if (!name) return;
  const bases = childrenOf(parts.find((child) => child.name === 'ArgList') ?? node)
    .filter((child) => child.name === 'VariableName' || child.name === 'MemberExpression')
    .filter((child) => child.from !== name.from)
    .map((child) => run.evaluate(child, scope));
  const inner = new Scope('class', scope);
  const before = defined.length;
  executeBlock(execution, statementsOf(body), inner);
  defined.length = before;
  const made = new PyClass(textAt(run, name), inner.names, bases);
  defined.push(made);
  scope.set(made.name, made);
}

function returned(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): PyValue {
  const values = parts.slice(1);
  const value = valueOf(execution, values, scope);
  if (values[0]) execution.candidates.alone(value, values[0]);
  return value;
}

/** `import a.b as c`, `from a import b as c`. */
function importNames(run: Run, node: SyntaxNode, scope: Scope): void {
  const text = textAt(run, node).replaceAll(/[()\\]/g, ' ').replaceAll(/#[^\n]*/g, ' ');
  const from = /^\s*from\s+([\w.]*)\s+import\s+([\s\S]*)$/.exec(text);
  const names = (from ? from[2]! : text.replace(/^\s*import\s+/, '')).split(',');
  for (const entry of names) {
    const [, path = '', alias] = /^\s*([\w.*]+)(?:\s+as\s+(\w+))?\s*$/.exec(entry) ?? [];
    if (path === '' || path === '*') continue;
    if (from) {
      const key = alias ?? path;
      const given = run.given.get(key);
      if (given !== undefined) run.met.add(key);
      const root: Root = { key, from: node.from, to: node.to, reason: 'name', suggestion: null };
      const reference = new PyReference(`${from[1]}.${path}`.replace(/^torch\.nn\.modules\.\w+\.(?=[A-Z])/, 'torch.nn.'), root);
      scope.set(key, given === undefined ? reference : given);
    }
    else if (alias !== undefined) scope.set(alias, new PyReference(path));
    else scope.set(path.split('.')[0]!, new PyReference(path.split('.')[0]!));
  }
}

function handOn(run: Run, [keyword, ...rest]: readonly SyntaxNode[], scope: Scope): void {
  for (const part of rest) {
    if (part.name !== 'VariableName') continue;
    const name = textAt(run, part);
    const owner = keyword && textAt(run, keyword) === 'global' ? scope.outermost : scope.enclosing(name);
    if (owner && owner !== scope) scope.handedOn.set(name, owner);
  }
}
