import { asNumber, hashOf, isEqual, rangeLength } from './equality.ts';
import { codePoints, itemsOf } from './sequences.ts';
import { formatPercent } from './text-of.ts';
import { NeedsUnknown, NotSupported, PyRaise } from './exceptions.ts';
import { decided, PyDict, PyFloat, PyList, PyModule, PyRange, PyReference, PySet, PyTuple, PyUnknown, typeName } from './values.ts';
import type { PyValue } from './values.ts';

/** The largest list, string or int that arithmetic may make: items, UTF-16 units, bits. */
const largestResult = 5_000_000;

/** `first operator second` for the arithmetic operators. Throws `PyRaise` as Python raises. */
export function binary(operator: string, first: PyValue, second: PyValue): PyValue {
  // The parts of a list may be undecided: the list is still a list.
  const a = decided(first);
  const b = decided(second);
  if (operator === '+' && a instanceof PyList && b instanceof PyList) return joinLists(a, b);
  if (operator === '+' && a instanceof PyTuple && b instanceof PyTuple) return new PyTuple([...a.items, ...b.items]);
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') return bounded(a + b);
  if (operator === '*') {
    const repeated = repeat(a, b) ?? repeat(b, a);
    if (repeated !== null) return repeated;
  }
  if (operator === '%' && typeof a === 'string') return formatPercent(a, b);
  if (operator === '|' && a instanceof PyDict && b instanceof PyDict) {
    return sure(a, b, new PyDict(new Map([...a.entries, ...b.entries])));
  }
  if (a instanceof PySet && b instanceof PySet) return sure(a, b, setOperation(operator, a, b));
  return arithmetic(operator, a, b);
}

function joinLists(a: PyList, b: PyList): PyList {
  const joined = new PyList([...a.items, ...b.items]);
  if (joined.items.length > largestResult) throw new NotSupported();
  joined.unsure = [...a.unsure, ...b.unsure];
  return joined;
}

function sure<T extends PyDict | PySet>(a: PyDict | PySet, b: PyDict | PySet, made: T): T {
  made.unsure = [...a.unsure, ...b.unsure];
  return made;
}

function bounded(text: string): string {
  if (text.length > largestResult) throw new NotSupported();
  return text;
}

function repeat(value: PyValue, times: PyValue): PyValue {
  const count = typeof times === 'boolean' ? BigInt(times) : times;
  if (typeof count !== 'bigint') return null;
  const isSequence = typeof value === 'string' || value instanceof PyList || value instanceof PyTuple;
  if (!isSequence) return null;
  const length = typeof value === 'string' ? value.length : value.items.length;
  const repeats = count < 0n ? 0n : count;
  if (BigInt(length) * repeats > BigInt(largestResult)) throw new NotSupported();
  if (typeof value === 'string') return value.repeat(Number(repeats));
  const items = Array.from({ length: Number(repeats) }, () => value.items).flat();
  if (value instanceof PyTuple) return new PyTuple(items);
  const list = new PyList(items);
  list.unsure = value.unsure;
  return list;
}

function setOperation(operator: string, a: PySet, b: PySet): PySet {
  const left = [...a.entries];
  switch (operator) {
    case '|':
      return new PySet(new Map([...left, ...b.entries]));
    case '&':
      return new PySet(new Map(left.filter(([key]) => b.entries.has(key))));
    case '-':
      return new PySet(new Map(left.filter(([key]) => !b.entries.has(key))));
    case '^':
      return new PySet(new Map([...left.filter(([key]) => !b.entries.has(key)), ...[...b.entries].filter(([key]) => !a.entries.has(key))]));
    default:
      throw new NotSupported();
  }
}

function arithmetic(operator: string, first: PyValue, second: PyValue): PyValue {
  const a = asNumber(first);
  const b = asNumber(second);
  if (a === null || b === null) {
    throw new PyRaise('TypeError', `unsupported operand type(s) for ${operator}: '${typeName(first)}' and '${typeName(second)}'`);
  }
  if (typeof a === 'bigint' && typeof b === 'bigint') return ofInts(operator, a, b);
  return new PyFloat(ofFloats(operator, Number(a), Number(b)));
}

function ofInts(operator: string, a: bigint, b: bigint): PyValue {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return checkBits(a * b);
    case '/':
      return new PyFloat(divideInts(a, b));
    case '//':
      return floorDivide(a, b);
    case '%':
      return a - floorDivide(a, b) * b;
    case '**':
      if (b < 0n) return new PyFloat(ofFloats('**', Number(a), Number(b)));
      if (BigInt(a.toString(2).length) * b > BigInt(largestResult)) throw new NotSupported();
      return a ** b;
    case '<<':
      if (b < 0n || b > BigInt(largestResult)) throw new NotSupported();
      return a << b;
    case '>>':
      return a >> b;
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    default:
      throw new NotSupported();
  }
}

function checkBits(value: bigint): bigint {
  if (value > 2n ** 64n && value.toString(16).length * 4 > largestResult) throw new NotSupported();
  return value;
}

/** Exact only while both fit into a double; Python divides the ints themselves. */
function divideInts(a: bigint, b: bigint): number {
  if (b === 0n) throw new PyRaise('ZeroDivisionError', 'division by zero');
  const limit = 2n ** 53n;
  if (a > limit || a < -limit || b > limit || b < -limit) throw new NotSupported();
  return Number(a) / Number(b);
}

function floorDivide(a: bigint, b: bigint): bigint {
  if (b === 0n) throw new PyRaise('ZeroDivisionError', 'integer division or modulo by zero');
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function ofFloats(operator: string, a: number, b: number): number {
  if (b === 0 && (operator === '/' || operator === '//' || operator === '%')) {
    throw new PyRaise('ZeroDivisionError', 'float division by zero');
  }
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '//':
      return Math.floor((a - floatModulo(a, b)) / b + 0.5);
    case '%':
      return floatModulo(a, b);
    case '**': {
      if (a === 0 && b < 0) throw new PyRaise('ZeroDivisionError', '0.0 cannot be raised to a negative power');
      if (a < 0 && !Number.isInteger(b)) throw new NotSupported();
      if (b === 0.5) return Math.sqrt(a);
      return wholePower(a, b);
    }
    default:
      throw new NotSupported();
  }
}

/**
 * `a ** b` for a whole `b`, rounded once from the exact result as C's `pow` does. JavaScript's own power may be off in the
 * last digit.
 */
function wholePower(a: number, b: number): number {
  if (!Number.isInteger(b) || Math.abs(b) > 256 || !Number.isFinite(a)) throw new NotSupported();
  if (b === 0) return 1;
  if (a === 0) return b % 2 === 0 ? 0 : a;
  // a = whole * 2 ** -shift
  let whole = a;
  let shift = 0;
  while (!Number.isInteger(whole)) {
    whole *= 2;
    shift++;
  }
  const power = BigInt(whole) ** BigInt(Math.abs(b));
  const rounded = Number(power) * 2 ** -(shift * Math.abs(b));
  if (!Number.isFinite(rounded) || rounded === 0) throw new NotSupported();
  if (b > 0) return rounded;
  if (BigInt(Number(power)) !== power) throw new NotSupported();
  return 1 / rounded;
}

function floatModulo(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

/** `first operator second` for a comparison, `in` and `is`. */
export function compare(operator: string, first: PyValue, second: PyValue): boolean {
  switch (operator) {
    case '==':
      return isEqual(first, second);
    case '!=':
      return !isEqual(first, second);
    case 'in':
      return contains(second, first);
    case 'not in':
      return !contains(second, first);
    case 'is':
      return isSame(first, second);
    case 'is not':
      return !isSame(first, second);
    case '<':
      return order(first, second) < 0;
    case '<=':
      return order(first, second) <= 0;
    case '>':
      return order(first, second) > 0;
    case '>=':
      return order(first, second) >= 0;
    default:
      throw new NotSupported();
  }
}

function isSame(first: PyValue, second: PyValue): boolean {
  const a = decided(first);
  const b = decided(second);
  if (a === null || b === null || typeof a === 'boolean' || typeof b === 'boolean') return a === b;
  if (a instanceof PyReference || a instanceof PyModule) return isEqual(a, b);
  // Whether two equal numbers or texts are one object is up to the interpreter.
  if (typeof a !== 'object' && a === b) throw new NotSupported();
  return a === b;
}

/** Below 0, 0 or above 0, as Python orders; texts by code points. */
export function order(first: PyValue, second: PyValue): number {
  const a = decided(first);
  const b = decided(second);
  const left = asNumber(a);
  const right = asNumber(b);
  if (left !== null && right !== null) return left < right ? -1 : left > right ? 1 : 0;
  if (typeof a === 'string' && typeof b === 'string') return orderTexts(a, b);
  if ((a instanceof PyList && b instanceof PyList) || (a instanceof PyTuple && b instanceof PyTuple)) {
    for (let i = 0; i < Math.min(a.items.length, b.items.length); i++) {
      if (!isEqual(a.items[i]!, b.items[i]!)) return order(a.items[i]!, b.items[i]!);
    }
    return a.items.length - b.items.length;
  }
  if (a instanceof PySet || b instanceof PySet) throw new NotSupported();
  throw new PyRaise('TypeError', `'<' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

function orderTexts(a: string, b: string): number {
  if (a === b) return 0;
  const left = codePoints(a);
  const right = codePoints(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    if (left[i] !== right[i]) return left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
  }
  return left.length - right.length;
}

/** `item in container`. */
function contains(given: PyValue, item: PyValue): boolean {
  const container = decided(given);
  if (typeof container === 'string') {
    const part = decided(item);
    if (typeof part !== 'string') throw new PyRaise('TypeError', "'in <string>' requires string as left operand");
    return container.includes(part);
  }
  if (container instanceof PyDict || container instanceof PySet) {
    if (container.unsure.length > 0) throw new NeedsUnknown(container.unsure);
    return container.entries.has(hashOf(item));
  }
  if (container instanceof PyRange) {
    const number = asNumber(decided(item));
    if (typeof number !== 'bigint') throw new NotSupported();
    const { start, step } = container;
    const steps = (number - start) / step;
    return (number - start) % step === 0n && steps >= 0n && steps < rangeLength(container);
  }
  const undecidedItems: PyUnknown[] = [];
  for (const candidate of itemsOf(container)) {
    if (candidate instanceof PyUnknown) undecidedItems.push(candidate);
    else if (isEqual(candidate, item)) return true;
  }
  if (undecidedItems.length > 0) throw new NeedsUnknown(undecidedItems.flatMap(({ roots }) => roots));
  return false;
}
