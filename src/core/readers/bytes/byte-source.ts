import type { Result } from '../../result.ts';
import { readFailure, type ReadError } from '../messages/read-error.ts';

/** A part of a file that a reader asks for. Past the end of the file it gets fewer bytes, or none. */
export interface ByteRequest {
  readonly offset: number;
  readonly length: number;
}

/**
 * A reader that asks for the parts it needs and is handed them: the same code reads from memory at once and
 * from a file of 20 GB a few kilobytes at a time.
 */
export type ByteReader<Value> = Generator<ByteRequest, Result<Value, ReadError>, Uint8Array>;

/** A file that is not held in memory, such as a browser's `File` behind `slice`. */
export interface FileSource {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** The bytes from `offset`; fewer than `length` at the end of the file. May reject. */
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
}

/** Runs a reader over bytes in memory. */
export function readInMemory<Value>(reader: ByteReader<Value>, bytes: Uint8Array): Result<Value, ReadError> {
  let step = reader.next();
  while (step.done !== true) {
    const { offset, length } = step.value;
    step = reader.next(bytes.subarray(Math.min(offset, bytes.length), Math.min(offset + length, bytes.length)));
  }
  return step.value;
}

/** Runs a reader over a file; a rejected read becomes the error `reading-failed`. */
export async function readFromSource<Value>(
  reader: ByteReader<Value>,
  source: FileSource,
): Promise<Result<Value, ReadError>> {
  let step = reader.next();
  while (step.done !== true) {
    const offset = Math.min(step.value.offset, source.size);
    const length = Math.min(step.value.length, source.size - offset);
    try {
      step = reader.next(length === 0 ? new Uint8Array(0) : await source.read(offset, length));
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown reason';
      return readFailure('reading-failed', { reason, byte: offset });
    }
  }
  return step.value;
}
