import { writeCompactJson } from '../config/json-writer.ts';
import { getKey, type ConfigValue } from '../config/value.ts';
import type { Outcome, Resolution } from './resolution.ts';

export type GroupKey = 'global_group_id' | 'dependency_group_id';

/** Targets that one id holds together (rule X2). */
export interface TargetGroup {
  readonly key: GroupKey;
  /** The id as JSON, so that `7` and `"7"`, which are two groups to NNI, differ. */
  readonly id: string;
  /** Modules with a target in the group, ascending. */
  readonly modules: Uint32Array<ArrayBuffer>;
  readonly targetCount: number;
}

const groupKeys: readonly GroupKey[] = ['global_group_id', 'dependency_group_id'];

/**
 * The groups of a pruning as the settings in force make them (rules R1, X2), in the order in which the tree meets
 * them; none in the other modes.
 */
export function findGroups({ mode, outcomes, outcomeId }: Resolution): readonly TargetGroup[] {
  if (mode !== 'pruning') return [];
  const idsOf = outcomes.map(groupIds);
  if (idsOf.every((ids) => ids.length === 0)) return [];
  const groups = new Map<string, { key: GroupKey; id: string; modules: number[]; targetCount: number }>();
  outcomeId.forEach((outcome, module) => {
    for (const { key, id } of idsOf[outcome] ?? []) {
      const place = `${key} ${id}`;
      const group = groups.get(place) ?? { key, id, modules: [], targetCount: 0 };
      groups.set(place, group);
      if (group.modules.at(-1) !== module) group.modules.push(module);
      group.targetCount++;
    }
  });
  return [...groups.values()].map((group) => ({ ...group, modules: Uint32Array.from(group.modules) }));
}

/** One for each target and key that has an id. */
function groupIds({ targets }: Outcome): readonly { readonly key: GroupKey; readonly id: string }[] {
  return targets.flatMap(({ setting }) =>
    groupKeys.flatMap((key) => {
      const id: ConfigValue = getKey(setting, key) ?? null;
      return id === null ? [] : [{ key, id: writeCompactJson(id) }];
    }),
  );
}
