import type { Mode } from '../config/mode.ts';
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

/** The edits of *Fix all*: the repaired list, then the sub-configs that move to another mode (rule F15). */
export function repairEdits(plan: Plan, mode: Mode, { list, repairs, moves }: Repaired): readonly PlanEdit[] {
  const label = `Fix ${formatQuantity(repairs + moves.length, 'problem')}`;
  const replaced: PlanEdit = { type: 'replace-list', mode, list, label };
  const enabled = applyPlanEdit(plan, replaced).lists[mode].filter((subConfig) => subConfig.enabled);
  return [replaced, ...moves.flatMap(({ subConfig, mode: to }) => (enabled[subConfig] === undefined ? [] : movedWhole(enabled[subConfig], mode, to)))];
}
