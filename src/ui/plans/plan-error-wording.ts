import { wordExcess } from '../../core/config/list-limits.ts';
import type { PlanFileError } from '../../core/plan/plan-file.ts';
import type { PlanExcess } from '../../core/plan/plan-limits.ts';
import { formatCount } from '../../core/text/format-count.ts';

/** The fault of a plan file, in words. */
export function wordPlanError(error: PlanFileError): string {
  switch (error.type) {
    case 'not-json':
      return `Line ${error.error.line}, column ${error.error.column}: ${error.error.message} ${error.error.remedy}`;
    case 'not-a-plan':
      return 'This is not a plan of Espalier.';
    case 'newer-version':
      return `This plan has version ${error.version}, which is newer than this Espalier. Update Espalier to open it.`;
    case 'malformed':
      return `The plan is damaged at ${error.place}: ${error.expected} is expected there.`;
  }
}

/** The part of a plan that exceeds the page's limits, in words. */
export function wordPlanExcess(excess: PlanExcess): string {
  if (excess.type === 'name') return `Its name has ${formatCount(excess.length)} characters; the limit is ${formatCount(excess.limit)}.`;
  const { title, remedy } = wordExcess(excess.excess);
  return `Its list for ${excess.mode}: ${title} ${remedy}`;
}
