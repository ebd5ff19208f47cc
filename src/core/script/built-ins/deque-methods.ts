import { isEqual } from '../values/equality.ts';
import { NotSupported, PyRaise } from '../values/exceptions.ts';
import { itemsOf } from '../values/sequences.ts';
import { decided, PyDeque } from '../values/values.ts';
import type { Arguments, PyValue } from '../values/values.ts';
import { placeOf } from './string-methods.ts';

function argument({ positional }: Arguments, at = 0): PyValue {
  const value = positional[at];
  if (value === undefined) throw new PyRaise('TypeError', 'missing argument');
  return value;
}

function wholeNumber(value: PyValue): bigint {
  const number = decided(value);
  if (typeof number !== 'bigint') throw new NotSupported();
  return number;
}

/** Keeps the last items of a deque, or after an insertion at the left the first. */
function trim(deque: PyDeque, isLeft = false): null {
  if (deque.most !== null && deque.items.length > deque.most) {
    if (isLeft) deque.items.splice(deque.most);
    else deque.items.splice(0, deque.items.length - deque.most);
  }
  return null;
}

export const dequeMethods: Readonly<Record<string, (deque: PyDeque, given: Arguments) => PyValue>> = {
  append: (deque, given) => {
    deque.items.push(argument(given));
    return trim(deque);
  },
  appendleft: (deque, given) => {
    deque.items.unshift(argument(given));
    return trim(deque, true);
  },
  clear: (deque) => {
    deque.items = [];
    return null;
  },
  copy: (deque) => new PyDeque([...itemsOf(deque)], deque.most),
  index: (deque, given) => BigInt(placeOf(itemsOf(deque), argument(given))),
  insert: (deque, given) => {
    if (deque.most !== null) throw new NotSupported();
    const at = Number(wholeNumber(argument(given)));
    deque.items.splice(at < 0 ? Math.max(at + deque.items.length, 0) : at, 0, argument(given, 1));
    return null;
  },
  remove: (deque, given) => {
    deque.items.splice(placeOf(itemsOf(deque), argument(given)), 1);
    return null;
  },
  reverse: (deque) => {
    deque.items = itemsOf(deque).toReversed();
    return null;
  },
  count: (deque, given) => BigInt(itemsOf(deque).filter((item) => isEqual(item, argument(given))).length),
  extend: (deque, given) => {
    deque.items.push(...itemsOf(argument(given)));
    return trim(deque);
  },
  extendleft: (deque, given) => {
    deque.items.unshift(...itemsOf(argument(given)).toReversed());
    return trim(deque, true);
  },
  pop: (deque) => {
    if (itemsOf(deque).length === 0) throw new PyRaise('IndexError', 'pop from an empty deque');
    return deque.items.pop()!;
  },
  popleft: (deque) => {
    if (itemsOf(deque).length === 0) throw new PyRaise('IndexError', 'pop from an empty deque');
    return deque.items.shift()!;
  },
  rotate: (deque, given) => {
    const { length } = itemsOf(deque);
    if (length === 0) return null;
    const by = Number(wholeNumber(given.positional[0] ?? 1n)) % length;
    const start = (((length - by) % length) + length) % length;
    deque.items = [...deque.items.slice(start), ...deque.items.slice(0, start)];
    return null;
  },
};
