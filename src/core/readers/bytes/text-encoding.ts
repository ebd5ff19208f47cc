import { succeed, type Result } from '../../result.ts';
import { readFailure, type ReadError } from '../messages/read-error.ts';

/** Part of the Encoding standard, which browsers, workers and Node share; TypeScript keeps it with the DOM. */
declare const TextDecoder: new (
  label: string,
  options: { readonly fatal: boolean },
) => { readonly decode: (bytes: Uint8Array) => string };

/** V8's longest string. */
const maxTextUnits = 536_870_888;

/**
 * Decodes a text file: UTF-8 (with or without a byte order mark), or UTF-16 where its mark or its zero
 * bytes say so. Fails with `not-utf8` (place of the first wrong byte) and `text-too-long`.
 */
export function decodeText(bytes: Uint8Array): Result<string, ReadError> {
  if (bytes.length > maxTextUnits) {
    return readFailure('text-too-long', { bytes: bytes.length, limit: maxTextUnits });
  }
  const wide = wideEncodingOf(bytes);
  try {
    return succeed(new TextDecoder(wide ?? 'utf-8', { fatal: true }).decode(bytes));
  } catch {
    const byte = wide === null ? firstInvalidUtf8(bytes) : 0;
    return readFailure('not-utf8', { byte, line: lineOfByte(bytes, byte) });
  }
}

function wideEncodingOf(bytes: Uint8Array): string | null {
  if (bytes.length < 2) return null;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes.length < 4) return null;
  if (bytes[0] !== 0 && bytes[1] === 0 && bytes[2] !== 0 && bytes[3] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] !== 0 && bytes[2] === 0 && bytes[3] !== 0) return 'utf-16be';
  return null;
}

function lineOfByte(bytes: Uint8Array, end: number): number {
  let line = 1;
  for (let i = 0; i < end; i++) if (bytes[i] === 10) line++;
  return line;
}

/** Index of the first byte that starts no well-formed UTF-8 sequence; the length if there is none. */
function firstInvalidUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at]!;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const second = bytes[at + 1] ?? 0;
    let following: number;
    if (lead >= 0xc2 && lead <= 0xdf) following = 1;
    else if (lead === 0xe0 ? second >= 0xa0 : lead === 0xed ? second < 0xa0 : lead > 0xe0 && lead <= 0xef) {
      following = 2;
    }
    else if (lead === 0xf0 ? second >= 0x90 : lead === 0xf4 ? second < 0x90 : lead > 0xf0 && lead < 0xf4) {
      following = 3;
    }
    else return at;
    for (let k = 1; k <= following; k++) {
      if (((bytes[at + k] ?? 0) & 0xc0) !== 0x80) return at;
    }
    at += following + 1;
  }
  return bytes.length;
}

const looseDecoder = new TextDecoder('utf-8', { fatal: false });

/** UTF-8 with a replacement character for every wrong byte. */
export function decodeLoosely(bytes: Uint8Array): string {
  return looseDecoder.decode(bytes);
}
