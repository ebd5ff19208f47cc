/**
 * The full names of all modules of a tree, packed for sweeps and for transfer between threads.
 * Name `i` is `bytes[offsets[i] .. offsets[i + 1])`. The encoding is UTF-8, generalised so that a lone
 * surrogate keeps its own three bytes (WTF-8): every JavaScript string survives the round trip.
 */
export interface PackedNames {
  /** Number of names. */
  readonly size: number;
  /** All names back to back. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** `size + 1` byte offsets into `bytes`. */
  readonly offsets: Uint32Array<ArrayBuffer>;
  /** For each name, how many leading bytes it shares with the name before it (0 for the first). */
  readonly shared: Uint32Array<ArrayBuffer>;
  /** Indices of names that are not plain ASCII or that contain a line feed; ascending. */
  readonly irregular: Uint32Array<ArrayBuffer>;
}

/** Grows a byte buffer by doubling while names are appended; `finish` trims it. */
export interface NamePacker {
  /** Appends one name and returns its index. */
  readonly append: (name: string) => number;
  /** The packed names so far; the packer must not be used afterwards. */
  readonly finish: () => PackedNames;
}

/** Creates a packer with room for about `expected` names. */
export function createNamePacker(expected = 1024): NamePacker {
  let bytes = new Uint8Array(Math.max(64, expected * 40));
  let offsets = new Uint32Array(Math.max(2, expected + 1));
  let shared = new Uint32Array(Math.max(1, expected));
  const irregular: number[] = [];
  let size = 0;
  let end = 0;
  let previousStart = 0;

  function reserve(byteCount: number): void {
    if (end + byteCount > bytes.length) {
      const grown = new Uint8Array(Math.max(bytes.length * 2, end + byteCount));
      grown.set(bytes.subarray(0, end));
      bytes = grown;
    }
    if (size + 2 > offsets.length) {
      const grownOffsets = new Uint32Array(offsets.length * 2);
      grownOffsets.set(offsets);
      offsets = grownOffsets;
    }
    if (size + 1 > shared.length) {
      const grownShared = new Uint32Array(shared.length * 2);
      grownShared.set(shared);
      shared = grownShared;
    }
  }

  return {
    append(name) {
      reserve(name.length * 3);
      const start = end;
      const length = writeWtf8(name, bytes, start);
      end = start + length;
      let common = 0;
      const limit = Math.min(length, start - previousStart);
      while (common < limit && bytes[previousStart + common] === bytes[start + common]) common++;
      shared[size] = size === 0 ? 0 : common;
      if (length !== name.length || name.includes('\n')) irregular.push(size);
      offsets[size] = start;
      offsets[size + 1] = end;
      previousStart = start;
      return size++;
    },
    finish() {
      return {
        size,
        bytes: bytes.slice(0, end),
        offsets: offsets.slice(0, size + 1),
        shared: shared.slice(0, size),
        irregular: Uint32Array.from(irregular),
      };
    },
  };
}

/** Packs a list of names. */
export function packNames(names: readonly string[]): PackedNames {
  const packer = createNamePacker(names.length);
  for (const name of names) packer.append(name);
  return packer.finish();
}

/** Unpacks name `index`. `index` must be below `names.size`. */
export function nameAt(names: PackedNames, index: number): string {
  return readWtf8(names.bytes, names.offsets[index]!, names.offsets[index + 1]!);
}

function writeWtf8(text: string, bytes: Uint8Array, start: number): number {
  let at = start;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      bytes[at++] = code;
      continue;
    }
    if (code >= 0xd800 && code < 0xdc00 && i + 1 < text.length) {
      const low = text.charCodeAt(i + 1);
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        i++;
      }
    }
    if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6);
    } else if (code < 0x10000) {
      bytes[at++] = 0xe0 | (code >> 12);
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
    } else {
      bytes[at++] = 0xf0 | (code >> 18);
      bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
    }
    bytes[at++] = 0x80 | (code & 0x3f);
  }
  return at - start;
}

const chunkUnits = 4096;

function readWtf8(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  let units: number[] = [];
  let at = start;
  while (at < end) {
    const lead = bytes[at]!;
    if (lead < 0x80) {
      units.push(lead);
      at += 1;
    } else if (lead < 0xe0) {
      units.push(((lead & 0x1f) << 6) | (bytes[at + 1]! & 0x3f));
      at += 2;
    } else if (lead < 0xf0) {
      units.push(((lead & 0x0f) << 12) | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f));
      at += 3;
    } else {
      const code =
        ((lead & 0x07) << 18) |
        ((bytes[at + 1]! & 0x3f) << 12) |
        ((bytes[at + 2]! & 0x3f) << 6) |
        (bytes[at + 3]! & 0x3f);
      units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
      at += 4;
    }
    if (units.length >= chunkUnits) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return text + String.fromCharCode(...units);
}
