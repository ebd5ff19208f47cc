import { rangeLength } from './equality.ts';
import { NeedsUnknown, NotSupported, PyRaise } from './exceptions.ts';
import { decided, PyDict, PyInstance, PyList, PyModule, PyRange, PySet, PyTuple, typeName } from './values.ts';
import type { PyValue } from './values.ts';

/** The characters of a text as Python counts them. */
export function codePoints(text: string): readonly string[] {
  return Array.from(text);
}

const longestRange = 1_000_000n;

/** The items of a loop over a value. Throws `PyRaise` for a value that is not iterable. */
export function itemsOf(given: PyValue): readonly PyValue[] {
  const value = decided(given);
  if (value instanceof PyList || value instanceof PyDict || value instanceof PySet) {
    if (value.unsure.length > 0) throw new NeedsUnknown(value.unsure);
  }
  if (value instanceof PyList || value instanceof PyTuple) return value.items;
  if (typeof value === 'string') return codePoints(value);
  if (value instanceof PyDict) return [...value.entries.values()].map(([key]) => key);
  if (value instanceof PySet) {
    if (value.entries.size > 1) throw new SetOrder();
    return [...value.entries.values()];
  }
  if (value instanceof PyRange) {
    const length = rangeLength(value);
    if (length > longestRange) throw new NotSupported();
    return Array.from({ length: Number(length) }, (_, i) => value.start + BigInt(i) * value.step);
  }
  if (value instanceof PyModule && value.items) return value.items();
  if (value instanceof PyModule || value instanceof PyInstance) throw new NotSupported();
  throw new PyRaise('TypeError', `'${typeName(value)}' object is not iterable`);
}

/** The items of a set where their order does not count, or of anything else. */
export function itemsInAnyOrder(value: PyValue): readonly PyValue[] {
  if (!(value instanceof PySet)) return itemsOf(value);
  if (value.unsure.length > 0) throw new NeedsUnknown(value.unsure);
  return [...value.entries.values()];
}

/** The order of a set's items matters here, and it changes from run to run. */
export class SetOrder extends Error {}

/** The index that Python means by `index`, or a raised `IndexError`. */
export function indexOf(given: PyValue, length: number, what: string): number {
  const index = decided(given);
  const number = typeof index === 'boolean' ? BigInt(index) : index;
  if (typeof number !== 'bigint') throw new PyRaise('TypeError', `${what} indices must be integers or slices, not ${typeName(index)}`);
  const at = Number(number < 0n ? number + BigInt(length) : number);
  if (at < 0 || at >= length) throw new PyRaise('IndexError', `${what} index out of range`);
  return at;
}

/** The indices that a slice takes from a sequence of `length`. */
export function sliceIndices(bounds: readonly (PyValue | undefined)[], length: number): readonly number[] {
  const [start, stop, step] = bounds.map((bound) => {
    const value = bound === undefined ? null : decided(bound);
    if (value === null) return null;
    if (typeof value === 'bigint') return value;
    if (typeof value === 'boolean') return BigInt(value);
    throw new PyRaise('TypeError', 'slice indices must be integers or None or have an __index__ method');
  });
  const stride = step ?? 1n;
  if (stride === 0n) throw new PyRaise('ValueError', 'slice step cannot be zero');
  const size = BigInt(length);
  const lowest = stride > 0n ? 0n : -1n;
  const highest = stride > 0n ? size : size - 1n;
  const clamp = (value: bigint) => {
    const at = value < 0n ? value + size : value;
    return at < lowest ? lowest : at > highest ? highest : at;
  };
  const from = start === null || start === undefined ? (stride > 0n ? lowest : highest) : clamp(start);
  const to = stop === null || stop === undefined ? (stride > 0n ? highest : lowest) : clamp(stop);
  const indices: number[] = [];
  for (let at = from; stride > 0n ? at < to : at > to; at += stride) indices.push(Number(at));
  return indices;
}
