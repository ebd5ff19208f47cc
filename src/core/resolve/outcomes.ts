import type { Mode } from '../config/mode.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { registerModule, type SettingsPlanner } from './outcome.ts';
import type { Outcome } from './resolution.ts';
import type { Selection } from './selection.ts';

/** All modules, grouped by what happens to them. */
export interface InternedOutcomes {
  readonly outcomeId: Int32Array<ArrayBuffer>;
  readonly outcomes: readonly Outcome[];
  /** Per outcome: sub-configs whose template cannot be told, the type being unknown. */
  readonly undecided: readonly (readonly number[])[];
}

/**
 * Groups modules by spec and by the sub-configs that select them, and registers each group once: tens of
 * thousands of modules make a few dozen groups.
 */
export function internOutcomes(
  tree: ModuleTree,
  selections: readonly Selection[],
  planner: SettingsPlanner,
  mode: Mode,
): InternedOutcomes {
  const { tupleId, tuples } = internTuples(tree.size, selections);
  const outcomeId = new Int32Array(tree.size).fill(-1);
  const idOf = new Map<number, number>();
  const counts: number[] = [];
  const firsts: number[] = [];
  const specCount = Math.max(1, tree.specs.length);
  for (let module = 0; module < tree.size; module++) {
    const tuple = tupleId[module]!;
    if (tuple === 0) continue;
    const key = tuple * specCount + tree.specId[module]!;
    let id = idOf.get(key);
    if (id === undefined) {
      id = counts.length;
      idOf.set(key, id);
      counts.push(0);
      firsts.push(module);
    }
    counts[id]!++;
    outcomeId[module] = id;
  }
  const undecided: (readonly number[])[] = [];
  const outcomes = [...idOf.keys()].map((key, id): Outcome => {
    const subConfigs = tuples[Math.floor(key / specCount)]!;
    const specId = key % specCount;
    const registration = registerModule(tree.specs[specId]!, subConfigs, planner, mode);
    undecided.push(registration.undecided);
    const { targets, failures, dropped } = registration;
    return { specId, subConfigs, targets, failures, dropped, moduleCount: counts[id]!, firstModule: firsts[id]! };
  });
  return { outcomeId, outcomes, undecided };
}

/** Gives each module the id of the ascending tuple of sub-configs that select it; 0 for none. */
function internTuples(
  size: number,
  selections: readonly Selection[],
): { tupleId: Uint32Array; tuples: readonly (readonly number[])[] } {
  const tupleId = new Uint32Array(size);
  const tuples: (readonly number[])[] = [[]];
  selections.forEach(({ selected, count }, subConfig) => {
    if (count === 0) return;
    const extended: number[] = [];
    for (let module = 0; module < size; module++) {
      if (selected[module] === 0) continue;
      const before = tupleId[module]!;
      let after = extended[before];
      if (after === undefined) {
        after = tuples.push([...tuples[before]!, subConfig]) - 1;
        extended[before] = after;
      }
      tupleId[module] = after;
    }
  });
  return { tupleId, tuples };
}
