import type { Finding } from '../../core/checks/finding.ts';
import { choosesNothing } from '../../core/config/sub-config-words.ts';
import type { SubConfig } from '../../core/plan/plan.ts';

/**
 * The sub-configs that cause all findings of a list, where each of them chooses no modules yet: the user has only begun (rule K3).
 * Else `null`. `ids`: the sub-configs of the list as resolved, which findings name by their index; `list`: the list as it is now.
 */
export function unfinishedOf(
  findings: readonly Finding[],
  ids: readonly string[],
  list: readonly SubConfig[],
): readonly number[] | null {
  const unfinished = new Set<number>();
  for (const { where, intended } of findings) {
    if (intended === true) continue;
    const at = where.subConfig;
    if (at === null) return null;
    if (unfinished.has(at)) continue;
    const config = list.find(({ id }) => id === ids[at])?.config;
    if (config === undefined || !choosesNothing(config)) return null;
    unfinished.add(at);
  }
  return unfinished.size === 0 ? null : [...unfinished];
}
