import type { Mode } from '../config/mode.ts';
import type { SettingTemplate } from '../config/setting-templates.ts';
import type { ConfigObject } from '../config/value.ts';
import { formatQuantity } from '../text/format-count.ts';
import type { Plan, SubConfig } from './plan.ts';
import { applyPlanEdit, type PlanEdit } from './plan-edits.ts';

/** A repaired list, and the sub-configs of it that belong into the list of another mode. */
export interface Repaired {
  readonly list: readonly ConfigObject[];
  /** How many repairs made it. */
  readonly repairs: number;
  readonly moves: readonly { readonly subConfig: number; readonly mode: Mode }[];
  /** Templates that were registered for it. */
  readonly registered: readonly SettingTemplate[];
}

/**
 * Moves a sub-config that was written for another mode to the end of its list, with all that is written in it: a key that the
 * mode does not know is a slip there, for the user to see.
 */
export function movedWhole({ id, config }: SubConfig, mode: Mode, to: Mode): readonly PlanEdit[] {
  return [
    { type: 'change-mode', mode, ids: [id], to },
    { type: 'set-config', mode: to, id, config },
  ];
}

/** The edits of *Fix all*: the templates that the list needs, the repaired list, then the sub-configs that move to another mode (rule F15). */
export function repairEdits(plan: Plan, mode: Mode, { list, repairs, moves, registered }: Repaired): readonly PlanEdit[] {
  const label = `Fix ${formatQuantity(repairs + moves.length, 'problem')}`;
  const replaced: PlanEdit = { type: 'replace-list', mode, list, label };
  const enabled = applyPlanEdit(plan, replaced).lists[mode].filter((subConfig) => subConfig.enabled);
  const templates = registered.map((template): PlanEdit => ({ type: 'set-template', template }));
  return [replaced, ...templates, ...moves.flatMap(({ subConfig, mode: to }) => (enabled[subConfig] === undefined ? [] : movedWhole(enabled[subConfig], mode, to)))];
}
