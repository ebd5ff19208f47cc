import { isSubclass, plainValue, specialMethod } from './classes.ts';
import { joinRoots } from './roots.ts';
import { NeedsUnknown, NotSupported, PyRaise } from './exceptions.ts';
import {
  decided, PyBuiltin, PyClass, PyDeque, PyDict, PyFloat, PyInstance, PyList, PyModule, PyRange, PyReference, PySet, PyTuple, PyUnknown, PyView, typeName,
} from './values.ts';
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
export function hashOf(given: PyValue): string {
  const value = plainValue(given);
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'n1' : 'n0';
  if (typeof value === 'bigint') return numberKey(value);
  if (typeof value === 'string') return `s${value}`;
  if (value instanceof PyFloat) return numberKey(value.value);
  if (value instanceof PyUnknown) throw new NeedsUnknown(value.roots);
  if (value instanceof PyTuple) return `(${value.items.map((item) => JSON.stringify(hashOf(item))).join(',')})`;
  if (value instanceof PyReference) return `r${value.path}`;
  if (value instanceof PyModule) return `m${value.index}`;
  if (value instanceof PySet && value.isFrozen) {
    requireSure(value);
    return `z${JSON.stringify([...value.entries.keys()].toSorted())}`;
  }
  if (value instanceof PyList || value instanceof PyDict || value instanceof PySet || value instanceof PyDeque) {
    throw new PyRaise('TypeError', `unhashable type: '${typeName(value)}'`);
  }
  if (value instanceof PyInstance) return hashOfInstance(value);
  if (value instanceof PyRange) throw new NotSupported();
  if (value instanceof PyBuiltin) return `b${value.owner === null ? value.name : identityOf(value)}`;
  return `o${identityOf(value)}`;
}

function hashOfInstance(value: PyInstance): string {
  const { made } = value;
  if (specialMethod(value, '__hash__') !== null) throw new NotSupported();
  const fields = comparedFields(made);
  if (fields === null && specialMethod(value, '__eq__') === null) return `o${identityOf(value)}`;
  if (fields === null || !(made.options.has('frozen') || made.options.has('unsafe_hash'))) {
    throw new PyRaise('TypeError', `unhashable type: '${typeName(value)}'`);
  }
  return `d${identityOf(made)}(${fieldValues(value, fields).map((item) => JSON.stringify(hashOf(item))).join(',')})`;
}

/** The fields by which a dataclass compares; null for other classes. */
export function comparedFields(made: PyClass): readonly string[] | null {
  return made.attributes.has('__eq__') || made.options.has('no-eq') ? null : made.allFields();
}

export function fieldValues({ attributes }: PyInstance, fields: readonly string[]): readonly PyValue[] {
  return fields.map((name) => {
    const value = attributes.get(name);
    if (value === undefined) throw new NotSupported();
    return value;
  });
}

/** `bool(value)`. */
export function isTrue(given: PyValue): boolean {
  const value = plainValue(decided(given));
  if (value === null || typeof value === 'boolean') return value === true;
  if (typeof value === 'bigint') return value !== 0n;
  if (typeof value === 'string') return value !== '';
  if (value instanceof PyFloat) return value.value !== 0;
  requireSure(value);
  if (value instanceof PyView) return isTrue(value.dict);
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyDeque) return value.items.length > 0;
  if (value instanceof PyDict || value instanceof PySet) return value.entries.size > 0;
  if (value instanceof PyRange) return rangeLength(value) > 0n;
  if (value instanceof PyInstance) return isTrueInstance(value);
  if (value instanceof PyModule && value.items !== null) return value.items().length > 0;
  return true;
}

function isTrueInstance(value: PyInstance): boolean {
  if (value.made.call === null) return true;
  const test = specialMethod(value, '__bool__') ?? specialMethod(value, '__len__');
  return test === null || isTrue(test());
}

/** `len(range)`; 0 for an empty range. */
export function rangeLength({ start, stop, step }: PyRange): bigint {
  const span = step > 0n ? stop - start : start - stop;
  const stride = step > 0n ? step : -step;
  return span <= 0n ? 0n : (span + stride - 1n) / stride;
}

/** The number that Python computes with, `True` being 1; `null` for other types. */
export function asNumber(given: PyValue): bigint | number | null {
  const value = plainValue(given);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'bigint') return value;
  return value instanceof PyFloat ? value.value : null;
}

/** `a == b`. */
export function isEqual(first: PyValue, second: PyValue): boolean {
  const a = plainValue(decided(first));
  const b = plainValue(decided(second));
  if (a === b) return !(a instanceof PyFloat && Number.isNaN(a.value));
  const left = asNumber(a);
  const right = asNumber(b);
  // oxlint-disable-next-line eqeqeq -- `==` between a bigint and a number compares their values, as Python does.
  if (left !== null && right !== null) return left == right;
  if ((a instanceof PyList && b instanceof PyList) || (a instanceof PyTuple && b instanceof PyTuple) || (a instanceof PyDeque && b instanceof PyDeque)) {
    requireSure(a, b);
    const { items } = b;
    return a.items.length === items.length && a.items.every((item, i) => isEqual(item, items[i]!));
  }
  if (a instanceof PyDict && b instanceof PyDict) {
    requireSure(a, b);
    // Two ordered dicts compare the order too, two counters count what is missing as 0.
    if (a.kind === b.kind && (a.kind === 'OrderedDict' || a.kind === 'Counter')) throw new NotSupported();
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
    const length = rangeLength(a);
    return length === rangeLength(b) && (length === 0n || (a.start === b.start && (length === 1n || a.step === b.step)));
  }
  if (a instanceof PyReference && b instanceof PyReference) return sameClass(a, b);
  if (a instanceof PyModule && b instanceof PyModule) return a.index === b.index;
  if (a instanceof PyClass && b instanceof PyReference) return false;
  if (a instanceof PyView || b instanceof PyView) {
    const [left, right] = [keysOfSet(a), keysOfSet(b)];
    return left !== null && right !== null && left.length === right.length && left.every((key) => right.includes(key));
  }
  if (a instanceof PyBuiltin && b instanceof PyBuiltin) return hashOf(a) === hashOf(b);
  if (a instanceof PyInstance) return isEqualInstance(a, b);
  return b instanceof PyInstance && isEqualInstance(b, a);
}

/** The hashes of a set or of `dict.keys()`, which are equal as sets are; null for other values. */
function keysOfSet(value: PyValue): readonly string[] | null {
  if (value instanceof PyView && value.kind === 'items') throw new NotSupported();
  const entries = value instanceof PySet ? value : value instanceof PyView && value.kind === 'keys' ? value.dict : null;
  if (entries === null) return null;
  requireSure(entries);
  return [...entries.entries.keys()];
}

/** A dataclass compares its fields, and a class may have an `__eq__`. */
function isEqualInstance(a: PyInstance, b: PyValue): boolean {
  const fields = comparedFields(a.made);
  if (fields !== null) {
    if (!(b instanceof PyInstance) || b.made !== a.made) {
      if (b instanceof PyInstance && (isSubclass(b.made, a.made) || specialMethod(b, '__eq__'))) throw new NotSupported();
      return false;
    }
    return isEqual(new PyTuple(fieldValues(a, fields)), new PyTuple(fieldValues(b, fields)));
  }
  if (a.made.kind === 'namespace') throw new NotSupported();
  const compare = specialMethod(a, '__eq__');
  if (compare !== null) return isTrue(compare(b));
  const reflected = b instanceof PyInstance ? specialMethod(b, '__eq__') : null;
  if (reflected !== null) return isTrue(reflected(a));
  return a === b;
}

/** Two paths to one class of torch: `torch.nn.Conv2d`, `nn.Conv2d`. */
function sameClass(a: PyReference, b: PyReference): boolean {
  if (a.path === b.path) return true;
  const last = (path: string) => path.slice(path.lastIndexOf('.') + 1);
  if (last(a.path) !== last(b.path)) return false;
  throw new NotSupported();
}

/** Throws where statements that may not run change one of the values. */
export function requireSure(...values: readonly PyValue[]): void {
  const roots = values.flatMap((value) =>
    value instanceof PyList || value instanceof PyDict || value instanceof PySet || value instanceof PyDeque ? [value.unsure] : [],
  );
  const joined = joinRoots(...roots);
  if (joined.length > 0) throw new NeedsUnknown(joined);
}
