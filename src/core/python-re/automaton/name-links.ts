import type { PackedNames } from '../../module-tree/packed-names.ts';

/**
 * Names as their parents and the added ends: `layers.7.mlp` is `.mlp` behind name `layers.7`. Models say the
 * same few things again and again, so that an automaton needs to read each of them once from each of its states.
 */
export interface NameLinks {
  /** For each name, one more than the index of the earlier name that it extends; 0 for none. */
  readonly parent: Uint32Array<ArrayBuffer>;
  /** For each name, the number of its added part. */
  readonly label: Uint16Array<ArrayBuffer>;
  /** Number of different labels. */
  readonly labelCount: number;
}

const dot = 0x2e;
/** With more labels than this, hardly any is met twice. */
const mostLabels = 8192;
const slotCount = 4 * mostLabels;

const linksOf = new WeakMap<PackedNames, NameLinks | null>();

/** The links of names, worked out once for each list; `null` where the names add too many different things. */
export function nameLinks(names: PackedNames): NameLinks | null {
  let links = linksOf.get(names);
  if (links === undefined) linksOf.set(names, (links = linkNames(names)));
  return links;
}

/** Keeps links that were worked out elsewhere for an equal list. */
export function keepNameLinks(names: PackedNames, links: NameLinks | null): void {
  linksOf.set(names, links);
}

/** Whether the links of names are known, so that asking for them takes no time. */
export function hasNameLinks(names: PackedNames): boolean {
  return linksOf.has(names);
}

function linkNames(names: PackedNames): NameLinks | null {
  const { bytes, offsets, shared, size } = names;
  const parent = new Uint32Array(size);
  const label = new Uint16Array(size);
  const labels = createLabels(bytes);
  /** Names that the one before begins with, itself last. */
  const begun: number[] = [];
  const lengthOf = (index: number): number => offsets[index + 1]! - offsets[index]!;
  for (let index = 0; index < size; index++) {
    const begin = offsets[index]!;
    const end = offsets[index + 1]!;
    let at = end - 1;
    while (at > begin && bytes[at] !== dot) at--;
    // A top-level name has no parent state to continue from.
    const kept = at > begin ? Math.min(at - begin, shared[index]!) : 0;
    while (begun.length > 0 && lengthOf(begun.at(-1)!) > kept) begun.pop();
    const last = begun.at(-1);
    const isLinked = last !== undefined && at > begin && lengthOf(last) === at - begin;
    if (isLinked) parent[index] = last + 1;
    const id = labels.intern(isLinked ? at : begin, end);
    if (id < 0) return null;
    label[index] = id;
    begun.push(index);
  }
  return { parent, label, labelCount: labels.count() };
}

/** Numbers runs of bytes: the same bytes have the same number; -1 once there are too many. */
function createLabels(bytes: Uint8Array): {
  readonly intern: (begin: number, end: number) => number;
  readonly count: () => number;
} {
  /** One more than the number of the label in a slot; 0 for a free one. */
  const slots = new Uint16Array(slotCount);
  const begins: number[] = [];
  const lengths: number[] = [];

  function isLabel(id: number, begin: number, length: number): boolean {
    if (lengths[id] !== length) return false;
    const known = begins[id]!;
    for (let i = 0; i < length; i++) if (bytes[known + i] !== bytes[begin + i]) return false;
    return true;
  }

  return {
    intern(begin, end) {
      let hash = 0;
      for (let at = begin; at < end; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
      let slot = (hash ^ (hash >>> 15)) & (slotCount - 1);
      for (let held = slots[slot]!; held > 0; held = slots[slot]!) {
        if (isLabel(held - 1, begin, end - begin)) return held - 1;
        slot = (slot + 1) & (slotCount - 1);
      }
      if (begins.length >= mostLabels) return -1;
      lengths.push(end - begin);
      slots[slot] = begins.push(begin);
      return begins.length - 1;
    },
    count: () => begins.length,
  };
}
