import type { SyntaxNode } from '../../config/python-source.ts';
import { isTrue } from '../values/equality.ts';
import { eitherEnd, next, statementsOf, tryBranches, undecidedRoots, valueOf, type Completion, type Execution } from './execution.ts';
import { settle, weightOf } from './run.ts';
import { iterate, type Items } from '../values/sequences.ts';
import { bindTargets } from './targets.ts';
import { joinRoots, type Root } from '../values/roots.ts';
import { PyUnknown } from '../values/values.ts';
import type { PyValue, Scope } from '../values/values.ts';

/** `for`: over a decided value item by item, else once with an unknown item. */
export function forLoop(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): Completion {
  const { run } = execution;
  const inAt = parts.findIndex(({ name }) => name === 'in');
  const bodyAt = parts.findIndex(({ name }) => name === 'Body');
  const start = parts.findIndex(({ name }) => name === 'for');
  if (inAt < 0 || bodyAt < 0) return next;
  const targets = parts.slice(start + 1, inAt);
  const values = valueOf(execution, parts.slice(inAt + 1, bodyAt), scope);
  const body = statementsOf(parts[bodyAt]);
  let items: Items;
  try {
    run.step(weightOf(values));
    items = iterate(values);
  } catch (error) {
    return afterItem(error);
  }
  return overItems([]);

  /** The items cannot be asked for: the body is tried once with an unknown one. */
  function afterItem(error: unknown): Completion {
    const unknown = settle(run, parts[inAt + 1]!, () => {
      throw error;
    });
    if (!(unknown instanceof PyUnknown)) throw error;
    const once = () => {
      bindTargets(run, targets, new PyUnknown(unknown.roots, false), scope);
      return outsideLoop(execution.executeBlock(body, scope));
    };
    return tryBranches(execution, [once], scope, unknown.roots);
  }

  /** The iterations that are left, and `else`. `left` decides whether an iteration before has left the loop. */
  function overItems(left: readonly Root[]): Completion {
    let ending: Completion = next;
    for (;;) {
      let item: PyValue | undefined;
      try {
        item = items.next();
      } catch (error) {
        return eitherEnd(ending, afterItem(error));
      }
      if (item === undefined) return eitherEnd(ending, elseOf(execution, parts, bodyAt, scope));
      run.step();
      bindTargets(run, targets, item, scope);
      const completion = execution.executeBlock(body, scope);
      if (completion.type === 'break') return ending;
      if (completion.type === 'return') return completion;
      if (completion.type !== 'undecided' || !leavesLoop(completion)) continue;
      const { roots } = completion;
      if (roots.every(({ key }) => left.some((known) => known.key === key))) {
        ending = eitherEnd(ending, outsideLoop(completion));
        continue;
      }
      const further = () => overItems(joinRoots(left, roots));
      return eitherEnd(eitherEnd(ending, outsideLoop(completion)), tryBranches(execution, [further], scope, roots));
    }
  }
}

/** `while`, until its condition is false, or until it is not decided whether the loop continues. */
export function whileLoop(execution: Execution, parts: readonly SyntaxNode[], scope: Scope): Completion {
  const { run } = execution;
  const bodyAt = parts.findIndex(({ name }) => name === 'Body');
  const condition = parts[1];
  if (bodyAt < 0 || !condition) return next;
  const body = statementsOf(parts[bodyAt]);
  const once = () => outsideLoop(execution.executeBlock(body, scope));
  for (;;) {
    run.step();
    const value = run.evaluate(condition, scope);
    const roots = undecidedRoots(value);
    if (roots) return tryBranches(execution, [once], scope, roots);
    if (!isTrue(value)) return elseOf(execution, parts, bodyAt, scope);
    const completion = execution.executeBlock(body, scope);
    if (completion.type === 'break') return next;
    if (completion.type === 'return') return completion;
    // Another iteration is tried: nothing says how many there are.
    if (completion.type === 'undecided' && leavesLoop(completion)) return eitherEnd(outsideLoop(completion), tryBranches(execution, [once], scope, completion.roots));
  }
}

/** Whether an iteration that ends so may be the last one. */
function leavesLoop({ ways }: Completion & { readonly type: 'undecided' }): boolean {
  return ways.has('break') || ways.has('return');
}

/** The end of an iteration as seen from outside of the loop: `break` and `continue` end there. */
function outsideLoop(completion: Completion): Completion {
  if (completion.type === 'return') return completion;
  return completion.type === 'undecided' && completion.ways.has('return') ? { ...completion, ways: new Set(['return']) } : next;
}

function elseOf(execution: Execution, parts: readonly SyntaxNode[], bodyAt: number, scope: Scope): Completion {
  return parts[bodyAt + 1]?.name === 'else' ? execution.executeBlock(statementsOf(parts[bodyAt + 2]), scope) : next;
}
