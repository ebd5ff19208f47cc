import { zipSync } from 'fflate';

const encoder = new TextEncoder();

/** Bytes of a text in UTF-8. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Bytes one after the other. */
export function joinBytes(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A safetensors file: the length of the header, the header, and that many bytes of weights. */
export function safetensorsFile(header: unknown, dataBytes = 0, statedLength?: number): Uint8Array<ArrayBuffer> {
  const text = typeof header === 'string' ? utf8(header) : utf8(JSON.stringify(header));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(statedLength ?? text.length), true);
  return joinBytes(length, text, new Uint8Array(dataBytes));
}

/** A zip file whose entries are stored, as torch writes them. */
export function zipFile(entries: Readonly<Record<string, Uint8Array>>, level: 0 | 9 = 0): Uint8Array<ArrayBuffer> {
  return new Uint8Array(zipSync({ ...entries }, { level }));
}

/** Writes pickles of protocol 2, operation by operation. */
export const pickle = {
  text: (value: string): readonly number[] => {
    const bytes = utf8(value);
    return [0x58, ...littleEndian(bytes.length, 4), ...bytes];
  },
  int: (value: number): readonly number[] => [0x4a, ...littleEndian(value, 4)],
  none: [0x4e] as readonly number[],
  global: (module: string, name: string): readonly number[] => [0x63, ...utf8(`${module}\n${name}\n`)],
  tuple: (...items: readonly (readonly number[])[]): readonly number[] => [0x28, ...items.flat(), 0x74],
  dict: (items: Readonly<Record<string, readonly number[]>>): readonly number[] => [
    0x7d, 0x28, ...Object.entries(items).flatMap(([key, value]) => pickle.text(key).concat(value)), 0x75,
  ],
  call: (called: readonly number[], ...args: readonly (readonly number[])[]): readonly number[] => [
    ...called, ...pickle.tuple(...args), 0x52,
  ],
  build: (object: readonly number[], state: readonly number[]): readonly number[] => [...object, ...state, 0x62],
  instance: (module: string, name: string, state: Readonly<Record<string, readonly number[]>>): readonly number[] =>
    pickle.build([...pickle.global(module, name), 0x29, 0x81], pickle.dict(state)),
  tensor: (
    key: string,
    shape: readonly number[],
    storage = 'FloatStorage',
    offset = 0,
    stride = shape,
  ): readonly number[] => {
    const id = pickle.tuple(
      pickle.text('storage'), pickle.global('torch', storage), pickle.text(key), pickle.text('cpu'), pickle.int(1),
    );
    const sizes = pickle.tuple(...shape.map((size) => pickle.int(size)));
    const strides = pickle.tuple(...stride.map((step) => pickle.int(step)));
    const rebuild = pickle.global('torch._utils', '_rebuild_tensor_v2');
    return pickle.call(rebuild, [...id, 0x51], pickle.int(offset), sizes, strides, [0x89], pickle.none);
  },
  file: (value: readonly number[]): Uint8Array<ArrayBuffer> => Uint8Array.from([0x80, 2, ...value, 0x2e]),
} as const;

/** A checkpoint as torch.save writes it: a zip file with the pickle of `value`. */
export function checkpointFile(value: readonly number[]): Uint8Array<ArrayBuffer> {
  return zipFile({ 'archive/data.pkl': pickle.file(value), 'archive/version': utf8('3\n') });
}

function littleEndian(value: number, width: number): number[] {
  return Array.from({ length: width }, (_, byte) => Math.floor(value / 256 ** byte) & 0xff);
}

/** Protocol buffers, field by field. */
export const protobuf = {
  varint: (field: number, value: number): readonly number[] => [...varint(field * 8), ...varint(value)],
  bytes: (field: number, value: readonly number[] | Uint8Array): readonly number[] => [
    ...varint(field * 8 + 2), ...varint(value.length), ...value,
  ],
} as const;

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
  return bytes;
}

/** An ONNX model with these initialisers. */
export function onnxFile(
  tensors: readonly { readonly name: string; readonly dims: readonly number[]; readonly type: number }[],
): Uint8Array<ArrayBuffer> {
  const graph = tensors.flatMap(({ name, dims, type }) =>
    protobuf.bytes(5, [
      ...dims.flatMap((size) => protobuf.varint(1, size)),
      ...protobuf.varint(2, type),
      ...protobuf.bytes(8, utf8(name)),
      ...protobuf.bytes(9, new Uint8Array(8)),
    ]),
  );
  return Uint8Array.from([
    ...protobuf.varint(1, 7),
    ...protobuf.bytes(2, utf8('pytorch')),
    ...protobuf.bytes(3, utf8('2.1')),
    ...protobuf.bytes(7, [...protobuf.bytes(2, utf8('main_graph')), ...graph]),
    ...protobuf.bytes(8, protobuf.varint(2, 17)),
  ]);
}
