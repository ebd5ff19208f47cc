import type { Dependencies } from '../graph/dependencies.ts';
import { findGroups } from '../resolve/groups.ts';
import type { Resolution } from '../resolve/resolution.ts';

/** A fault of a dependency group, compared with the sets of the model (rule G12). */
export interface GroupFault {
  /** `misses`: modules are tied to members and pruned apart. `joins`: members are tied to nothing in the group. */
  readonly type: 'misses' | 'joins';
  /** The id as JSON. */
  readonly group: string;
  /** A member of the set that is meant: the first. */
  readonly member: number;
  /** Rows that are missing, or that do not belong there. */
  readonly rows: readonly number[];
}

/**
 * Dependency groups that miss a module or join strangers. A group belongs to the set of which it has most members. A module counts
 * as missing only when the list prunes its weight, as another one keeps its channels anyway.
 */
export function findGroupFaults(resolution: Resolution, { sets, setOf }: Dependencies): readonly GroupFault[] {
  const groups = findGroups(resolution).filter(({ key }) => key === 'dependency_group_id');
  const isPruned = (row: number): boolean =>
    resolution.outcomes[resolution.outcomeId[row]!]?.targets.some(({ target, kind }) => target === 'weight' && kind === 'parameter') === true;
  return groups.flatMap(({ id, modules }): readonly GroupFault[] => {
    const bySet = new Map<number, number[]>();
    for (const row of modules) {
      const set = setOf.get(row);
      if (set === undefined) continue;
      const rows = bySet.get(set);
      if (rows === undefined) bySet.set(set, [row]);
      else rows.push(row);
    }
    const [main, ...others] = [...bySet].toSorted(([, a], [, b]) => b.length - a.length);
    if (main === undefined) return [];
    const [set, members] = main;
    const inGroup = new Set(modules);
    const missing = sets[set]!.filter((row) => !inGroup.has(row) && isPruned(row));
    const strangers = others.flatMap(([, rows]) => rows).toSorted((a, b) => a - b);
    const faults: GroupFault[] = [];
    if (missing.length > 0) faults.push({ type: 'misses', group: id, member: members[0]!, rows: missing });
    if (strangers.length > 0) faults.push({ type: 'joins', group: id, member: members[0]!, rows: strangers });
    return faults;
  });
}
