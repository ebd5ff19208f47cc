import type { PlanFragment, PlanFragmentError } from '../../core/plan/share.ts';
import type { TreeReference } from '../../core/plan/plan.ts';
import { formatCount } from '../../core/text/format-count.ts';
import { formatQuantity } from '../shared/format.ts';
import { wordPlanError } from './plan-error-wording.ts';

/** The fault of a link, and the next step. */
export function wordFragmentError(error: PlanFragmentError): string {
  switch (error.type) {
    case 'no-plan-here':
      return 'It holds no plan.';
    case 'damaged':
      return 'It was cut off or changed on its way. Ask for it again, as a plan file if links do not come through whole.';
    case 'too-large':
      return `It holds more than ${formatCount(error.limit)} characters. Ask for the plan as a file.`;
    case 'bad-plan':
      return wordPlanError(error.error);
  }
}

/** Says in a sentence where the tree comes from for the person who opens a link: from the link, a sample, or their own file. */
export function wordTreeOfLink(
  role: 'tree' | 'teacher',
  reference: TreeReference,
  { carries, leavesOut }: Pick<PlanFragment, 'carries' | 'leavesOut'>,
): string {
  const what = `${role === 'tree' ? 'The model' : 'The teacher'} ${reference.name}`;
  if (carries.includes(role)) return `${what} goes along in the link.`;
  if (reference.sample !== null) return `${what} is a sample that every Espalier has.`;
  const modules = formatQuantity(reference.moduleCount, 'module');
  const why = leavesOut.includes(role) ? `is too large for a link (${modules})` : `does not go along (${modules})`;
  return `${what} ${why}: the person who opens the link also has to open its file. Or send the plan as a file with the tree in it.`;
}
