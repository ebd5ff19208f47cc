import { defaultPlanned, usualChain } from '../algorithms/planned-algorithm.ts';
import { modes } from '../config/mode.ts';
import { emptyObject, type ConfigObject } from '../config/value.ts';
import { defaultPythonVersion } from '../python-re/python-version.ts';
import type { Plan, SubConfig } from './plan.ts';

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
  return createSubConfigMaker(plan, list).make(config);
}

/** Makes many sub-configs for one list, each in constant time. */
export interface SubConfigMaker {
  /** A sub-config with an id that neither the plan nor any counted one has, and the colour used least; it counts from then on. */
  readonly make: (config: ConfigObject) => SubConfig;
  /** Marks the id and colour of a sub-config in the list as taken. */
  readonly count: (subConfig: SubConfig) => void;
}

/** `list`: sub-configs whose ids and colours are taken, in addition to the ids of the plan. */
export function createSubConfigMaker(plan: Plan, list: readonly SubConfig[]): SubConfigMaker {
  const ids = createIdSource('s', [...modes.flatMap((mode) => plan.lists[mode]), ...list]);
  const uses = Array.from({ length: colorCount }, () => 0);
  const count = ({ id, color }: SubConfig): void => {
    ids.note(id);
    uses[color % colorCount] = (uses[color % colorCount] ?? 0) + 1;
  };
  for (const subConfig of list) count(subConfig);
  return {
    count,
    make(config) {
      const made: SubConfig = { id: ids.next(), label: '', color: uses.indexOf(Math.min(...uses)), enabled: true, config };
      count(made);
      return made;
    },
  };
}

/** Gives ids that nothing has which was noted. */
export interface IdSource {
  /** One above the highest number noted, so that an id is not taken up again while its like are about. */
  readonly next: () => string;
  readonly note: (id: string) => void;
}

/** Ids of sub-configs begin with `s`, ids of assertions with `a`. */
export function createIdSource(prefix: 's' | 'a', taken: readonly { readonly id: string }[]): IdSource {
  let highest = 0;
  const note = (id: string): void => {
    if (id.startsWith(prefix) && /^\d{1,12}$/.test(id.slice(1))) highest = Math.max(highest, Number(id.slice(1)));
  };
  for (const { id } of taken) note(id);
  return { note, next: () => `${prefix}${highest + 1}` };
}
