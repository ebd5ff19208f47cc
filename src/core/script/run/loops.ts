import type { SyntaxNode } from '../../config/python-source.ts';
import { isTrue } from '../values/equality.ts';
import { next, statementsOf, tryBranches, undecidedRoots, valueOf, type Completion, type Execution } from './execution.ts';
import { settle, weightOf } from './run.ts';
import { itemsOf } from '../values/sequences.ts';
import { bindTargets } from './targets.ts';
import { PyUnknown } from '../values/values.ts';
import type { PyValue, Scope } from '../values/values.ts';

/** `for`: over what is decided item by item, else once with an unknown item. */
export function forLoop(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): Completion {
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
      const completion = execution.executeBlock(body, scope);
      return completion.type === 'return' ? completion : next;
    };
    return tryBranches(execution, [once], scope, unknown.roots);
  }
  for (const item of items) {
    run.step();
    bindTargets(run, targets, item, scope);
    const completion = execution.executeBlock(body, scope);
    if (completion.type === 'break') return next;
    if (completion.type === 'return' || completion.type === 'undecided') return completion;
  }
  return elseOf(execution, parts, bodyAt, scope);
}

/** `while`, until its condition is false or not decided. */
export function whileLoop(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): Completion {
  const { run } = execution;
  const bodyAt = parts.findIndex(({ name }) => name === 'Body');
  const condition = parts[1];
  if (bodyAt < 0 || !condition) return next;
  const body = statementsOf(parts[bodyAt]);
  for (;;) {
    run.step();
    const value = run.evaluate(condition, scope);
    const roots = undecidedRoots(value);
    if (roots) return tryBranches(execution, [() => execution.executeBlock(body, scope)], scope, roots);
    if (!isTrue(value)) return elseOf(execution, parts, bodyAt, scope);
    const completion = execution.executeBlock(body, scope);
    if (completion.type === 'break') return next;
    if (completion.type === 'return' || completion.type === 'undecided') return completion;
  }
}

function elseOf(execution: Execution, parts: readonly SyntaxNode[], bodyAt: number, scope: Scope): Completion {
  return parts[bodyAt + 1]?.name === 'else' ? execution.executeBlock(statementsOf(parts[bodyAt + 2]), scope) : next;
}
