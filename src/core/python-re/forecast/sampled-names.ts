import type { PackedNames } from '../../module-tree/packed-names.ts';

/** Some of the names on each side of a mask. */
export interface SampledNames {
  readonly indices: readonly number[];
  /** Number of names that they represent. */
  readonly size: number;
}

/** The longest names, at most eight; of equally long ones the ones that do not match. */
export function longestIndices(names: PackedNames, mask: Uint8Array): readonly number[] {
  const wanted = 8;
  const { offsets } = names;
  const rank = (index: number): number =>
    (offsets[index + 1]! - offsets[index]!) * 2 + (mask[index] === 0 ? 1 : 0);
  const best: number[] = [];
  let least = -1;
  for (let index = 0; index < names.size; index++) {
    const own = rank(index);
    if (best.length === wanted && own <= least) continue;
    if (best.length === wanted) best.pop();
    let at = best.length;
    while (at > 0 && rank(best[at - 1]!) < own) at--;
    best.splice(at, 0, index);
    least = rank(best.at(-1)!);
  }
  return best;
}

/**
 * Up to `most` names, spread evenly over the names with a certain value in the mask, in such an order that any beginning is
 * spread evenly, too.
 */
export function spreadIndices(mask: Uint8Array, wanted: 0 | 1, most: number): SampledNames {
  let size = 0;
  for (let index = 0; index < mask.length; index++) if (mask[index] === wanted) size++;
  const stride = Math.max(1, size / most);
  const indices: number[] = [];
  let seen = 0;
  let next = Math.floor(stride / 2);
  for (let index = 0; index < mask.length && indices.length < most; index++) {
    if (mask[index] !== wanted || seen++ !== next) continue;
    indices.push(index);
    next = Math.floor(stride * (indices.length + 0.5));
  }
  return { indices: interleaved(indices), size };
}

function interleaved(indices: readonly number[]): readonly number[] {
  const step = 8;
  return Array.from({ length: step }, (_, first) => indices.filter((_item, i) => i % step === first)).flat();
}
