import type { SyntaxNode } from '../../config/python-source.ts';
import { isTrue } from '../values/equality.ts';
import { NeedsUnknown, NotSupported, PyRaise } from '../values/exceptions.ts';
import { iterate, type Items } from '../values/sequences.ts';
import { PyIterator, type PyFunction, type PyValue, type Scope } from '../values/values.ts';
import { next, statementsOf, tryBranches, undecidedRoots, valueOf, type Completion, type Execution } from './execution.ts';
import { childrenOf } from './syntax.ts';
import { bindTarget, bindTargets } from './targets.ts';
import { clausesOf, handlerOf } from './try-statement.ts';

type Steps = Generator<PyValue, Completion, undefined>;

const generators = new WeakMap<SyntaxNode, boolean>();

/** Whether calls of a function give a generator: its own body yields. */
export function isGenerator({ node }: PyFunction): boolean {
  let known = generators.get(node);
  if (known === undefined) {
    const body = childrenOf(node).find(({ name }) => name === 'Body');
    known = body !== undefined && yields(body);
    generators.set(node, known);
  }
  return known;
}

/** Whether a `yield` stands in a statement, outside of functions in it. */
function yields(node: SyntaxNode): boolean {
  let found = false;
  node.cursor().iterate(({ name }) => {
    if (name === 'YieldStatement' || name === 'YieldExpression') found = true;
    return !found && name !== 'FunctionDefinition' && name !== 'LambdaExpression' && name !== 'ClassDefinition';
  });
  return found;
}

/**
 * The generator that a call gives: its body runs on to the next `yield` whenever an item is asked for.
 * @param enter Called before the body runs on. It throws where calls nest too deeply, and gives the function to call afterwards.
 */
export function generatorOf(execution: Execution, body: readonly SyntaxNode[], scope: Scope, enter: () => () => void): PyIterator {
  const steps = runLazily(execution, body, scope);
  const made = new PyIterator('generator', {
    next: () => {
      const leave = enter();
      try {
        return steps.next();
      } finally {
        leave();
      }
    },
  });
  made.scope = scope;
  return made;
}

function* runLazily(execution: Execution, body: readonly SyntaxNode[], scope: Scope): Steps {
  try {
    return yield* block(execution, body, scope);
  } catch (error) {
    if (!(error instanceof NeedsUnknown)) throw error;
    // Whatever the body may still change is not decided either.
    const end = tryBranches(execution, [() => execution.executeBlock(body, scope)], scope, error.roots);
    throw new NeedsUnknown(end.type === 'undecided' ? end.roots : error.roots);
  }
}

function* block(execution: Execution, statements: readonly SyntaxNode[], scope: Scope): Steps {
  for (const statement of statements) {
    const completion = yields(statement) ? yield* statementLazily(execution, statement, scope) : execution.executeBlock([statement], scope);
    if (completion.type === 'undecided') throw new NeedsUnknown(completion.roots);
    if (completion.type !== 'next') return completion;
  }
  return next;
}

function* statementLazily(execution: Execution, node: SyntaxNode, scope: Scope): Steps {
  const { run } = execution;
  run.step();
  const parts = childrenOf(node);
  switch (node.name) {
    case 'YieldStatement':
      yield* yieldAt(execution, parts, scope);
      return next;
    case 'AssignStatement': {
      // Nothing is sent to a generator here.
      const [target, sign, value, ...more] = parts;
      if (!target || sign?.name !== 'AssignOp' || value?.name !== 'YieldExpression' || more.length > 0) throw new NotSupported();
      const asked = childrenOf(value);
      if (asked[1]?.name === 'from') throw new NotSupported();
      yield* yieldAt(execution, asked, scope);
      bindTarget(run, target, null, scope);
      return next;
    }
    case 'IfStatement':
      return yield* branchLazily(execution, parts, scope);
    case 'ForStatement':
      return yield* forLazily(execution, parts, scope);
    case 'WhileStatement':
      return yield* whileLazily(execution, parts, scope);
    case 'TryStatement':
      return yield* tryLazily(execution, parts, scope);
    case 'StatementGroup':
      return yield* block(execution, parts.filter(({ name }) => name !== ';'), scope);
    default:
      throw new NotSupported();
  }
}

function* yieldAt(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): Generator<PyValue, void, undefined> {
  if (parts[1]?.name !== 'from') {
    yield valueOf(execution, parts.slice(1), scope);
    return;
  }
  const items = iterate(valueOf(execution, parts.slice(2), scope));
  for (let item = items.next(); item !== undefined; item = items.next()) yield item;
}

function decidedTruth(value: PyValue): boolean {
  const roots = undecidedRoots(value);
  if (roots) throw new NeedsUnknown(roots);
  return isTrue(value);
}

function* branchLazily(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): Steps {
  for (let at = 0; at < parts.length; at++) {
    const { name } = parts[at]!;
    const isCase = (name === 'if' || name === 'elif') && parts[at + 2];
    if (isCase && decidedTruth(execution.run.evaluate(parts[at + 1]!, scope))) return yield* block(execution, statementsOf(parts[at + 2]), scope);
    if (name === 'else' && parts[at + 1]) return yield* block(execution, statementsOf(parts[at + 1]), scope);
  }
  return next;
}

function* forLazily(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): Steps {
  const inAt = parts.findIndex(({ name }) => name === 'in');
  const bodyAt = parts.findIndex(({ name }) => name === 'Body');
  if (parts[0]?.name !== 'for' || inAt < 0 || bodyAt < 0) throw new NotSupported();
  const items: Items = iterate(valueOf(execution, parts.slice(inAt + 1, bodyAt), scope));
  for (let item = items.next(); item !== undefined; item = items.next()) {
    execution.run.step();
    bindTargets(execution.run, parts.slice(1, inAt), item, scope);
    const completion = yield* block(execution, statementsOf(parts[bodyAt]), scope);
    if (completion.type === 'break') return next;
    if (completion.type === 'return') return completion;
  }
  return yield* elseLazily(execution, parts, bodyAt, scope);
}

function* whileLazily(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): Steps {
  const bodyAt = parts.findIndex(({ name }) => name === 'Body');
  if (bodyAt < 0 || !parts[1]) throw new NotSupported();
  while (decidedTruth(execution.run.evaluate(parts[1], scope))) {
    execution.run.step();
    const completion = yield* block(execution, statementsOf(parts[bodyAt]), scope);
    if (completion.type === 'break') return next;
    if (completion.type === 'return') return completion;
  }
  return yield* elseLazily(execution, parts, bodyAt, scope);
}

function* elseLazily(execution: Execution, parts: readonly SyntaxNode[], bodyAt: number, scope: Scope): Steps {
  return parts[bodyAt + 1]?.name === 'else' ? yield* block(execution, statementsOf(parts[bodyAt + 2]), scope) : next;
}

function* tryLazily(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): Steps {
  const clauses = clausesOf(parts);
  const bodyOf = (keyword: string) => statementsOf(clauses.find((clause) => clause.keyword === keyword)?.body);
  let completion: Completion;
  try {
    completion = yield* block(execution, bodyOf('try'), scope);
    if (completion.type === 'next') completion = yield* block(execution, bodyOf('else'), scope);
  } catch (error) {
    if (!(error instanceof PyRaise) || clauses.some(({ keyword }) => keyword === 'finally')) throw error instanceof PyRaise ? new NotSupported() : error;
    const handler = handlerOf(execution, clauses, error, scope);
    if (!handler) throw error;
    completion = yield* block(execution, statementsOf(handler.body), scope);
  }
  const last = yield* block(execution, bodyOf('finally'), scope);
  return last.type === 'next' ? completion : last;
}
