import type { ModuleTree } from '../module-tree/module-tree.ts';
import { fail, type Result } from '../result.ts';
import { readFromSource, readInMemory, type FileSource } from './bytes/byte-source.ts';
import { readContent, type ContentRequest } from './read-content.ts';
import { withFile, type ReadError, type ReadLimits } from './messages/read-error.ts';
import { modelNameOf } from './bytes/file-path.ts';
import { effectiveLimits } from './bytes/read-limits.ts';
import type { FileContent } from './weights/tensor-list.ts';
import { buildTensorTree } from './weights/tensor-tree.ts';

/** A file held in memory, or pasted text as UTF-8. */
export interface TreeInput {
  /** File name; names the model where the content does not, and is used in messages. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** How to read. */
export interface ReadOptions {
  readonly limits?: Partial<ReadLimits>;
  /** Called now and then with the part done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/**
 * Reads a module tree from the bytes of one file, recognised by content (rule T1). Never throws; the error
 * names the fault, its place, and (`limitToRaise`) whether a larger limit would help.
 */
export function readTree(input: TreeInput, options: ReadOptions = {}): Result<ModuleTree, ReadError> {
  const request = requestFor(input.name, input.bytes.length, options);
  return treeOf(readInMemory(readContent(request), input.bytes), input.name, request);
}

/**
 * The same for a file that is not in memory: of safetensors and checkpoints only the parts with names and
 * shapes are read, so that one of 20 GB opens at once.
 */
export async function readTreeFromFile(
  source: FileSource,
  options: ReadOptions = {},
): Promise<Result<ModuleTree, ReadError>> {
  const request = requestFor(source.name, source.size, options);
  return treeOf(await readFromSource(readContent(request), source), source.name, request);
}

/** The request to read a file by that name. */
export function requestFor(name: string, size: number, options: ReadOptions): ContentRequest {
  return {
    modelName: modelNameOf(name),
    size,
    limits: effectiveLimits(options.limits),
    onProgress: options.onProgress ?? (() => undefined),
  };
}

/** Makes a tree of the read content; errors name the file. */
function treeOf(
  content: Result<FileContent, ReadError>,
  fileName: string,
  request: ContentRequest,
): Result<ModuleTree, ReadError> {
  if (!content.ok) return nameFile(content.error, fileName);
  if (content.value.type === 'tree') return { ok: true, value: content.value.tree };
  const { tensors, ...header } = content.value;
  if (tensors.length === 0) return nameFile({ code: 'no-modules', values: {} }, fileName);
  const tree = buildTensorTree(tensors, { ...header, model: request.modelName }, request.limits);
  request.onProgress(1);
  return tree.ok ? tree : nameFile(tree.error, fileName);
}

/** Adds the file's name to an error. */
export function nameFile(error: ReadError, fileName: string): Result<never, ReadError> {
  return fail(withFile(error, fileName));
}
