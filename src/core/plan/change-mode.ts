import { getAt, removeAt } from '../config/list-edits.ts';
import type { Mode } from '../config/mode.ts';
import { isConfigObject, type ConfigObject, type KeyPath } from '../config/value.ts';
import { validateSubConfig } from '../config/validate.ts';
import type { Plan, SubConfig } from './plan.ts';

/** The keys of a sub-config that another mode does not have, each once, in their order (rule K4). */
export function keysUnknownTo(config: ConfigObject, mode: Mode): readonly string[] {
  return [...new Set(unknownPaths(config, mode).map((path) => String(path.at(-1))))];
}

/** A sub-config without the keys that a mode does not have, and without overrides of targets that are empty then (rule K4). */
export function fitToMode(config: ConfigObject, mode: Mode): ConfigObject {
  let fitted = config;
  const remove = (path: KeyPath): void => {
    const next = removeAt(fitted, path);
    if (isConfigObject(next)) fitted = next;
  };
  for (const path of unknownPaths(config, mode)) {
    remove(path);
    for (let above = path.slice(0, -1); above.length > 0 && isEmpty(getAt(fitted, above)); above = above.slice(0, -1)) remove(above);
  }
  return fitted;
}

function unknownPaths(config: ConfigObject, mode: Mode): readonly KeyPath[] {
  return validateSubConfig(config, mode).flatMap(({ code, path }) => (code === 'unknown-key' ? [path] : []));
}

function isEmpty(value: ReturnType<typeof getAt>): boolean {
  return isConfigObject(value) && value.entries.length === 0;
}

/** Moves sub-configs to the end of another mode's list, in their order, with their labels and assertions (rule K4). */
export function changeMode(plan: Plan, from: Mode, ids: ReadonlySet<string>, to: Mode): Plan {
  const moved = plan.lists[from].filter(({ id }) => ids.has(id));
  if (moved.length === 0 || from === to) return plan;
  const fitted = moved.map((subConfig): SubConfig => ({ ...subConfig, config: fitToMode(subConfig.config, to) }));
  const { intended, ...rest } = plan;
  // A mark "intended" belongs to a finding of the mode that the sub-config leaves.
  const kept = intended?.filter(({ subConfig }) => subConfig === null || !ids.has(subConfig)) ?? [];
  return {
    ...rest,
    ...(kept.length > 0 && { intended: kept }),
    lists: { ...plan.lists, [from]: plan.lists[from].filter(({ id }) => !ids.has(id)), [to]: [...plan.lists[to], ...fitted] },
    assertions: plan.assertions.map((assertion) =>
      assertion.subConfig !== null && ids.has(assertion.subConfig) ? { ...assertion, mode: to } : assertion,
    ),
  };
}
