import { succeed, type Result } from '../result.ts';
import { readInMemory, type ByteReader } from './byte-source.ts';
import { inflateGzip, isGzip } from './gzip.ts';
import { isPickle, isZip, readPickleFile, readZipCheckpoint } from './read-checkpoint.ts';
import { readFailure, type ReadError, type ReadLimits } from './read-error.ts';
import { isOnnx, readOnnx } from './read-onnx.ts';
import { isSafetensors, readSafetensors } from './read-safetensors.ts';
import { readText } from './recognise.ts';
import type { FileContent } from './tensor-list.ts';
import { decodeText } from './text-encoding.ts';

/** A file to be recognised. */
export interface ContentRequest {
  /** What the model is called where the content does not say. */
  readonly modelName: string;
  readonly size: number;
  readonly limits: ReadLimits;
  readonly onProgress: (fraction: number) => void;
}

const startBytes = 1024;

/**
 * Recognises a file by its first bytes and reads what is needed of it (rule T1): of safetensors the header, of
 * checkpoints the directory and the pickle, everything else whole.
 */
export function* readContent(request: ContentRequest, isInflated = false): ByteReader<FileContent> {
  const { size, limits, modelName } = request;
  if (size === 0) return readFailure('empty-file');
  const start = yield { offset: 0, length: startBytes };
  if (isSafetensors(start)) return yield* readSafetensors(size, limits);
  if (isZip(start)) return yield* readZipCheckpoint(size, { model: modelName, limits });
  if (isPickle(start)) return yield* readPickleFile(size, { model: modelName, limits });
  const refused = isGzip(start) || isOnnx(start) ? null : recogniseForeign(start);
  if (refused !== null) return refused;
  if (size > limits.maxBytes) return readFailure('too-large', { bytes: size, limit: limits.maxBytes });
  const bytes = yield { offset: 0, length: size };
  if (isGzip(start)) {
    if (isInflated) return readFailure('is-archive', { kind: 'twice compressed gzip' });
    const inflated = inflateGzip(bytes, limits.maxBytes, (fraction) => request.onProgress(fraction * 0.3));
    if (!inflated.ok) return inflated;
    return finishInflated(request, inflated.value);
  }
  if (isOnnx(start)) return readOnnx(bytes);
  const text = decodeText(bytes);
  if (!text.ok) return text;
  const onProgress = (fraction: number): void => request.onProgress(0.3 + fraction * 0.7);
  const tree = readText({ modelName, text: text.value, limits, onProgress });
  return tree.ok ? succeed({ type: 'tree', tree: tree.value }) : tree;
}

/** What came out of gzip is in memory: it is read at once. */
function finishInflated(request: ContentRequest, bytes: Uint8Array): Result<FileContent, ReadError> {
  return readInMemory(readContent({ ...request, size: bytes.length }, true), bytes);
}

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
];

/** Files that are known, and known not to be read. */
function recogniseForeign(start: Uint8Array): Result<never, ReadError> | null {
  const begins = (magic: readonly number[], at = 0): boolean => magic.every((byte, i) => start[at + i] === byte);
  if (begins([0x89, 0x48, 0x44, 0x46])) return readFailure('is-hdf5');
  // `ustar` in a tar header: torch before 0.1.10 wrote such files, and so do people who pack a folder.
  if (begins([0x75, 0x73, 0x74, 0x61, 0x72], 257)) return readFailure('is-archive', { kind: 'tar' });
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
