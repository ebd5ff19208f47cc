import type { ModuleTree } from '../module-tree/module-tree.ts';
import { succeed, type Result } from '../result.ts';
import { readInMemory, type ByteReader, type ByteRequest } from './bytes/byte-source.ts';
import { recogniseForeign } from './foreign-files.ts';
import { inflateGzip } from './bytes/gzip.ts';
import { isGzip } from './bytes/is-gzip.ts';
import { isPickle, isWholePickle, isZip, readPickleFile, readZipCheckpoint } from './weights/read-checkpoint.ts';
import { readFailure, type ReadError, type ReadLimits } from './messages/read-error.ts';
import { isOnnx, readOnnx } from './weights/read-onnx.ts';
import { isSafetensors, readSafetensors } from './weights/read-safetensors.ts';
import { readText } from './recognise.ts';
import type { FileContent } from './weights/tensor-list.ts';
import { modelNameOf } from './bytes/file-path.ts';
import { readZipDirectory, readZipEntry } from './bytes/zip-directory.ts';
import { decodeText } from './bytes/text-encoding.ts';
import { readWithWrongBytes } from './bytes/wrong-bytes.ts';

/** A file to be recognised. */
export interface ContentRequest {
  /** The model's name where the content does not have one. */
  readonly modelName: string;
  readonly size: number;
  readonly limits: ReadLimits;
  readonly onProgress: (fraction: number) => void;
}

const startBytes = 1024;
/** A pickle that begins like no pickle is small: it holds a number, a text or the like. */
const longestOddPickle = 1 << 20;
/** Inflating takes about this share of the time that a compressed text takes. */
const inflateShare = 0.3;

/**
 * Recognises a file by its first bytes and reads the needed part of it (rule T1): of safetensors the header, of
 * checkpoints the directory and the pickle, everything else whole.
 */
export function* readContent(request: ContentRequest, isInflated = false): ByteReader<FileContent> {
  const { size, limits, modelName } = request;
  if (size === 0) return readFailure('empty-file');
  const start = yield { offset: 0, length: startBytes };
  if (isSafetensors(start)) return yield* readSafetensors(size, limits);
  if (isZip(start)) {
    const read = yield* readZipCheckpoint(size, { model: modelName, limits });
    const only = isInflated || read.ok || read.error.code !== 'zip-without-pickle' ? null : yield* readOnlyFile(size, limits);
    if (only === null) return read;
    if (!only.ok) return only;
    const inner = finishInflated({ ...request, modelName: only.value.name }, only.value.bytes);
    return inner.ok || inner.error.code !== 'not-recognised' ? inner : read;
  }
  if (isPickle(start)) return yield* readPickleFile(size, { model: modelName, limits });
  const refused = isGzip(start) ? null : recogniseForeign(start, isOnnx(start));
  if (refused !== null) {
    const isShort = !refused.ok && refused.error.code === 'not-recognised' && size <= longestOddPickle;
    return isShort && isWholePickle(yield { offset: 0, length: size }) ? yield* readPickleFile(size, { model: modelName, limits }) : refused;
  }
  if (size > limits.maxBytes) return readFailure('too-large', { bytes: size, limit: limits.maxBytes });
  const bytes = yield { offset: 0, length: size };
  if (isGzip(start)) {
    if (isInflated) return readFailure('is-archive', { kind: 'twice compressed gzip' });
    const inflated = inflateGzip(bytes, limits.maxBytes, (fraction) => request.onProgress(fraction * inflateShare));
    if (!inflated.ok) return inflated;
    return finishInflated(request, inflated.value);
  }
  if (isOnnx(start)) return readOnnx(bytes, { model: modelName, limits });
  const decoded = decodeText(bytes);
  const onProgress = (fraction: number): void => request.onProgress(inflateShare + fraction * (1 - inflateShare));
  const read = (text: string): Result<ModuleTree, ReadError> => readText({ modelName, text, limits, onProgress });
  const tree = decoded.ok ? read(decoded.value) : readWithWrongBytes(bytes, decoded, read);
  if (tree.ok) return succeed({ type: 'tree', tree: tree.value });
  // A pickle of protocol 0 or 1 may begin like any text, but then its operations end with the file.
  return isWholePickle(bytes) ? yield* readPickleFile(size, { model: modelName, limits }) : tree;
}

/** Files that people pack to attach them. */
const packedAlone = /\.(?:txt|log|md|out|html?|csv|tsv|jsonl?|ipynb|safetensors|onnx|pth?|bin|ckpt)$/i;

/** The only file of a zip archive, such as a text that someone packed to attach it; null where there are several. */
function* readOnlyFile(size: number, limits: ReadLimits): Generator<ByteRequest, Result<{ readonly name: string; readonly bytes: Uint8Array }, ReadError> | null, Uint8Array> {
  const directory = yield* readZipDirectory(size, limits);
  const files = directory.ok ? directory.value.filter(({ name }) => !/\/$|^__MACOSX\/|(?:^|\/)\.DS_Store$/.test(name)) : [];
  const [only] = files;
  if (only === undefined || files.length > 1 || !packedAlone.test(only.name)) return null;
  const bytes = yield* readZipEntry(only, limits);
  return bytes.ok ? succeed({ name: modelNameOf(only.name), bytes: bytes.value }) : bytes;
}

/** Inflated content is already in memory, so it is read at once. */
function finishInflated(request: ContentRequest, bytes: Uint8Array): Result<FileContent, ReadError> {
  return readInMemory(readContent({ ...request, size: bytes.length }, true), bytes);
}
