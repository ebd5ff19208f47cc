import type { Mode } from '../core/config/mode.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { OpenedTree } from '../worker/protocol.ts';
import type { ResolvedWith } from './derived-store.ts';

/** The parts of a plan that decide the verdict on a mode's list. Each is immutable: the same object means no change. */
export function judgedParts(plan: Plan, mode: Mode): readonly unknown[] {
  return [plan.lists[mode], plan.algorithms[mode], plan.templates, plan.assertions, plan.intended, plan.python];
}

/** Whether a list was resolved as the plan has it now, and with this teacher. */
export function isJudged(resolved: ResolvedWith | null, plan: Plan, mode: Mode, teacher: OpenedTree | null): boolean {
  if (resolved === null || resolved.teacher !== teacher) return false;
  const before = judgedParts(resolved.plan, mode);
  return judgedParts(plan, mode).every((part, at) => part === before[at]);
}
