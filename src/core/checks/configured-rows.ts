import type { Resolution } from '../resolve/resolution.ts';
import { groupBy } from '../text/group-by.ts';

/** The sub-config of a configured module: the winner of its first target; `null` where none configures it. */
export function ownerOf({ outcomes, outcomeId }: Resolution, row: number): number | null {
  return outcomes[outcomeId[row]!]?.targets[0]?.subConfig ?? null;
}

/** The configured modules that a test accepts, by their owner; owners in the order of the modules. */
export function configuredRows(resolution: Resolution, accepts: (row: number) => boolean): ReadonlyMap<number, readonly number[]> {
  const rows = Array.from(resolution.outcomeId.keys()).flatMap((row) => {
    const owner = ownerOf(resolution, row);
    return owner !== null && accepts(row) ? [{ row, owner }] : [];
  });
  return new Map(Array.from(groupBy(rows, ({ owner }) => owner), ([owner, own]) => [owner, own.map(({ row }) => row)]));
}
