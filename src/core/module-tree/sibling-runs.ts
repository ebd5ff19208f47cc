import type { ModuleTree } from './module-tree.ts';
import { labelStart } from './tree-index.ts';

/**
 * Runs of siblings with consecutive numbers (`0`, `1`, `2` … or `layer_0`, `layer_1` …) whose subtrees are equal:
 * the same labels, types and specs below, all the way down. Member `k` of a run has the row
 * `first + k · (end[first] − first)`. Plain data.
 */
export interface SiblingRuns {
  readonly count: number;
  /** First row of each run. */
  readonly first: Uint32Array<ArrayBuffer>;
  /** Number of siblings in each run. */
  readonly length: Uint32Array<ArrayBuffer>;
  /** For every row the run it is a member of; -1 for rows that are in none. */
  readonly runOf: Int32Array<ArrayBuffer>;
}

/**
 * Finds the runs of at least `minimum` equal siblings (rule T20). Subtrees are compared by hash first and then
 * exactly; the time is linear in the number of modules (n log n at worst).
 */
export function findSiblingRuns(tree: ModuleTree, minimum = 3): SiblingRuns {
  const hashes = hashSubtrees(tree);
  const runOf = new Int32Array(tree.size).fill(-1);
  const first: number[] = [];
  const length: number[] = [];

  function closeRun(start: number, members: number): void {
    if (members < minimum) return;
    const stride = tree.end[start]! - start;
    for (let k = 0; k < members; k++) runOf[start + k * stride] = first.length;
    first.push(start);
    length.push(members);
  }

  for (let parent = 0; parent < tree.size; parent++) {
    const end = tree.end[parent]!;
    let start = -1;
    let members = 0;
    let previous = -1;
    let number = -1;
    for (let row = parent + 1; row < end; row = tree.end[row]!) {
      const own = trailingNumber(tree, row);
      const continues =
        members > 0 && own >= 0 && own === number + 1 && samePrefix(tree, previous, row) && sameSubtree(
          tree,
          hashes,
          previous,
          row,
        );
      if (continues) {
        members++;
      } else {
        closeRun(start, members);
        start = row;
        members = own < 0 ? 0 : 1;
      }
      previous = row;
      number = own;
    }
    closeRun(start, members);
  }
  return { count: first.length, first: Uint32Array.from(first), length: Uint32Array.from(length), runOf };
}

/** Rows of the members of a run, in order. */
export function runMembers(tree: ModuleTree, runs: SiblingRuns, run: number): number[] {
  const first = runs.first[run]!;
  const stride = tree.end[first]! - first;
  return Array.from({ length: runs.length[run]! }, (_, k) => first + k * stride);
}

/** Two 32-bit hashes a row, over all that makes two subtrees equal but for their own labels. */
interface SubtreeHashes {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

function hashSubtrees(tree: ModuleTree): SubtreeHashes {
  const low = new Uint32Array(tree.size);
  const high = new Uint32Array(tree.size);
  for (let row = tree.size - 1; row >= 0; row--) {
    const own = tree.specId[row]! * 2 + (tree.sharedWith.has(row) ? 1 : 0);
    let a = Math.imul(own ^ 0x9e3779b9, 0x85ebca6b);
    let b = Math.imul(own + 0x27d4eb2f, 0xc2b2ae35);
    const end = tree.end[row]!;
    for (let child = row + 1; child < end; child = tree.end[child]!) {
      const label = hashLabel(tree, child);
      a = mix(a ^ label, low[child]!);
      b = mix(Math.imul(b, 31) + label, high[child]!);
    }
    low[row] = a;
    high[row] = b;
  }
  return { low, high };
}

function mix(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ value, 0x9e3779b1);
  mixed ^= mixed >>> 15;
  return Math.imul(mixed, 0x85ebca77) ^ (mixed >>> 13);
}

function hashLabel(tree: ModuleTree, row: number): number {
  const { bytes, offsets } = tree.names;
  let hash = 0x811c9dc5;
  for (let at = labelStart(tree, row); at < offsets[row + 1]!; at++) {
    hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  }
  return hash;
}

/** The number that ends a label; -1 for none, for leading zeros, and for leaves with letters before it. */
function trailingNumber(tree: ModuleTree, row: number): number {
  const { bytes, offsets } = tree.names;
  const start = labelStart(tree, row);
  const end = offsets[row + 1]!;
  const digits = digitsStart(bytes, start, end);
  if (digits === end || end - digits > 9) return -1;
  if (bytes[digits] === 48 && end - digits > 1) return -1;
  // `conv1`, `conv2` are names, not indices; `encoder_layer_0` with something below it is an index.
  if (digits > start && tree.end[row] === row + 1) return -1;
  let number = 0;
  for (let at = digits; at < end; at++) number = number * 10 + bytes[at]! - 48;
  return number;
}

function digitsStart(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && bytes[at - 1]! >= 48 && bytes[at - 1]! <= 57) at--;
  return at;
}

function samePrefix(tree: ModuleTree, left: number, right: number): boolean {
  const { bytes, offsets } = tree.names;
  const leftStart = labelStart(tree, left);
  const rightStart = labelStart(tree, right);
  const length = digitsStart(bytes, leftStart, offsets[left + 1]!) - leftStart;
  if (digitsStart(bytes, rightStart, offsets[right + 1]!) - rightStart !== length) return false;
  return sameBytes(bytes, leftStart, rightStart, length);
}

function sameBytes(bytes: Uint8Array, left: number, right: number, length: number): boolean {
  for (let k = 0; k < length; k++) if (bytes[left + k] !== bytes[right + k]) return false;
  return true;
}

function sameSubtree(tree: ModuleTree, hashes: SubtreeHashes, left: number, right: number): boolean {
  const size = tree.end[left]! - left;
  if (tree.end[right]! - right !== size) return false;
  if (hashes.low[left] !== hashes.low[right] || hashes.high[left] !== hashes.high[right]) return false;
  const { bytes, offsets } = tree.names;
  for (let k = 0; k < size; k++) {
    const a = left + k;
    const b = right + k;
    if (tree.specId[a] !== tree.specId[b] || tree.depth[a] !== tree.depth[b]) return false;
    if (tree.sharedWith.has(a) !== tree.sharedWith.has(b)) return false;
    if (k === 0) continue;
    const aStart = labelStart(tree, a);
    const bStart = labelStart(tree, b);
    const length = offsets[a + 1]! - aStart;
    if (offsets[b + 1]! - bStart !== length || !sameBytes(bytes, aStart, bStart, length)) return false;
  }
  return true;
}
