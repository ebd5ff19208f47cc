import type { SyntaxNode } from '../../config/python-source.ts';
import { textAt, unknownAt, weightOf, type Run } from './run.ts';
import { childrenOf } from './syntax.ts';
import { plainValue } from '../values/classes.ts';
import { isTrue } from '../values/equality.ts';
import { PyRaise } from '../values/exceptions.ts';
import { compare } from '../values/comparison.ts';
import { binary } from '../values/operators.ts';
import { decided, PyFloat, type PyValue, type Scope } from '../values/values.ts';

/** `-x`, `+x`, `~x`, `not x`. */
export function unaryAt(run: Run, node: SyntaxNode, scope: Scope): PyValue {
  const [operator, operand] = childrenOf(node);
  if (!operator || !operand) return unknownAt(run, node, 'syntax');
  const sign = textAt(run, operator);
  if (sign === 'not') return logicalAt(run, node, scope);
  const value = plainValue(run.evaluate(operand, scope));
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
  if (operator === 'and' || operator === 'or') return logicalAt(run, node, scope);
  if (isComparison(operator)) return compareAt(run, node, scope).holds;
  const first = run.evaluate(left, scope);
  const second = run.evaluate(right, scope);
  run.step(weightOf(first) + weightOf(second));
  const made = binary(operator, first, second);
  run.step(weightOf(made));
  return made;
}

/** Operands of `and` and `or` in their order, each with how many `not` stand before it, and the operators between them. */
interface Logical {
  readonly operands: readonly { readonly node: SyntaxNode; readonly nots: number }[];
  readonly operators: readonly string[];
}

/** The parser takes `not a or b` for `not (a or b)`: the operands are put in a row, and bound as Python binds them. */
function logicalIn(run: Run, node: SyntaxNode): Logical {
  const parts = childrenOf(node);
  const operator = parts[parts.length === 2 ? 0 : 1];
  const sign = operator ? textAt(run, operator) : '';
  if (node.name === 'UnaryExpression' && sign === 'not' && parts[1]) {
    const { operands, operators } = logicalIn(run, parts[1]);
    const [first, ...rest] = operands;
    return { operands: [{ node: first!.node, nots: first!.nots + 1 }, ...rest], operators };
  }
  if (node.name === 'BinaryExpression' && parts.length === 3 && (sign === 'and' || sign === 'or')) {
    const [left, right] = [logicalIn(run, parts[0]!), logicalIn(run, parts[2]!)];
    return { operands: [...left.operands, ...right.operands], operators: [...left.operators, sign, ...right.operators] };
  }
  return { operands: [{ node, nots: 0 }], operators: [] };
}

/** `not`, `and`, `or`: operands behind the one that decides are not worked out. */
function logicalAt(run: Run, node: SyntaxNode, scope: Scope): PyValue {
  const { operands, operators } = logicalIn(run, node);
  let value: PyValue = null;
  for (let at = 0; at < operands.length; at++) {
    const { node: operand, nots } = operands[at]!;
    value = run.evaluate(operand, scope);
    for (let k = 0; k < nots; k++) value = !isTrue(value);
    if (at === operators.length) return value;
    const isDecided = isTrue(value) === (operators[at] === 'or');
    if (isDecided && operators[at] === 'or') return value;
    // A false operand ends its row of `and`; one behind the next `or` may still follow.
    if (!isDecided) continue;
    while (operators[at] === 'and') at++;
    if (at === operators.length) return value;
  }
  return value;
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
