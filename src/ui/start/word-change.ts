import type { ModelChange, OfferedRename } from '../../core/plan/model-change.ts';
import { formatCount } from '../../core/text/format-count.ts';
import { formatQuantity } from '../shared/format.ts';

/** One sentence on the matches that a plan loses with another model. */
export function wordModelChange(from: string, to: string, { subConfigs, lostCount, missing }: ModelChange): string {
  const selected = subConfigs.reduce((sum, { before }) => sum + before, 0);
  const before = `${formatQuantity(selected, 'match', 'matches')} ${to === from ? 'before it changed' : `in ${from}`}`;
  if (lostCount === 0) return `${to} has no ${missing.length === 1 ? 'module of a name' : `modules of ${formatCount(missing.length)} names`} that this plan uses.`;
  if (lostCount === selected) return `This plan matches nothing in ${to} (${before}).`;
  return `This plan matches ${formatQuantity(lostCount, 'module')} fewer in ${to} (${before}).`;
}

/** The effect of a rename on the plan, as the label of a button. */
export function wordRename({ type, text, restored }: OfferedRename): string {
  const verb = type === 'add-prefix' || type === 'add-segment' ? 'Add' : 'Remove';
  return `${verb} “${text}” in the plan${restored > 0 ? `, ${formatCount(restored)} come back` : ''}`;
}
