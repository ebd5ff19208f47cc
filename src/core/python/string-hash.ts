/** The two 32-bit halves of a 64-bit number. */
export interface Words {
  high: number;
  low: number;
}

/**
 * Python's hash of a string, as two 32-bit halves: SipHash-1-3 over the string's bytes in CPython's internal form
 * (1, 2 or 4 bytes a character), with the key that `PYTHONHASHSEED=1` gives. CPython 3.11 and later.
 */
export function pythonHash(text: string): Words {
  const bytes = internalBytes(text);
  const hash = { high: 0, low: 0 };
  hashBytes(bytes, 0, bytes.length, hash);
  return hash;
}

/** The same over bytes of a string that CPython holds in just these, as one of ASCII; written to `hash`. */
export function hashBytes(bytes: Uint8Array, begin: number, end: number, hash: Words): void {
  if (begin === end) {
    hash.high = 0;
    hash.low = 0;
    return;
  }
  sipHash13(bytes, begin, end, hash);
  if (hash.high === 0xffffffff && hash.low === 0xffffffff) hash.low = 0xfffffffe;
}

/** The first 16 bytes of the secret that CPython derives from the seed, as two little-endian words. */
const [firstKey, secondKey] = keyFromSeed(1);

function keyFromSeed(seed: number): readonly [Words, Words] {
  const bytes = new Uint8Array(16);
  let state = seed >>> 0;
  for (let i = 0; i < bytes.length; i++) {
    state = (Math.imul(state, 214013) + 2531011) >>> 0;
    bytes[i] = (state >>> 16) & 0xff;
  }
  const wordAt = (at: number): Words => ({ high: halfAt(bytes, at + 4), low: halfAt(bytes, at) });
  return [wordAt(0), wordAt(8)];
}

function halfAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

/** A string as CPython holds it: the narrowest of 1, 2 or 4 bytes that takes every character. */
function internalBytes(text: string): Uint8Array {
  const codes = Array.from(text, (character) => character.codePointAt(0)!);
  const width = codes.reduce((widest, code) => Math.max(widest, code < 0x100 ? 1 : code < 0x10000 ? 2 : 4), 1);
  const bytes = new Uint8Array(codes.length * width);
  codes.forEach((code, index) => {
    for (let i = 0; i < width; i++) bytes[index * width + i] = (code >>> (8 * i)) & 0xff;
  });
  return bytes;
}

const finalRounds = 3;
/** The bytes after the last whole word, with their number at the end. */
const tail = new Uint8Array(8);

/** SipHash with one round a word and three at the end, on 64-bit words v0 … v3 kept as halves. */
function sipHash13(bytes: Uint8Array, begin: number, end: number, hash: Words): void {
  let high0 = firstKey.high ^ 0x736f6d65;
  let low0 = firstKey.low ^ 0x70736575;
  let high1 = secondKey.high ^ 0x646f7261;
  let low1 = secondKey.low ^ 0x6e646f6d;
  let high2 = firstKey.high ^ 0x6c796765;
  let low2 = firstKey.low ^ 0x6e657261;
  let high3 = secondKey.high ^ 0x74656462;
  let low3 = secondKey.low ^ 0x79746573;
  const length = end - begin;
  const whole = begin + length - (length % 8);
  tail.fill(0);
  for (let at = whole; at < end; at++) tail[at - whole] = bytes[at]!;
  tail[7] = length & 0xff;
  const words = (whole - begin) / 8 + 1;
  for (let round = 0; round < words + finalRounds; round++) {
    let wordHigh = 0;
    let wordLow = 0;
    if (round < words) {
      const at = begin + 8 * round;
      wordLow = at < whole ? halfAt(bytes, at) : halfAt(tail, 0);
      wordHigh = at < whole ? halfAt(bytes, at + 4) : halfAt(tail, 4);
    }
    if (round === words) low2 ^= 0xff;
    high3 ^= wordHigh;
    low3 ^= wordLow;
    let sum = 0;
    // v0 += v1; v2 += v3
    sum = (low0 >>> 0) + (low1 >>> 0);
    high0 = (high0 + high1 + (sum > 0xffffffff ? 1 : 0)) | 0;
    low0 = sum | 0;
    sum = (low2 >>> 0) + (low3 >>> 0);
    high2 = (high2 + high3 + (sum > 0xffffffff ? 1 : 0)) | 0;
    low2 = sum | 0;
    // v1 = (v1 <<< 13) ^ v0; v3 = (v3 <<< 16) ^ v2; v0 <<<= 32
    let turned = (high1 << 13) | (low1 >>> 19);
    low1 = ((low1 << 13) | (high1 >>> 19)) ^ low0;
    high1 = turned ^ high0;
    turned = (high3 << 16) | (low3 >>> 16);
    low3 = ((low3 << 16) | (high3 >>> 16)) ^ low2;
    high3 = turned ^ high2;
    turned = high0;
    high0 = low0;
    low0 = turned;
    // v2 += v1; v0 += v3
    sum = (low2 >>> 0) + (low1 >>> 0);
    high2 = (high2 + high1 + (sum > 0xffffffff ? 1 : 0)) | 0;
    low2 = sum | 0;
    sum = (low0 >>> 0) + (low3 >>> 0);
    high0 = (high0 + high3 + (sum > 0xffffffff ? 1 : 0)) | 0;
    low0 = sum | 0;
    // v1 = (v1 <<< 17) ^ v2; v3 = (v3 <<< 21) ^ v0; v2 <<<= 32
    turned = (high1 << 17) | (low1 >>> 15);
    low1 = ((low1 << 17) | (high1 >>> 15)) ^ low2;
    high1 = turned ^ high2;
    turned = (high3 << 21) | (low3 >>> 11);
    low3 = ((low3 << 21) | (high3 >>> 11)) ^ low0;
    high3 = turned ^ high0;
    turned = high2;
    high2 = low2;
    low2 = turned;
    high0 ^= wordHigh;
    low0 ^= wordLow;
  }
  hash.high = (high0 ^ high1 ^ high2 ^ high3) >>> 0;
  hash.low = (low0 ^ low1 ^ low2 ^ low3) >>> 0;
}
