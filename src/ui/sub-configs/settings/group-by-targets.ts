import type { ShorthandReach } from '../../../core/resolve/shorthand.ts';

/** Keys that reach the same targets. */
export interface TargetGroup {
  readonly keys: readonly string[];
  readonly targets: readonly string[];
}

/** Puts keys that reach the same targets together, in order of appearance. */
export function groupByTargets(reaches: readonly ShorthandReach[]): readonly TargetGroup[] {
  const groups = new Map<string, { readonly keys: string[]; readonly targets: readonly string[] }>();
  for (const { key, targets } of reaches) {
    const id = JSON.stringify(targets);
    const group = groups.get(id);
    if (group) group.keys.push(key);
    else groups.set(id, { keys: [key], targets });
  }
  return [...groups.values()];
}
