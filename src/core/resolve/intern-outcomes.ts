import type { Mode } from '../config/mode.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { registerModule, type SettingsPlanner } from './register-module.ts';
import type { Outcome } from './resolution.ts';
import type { Selection } from './selection.ts';

/** All modules, grouped by outcome. */
export interface InternedOutcomes {
  readonly outcomeId: Int32Array<ArrayBuffer>;
  readonly outcomes: readonly Outcome[];
  /** Per outcome: sub-configs whose template is not known, as the type is unknown. */
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
    }
    counts[id]!++;
    outcomeId[module] = id;
  }
  const undecided: (readonly number[])[] = [];
  const outcomes = [...idOf.keys()].map((key, id): Outcome => {
    const subConfigs = subConfigsOf(tuples, Math.floor(key / specCount));
    const specId = key % specCount;
    const registration = registerModule(tree.specs[specId]!, subConfigs, planner, mode);
    undecided.push(registration.undecided);
    const { targets, failures, dropped } = registration;
    return { specId, subConfigs, targets, failures, dropped, moduleCount: counts[id]! };
  });
  return { outcomeId, outcomes, undecided };
}

/** A tuple of sub-configs as the one that it extends, and the sub-config that it adds. */
interface TupleLinks {
  readonly shorter: readonly number[];
  readonly last: readonly number[];
}

/**
 * Gives each module the id of the ascending tuple of sub-configs that select it; 0 for none. Tuples are linked, not
 * copied: a module that 20,000 sub-configs select passes through as many of them.
 */
function internTuples(
  size: number,
  selections: readonly Selection[],
): { readonly tupleId: Uint32Array; readonly tuples: TupleLinks } {
  const tupleId = new Uint32Array(size);
  const shorter = [0];
  const last = [-1];
  selections.forEach(({ selected, listed, count }, subConfig) => {
    if (count === 0) return;
    const extended = new Map<number, number>();
    const extend = (module: number): void => {
      const before = tupleId[module]!;
      let after = extended.get(before);
      if (after === undefined) {
        after = shorter.push(before) - 1;
        last.push(subConfig);
        extended.set(before, after);
      }
      tupleId[module] = after;
    };
    if (listed) listed.forEach(extend);
    else for (let module = 0; module < size; module++) if (selected[module] === 1) extend(module);
  });
  return { tupleId, tuples: { shorter, last } };
}

/** The sub-configs of a tuple, ascending. */
function subConfigsOf({ shorter, last }: TupleLinks, tuple: number): readonly number[] {
  const subConfigs: number[] = [];
  for (let id = tuple; id !== 0; id = shorter[id]!) subConfigs.push(last[id]!);
  return subConfigs.toReversed();
}
