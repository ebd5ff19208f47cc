/** A mask is counted in blocks of `1 << blockBits` bytes: of 64, so that its counts take a sixteenth of its room. */
const blockBits = 6;

/**
 * Counts a mask (one byte a module), so that the ones in any range of it are known at once: how many bytes are 1
 * before each block of 64, and at the end in all.
 */
export function countBlocks(mask: Uint8Array): Uint32Array<ArrayBuffer> {
  const blocks = Math.ceil(mask.length / (1 << blockBits));
  const before = new Uint32Array(blocks + 1);
  let count = 0;
  for (let block = 0; block < blocks; block++) {
    const end = Math.min(mask.length, (block + 1) << blockBits);
    for (let at = block << blockBits; at < end; at++) if (mask[at] === 1) count++;
    before[block + 1] = count;
  }
  return before;
}

/** How many bytes of a mask from `start` up to before `end` are 1; `blocks` is the result of `countBlocks` for it. */
export function countOnes(mask: Uint8Array, blocks: Uint32Array, start: number, end: number): number {
  return onesBefore(mask, blocks, end) - onesBefore(mask, blocks, start);
}

function onesBefore(mask: Uint8Array, blocks: Uint32Array, end: number): number {
  const block = end >> blockBits;
  let count = blocks[block]!;
  for (let at = block << blockBits; at < end; at++) if (mask[at] === 1) count++;
  return count;
}
