import type { SyntaxNode } from '../../config/python-source.ts';
import { textAt, unknownAt, weightOf, type Run } from './run.ts';
import { childrenOf } from './syntax.ts';
import { isTrue } from '../values/equality.ts';
import { PyRaise } from '../values/exceptions.ts';
import { compare } from '../values/comparison.ts';
import { binary } from '../values/operators.ts';
import { decided, PyFloat, type PyValue, type Scope } from '../values/values.ts';

/** `-x`, `+x`, `~x`, `not x`. */
export function unaryAt(run: Run, node: SyntaxNode, scope: Scope): PyValue {
  const [operator, operand] = childrenOf(node);
  if (!operator || !operand) return unknownAt(run, node, 'syntax');
  const value = run.evaluate(operand, scope);
  const sign = textAt(run, operator);
  if (sign === 'not') return !isTrue(value);
  const number = decided(value);
  if (sign === '-' && number instanceof PyFloat) return new PyFloat(-number.value, negated(number.text));
  if (sign === '+' && number instanceof PyFloat) return number;
  if (typeof number === 'bigint' || typeof number === 'boolean') {
    const whole = BigInt(number);
    if (sign === '-') return -whole;
    return sign === '~' ? ~whole : whole;
  }
  throw new PyRaise('TypeError', `bad operand type for unary ${sign}`);
}

function negated(text: string | null): string | null {
  if (text === null) return null;
  return text.startsWith('-') ? text.slice(1) : `-${text}`;
}

/** Arithmetic, comparisons and their chains, `and`, `or`. */
export function binaryAt(run: Run, node: SyntaxNode, scope: Scope): PyValue {
  const parts = childrenOf(node);
  const left = parts[0];
  const right = parts.at(-1);
  if (!left || !right || parts.length < 3) return unknownAt(run, node, 'syntax');
  const operator = parts.slice(1, -1).map((part) => textAt(run, part)).join(' ');
  if (operator === 'and' || operator === 'or') {
    const first = run.evaluate(left, scope);
    return isTrue(first) === (operator === 'and') ? run.evaluate(right, scope) : first;
  }
  if (isComparison(operator)) return compareAt(run, node, scope).holds;
  const first = run.evaluate(left, scope);
  const second = run.evaluate(right, scope);
  run.step(weightOf(first) + weightOf(second));
  const made = binary(operator, first, second);
  run.step(weightOf(made));
  return made;
}

function isComparison(operator: string): boolean {
  return /^(?:[=!]=|[<>]=?|in|not in|is|is not)$/.test(operator);
}

/** `a < b < c` holds when `a < b` and `b < c` hold; `b` is worked out once. */
function compareAt(run: Run, node: SyntaxNode, scope: Scope): { readonly holds: boolean; readonly last: PyValue } {
  const parts = childrenOf(node);
  const [left] = parts;
  const right = parts.at(-1)!;
  const operator = parts.slice(1, -1).map((part) => textAt(run, part)).join(' ');
  const inner = left!.name === 'BinaryExpression' ? childrenOf(left!).slice(1, -1).map((part) => textAt(run, part)).join(' ') : '';
  if (isComparison(inner)) {
    const first = compareAt(run, left!, scope);
    if (!first.holds) return { holds: false, last: null };
    const value = run.evaluate(right, scope);
    run.step(weightOf(value));
    return { holds: compare(operator, first.last, value), last: value };
  }
  const first = run.evaluate(left!, scope);
  const value = run.evaluate(right, scope);
  run.step(weightOf(first) + weightOf(value));
  return { holds: compare(operator, first, value), last: value };
}
