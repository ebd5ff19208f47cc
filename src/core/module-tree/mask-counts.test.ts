import { expect, test } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { countBlocks, countOnes } from './mask-counts.ts';

test.each([0, 1, 63, 64, 65, 128, 1000])('the ones in any range of %i bytes, seed 5', (length) => {
  const random = createRandom(5 + length);
  const mask = Uint8Array.from({ length }, () => random.pick([0, 1, 2]));
  const blocks = countBlocks(mask);
  expect(blocks.at(-1)).toBe(mask.filter((value) => value === 1).length);
  for (let round = 0; round < 50; round++) {
    const [one, other] = [random.below(length + 1), random.below(length + 1)];
    const [start, end] = [Math.min(one, other), Math.max(one, other)];
    expect(countOnes(mask, blocks, start, end)).toBe(mask.subarray(start, end).filter((value) => value === 1).length);
  }
});
