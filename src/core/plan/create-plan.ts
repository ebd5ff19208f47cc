import { modes } from '../config/mode.ts';
import { emptyObject, type ConfigObject } from '../config/value.ts';
import { defaultPythonVersion } from '../python-re/python-version.ts';
import type { Plan, SubConfig } from './plan.ts';

/** Number of colours of sub-configs. */
export const colorCount = 8;

/** An empty plan. */
export function createPlan(name = ''): Plan {
  return {
    format: 'compression-plan',
    version: 1,
    name,
    python: defaultPythonVersion,
    lists: { pruning: [], quantization: [], distillation: [] },
    templates: [],
    tree: null,
    teacher: null,
  };
}

/** A sub-config with an id that the plan has not got and the colour that its list uses least. */
export function createSubConfig(plan: Plan, list: readonly SubConfig[], config: ConfigObject = emptyObject): SubConfig {
  return { id: freshId(plan, list), label: '', color: freshColor(list), enabled: true, config };
}

/** An id that no sub-config of the plan, nor of `more`, has. */
export function freshId(plan: Plan, more: readonly SubConfig[] = []): string {
  let highest = 0;
  for (const subConfigs of [...modes.map((mode) => plan.lists[mode]), more]) {
    for (const { id } of subConfigs) {
      const number = /^s(\d+)$/.exec(id)?.[1];
      if (number !== undefined) highest = Math.max(highest, Number(number));
    }
  }
  return `s${highest + 1}`;
}

function freshColor(list: readonly SubConfig[]): number {
  const uses = Array.from({ length: colorCount }, () => 0);
  for (const { color } of list) uses[color % colorCount] = (uses[color % colorCount] ?? 0) + 1;
  return uses.indexOf(Math.min(...uses));
}
