import type { SyntaxNode } from '../../config/python-source.ts';
import { hashOf, isTrue } from '../values/equality.ts';
import { weightOf, type Run } from './run.ts';
import { NotSupported } from '../values/exceptions.ts';
import { Scope, PyDict, PyIterator, PyList, PySet } from '../values/values.ts';
import { iterate, itemsInAnyOrder, ofArray, type Items } from '../values/sequences.ts';
import { childrenOf } from './syntax.ts';
import { bindTargets } from './targets.ts';
import type { PyValue } from '../values/values.ts';

/** One `for targets in values` with the conditions behind it, or the conditions alone. */
interface Clause {
  readonly targets: readonly SyntaxNode[];
  readonly values: SyntaxNode;
  readonly conditions: readonly SyntaxNode[];
}

/** A comprehension, or the generator that is the only argument of a call. */
export function comprehend(run: Run, node: SyntaxNode, scope: Scope): PyValue {
  const parts = childrenOf(node).filter(({ name }) => !'[](){}'.includes(name) || name === '');
  const first = parts.findIndex(({ name }) => name === 'for' || name === 'async');
  const head = parts.slice(0, first).filter(({ name }) => name !== ':');
  const clauses = clausesOf(parts.slice(first));
  if (node.name === 'ComprehensionExpression' || node.name === 'ArgList') return lazily(run, head, clauses, scope);
  const made: PyValue[][] = [];
  const inner = new Scope('comprehension', scope);
  // The order in which a set is made does not matter.
  walk(run, clauses, 0, inner, scope, () => made.push(head.map((part) => run.evaluate(part, inner))), node.name === 'SetComprehensionExpression');
  if (node.name === 'DictionaryComprehensionExpression') {
    const dict = new PyDict(new Map(), node);
    for (const [key, value] of made) dict.entries.set(hashOf(key!), [key!, value!]);
    return dict;
  }
  const items = made.map(([item]) => item!);
  return node.name === 'SetComprehensionExpression' ? new PySet(new Map(items.map((item) => [hashOf(item), item]))) : new PyList(items);
}

/** A generator: only its first values are worked out at once. */
function lazily(run: Run, head: readonly SyntaxNode[], clauses: readonly Clause[], scope: Scope): PyIterator {
  const inner = new Scope('comprehension', scope);
  const [first] = clauses;
  const values = run.evaluate(first!.values, scope);
  run.step(weightOf(values));
  const isSet = values instanceof PySet && values.entries.size > 1;
  const items = isSet ? ofArray(itemsInAnyOrder(values)) : iterate(values);
  const made = new PyIterator('generator', walkLazily(run, clauses, items, inner, () => run.evaluate(head[0]!, inner)));
  made.isUnordered = isSet;
  made.scope = inner;
  return made;
}

function* walkLazily(run: Run, [clause, ...more]: readonly Clause[], items: Items, inner: Scope, make: () => PyValue): Generator<PyValue, void, undefined> {
  for (let item = items.next(); item !== undefined; item = items.next()) {
    run.step();
    bindTargets(run, clause!.targets, item, inner);
    if (!clause!.conditions.every((condition) => isTrue(run.evaluate(condition, inner)))) continue;
    if (more.length === 0) yield make();
    else yield* walkLazily(run, more, iterate(run.evaluate(more[0]!.values, inner)), inner, make);
  }
}

function clausesOf(parts: readonly SyntaxNode[]): readonly Clause[] {
  const clauses: Clause[] = [];
  let at = 0;
  while (at < parts.length) {
    if (parts[at]!.name === 'async') throw new NotSupported();
    if (parts[at]!.name !== 'for') throw new NotSupported();
    const inAt = parts.findIndex(({ name }, index) => index > at && name === 'in');
    const values = parts[inAt + 1];
    if (inAt < 0 || !values) throw new NotSupported();
    const conditions: SyntaxNode[] = [];
    let next = inAt + 2;
    while (parts[next]?.name === 'if' && parts[next + 1]) {
      conditions.push(parts[next + 1]!);
      next += 2;
    }
    clauses.push({ targets: parts.slice(at + 1, inAt), values, conditions });
    at = next;
  }
  return clauses;
}

function walk(run: Run, clauses: readonly Clause[], depth: number, inner: Scope, outer: Scope, take: () => void, isSet: boolean): void {
  const clause = clauses[depth];
  if (!clause) {
    take();
    return;
  }
  // Only the first values are worked out in the scope around the comprehension.
  const values = run.evaluate(clause.values, depth === 0 ? outer : inner);
  run.step(weightOf(values));
  const items = isSet && values instanceof PySet ? ofArray(itemsInAnyOrder(values)) : iterate(values);
  for (let item = items.next(); item !== undefined; item = items.next()) {
    run.step();
    bindTargets(run, clause.targets, item, inner);
    if (clause.conditions.every((condition) => isTrue(run.evaluate(condition, inner)))) walk(run, clauses, depth + 1, inner, outer, take, isSet);
  }
}
