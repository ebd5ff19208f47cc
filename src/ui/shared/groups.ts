import type { GroupKey, TargetGroup } from '../../core/resolve/groups.ts';
import { markColors } from './SubConfigMark.tsx';
import { formatQuantity } from './format.ts';

/** Whether a module from `start` up to before `end` is in the group; a binary search. */
export function hasModuleIn({ modules }: TargetGroup, start: number, end: number): boolean {
  let low = 0;
  let high = modules.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (modules[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low < modules.length && modules[low]! < end;
}

const kinds: Readonly<Record<GroupKey, string>> = {
  global_group_id: 'global group',
  dependency_group_id: 'dependency group',
};

/** A group in words: `global group "all" of 20 targets`. */
export function describeGroup({ key, id, targetCount }: TargetGroup): string {
  return `${kinds[key]} ${id} of ${formatQuantity(targetCount, 'target')}`;
}

/** A, B … Z, AA, AB … by position. */
export function groupLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : groupLetters(Math.floor(index / 26) - 1) + last;
}

/** Groups take the palette from its middle, so that the first of them differ from the first sub-configs. */
const firstColor = 4;

/** The colour of a group by position, for `fill` and `stroke`. */
export function groupColor(index: number): string {
  return `var(--mark-${(firstColor + index) % markColors})`;
}
