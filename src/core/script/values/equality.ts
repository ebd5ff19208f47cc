import { joinRoots } from './roots.ts';
import { NeedsUnknown, NotSupported, PyRaise } from './exceptions.ts';
import { decided, PyClass, PyDict, PyFloat, PyInstance, PyList, PyModule, PyRange, PyReference, PySet, PyTuple, PyUnknown, typeName } from './values.ts';
import type { PyValue } from './values.ts';

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

function identityOf(value: object): number {
  let identity = identities.get(value);
  if (identity === undefined) {
    identity = ++lastIdentity;
    identities.set(value, identity);
  }
  return identity;
}

/** A number as a rational text, so that 1, 1.0 and True are one key. */
function numberKey(value: bigint | number): string {
  if (typeof value === 'bigint') return `n${value}`;
  return Number.isInteger(value) ? `n${BigInt(value)}` : `f${value}`;
}

/** A text that is the same for values that Python takes for one key. Throws `PyRaise` for a value that cannot be hashed. */
export function hashOf(value: PyValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'n1' : 'n0';
  if (typeof value === 'bigint') return numberKey(value);
  if (typeof value === 'string') return `s${value}`;
  if (value instanceof PyFloat) return numberKey(value.value);
  if (value instanceof PyUnknown) throw new NeedsUnknown(value.roots);
  if (value instanceof PyTuple) return `(${value.items.map((item) => JSON.stringify(hashOf(item))).join(',')})`;
  if (value instanceof PyReference) return `r${value.path}`;
  if (value instanceof PyModule) return `m${value.index}`;
  if (value instanceof PyList || value instanceof PyDict || value instanceof PySet) {
    throw new PyRaise('TypeError', `unhashable type: '${typeName(value)}'`);
  }
  return `o${identityOf(value)}`;
}

/** `bool(value)`. */
export function isTrue(given: PyValue): boolean {
  const value = decided(given);
  if (value === null || typeof value === 'boolean') return value === true;
  if (typeof value === 'bigint') return value !== 0n;
  if (typeof value === 'string') return value !== '';
  if (value instanceof PyFloat) return value.value !== 0;
  if (value instanceof PyList || value instanceof PyDict || value instanceof PySet) {
    if (value.unsure.length > 0) throw new NeedsUnknown(value.unsure);
  }
  if (value instanceof PyList || value instanceof PyTuple) return value.items.length > 0;
  if (value instanceof PyDict || value instanceof PySet) return value.entries.size > 0;
  if (value instanceof PyRange) return rangeLength(value) > 0n;
  return true;
}

/** `len(range)`; 0 for an empty range. */
export function rangeLength({ start, stop, step }: PyRange): bigint {
  const span = step > 0n ? stop - start : start - stop;
  const stride = step > 0n ? step : -step;
  return span <= 0n ? 0n : (span + stride - 1n) / stride;
}

/** The number that Python computes with, `True` being 1; `null` for other types. */
export function asNumber(value: PyValue): bigint | number | null {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'bigint') return value;
  return value instanceof PyFloat ? value.value : null;
}

/** `a == b`. */
export function isEqual(first: PyValue, second: PyValue): boolean {
  const a = decided(first);
  const b = decided(second);
  if (a === b) return true;
  const left = asNumber(a);
  const right = asNumber(b);
  // oxlint-disable-next-line eqeqeq -- `==` between a bigint and a number compares their values, as Python does.
  if (left !== null && right !== null) return left == right;
  if ((a instanceof PyList && b instanceof PyList) || (a instanceof PyTuple && b instanceof PyTuple)) {
    requireSure(a, b);
    const { items } = b;
    return a.items.length === items.length && a.items.every((item, i) => isEqual(item, items[i]!));
  }
  if (a instanceof PyDict && b instanceof PyDict) {
    requireSure(a, b);
    if (a.entries.size !== b.entries.size) return false;
    for (const [key, [, value]] of a.entries) {
      const other = b.entries.get(key);
      if (!other || !isEqual(value, other[1])) return false;
    }
    return true;
  }
  if (a instanceof PySet && b instanceof PySet) {
    requireSure(a, b);
    return a.entries.size === b.entries.size && [...a.entries.keys()].every((key) => b.entries.has(key));
  }
  if (a instanceof PyRange && b instanceof PyRange) {
    return a.start === b.start && a.stop === b.stop && a.step === b.step;
  }
  if (a instanceof PyReference && b instanceof PyReference) return sameClass(a, b);
  if (a instanceof PyModule && b instanceof PyModule) return a.index === b.index;
  if (a instanceof PyClass && b instanceof PyReference) return false;
  // A dataclass compares its fields, and a class may have an `__eq__`.
  if ([a, b].some((value) => value instanceof PyInstance && comparesItself(value.made))) throw new NotSupported();
  return false;
}

function comparesItself({ fields, attributes, bases }: PyClass): boolean {
  return fields !== null || attributes.has('__eq__') || bases.some((base) => !(base instanceof PyClass) || comparesItself(base));
}

/** Two paths to one class of torch: `torch.nn.Conv2d`, `nn.Conv2d`. */
function sameClass(a: PyReference, b: PyReference): boolean {
  if (a.path === b.path) return true;
  const last = (path: string) => path.slice(path.lastIndexOf('.') + 1);
  if (last(a.path) !== last(b.path)) return false;
  throw new NotSupported();
}

function requireSure(...values: readonly PyValue[]): void {
  const roots = values.flatMap((value) =>
    value instanceof PyList || value instanceof PyDict || value instanceof PySet ? [value.unsure] : [],
  );
  const joined = joinRoots(...roots);
  if (joined.length > 0) throw new NeedsUnknown(joined);
}
