import type { Demand } from './plan.ts';

/** Whether a demand holds. `broken` lists the modules at fault (ascending); counts have none. */
export type AssertionOutcome =
  | { readonly type: 'holds' }
  | { readonly type: 'wrong-count'; readonly found: number; readonly demanded: number }
  | { readonly type: 'broken'; readonly modules: readonly number[] }
  /** The pattern is invalid or would hang Python. */
  | { readonly type: 'not-decided' };

/**
 * Checks one demand. `selected` are module indices; `matchesOf` gives the indices of the modules whose names a
 * pattern matches, or `null` when that is not known.
 */
export function checkDemand(
  demand: Demand,
  selected: ReadonlySet<number>,
  matchesOf: (pattern: string) => Iterable<number> | null,
): AssertionOutcome {
  switch (demand.type) {
    case 'selects-exactly':
      return countOutcome(demand.count, selected.size, selected.size === demand.count);
    case 'selects-at-least':
      return countOutcome(demand.count, selected.size, selected.size >= demand.count);
    case 'selects-at-most':
      return countOutcome(demand.count, selected.size, selected.size <= demand.count);
    case 'never-selects':
      return patternOutcome(matchesOf(demand.pattern), (module) => selected.has(module));
    case 'selects-all':
      return patternOutcome(matchesOf(demand.pattern), (module) => !selected.has(module));
  }
}

function countOutcome(demanded: number, found: number, holds: boolean): AssertionOutcome {
  return holds ? { type: 'holds' } : { type: 'wrong-count', found, demanded };
}

function patternOutcome(
  matches: Iterable<number> | null,
  isBroken: (module: number) => boolean,
): AssertionOutcome {
  if (matches === null) return { type: 'not-decided' };
  const modules = [...matches].filter(isBroken).toSorted((a, b) => a - b);
  return modules.length === 0 ? { type: 'holds' } : { type: 'broken', modules };
}
