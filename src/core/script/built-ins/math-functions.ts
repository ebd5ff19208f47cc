import { asNumber, isTrue } from '../values/equality.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import { binary } from '../values/operators.ts';
import { itemsOf } from '../values/sequences.ts';
import { decided, PyFloat } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';

type Function = (given: Arguments) => PyValue;

function numberAt({ positional, named }: Arguments, at = 0): bigint | number {
  const value = asNumber(decided(positional[at] ?? null));
  if (value === null || named.size > 0) throw new NotSupported();
  return value;
}

function wholeAt(given: Arguments, at: number): bigint {
  const value = numberAt(given, at);
  if (typeof value !== 'bigint') throw new PyRaise('TypeError', "'float' object cannot be interpreted as an integer");
  return value;
}

function wholeOf(given: Arguments, round: (value: number) => number): bigint {
  const value = numberAt(given);
  if (typeof value === 'bigint') return value;
  if (!Number.isFinite(value)) throw new NotSupported();
  return BigInt(round(value));
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? (a < 0n ? -a : a) : greatestDivisor(b, a % b);
}

/** A logarithm that is whole, of a power of the base; others may differ in the last digit. */
function wholeLogarithm(value: bigint | number, base: number): PyValue {
  const found = Math.round(Math.log(Number(value)) / Math.log(base));
  if (found < 0 || base ** found !== Number(value) || found > 40) throw new NotSupported();
  return new PyFloat(found);
}

function combinations(n: bigint, k: bigint): bigint {
  let made = 1n;
  for (let i = 0n; i < k; i++) made = (made * (n - i)) / (i + 1n);
  return k > n ? 0n : made;
}

/** Functions of `math` whose results are the same on all machines. */
export const mathFunctions: Readonly<Record<string, Function>> = {
  'math.ceil': (given) => wholeOf(given, Math.ceil),
  'math.comb': (given) => {
    const [n, k] = [wholeAt(given, 0), wholeAt(given, 1)];
    if (n < 0n || k < 0n || k > 1000n) throw new NotSupported();
    return combinations(n, k);
  },
  'math.exp': (given) => {
    if (numberAt(given) !== 0n && numberAt(given) !== 0) throw new NotSupported();
    return new PyFloat(1);
  },
  'math.fabs': (given) => new PyFloat(Math.abs(Number(numberAt(given)))),
  'math.floor': (given) => wholeOf(given, Math.floor),
  'math.gcd': (given) => given.positional.reduce((made: bigint, _, at) => greatestDivisor(made, wholeAt(given, at)), 0n),
  'math.isclose': ({ positional, named }) => {
    const [a, b] = [0, 1].map((at) => Number(numberAt({ positional, named: new Map() }, at))) as [number, number];
    const [relative, absolute] = [named.get('rel_tol') ?? new PyFloat(1e-9), named.get('abs_tol') ?? new PyFloat(0)].map((value) => Number(asNumber(decided(value)))) as [number, number];
    if (a === b) return true;
    if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
    return Math.abs(b - a) <= Math.max(Math.abs(relative * Math.max(Math.abs(a), Math.abs(b))), absolute);
  },
  'math.isinf': (given) => Math.abs(Number(numberAt(given))) === Infinity,
  'math.isnan': (given) => Number.isNaN(Number(numberAt(given))),
  'math.isqrt': (given) => {
    const value = wholeAt(given, 0);
    if (value < 0n || value > 2n ** 52n) throw new NotSupported();
    return BigInt(Math.floor(Math.sqrt(Number(value))));
  },
  'math.log': (given) => {
    const base = given.positional[1] === undefined ? null : Number(numberAt(given, 1));
    if (base === null && Number(numberAt(given)) === 1) return new PyFloat(0);
    throw new NotSupported();
  },
  'math.log10': (given) => wholeLogarithm(numberAt(given), 10),
  'math.log2': (given) => wholeLogarithm(numberAt(given), 2),
  'math.pow': (given) => binary('**', new PyFloat(Number(numberAt(given))), new PyFloat(Number(numberAt(given, 1)))),
  'math.prod': ({ positional, named }) => itemsOf(positional[0] ?? null).reduce((made, item) => binary('*', made, item), named.get('start') ?? 1n),
  'math.sqrt': (given) => {
    const value = Number(numberAt(given));
    if (value < 0) throw new PyRaise('ValueError', 'math domain error');
    return new PyFloat(Math.sqrt(value));
  },
  'math.trunc': (given) => wholeOf(given, Math.trunc),
  'operator.truth': ({ positional }) => isTrue(positional[0] ?? null),
};
