import type { ModuleTree } from '../module-tree/module-tree.ts';
import { fail, type Result } from '../result.ts';
import { defaultReadLimits, readCeilings, readFailure, type ReadError, type ReadLimits } from './read-error.ts';
import { inflateGzip, isGzip } from './gzip.ts';
import { readText } from './recognise.ts';
import { decodeText } from './text-encoding.ts';

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
 * names what is wrong, where, and (`limitToRaise`) whether a larger limit would help.
 */
export function readTree(input: TreeInput, options: ReadOptions = {}): Result<ModuleTree, ReadError> {
  const limits = effectiveLimits(options.limits);
  const read = readBytes(input, limits, options.onProgress ?? (() => undefined));
  return read.ok ? read : fail({ code: read.error.code, values: { file: input.name, ...read.error.values } });
}

function effectiveLimits(asked: Partial<ReadLimits> = {}): ReadLimits {
  const wanted = { ...defaultReadLimits, ...asked };
  return {
    maxModules: Math.min(wanted.maxModules, readCeilings.maxModules),
    maxNameUnits: Math.min(wanted.maxNameUnits, readCeilings.maxNameUnits),
    maxDepth: Math.min(wanted.maxDepth, readCeilings.maxDepth),
    maxBytes: Math.min(wanted.maxBytes, readCeilings.maxBytes),
  };
}

function readBytes(
  input: TreeInput,
  limits: ReadLimits,
  onProgress: (fraction: number) => void,
): Result<ModuleTree, ReadError> {
  let { bytes } = input;
  if (bytes.length === 0) return readFailure('empty-file');
  if (isGzip(bytes)) {
    const inflated = inflateGzip(bytes, limits.maxBytes, (fraction) => onProgress(fraction * 0.3));
    if (!inflated.ok) return inflated;
    bytes = inflated.value;
    if (bytes.length === 0) return readFailure('empty-file');
  }
  if (bytes.length > limits.maxBytes) return readFailure('too-large', { bytes: bytes.length, limit: limits.maxBytes });
  const text = decodeText(bytes);
  if (!text.ok) return text;
  return readText({
    modelName: modelNameOf(input.name),
    text: text.value,
    limits,
    onProgress: (fraction) => onProgress(0.3 + fraction * 0.7),
  });
}

/** A file's name without folders and without the endings of the formats that are read. */
export function modelNameOf(fileName: string): string {
  const base = fileName.replace(/^.*[/\\]/, '');
  const bare = base.replace(/(?:\.(?:gz|json|txt|log|repr|safetensors|index|bin|pt|pth|ckpt|onnx))+$/i, '');
  return bare === '' ? base : bare;
}
