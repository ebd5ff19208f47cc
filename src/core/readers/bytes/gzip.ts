import { Gunzip } from 'fflate';
import { succeed, type Result } from '../../result.ts';
import { readFailure, type ReadError } from '../messages/read-error.ts';

const chunkBytes = 1 << 16;

/**
 * Inflates a gzip file chunk by chunk and stops as soon as more than `maxBytes` come out (rule T4), so that
 * a small file that claims to be huge costs no more than that. A file may be several members one after the other
 * (`cat a.gz b.gz`, bgzip): their contents are put together. Checks the length that each member states. Zeros that pad the
 * file to a block (tapes, disk images) are left aside, as `gzip` and Python do.
 */
export function inflateGzip(
  bytes: Uint8Array,
  maxBytes: number,
  onProgress: (fraction: number) => void = () => undefined,
): Result<Uint8Array, ReadError> {
  const inflated = inflateMembers(bytes, bytes.length, maxBytes, onProgress);
  if (inflated.ok || inflated.error.code !== 'gzip-broken' || bytes.at(-1) !== 0) return inflated;
  const unpadded = inflateMembers(bytes, bytes.findLastIndex((byte) => byte !== 0) + 1, maxBytes, onProgress);
  return unpadded.ok ? unpadded : inflated;
}

/** The last four bytes of a member: the length of its content, lowest byte first. */
const lengthBytes = 4;

/** Inflates all members. From `padded` on there are zeros, of which the first may belong to the last member's length. */
function inflateMembers(
  file: Uint8Array,
  padded: number,
  maxBytes: number,
  onProgress: (fraction: number) => void,
): Result<Uint8Array, ReadError> {
  const bytes = file.subarray(0, padded + lengthBytes - 1);
  const parts: Uint8Array[] = [];
  let length = 0;
  let finished = false;
  let memberStart = 0;
  let isLengthWrong = false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const endMember = (end: number): void => {
    isLengthWrong ||= end < 18 || view.getUint32(end - lengthBytes, true) !== (length - memberStart) % 2 ** 32;
    memberStart = length;
  };
  const gunzip = new Gunzip((part, final) => {
    parts.push(part);
    length += part.length;
    finished ||= final;
  });
  gunzip.onmember = endMember;
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    const end = Math.min(at + chunkBytes, bytes.length);
    try {
      gunzip.push(bytes.slice(at, end), end === bytes.length);
    } catch (error) {
      const isCut = error instanceof Error && error.message === 'unexpected EOF';
      const reason = isCut ? 'it ends too early' : `its data is damaged (${reasonOf(error)})`;
      return readFailure('gzip-broken', { byte: isCut ? bytes.length : at, bytes: bytes.length, reason });
    }
    if (length > maxBytes) return readFailure('too-large', { bytes: length, limit: maxBytes });
    onProgress(end / bytes.length);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  const zerosOfLength = Math.clz32((length - memberStart) >>> 0) >>> 3;
  endMember(Math.min(bytes.length, padded + zerosOfLength));
  if (!finished || isLengthWrong) {
    return readFailure('gzip-broken', { byte: bytes.length, bytes: bytes.length, reason: 'it ends too early' });
  }
  return succeed(whole);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
