import { succeed } from '../../result.ts';
import type { TreeNote } from '../../module-tree/tree-note.ts';
import { packNames } from '../../module-tree/packed-names.ts';
import type { ByteReader } from '../bytes/byte-source.ts';
import { findJsonError } from '../literals/json-cursor.ts';
import { asRecord, describeValue, isShape, ownField } from '../literals/record.ts';
import { jsonObjectItems } from '../literals/named-items.ts';
import { readFailure, shorten, type ReadLimits } from '../messages/read-error.ts';
import type { TensorList } from './tensor-list.ts';
import type { NamedTensor } from './named-tensor.ts';
import { torchDtype } from './tensor-types.ts';
import { decodeText } from '../bytes/text-encoding.ts';

/** Whether a file starts as safetensors do: a length of less than 4 GB in eight bytes, then `{`. */
export function isSafetensors(start: Uint8Array): boolean {
  if (start.length < 9 || start[8] !== 0x7b) return false;
  return start[4] === 0 && start[5] === 0 && start[6] === 0 && start[7] === 0;
}

/**
 * Reads the header of a safetensors file (rule T10): eight bytes of length, little-endian, then that many bytes
 * of JSON. The data behind it is never asked for; a note says when the file is too short to hold it.
 */
export function* readSafetensors(size: number, limits: ReadLimits): ByteReader<TensorList> {
  const start = yield { offset: 0, length: 8 };
  if (start.length < 8) {
    return readFailure('safetensors-broken', { reason: 'it is shorter than 8 bytes', byte: 0 });
  }
  const length = new DataView(start.buffer, start.byteOffset, 8).getUint32(0, true);
  if (length > size - 8) {
    const reason = `the header should have ${length} bytes, the file has ${size - 8}`;
    return readFailure('safetensors-broken', { reason, byte: 8 });
  }
  if (length > limits.maxBytes) return readFailure('too-large', { bytes: length, limit: limits.maxBytes });
  const header = decodeText(yield { offset: 8, length });
  if (!header.ok) {
    const { error } = header;
    if (error.code !== 'not-utf8') return header;
    return readFailure('safetensors-broken', { reason: 'it is not UTF-8', byte: 8 + error.values.byte });
  }
  const text = header.value;
  const items = jsonObjectItems(text, 0);
  const error = findJsonError(text);
  if (items === null || error !== null) {
    const byte = 8 + packNames([text.slice(0, error?.offset ?? 0)]).bytes.length;
    return readFailure('safetensors-broken', { reason: `${error?.expected ?? 'an object'} is expected`, byte });
  }
  const tensors: NamedTensor[] = [];
  let dataEnd = 0;
  for (const [entry, { name, value }] of items.entries()) {
    if (name === '__metadata__') continue;
    const record = asRecord(value);
    const dtype = record === null ? undefined : ownField(record, 'dtype');
    const shape = record === null ? undefined : ownField(record, 'shape');
    const offsets = record === null ? undefined : ownField(record, 'data_offsets');
    const reason =
      record === null ? `it is ${describeValue(value)}`
      : typeof dtype !== 'string' ? `dtype is ${describeValue(dtype)}`
      : !isShape(shape) ? 'shape is no list of whole numbers'
      : !isSpan(offsets) ? 'data_offsets is no pair of positions'
      : null;
    if (reason !== null || typeof dtype !== 'string' || !isShape(shape) || !isShape(offsets)) {
      return readFailure('safetensors-entry', { entry, name: shorten(name), reason: reason ?? '' });
    }
    dataEnd = Math.max(dataEnd, offsets[1]!);
    tensors.push({ name, shape, dtype: torchDtype(dtype) });
  }
  const missingBytes = dataEnd - (size - 8 - length);
  const notes: readonly TreeNote[] = missingBytes > 0 ? [{ type: 'weights-cut', missingBytes }] : [];
  return succeed({ type: 'tensors', tensors, format: 'safetensors', producer: null, notes, lacks: [] });
}

/** Two positions, the first not behind the second. */
function isSpan(value: unknown): value is readonly [number, number] {
  return isShape(value) && value.length === 2 && value[0]! <= value[1]!;
}
