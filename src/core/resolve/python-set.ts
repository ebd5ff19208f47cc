import { pythonHash } from './python-hash.ts';

/**
 * A set of strings that iterates in the order in which CPython's would (3.7 and later, hash seed 1). NNI walks
 * sets of module names, so which of several errors it meets first, and how it lists names in a message, is
 * this order. The table, its growth and its probing are those of CPython's `setobject.c`. Adding after a
 * `discard` is not supported, as NNI never does.
 */
export interface PythonSet {
  readonly size: () => number;
  readonly has: (key: string) => boolean;
  readonly add: (key: string) => void;
  /** `update` with another set: walks its table, which decides the places. */
  readonly merge: (other: PythonSet) => void;
  readonly discard: (key: string) => void;
  /** Done after a `difference_update`: drops the marks of removed keys when they are many. */
  readonly compact: () => void;
  readonly keys: () => readonly string[];
  /** For `merge` only. */
  readonly table: () => SetTable;
}

interface SetTable {
  readonly slots: readonly (string | null | undefined)[];
  readonly fill: number;
  readonly used: number;
}

/** Removed, but still in the way of probes. */
const removed = null;
const linearProbes = 9;
const smallest = 8;

interface Hashed {
  readonly high: number;
  readonly low: number;
}

/** Remembers hashes: the same names are hashed for every sub-config. */
export interface HashCache {
  readonly hashOf: (text: string) => Hashed;
}

/** Creates a cache of hashes, to be shared by the sets of one tree. */
export function createHashCache(): HashCache {
  const known = new Map<string, Hashed>();
  return {
    hashOf(text) {
      const present = known.get(text);
      if (present !== undefined) return present;
      const [high, low] = pythonHash(text);
      const hashed = { high, low };
      known.set(text, hashed);
      return hashed;
    },
  };
}

function emptyTable(size: number): (string | null | undefined)[] {
  return Array.from({ length: size }, () => undefined);
}

/** Creates a set and adds `keys` in their order. */
export function createPythonSet(cache: HashCache, keys: Iterable<string> = []): PythonSet {
  let slots: (string | null | undefined)[] = emptyTable(smallest);
  let fill = 0;
  let used = 0;
  const places = new Map<string, number>();

  /** First slot of the probe sequence that was never used. */
  function freeSlot(key: string): number {
    const mask = slots.length - 1;
    const { high, low } = cache.hashOf(key);
    // The perturbation is the hash as an unsigned 64-bit number; only its low bits reach the index.
    let perturbHigh = high;
    let perturbLow = low;
    let index = low & mask;
    for (;;) {
      const last = index + linearProbes <= mask ? index + linearProbes : index;
      for (let at = index; at <= last; at++) if (slots[at] === undefined) return at;
      perturbLow = ((perturbLow >>> 5) | (perturbHigh << 27)) >>> 0;
      perturbHigh >>>= 5;
      index = (Math.imul(index, 5) + 1 + perturbLow) & mask;
    }
  }

  function place(key: string): void {
    const at = freeSlot(key);
    slots[at] = key;
    places.set(key, at);
  }

  function resize(minimum: number): void {
    let size = smallest;
    while (size <= minimum) size *= 2;
    const old = slots;
    slots = emptyTable(size);
    fill = used;
    for (const key of old) if (typeof key === 'string') place(key);
  }

  function grow(): void {
    resize(used > 50_000 ? used * 2 : used * 4);
  }

  function add(key: string): void {
    if (places.has(key)) return;
    place(key);
    fill++;
    used++;
    if (fill * 5 >= (slots.length - 1) * 3) grow();
  }

  const set: PythonSet = {
    size: () => used,
    has: (key) => places.has(key),
    add,
    merge(other) {
      const from = other.table();
      if (from.used === 0) return;
      if ((fill + from.used) * 5 >= (slots.length - 1) * 3) resize((used + from.used) * 2);
      if (fill === 0 && slots.length === from.slots.length && from.fill === from.used) {
        slots = [...from.slots];
        fill = from.fill;
        used = from.used;
        slots.forEach((key, at) => {
          if (typeof key === 'string') places.set(key, at);
        });
        return;
      }
      if (fill === 0) {
        fill = from.used;
        used = from.used;
        for (const key of from.slots) if (typeof key === 'string') place(key);
        return;
      }
      for (const key of from.slots) if (typeof key === 'string') add(key);
    },
    discard(key) {
      const at = places.get(key);
      if (at === undefined) return;
      places.delete(key);
      slots[at] = removed;
      used--;
    },
    compact() {
      if (fill - used > Math.floor((slots.length - 1) / 4)) grow();
    },
    keys: () => slots.filter((key) => typeof key === 'string'),
    table: () => ({ slots, fill, used }),
  };
  for (const key of keys) add(key);
  return set;
}

/** `a & b` of Python: walks the smaller one (the second when they are equal in size). */
export function intersectPythonSets(cache: HashCache, a: PythonSet, b: PythonSet): PythonSet {
  const [walked, tested] = b.size() > a.size() ? [a, b] : [b, a];
  return createPythonSet(
    cache,
    walked.keys().filter((key) => tested.has(key)),
  );
}
