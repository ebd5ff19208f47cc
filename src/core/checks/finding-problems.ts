import { getAt } from '../config/list-edits.ts';
import { objectOf } from '../config/value.ts';
import type { Finding } from '../diagnostics/finding.ts';
import type { Problem, Resolution } from '../resolve/resolution.ts';
import type { FindingContext } from './finding-context.ts';
import { fixesOf } from './problem-fixes.ts';

/** What NNI would raise, each with the edits that would settle it. */
export function problemFindings(resolution: Resolution, context: FindingContext): readonly Finding[] {
  return resolution.problems.map((problem) => ({
    code: problem.code,
    severity: 'refused',
    where: placeOf(problem, resolution),
    values: { ...problem.values, rule: problem.rule },
    error: problem.error,
    fixes: fixesOf(problem, resolution, context),
  }));
}

function placeOf({ code, where }: Problem, { effective }: Resolution): Finding['where'] {
  if (code !== 'bad-pattern' || where.range || where.subConfig === null) return where;
  const pattern = getAt(effective[where.subConfig] ?? objectOf([]), where.path);
  return typeof pattern === 'string' ? { ...where, range: [0, pattern.length] } : where;
}
