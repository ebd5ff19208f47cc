import { defaultPlanned, usualChain } from '../algorithms/planned-algorithm.ts';
import { modes } from '../config/mode.ts';
import { emptyObject, type ConfigObject } from '../config/value.ts';
import { defaultPythonVersion } from '../python-re/python-version.ts';
import type { Assertion, Plan, SubConfig } from './plan.ts';

/** Number of colours of sub-configs. */
const colorCount = 8;

/** An empty plan. */
export function createPlan(name = ''): Plan {
  return {
    format: 'compression-plan',
    version: 1,
    name,
    python: defaultPythonVersion,
    lists: { pruning: [], quantization: [], distillation: [] },
    algorithms: defaultPlanned,
    chain: usualChain,
    templates: [],
    assertions: [],
    tree: null,
    teacher: null,
  };
}

/** A sub-config with an id that the plan has not got and the colour that its list uses least. */
export function createSubConfig(
  plan: Plan,
  list: readonly SubConfig[],
  config: ConfigObject = emptyObject,
): SubConfig {
  return { id: freshId(plan, list), label: '', color: freshColor(list), enabled: true, config };
}

/** An id that no sub-config of the plan, nor of `more`, has. */
export function freshId(plan: Plan, more: readonly SubConfig[] = []): string {
  return nextId('s', [...modes.flatMap((mode) => plan.lists[mode]), ...more]);
}

/** An id that no assertion of the plan, nor of `more`, has. */
export function freshAssertionId(plan: Plan, more: readonly Assertion[] = []): string {
  return nextId('a', [...plan.assertions, ...more]);
}

/** One above the highest number in use, so that an id is not taken up again while its like are about. */
function nextId(prefix: string, taken: readonly { readonly id: string }[]): string {
  let highest = 0;
  for (const { id } of taken) {
    const number = id.startsWith(prefix) && /^\d{1,12}$/.test(id.slice(1)) ? Number(id.slice(1)) : 0;
    highest = Math.max(highest, number);
  }
  let next = highest + 1;
  while (taken.some(({ id }) => id === `${prefix}${next}`)) next++;
  return `${prefix}${next}`;
}

function freshColor(list: readonly SubConfig[]): number {
  const uses = Array.from({ length: colorCount }, () => 0);
  for (const { color } of list) uses[color % colorCount] = (uses[color % colorCount] ?? 0) + 1;
  return uses.indexOf(Math.min(...uses));
}
