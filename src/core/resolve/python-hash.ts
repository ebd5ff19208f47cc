/**
 * Python's hash of a string, as the two 32-bit halves `[high, low]`: SipHash-1-3 over the string's bytes in
 * CPython's internal form (1, 2 or 4 bytes a character), with the key that `PYTHONHASHSEED=1` gives.
 * CPython 3.11 and later.
 */
export function pythonHash(text: string): readonly [high: number, low: number] {
  if (text === '') return [0, 0];
  const [high, low] = sipHash13(internalBytes(text), hashKey);
  return high === 0xffffffff && low === 0xffffffff ? [high, 0xfffffffe] : [high, low];
}

type Words = readonly [high: number, low: number];

/** The first 16 bytes of the secret that CPython derives from the seed, as two little-endian words. */
const hashKey: readonly [Words, Words] = keyFromSeed(1);

function keyFromSeed(seed: number): readonly [Words, Words] {
  const bytes = new Uint8Array(16);
  let state = seed >>> 0;
  for (let i = 0; i < bytes.length; i++) {
    state = (Math.imul(state, 214013) + 2531011) >>> 0;
    bytes[i] = (state >>> 16) & 0xff;
  }
  return [wordAt(bytes, 0), wordAt(bytes, 8)];
}

function wordAt(bytes: Uint8Array, at: number): Words {
  const low = (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
  const high = (bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24)) >>> 0;
  return [high, low];
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

/** SipHash with one round a word and three at the end, on 64-bit words kept as halves. */
function sipHash13(bytes: Uint8Array, key: readonly [Words, Words]): Words {
  const state = new Uint32Array(8);
  const [[k0High, k0Low], [k1High, k1Low]] = key;
  state.set([k0High ^ 0x736f6d65, k0Low ^ 0x70736575, k1High ^ 0x646f7261, k1Low ^ 0x6e646f6d]);
  state.set([k0High ^ 0x6c796765, k0Low ^ 0x6e657261, k1High ^ 0x74656462, k1Low ^ 0x79746573], 4);
  const whole = bytes.length - (bytes.length % 8);
  for (let at = 0; at < whole; at += 8) absorb(state, wordAt(bytes, at));
  const tail = new Uint8Array(8);
  tail.set(bytes.subarray(whole));
  tail[7] = bytes.length & 0xff;
  absorb(state, wordAt(tail, 0));
  state[5]! ^= 0xff;
  for (let round = 0; round < 3; round++) sipRound(state);
  return [
    (state[0]! ^ state[2]! ^ state[4]! ^ state[6]!) >>> 0,
    (state[1]! ^ state[3]! ^ state[5]! ^ state[7]!) >>> 0,
  ];
}

function absorb(state: Uint32Array, [high, low]: Words): void {
  state[6]! ^= high;
  state[7]! ^= low;
  sipRound(state);
  state[0]! ^= high;
  state[1]! ^= low;
}

/** `state` holds v0 … v3, each as high and low half. */
function sipRound(state: Uint32Array): void {
  addTo(state, 0, 2);
  addTo(state, 4, 6);
  rotate(state, 2, 13);
  rotate(state, 6, 16);
  xorInto(state, 2, 0);
  xorInto(state, 6, 4);
  rotate(state, 0, 32);
  addTo(state, 4, 2);
  addTo(state, 0, 6);
  rotate(state, 2, 17);
  rotate(state, 6, 21);
  xorInto(state, 2, 4);
  xorInto(state, 6, 0);
  rotate(state, 4, 32);
}

function addTo(state: Uint32Array, to: number, from: number): void {
  const low = state[to + 1]! + state[from + 1]!;
  state[to] = state[to]! + state[from]! + (low > 0xffffffff ? 1 : 0);
  state[to + 1] = low;
}

function xorInto(state: Uint32Array, to: number, from: number): void {
  state[to]! ^= state[from]!;
  state[to + 1]! ^= state[from + 1]!;
}

function rotate(state: Uint32Array, at: number, bits: number): void {
  const high = state[at]!;
  const low = state[at + 1]!;
  if (bits === 32) {
    state[at] = low;
    state[at + 1] = high;
    return;
  }
  state[at] = (high << bits) | (low >>> (32 - bits));
  state[at + 1] = (low << bits) | (high >>> (32 - bits));
}
