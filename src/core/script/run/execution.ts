import type { SyntaxNode } from '../../config/python-source.ts';
import type { Candidates } from '../lists/candidates.ts';
import { isTrue } from '../values/equality.ts';
import { isRaise, settle, type Run } from './run.ts';
import { itemsOf } from '../values/sequences.ts';
import { takeSnapshot } from './snapshot.ts';
import { childrenOf } from './syntax.ts';
import { NeedsUnknown } from '../values/exceptions.ts';
import { PyTuple } from '../values/values.ts';
import { joinRoots, type Root } from '../values/roots.ts';
import type { PyRaise } from '../values/exceptions.ts';
import type { PyClass, PyFunction, PyValue, Scope } from '../values/values.ts';

/** A way in which a statement leaves the block around it. */
export type Way = 'break' | 'continue' | 'return';

/** How a statement ends. After an undecided one, the next statements may or may not run; `ways` lists the other ends. */
export type Completion =
  | { readonly type: 'next' | 'break' | 'continue' }
  | { readonly type: 'return'; readonly value: PyValue }
  | { readonly type: 'undecided'; readonly roots: readonly Root[]; readonly ways: ReadonlySet<Way> };

export const next: Completion = { type: 'next' };

/** The end of code that ends as `first` says, or, where that is not decided, as `then` says. */
export function eitherEnd(first: Completion, then: Completion): Completion {
  if (first.type !== 'undecided') return then;
  if (then.type === 'next') return first;
  const [roots, ways] = then.type === 'undecided' ? [then.roots, then.ways] : [[], [then.type]];
  return { type: 'undecided', roots: joinRoots(first.roots, roots), ways: new Set([...first.ways, ...ways]) };
}

/** State that statements need in addition to the run: the place that collects lists that may be config lists. */
export interface Execution {
  readonly run: Run;
  readonly candidates: Candidates;
  /** Functions and classes in the order in which they are defined. */
  readonly defined: (PyFunction | PyClass)[];
  /** Lines where Python would stop with an exception. */
  readonly raised: Map<number, PyRaise>;
  /** Assumptions, by sentence. */
  readonly assumed: Set<string>;
  /** The exception that a handler deals with now, for `raise` alone. */
  handled: PyRaise | null;
  /** Runs the statements of a body. */
  readonly executeBlock: (statements: readonly SyntaxNode[], scope: Scope) => Completion;
}

/** The statements of a `Body`. */
export function statementsOf(body: SyntaxNode | undefined): readonly SyntaxNode[] {
  return body ? childrenOf(body).filter(({ name }) => name !== ':') : [];
}

/** A value written as one expression, or several with commas between them: a tuple. */
export function valueOf({ run }: Execution, parts: readonly SyntaxNode[], scope: Scope): PyValue {
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

/** The undecided roots of a condition; null for one that is true or false. */
export function undecidedRoots(value: PyValue): readonly Root[] | null {
  try {
    isTrue(value);
    return null;
  } catch (error) {
    if (error instanceof NeedsUnknown) return error.roots;
    throw error;
  }
}

/**
 * Tries code of which nothing says whether it runs. `roots` then decide everything that it changes; the lists that it
 * makes are written down with them. Code that ends in an exception is taken not to run.
 */
export function tryBranches(
  execution: Execution,
  branches: readonly (() => Completion)[],
  scope: Scope,
  roots: readonly Root[],
): Completion {
  const { candidates, run } = execution;
  const marks: ((roots: readonly Root[]) => void)[] = [];
  const ways = new Set<Way>();
  let known = roots;
  for (const attempted of branches) {
    const snapshot = takeSnapshot(run, scope);
    candidates.enter(roots);
    try {
      const completion = attempted();
      if (completion.type === 'undecided') {
        for (const way of completion.ways) ways.add(way);
        known = joinRoots(known, completion.roots);
      } else if (completion.type !== 'next') {
        ways.add(completion.type);
      }
      marks.push(snapshot.changes());
    } catch (error) {
      if (!isRaise(error)) throw error;
    } finally {
      candidates.leave();
      snapshot.restore();
    }
  }
  for (const mark of marks) mark(roots);
  return ways.size > 0 ? { type: 'undecided', roots: known, ways } : next;
}
