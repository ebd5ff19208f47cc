import type { ModuleTree } from './module-tree.ts';
import { packNames } from './packed-names.ts';

/**
 * 128 bits over names and types of a tree in their order, as 32 hexadecimal digits (rule T21). Equal for equal
 * names and types in any format; not meant to withstand forgery.
 */
export function digestTree(tree: ModuleTree): string {
  const hash = createHash();
  hash.word(tree.size);
  hash.bytes(tree.names.bytes);
  for (let row = 1; row <= tree.size; row++) hash.word(tree.names.offsets[row]!);
  const types = packNames(tree.types);
  hash.bytes(types.bytes);
  for (let type = 1; type <= types.size; type++) hash.word(types.offsets[type]!);
  for (let row = 0; row < tree.size; row++) hash.word(tree.typeId[row]!);
  return hash.digest();
}

interface Hash {
  readonly word: (value: number) => void;
  readonly bytes: (values: Uint8Array) => void;
  readonly digest: () => string;
}

/** Four multiply-rotate lanes over 32-bit words, crossed at the end in the manner of MurmurHash3. */
function createHash(): Hash {
  const lanes = new Int32Array([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]);
  const factors = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93] as const;
  let count = 0;

  function word(value: number): void {
    const lane = count++ & 3;
    const factor = factors[lane]!;
    let mixed = Math.imul(value, factor);
    mixed = (mixed << 15) | (mixed >>> 17);
    let state = lanes[lane]! ^ Math.imul(mixed, factors[(lane + 1) & 3]!);
    state = (state << 13) | (state >>> 19);
    lanes[lane] = (Math.imul(state, 5) + lanes[(lane + 1) & 3]! + 0x561ccd1b) | 0;
  }

  return {
    word,
    bytes(values) {
      word(values.length);
      let at = 0;
      for (; at + 4 <= values.length; at += 4) {
        word(values[at]! | (values[at + 1]! << 8) | (values[at + 2]! << 16) | (values[at + 3]! << 24));
      }
      for (; at < values.length; at++) word(values[at]!);
    },
    digest() {
      for (let lane = 0; lane < 4; lane++) lanes[lane] = lanes[lane]! ^ count;
      let text = '';
      for (let round = 0; round < 2; round++) {
        for (let lane = 0; lane < 4; lane++) lanes[lane] = finalise(lanes[lane]! + lanes[(lane + 3) & 3]!);
      }
      for (let lane = 0; lane < 4; lane++) text += (lanes[lane]! >>> 0).toString(16).padStart(8, '0');
      return text;
    },
  };
}

function finalise(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
