import type { ModuleTree } from '../module-tree/module-tree.ts';
import type { FileSource } from '../readers/bytes/byte-source.ts';
import type { ReadError } from '../readers/messages/read-error.ts';
import { readTree, type ReadOptions, type TreeInput } from '../readers/read-tree.ts';
import { describeTree } from './describe-tree.ts';

/** The tree or the error of a text. For tests. */
export function readText(text: string, options: ReadOptions = {}): ModuleTree | ReadError {
  const result = readTree({ name: 'text.txt', bytes: new TextEncoder().encode(text) }, options);
  return result.ok ? result.value : result.error;
}

/** The tree of a text as lines (`describeTree`); of an error its JSON. For tests. */
export function linesOfText(text: string): readonly string[] {
  const result = readText(text);
  return 'code' in result ? [JSON.stringify(result)] : describeTree(result);
}

/** Bytes in memory as a file that is read in parts. For tests. */
export function inMemory({ name, bytes }: TreeInput): FileSource {
  return { name, size: bytes.length, read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)) };
}
