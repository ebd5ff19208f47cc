import type { Finding } from '../diagnostics/finding.ts';
import type { Resolution } from '../resolve/resolution.ts';

/** What NNI would raise, as findings. */
export function collectFindings(resolution: Resolution, ..._context: readonly unknown[]): readonly Finding[] {
  return resolution.problems.map((problem) => ({
    code: problem.code,
    severity: 'refused',
    where: problem.where,
    values: problem.values,
    error: problem.error,
    fixes: [],
  }));
}
