import type { Result } from '../result.ts';
import { readFailure, type ReadError } from './messages/read-error.ts';

const archives: readonly (readonly [kind: string, magic: readonly number[]])[] = [
  ['7-Zip', [0x37, 0x7a, 0xbc, 0xaf]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['Zstandard', [0x28, 0xb5, 0x2f, 0xfd]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['RAR', [0x52, 0x61, 0x72, 0x21]],
];
const foreign: readonly (readonly [kind: string, magic: readonly number[]])[] = [
  ['GGUF', [0x47, 0x47, 0x55, 0x46]],
  ['TensorFlow Lite', [0x1c, 0, 0, 0, 0x54, 0x46, 0x4c, 0x33]],
  ['PDF', [0x25, 0x50, 0x44, 0x46]],
  ['PNG', [0x89, 0x50, 0x4e, 0x47]],
  ['JPEG', [0xff, 0xd8, 0xff]],
  ['NumPy', [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]],
  ['TensorRT', [0x66, 0x74, 0x72, 0x74]],
  // The formats before GGUF, by the names of their versions read backwards.
  ['GGML', [0x6c, 0x6d, 0x67, 0x67]],
  ['GGML', [0x66, 0x6d, 0x67, 0x67]],
  ['GGML', [0x74, 0x6a, 0x67, 0x67]],
  ['GGML', [0x61, 0x6c, 0x67, 0x67]],
];

/** Files that are known, and known not to be read; null for all others, and for ONNX, whose beginning others share. */
export function recogniseForeign(start: Uint8Array, looksLikeOnnx: boolean): Result<never, ReadError> | null {
  const protobuf = protobufKind(start);
  if (protobuf !== null) return readFailure('is-foreign', { kind: protobuf });
  if (looksLikeOnnx) return null;
  const begins = (magic: readonly number[], at = 0): boolean => magic.every((byte, i) => start[at + i] === byte);
  if (begins([0x89, 0x48, 0x44, 0x46])) return readFailure('is-hdf5');
  // `ustar` in a tar header: torch before 0.1.10 wrote such files; packed folders are such files, too.
  if (begins([0x75, 0x73, 0x74, 0x61, 0x72], 257)) return readFailure('is-archive', { kind: 'tar' });
  // `ET` and the version, where FlatBuffers name their kind.
  if (begins([0x45, 0x54, 0x31], 4)) return readFailure('is-foreign', { kind: 'ExecuTorch' });
  for (const [kind, magic] of foreign) if (begins(magic)) return readFailure('is-foreign', { kind });
  for (const [kind, magic] of archives) if (begins(magic)) return readFailure('is-archive', { kind });
  // Text has no zero bytes, unless every other one is (UTF-16).
  const zeros = start.subarray(0, 64).reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  const looksWide = zeros * 3 > Math.min(64, start.length) && zeros * 2 <= Math.min(64, start.length) + 1;
  if (zeros > 0 && !looksWide && !begins([0xff, 0xfe]) && !begins([0xfe, 0xff])) {
    const shown = [...start.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    return readFailure('not-recognised', { start: shown });
  }
  return null;
}

/**
 * Models of others in protocol buffers. A SavedModel and a Core ML model begin with their version as ONNX does, but a
 * message follows, whose first field is one; a frozen graph is a list of nodes, each a name and an operation.
 */
function protobufKind(start: Uint8Array): string | null {
  const skipLength = (at: number): number => {
    let end = at;
    while (end < at + 5 && start[end]! >= 0x80) end++;
    return end + 1;
  };
  if (start[0] === 0x08 && start[1]! > 0 && start[1]! < 32 && start[2] === 0x12) {
    const inner = start[skipLength(3)];
    return inner === 0x0a ? (start[1] === 1 ? 'TensorFlow' : 'Core ML') : null;
  }
  if (start[0] !== 0x0a) return null;
  const name = skipLength(1);
  const end = name + 2 + start[name + 1]!;
  const isText = start.subarray(name + 2, end).every((byte) => byte > 0x20 && byte < 0x7f);
  return start[name] === 0x0a && start[name + 1]! > 0 && end < start.length && isText && start[end] === 0x12 ? 'TensorFlow' : null;
}
