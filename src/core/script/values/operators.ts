import { plainValue, specialMethod } from './classes.ts';
import { isOrdered, setFrom } from './comparison.ts';
import { asNumber, requireSure } from './equality.ts';
import { formatPercent } from './text-of.ts';
import { NotSupported, PyRaise } from './exceptions.ts';
import { decided, PyDict, PyFloat, PyInstance, PyList, PyReference, PySet, PyTuple, PyView, typeName } from './values.ts';
import type { PyValue } from './values.ts';

/** The largest list, string or int that arithmetic may make: items, UTF-16 units, bits. */
const largestResult = 5_000_000;

/** `first operator second` for the arithmetic operators. Throws `PyRaise` as Python raises. */
export function binary(operator: string, first: PyValue, second: PyValue): PyValue {
  // The parts of a list may be undecided: the list is still a list.
  const a = plainValue(decided(first));
  const b = plainValue(decided(second));
  if (a instanceof PyInstance || b instanceof PyInstance) return ofInstances(operator, a, b);
  if (a instanceof PyReference && b instanceof PyReference && operator === '|' && isFlag(a) && isFlag(b)) return new PyReference(`${a.path}|${b.path}`);
  if (operator === '+' && a instanceof PyList && b instanceof PyList) return joinLists(a, b);
  if (operator === '+' && a instanceof PyTuple && b instanceof PyTuple) return new PyTuple([...a.items, ...b.items]);
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') return bounded(a + b);
  if (operator === '*') {
    const repeated = repeat(a, b) ?? repeat(b, a);
    if (repeated !== null) return repeated;
  }
  if (operator === '%' && typeof a === 'string') return formatPercent(a, b);
  if (a instanceof PyDict && b instanceof PyDict && a.kind === 'Counter' && b.kind === 'Counter') return ofCounters(operator, a, b);
  if (operator === '|' && a instanceof PyDict && b instanceof PyDict) {
    if (a.kind !== 'dict' || b.kind !== 'dict') throw new NotSupported();
    const joined = new Map(a.entries);
    for (const [hash, [key, value]] of b.entries) joined.set(hash, [joined.get(hash)?.[0] ?? key, value]);
    return sure(a, b, new PyDict(joined));
  }
  if (a instanceof PySet && b instanceof PySet) {
    const made = sure(a, b, setOperation(operator, a, b));
    made.isFrozen = a.isFrozen;
    return made;
  }
  const isOfKeys = [a, b].some((value) => value instanceof PyView && value.kind !== 'values') && [a, b].every((value) => value instanceof PyView || value instanceof PySet);
  if (isOfKeys) return setOperation(operator, setFrom(a), setFrom(b));
  if ([a, b].some((value) => value instanceof PyDict || value instanceof PyView)) throw new NotSupported();
  return arithmetic(operator, a, b);
}

/** Counters keep what is left above 0. */
function ofCounters(operator: string, a: PyDict, b: PyDict): PyDict {
  requireSure(a, b);
  if (operator !== '+' && operator !== '-') throw new NotSupported();
  const made = new PyDict();
  made.kind = 'Counter';
  for (const [hash, [key, count]] of [...a.entries, ...[...b.entries].filter(([other]) => !a.entries.has(other))]) {
    const value = a.entries.has(hash) ? binary(operator, count, b.entries.get(hash)?.[1] ?? 0n) : operator === '+' ? count : binary('-', 0n, count);
    if (isOrdered('>', value, 0n)) made.entries.set(hash, [key, value]);
  }
  return made;
}

function isFlag({ path }: PyReference): boolean {
  return /^re\.\w+(?:\|re\.\w+)*$/.test(path);
}

const methodNames: Readonly<Record<string, string>> = {
  '+': 'add', '-': 'sub', '*': 'mul', '/': 'truediv', '//': 'floordiv', '%': 'mod', '**': 'pow', '|': 'or', '&': 'and', '^': 'xor',
};

/** Operators that a class of the script defines. */
function ofInstances(operator: string, a: PyValue, b: PyValue): PyValue {
  if (operator === '%' && typeof a === 'string') return formatPercent(a, b);
  const name = Object.hasOwn(methodNames, operator) ? methodNames[operator] : undefined;
  if (name === undefined) throw new NotSupported();
  const method = a instanceof PyInstance ? specialMethod(a, `__${name}__`) : null;
  if (method !== null) return method(b);
  const reflected = b instanceof PyInstance ? specialMethod(b, `__r${name}__`) : null;
  if (reflected !== null) return reflected(a);
  throw new PyRaise('TypeError', `unsupported operand type(s) for ${operator}: '${typeName(a)}' and '${typeName(b)}'`);
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
  if (typeof first === 'boolean' && typeof second === 'boolean' && /^[|&^]$/.test(operator)) {
    return operator === '|' ? first || second : operator === '&' ? first && second : first !== second;
  }
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
