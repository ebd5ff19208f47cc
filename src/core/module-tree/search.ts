import type { ModuleTree } from './module-tree.ts';
import { packNames } from './packed-names.ts';

/** A query for modules; all of its conditions must hold. */
export interface TreeQuery {
  /** Part of a name or of a type's name; ASCII letters match in either case. Empty finds everything. */
  readonly text: string;
  /** Type ids to keep; null keeps every type. */
  readonly typeIds?: readonly number[] | null;
}

/**
 * Rows whose full name contains the text, or whose type's name does; ascending. A few milliseconds for 100,000
 * names: the beginning that a name shares with the one before it is not searched again.
 */
export function searchTree(tree: ModuleTree, query: TreeQuery): Uint32Array<ArrayBuffer> {
  const needle = foldedBytes(query.text);
  const keepType = new Uint8Array(tree.types.length).fill(1);
  if (query.typeIds) {
    keepType.fill(0);
    for (const type of query.typeIds) if (type < keepType.length) keepType[type] = 1;
  }
  const typeMatches = new Uint8Array(tree.types.length);
  for (let type = 0; type < tree.types.length; type++) {
    const folded = foldedBytes(tree.types[type]!);
    if (findBytes(folded, 0, folded.length, needle) >= 0) typeMatches[type] = 1;
  }
  const found = new Uint32Array(tree.size);
  let count = 0;
  const { bytes, offsets, shared } = tree.names;
  let matchEnd = -1;
  for (let row = 0; row < tree.size; row++) {
    const start = offsets[row]!;
    const common = shared[row]!;
    // A match inside the part that is shared with the name before is a match here; none there is none here.
    if (matchEnd < 0 || matchEnd > common) {
      const from = matchEnd < 0 ? Math.max(0, common - needle.length + 1) : 0;
      const at = findBytes(bytes, start + from, offsets[row + 1]!, needle);
      matchEnd = at < 0 ? -1 : at - start + needle.length;
    }
    const type = tree.typeId[row]!;
    if (keepType[type] !== 0 && (matchEnd >= 0 || typeMatches[type] !== 0)) found[count++] = row;
  }
  return found.slice(0, count);
}

function foldedBytes(text: string): Uint8Array {
  const bytes = packNames([text]).bytes;
  for (let at = 0; at < bytes.length; at++) bytes[at] = fold(bytes[at]!);
  return bytes;
}

function fold(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte + 32 : byte;
}

function findBytes(bytes: Uint8Array, start: number, end: number, needle: Uint8Array): number {
  if (needle.length === 0) return start;
  const first = needle[0]!;
  const last = end - needle.length;
  for (let at = start; at <= last; at++) {
    if (fold(bytes[at]!) !== first) continue;
    let k = 1;
    while (k < needle.length && fold(bytes[at + k]!) === needle[k]) k++;
    if (k === needle.length) return at;
  }
  return -1;
}
