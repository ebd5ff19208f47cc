import type { PackedNames } from '../../module-tree/packed-names.ts';
import type { LazyDfa } from './dfa.ts';
import { hasNameLinks, nameLinks, type NameLinks } from './name-links.ts';

/** From how many names on links pay. */
const manyNames = 2000;
/** Entries of the largest table of jumps. */
const mostJumps = 1 << 22;

/** Computes the tables for sweeps of these names; otherwise the first sweep does it. */
export function prepareSweeps(names: PackedNames): void {
  linksFor(names);
}

/** Whether a sweep of these names takes no longer than the next one. */
export function isPrepared(names: PackedNames): boolean {
  return names.size < manyNames || hasNameLinks(names);
}

function linksFor(names: PackedNames): NameLinks | null {
  return names.size >= manyNames ? nameLinks(names) : null;
}

/**
 * Writes for each name 1 where the automaton accepts it, else 0. Its answer for names that are not ASCII does not
 * count. Throws `AutomatonTooLarge`.
 */
export function fillMask(dfa: LazyDfa, names: PackedNames, mask: Uint8Array): void {
  const links = linksFor(names);
  if (links) fillByLinks(dfa, names, links, mask);
  else fillByPrefixes(dfa, names, mask);
}

/** Names are in tree order: each name continues from the state after the part that it shares with the name before. */
export function fillByPrefixes(dfa: LazyDfa, names: PackedNames, mask: Uint8Array): void {
  const { bytes, offsets, shared, size } = names;
  const { classCount, lastFinalRow } = dfa;
  const classOf = classOfBytes(dfa);
  let { table } = dfa;
  let path = new Int32Array(256);
  path[0] = dfa.start;
  /** The path holds the rows after so many characters of the name before. */
  let known = 0;
  for (let index = 0; index < size; index++) {
    const begin = offsets[index]!;
    const length = offsets[index + 1]! - begin;
    if (length >= path.length) {
      const longer = new Int32Array(length * 2);
      longer.set(path);
      path = longer;
    }
    let at = shared[index]!;
    if (at > known) at = known;
    let row = path[at]!;
    while (at < length && row > lastFinalRow) {
      const characterClass = classOf[bytes[begin + at]!]!;
      let next = table[row + characterClass]!;
      if (next < 0) {
        next = dfa.step(row, characterClass);
        ({ table } = dfa);
      }
      row = next;
      path[++at] = row;
    }
    known = at;
    const verdict = table[row + classCount]!;
    mask[index] = verdict < 0 ? dfa.end(row) : verdict;
  }
}

/**
 * Each name goes on from the state after its parent's, and the rest is read once from each state: after that
 * a name is one look into a table.
 */
export function fillByLinks(dfa: LazyDfa, names: PackedNames, links: NameLinks, mask: Uint8Array): void {
  const { bytes, offsets, size } = names;
  const { parent, label, labelCount } = links;
  const { classCount, lastFinalRow } = dfa;
  const width = classCount + 1;
  const classOf = classOfBytes(dfa);

  /** The row after the characters of a name from `at` on. */
  function read(row: number, at: number, end: number): number {
    let reached = row;
    for (; at < end && reached > lastFinalRow; at++) {
      const characterClass = classOf[bytes[at]!]!;
      const next = dfa.table[reached + characterClass]!;
      reached = next < 0 ? dfa.step(reached, characterClass) : next;
    }
    return reached;
  }

  /** The state after each name, one further on; first the one before any character. States count rows. */
  const stateAfter = roomForStates(size + 1);
  stateAfter[0] = dfa.start / width;
  /** For each state and label one more than the state that it leads to; 0 where that is not known yet. */
  let jumps = new Uint16Array(Math.min(mostJumps, 32 * labelCount));
  for (let index = 0; index < size; index++) {
    const carried = parent[index]!;
    const from = stateAfter[carried]!;
    const jump = from * labelCount + label[index]!;
    let to = jump < jumps.length ? jumps[jump]! - 1 : -1;
    if (to < 0) {
      const begin = carried === 0 ? offsets[index]! : offsets[index]! + offsets[carried]! - offsets[carried - 1]!;
      to = read(from * width, begin, offsets[index + 1]!) / width;
      if (jump >= jumps.length && jump < mostJumps) {
        const longer = new Uint16Array(Math.min(mostJumps, Math.max(2 * jumps.length, jump + labelCount)));
        longer.set(jumps);
        jumps = longer;
      }
      // Beyond the largest table nothing is kept.
      if (jump < jumps.length) jumps[jump] = to + 1;
    }
    stateAfter[index + 1] = to;
    const row = to * width;
    const verdict = dfa.table[row + classCount]!;
    mask[index] = verdict < 0 ? dfa.end(row) : verdict;
  }
}

/** Kept from sweep to sweep, since each writes all of it: a new one for each letter that is typed would be cleared and thrown away. */
let keptRoom = new Uint16Array(0);

function roomForStates(size: number): Uint16Array {
  if (keptRoom.length < size) keptRoom = new Uint16Array(size);
  return keptRoom;
}

function classOfBytes(dfa: LazyDfa): Uint8Array {
  const classOf = new Uint8Array(256);
  classOf.set(dfa.classOf);
  return classOf;
}
