/** The match after or before a module; it wraps around at the end. `null` without matches. Matches ascend. */
export function stepToHit(hits: Uint32Array, from: number | undefined, step: 1 | -1): number | null {
  if (hits.length === 0) return null;
  if (from === undefined) return hits.at(step === 1 ? 0 : -1)!;
  const after = step === 1 ? hits.find((hit) => hit > from) : hits.findLast((hit) => hit < from);
  return after ?? hits.at(step === 1 ? 0 : -1)!;
}
