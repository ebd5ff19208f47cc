import type { AssertionOutcome } from '../../core/plan/assertions.ts';
import type { Demand } from '../../core/plan/plan.ts';
import { formatCount } from '../../core/text/format-count.ts';
import { formatQuantity } from '../shared/format.ts';

/** The kinds of demands, as a choice. */
export const demandLabels: Readonly<Record<Demand['type'], string>> = {
  'selects-exactly': 'selects exactly',
  'selects-at-least': 'selects at least',
  'selects-at-most': 'selects at most',
  'never-selects': 'never selects matches of',
  'selects-all': 'selects all that match',
};

export const demandTypes = Object.keys(demandLabels) as readonly Demand['type'][];

/** Whether a kind of demand is about a number of modules, not about a pattern. */
export function isCount(type: Demand['type']): type is Extract<Demand, { count: number }>['type'] {
  return type === 'selects-exactly' || type === 'selects-at-least' || type === 'selects-at-most';
}

/** The demand that a form describes, or `null` while it is not complete. */
export function demandOf(type: Demand['type'], value: string): Demand | null {
  if (!isCount(type)) return value === '' ? null : { type, pattern: value };
  return /^\d{1,9}$/.test(value.trim()) ? { type, count: Number(value) } : null;
}

/** `selects exactly 32 modules`, `never selects matches of vision`. */
export function wordDemand(demand: Demand): string {
  const label = demandLabels[demand.type];
  return 'count' in demand ? `${label} ${formatQuantity(demand.count, 'module')}` : `${label} ${demand.pattern}`;
}

/** The result of a demand, in few words. */
export function wordOutcome(outcome: AssertionOutcome): string {
  switch (outcome.type) {
    case 'holds':
      return 'holds';
    case 'wrong-count':
      return `fails: ${formatCount(outcome.found)} selected`;
    case 'broken':
      return `fails for ${formatQuantity(outcome.modules.length, 'module')}`;
    case 'not-decided':
      return 'cannot be decided: Python could not try the pattern';
  }
}
