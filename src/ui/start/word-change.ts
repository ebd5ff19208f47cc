import type { ModelChange, OfferedRename } from '../../core/plan/model-change.ts';
import { formatCount } from '../../core/text/format-count.ts';
import { formatQuantity } from '../shared/format.ts';

/** One sentence on what a plan loses with another model. */
export function wordModelChange(from: string, to: string, { subConfigs, lostCount, missing }: ModelChange): string {
  const selected = subConfigs.reduce((sum, { before }) => sum + before, 0);
  const lost =
    lostCount > 0
      ? `${partOf(lostCount, selected)} that the plan selected ${lostCount === 1 ? 'is' : 'are'} lost`
      : `${formatQuantity(missing.length, 'name')} that the plan uses ${missing.length === 1 ? 'is' : 'are'} gone`;
  return `${to === from ? `${to} has changed` : `${to} took the place of ${from}`}: ${lost}.`;
}

/** `2 of the 5 modules`, `all 5 modules`, `the only module`. */
function partOf(count: number, all: number): string {
  if (count < all) return `${formatCount(count)} of the ${formatQuantity(all, 'module')}`;
  return all === 1 ? 'the only module' : `all ${formatQuantity(all, 'module')}`;
}

/** What a rename does to the plan, as a button says it. */
export function wordRename({ type, text, restored }: OfferedRename): string {
  const verb = type === 'add-prefix' || type === 'add-segment' ? 'Add' : 'Remove';
  return `${verb} “${text}” in the plan${restored > 0 ? `, ${formatCount(restored)} come back` : ''}`;
}
