import { Inflate } from 'fflate';
import { succeed } from '../../result.ts';
import type { ByteReader } from './byte-source.ts';
import { readFailure, type ReadLimits } from '../messages/read-error.ts';

/** A file in a zip archive. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly compressedSize: number;
  readonly size: number;
  /** The check sum (CRC-32) of its content; 0 where it was not computed, which is an option of torch. */
  readonly checkSum: number;
  /** Where its local header is. */
  readonly offset: number;
}

const endSignature = 0x06054b50;
const end64LocatorSignature = 0x07064b50;
const end64Signature = 0x06064b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const longestEnd = 22 + 0xffff;

/**
 * Reads the central directory of a zip archive, zip64 included (APPNOTE 4.3). Only the end of the file and the
 * directory are asked for.
 */
export function* readZipDirectory(size: number, limits: ReadLimits): ByteReader<readonly ZipEntry[]> {
  const tailOffset = Math.max(0, size - longestEnd);
  const tail = yield { offset: tailOffset, length: longestEnd };
  const view = viewOf(tail);
  let end = tail.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== endSignature) end--;
  if (end < 0) return withoutDirectory(size);
  const isLast = end + 22 + view.getUint16(end + 20, true) === tail.length;
  let entries = view.getUint16(end + 10, true);
  let length = view.getUint32(end + 12, true);
  let offset = view.getUint32(end + 16, true);
  const locator = end - 20;
  // A zip file after others counts offsets from its own start: parts of a distributed checkpoint are written like this.
  let directoryEnd = end;
  if (locator >= 0 && view.getUint32(locator, true) === end64LocatorSignature) {
    const position = longAt(view, locator + 8);
    const record = yield { offset: position, length: 56 };
    directoryEnd = locator - 56;
    const isHere = directoryEnd >= 0 && view.getUint32(directoryEnd, true) === end64Signature;
    if (isHere && position < tailOffset + directoryEnd) return severalArchives(isLast, size);
    if (record.length < 56 || viewOf(record).getUint32(0, true) !== end64Signature) {
      return readFailure('zip-broken', { reason: 'its zip64 directory is missing', byte: position });
    }
    entries = longAt(viewOf(record), 32);
    length = longAt(viewOf(record), 40);
    offset = longAt(viewOf(record), 48);
  }
  if (offset + length > size) {
    return readFailure('zip-broken', { reason: 'its directory lies past its end', byte: offset });
  }
  if (length > limits.maxBytes) return readFailure('too-large', { bytes: length, limit: limits.maxBytes });
  if (directoryEnd === end && offset + length < tailOffset + end) return severalArchives(isLast, size);
  return parseDirectory(yield { offset, length }, entries, offset);
}

/** The error for a file that ends in a directory of its own but does not begin with that archive. If it was cut off, it is incomplete. */
function severalArchives(isWhole: boolean, size: number) {
  return isWhole ? readFailure('is-distributed') : withoutDirectory(size);
}

function withoutDirectory(size: number) {
  return readFailure('zip-broken', { reason: 'its directory, which is at its end, is missing', byte: size, isCut: true });
}

function parseDirectory(bytes: Uint8Array, count: number, offset: number) {
  const view = viewOf(bytes);
  const found: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== entrySignature) {
      return readFailure(
        'zip-broken',
        { reason: `entry ${index + 1} of its directory is damaged`, byte: offset + at },
      );
    }
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > bytes.length) {
      return readFailure(
        'zip-broken',
        { reason: `entry ${index + 1} of its directory is cut`, byte: offset + at },
      );
    }
    let size = view.getUint32(at + 24, true);
    let compressedSize = view.getUint32(at + 20, true);
    let localOffset = view.getUint32(at + 42, true);
    // zip64: fields that are full are in an extra field, in this order.
    let extra = at + 46 + nameLength;
    const extraEnd = extra + extraLength;
    while (extra + 4 <= extraEnd) {
      const kind = view.getUint16(extra, true);
      const fieldEnd = Math.min(extra + 4 + view.getUint16(extra + 2, true), extraEnd);
      let field = extra + 4;
      const take = (value: number): number => {
        if (kind !== 1 || value !== 0xffffffff || field + 8 > fieldEnd) return value;
        field += 8;
        return longAt(view, field - 8);
      };
      size = take(size);
      compressedSize = take(compressedSize);
      localOffset = take(localOffset);
      extra = Math.max(fieldEnd, extra + 4);
    }
    const name = String.fromCharCode(...bytes.subarray(at + 46, at + 46 + Math.min(nameLength, 1024)));
    found.push({
      name, method: view.getUint16(at + 10, true), compressedSize, size,
      checkSum: view.getUint32(at + 16, true), offset: localOffset,
    });
    at = next;
  }
  return succeed(found);
}

const chunkBytes = 1 << 16;

/** Reads one file of an archive, inflating it chunk by chunk up to the limit. */
export function* readZipEntry(entry: ZipEntry, limits: ReadLimits): ByteReader<Uint8Array> {
  const local = yield { offset: entry.offset, length: 30 };
  if (local.length < 30 || viewOf(local).getUint32(0, true) !== localSignature) {
    return readFailure('zip-broken', { reason: `the header of ${entry.name} is damaged`, byte: entry.offset });
  }
  const start = entry.offset + 30 + viewOf(local).getUint16(26, true) + viewOf(local).getUint16(28, true);
  if (Math.max(entry.compressedSize, entry.size) > limits.maxBytes) {
    return readFailure('too-large', { bytes: Math.max(entry.compressedSize, entry.size), limit: limits.maxBytes });
  }
  const packed = yield { offset: start, length: entry.compressedSize };
  if (packed.length < entry.compressedSize) {
    return readFailure('zip-broken', { reason: `${entry.name} is cut`, byte: start + packed.length, isCut: true });
  }
  if (entry.method === 0) return succeed(packed);
  if (entry.method !== 8) {
    return readFailure(
      'zip-broken',
      { reason: `${entry.name} uses compression method ${entry.method}`, byte: entry.offset },
    );
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  const inflate = new Inflate((part) => {
    parts.push(part);
    length += part.length;
  });
  for (let at = 0; at < packed.length; at += chunkBytes) {
    try {
      inflate.push(packed.slice(at, at + chunkBytes), at + chunkBytes >= packed.length);
    } catch (error) {
      const reason = `${entry.name}: ${error instanceof Error ? error.message : 'unknown reason'}`;
      return readFailure('zip-broken', { reason, byte: start + at });
    }
    if (length > limits.maxBytes) return readFailure('too-large', { bytes: length, limit: limits.maxBytes });
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return succeed(whole);
}

/** Whether an entry holds the written content: its check sum agrees (CRC-32 of ISO 3309, as in zip files). */
export function agreesWithCheckSum(entry: ZipEntry, bytes: Uint8Array): boolean {
  if (entry.checkSum === 0) return true;
  let sum = -1;
  for (const byte of bytes) sum = (sum >>> 8) ^ checkSums[(sum ^ byte) & 0xff]!;
  return ~sum >>> 0 === entry.checkSum;
}

const checkSums = Int32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = (sum & 1) === 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** A 64-bit length as a number; past 2⁵³ it only has to be too large. */
function longAt(view: DataView, offset: number): number {
  return view.getUint32(offset, true) + view.getUint32(offset + 4, true) * 2 ** 32;
}
