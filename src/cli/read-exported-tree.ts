import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { modelNameOf } from '../core/readers/bytes/file-path.ts';
import { isGzip } from '../core/readers/bytes/is-gzip.ts';
import { effectiveLimits } from '../core/readers/bytes/read-limits.ts';
import { decodeText } from '../core/readers/bytes/text-encoding.ts';
import type { ReadLimits } from '../core/readers/messages/read-error.ts';
import { readModuleTree } from '../core/readers/tree-json/read-module-tree.ts';

/** How the exporter's documents begin. */
const beginning = /^\s*\{\s*"format"\s*:\s*"module-tree"\s*,\s*"version"\s*:/;

/**
 * The tree of a file that the exporter wrote, read with little code: `check` of a small list would spend more time on loading
 * all readers than on its work. `null` for everything else, and where something is wrong: then all readers give the answer.
 */
export function readExportedTree(path: string, limits: ReadLimits): ModuleTree | null {
  const bytes = bytesOf(path, limits.maxBytes);
  const text = bytes === null ? null : decodeText(bytes);
  if (text?.ok !== true || !beginning.test(text.value.slice(0, 200))) return null;
  const read = readModuleTree({ modelName: modelNameOf(path), text: text.value, limits: effectiveLimits(limits), onProgress: () => undefined });
  return read.ok && read.value.format === 'module-tree' ? read.value : null;
}

/** The bytes of a file, inflated if it is one whole gzip file. */
function bytesOf(path: string, maxBytes: number): Uint8Array | null {
  try {
    const found = statSync(path);
    if (!found.isFile() || found.size > maxBytes) return null;
    const bytes = readFileSync(path);
    if (bytes[0] === 0x7b) return bytes;
    if (!isGzip(bytes)) return null;
    const { buffer, engine } = gunzipSync(bytes, { maxOutputLength: maxBytes, info: true }) as unknown as Inflated;
    return engine.bytesWritten === bytes.length ? buffer : null;
  } catch {
    return null;
  }
}

/** The answer of `gunzipSync` with `info`, which the types of Node leave out. */
interface Inflated {
  readonly buffer: Uint8Array;
  /** `bytesWritten`: bytes of the file that were used. */
  readonly engine: { readonly bytesWritten: number };
}
