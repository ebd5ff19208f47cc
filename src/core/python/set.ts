import type { HashedTexts } from './hashed-texts.ts';

/**
 * A set of strings, under their numbers, that iterates in the order in which CPython's would (3.7 and later, hash
 * seed 1). NNI walks sets of module names, so which of several errors it meets first, and how it lists names in a
 * message, is this order. The table, its growth and its probing follow CPython's `setobject.c`. Adding after
 * a `discard` is not supported, as NNI never does.
 */
export interface PythonSet {
  readonly size: () => number;
  readonly has: (key: number) => boolean;
  readonly add: (key: number) => void;
  /** `update` with another set: walks its table, which decides the places. */
  readonly merge: (other: PythonSet) => void;
  readonly discard: (key: number) => void;
  /** Done after a `difference_update`: drops the marks of removed keys when they are many. */
  readonly compact: () => void;
  readonly keys: () => readonly number[];
  /** For `merge` only. */
  readonly table: () => SetTable;
}

interface SetTable {
  /** The key in each slot, or `free` or `removed`. */
  readonly slots: Int32Array<ArrayBuffer>;
  readonly fill: number;
  readonly used: number;
}

const free = -1;
/** Removed, but still in the way of probes. */
const removed = -2;
const linearProbes = 9;
const smallest = 8;

function emptyTable(size: number): Int32Array<ArrayBuffer> {
  return new Int32Array(size).fill(free);
}

/** Creates a set and adds `keys` in their order. */
export function createPythonSet(texts: HashedTexts, keys: Iterable<number> = []): PythonSet {
  let slots = emptyTable(smallest);
  let fill = 0;
  let used = 0;
  /** One more than the slot of each key; 0 for keys that are not held. */
  let places = new Int32Array(64);

  const has = (key: number): boolean => key < places.length && places[key] !== 0;

  /** First slot of the probe sequence that was never used. */
  function freeSlot(key: number): number {
    const mask = slots.length - 1;
    const { high, low } = texts.hashOf(key);
    // The perturbation is the hash as an unsigned 64-bit number; only its low bits reach the index.
    let perturbHigh = high;
    let perturbLow = low;
    let index = low & mask;
    for (;;) {
      const last = index + linearProbes <= mask ? index + linearProbes : index;
      for (let at = index; at <= last; at++) if (slots[at] === free) return at;
      perturbLow = ((perturbLow >>> 5) | (perturbHigh << 27)) >>> 0;
      perturbHigh >>>= 5;
      index = (Math.imul(index, 5) + 1 + perturbLow) & mask;
    }
  }

  function notePlace(key: number, at: number): void {
    if (key >= places.length) {
      const longer = new Int32Array(Math.max(2 * places.length, key + 1));
      longer.set(places);
      places = longer;
    }
    places[key] = at + 1;
  }

  function place(key: number): void {
    const at = freeSlot(key);
    slots[at] = key;
    notePlace(key, at);
  }

  function resize(minimum: number): void {
    let size = smallest;
    while (size <= minimum) size *= 2;
    const old = slots;
    slots = emptyTable(size);
    fill = used;
    for (const key of old) if (key >= 0) place(key);
  }

  function grow(): void {
    resize(used > 50_000 ? used * 2 : used * 4);
  }

  function add(key: number): void {
    if (has(key)) return;
    place(key);
    fill++;
    used++;
    if (fill * 5 >= (slots.length - 1) * 3) grow();
  }

  const set: PythonSet = {
    size: () => used,
    has,
    add,
    merge(other) {
      const from = other.table();
      if (from.used === 0) return;
      if ((fill + from.used) * 5 >= (slots.length - 1) * 3) resize((used + from.used) * 2);
      if (fill === 0 && slots.length === from.slots.length && from.fill === from.used) {
        slots = from.slots.slice();
        fill = from.fill;
        used = from.used;
        slots.forEach((key, at) => {
          if (key >= 0) notePlace(key, at);
        });
        return;
      }
      if (fill === 0) {
        fill = from.used;
        used = from.used;
        for (const key of from.slots) if (key >= 0) place(key);
        return;
      }
      for (const key of from.slots) if (key >= 0) add(key);
    },
    discard(key) {
      if (!has(key)) return;
      slots[places[key]! - 1] = removed;
      places[key] = 0;
      used--;
    },
    compact() {
      if (fill - used > Math.floor((slots.length - 1) / 4)) grow();
    },
    keys: () => Array.from(slots).filter((key) => key >= 0),
    table: () => ({ slots, fill, used }),
  };
  for (const key of keys) add(key);
  return set;
}

/** `a & b` of Python: walks the smaller one (the second when they are equal in size). */
export function intersectPythonSets(texts: HashedTexts, a: PythonSet, b: PythonSet): PythonSet {
  const [walked, tested] = b.size() > a.size() ? [a, b] : [b, a];
  return createPythonSet(
    texts,
    walked.keys().filter((key) => tested.has(key)),
  );
}
