import type { Finding } from '../../core/checks/finding.ts';
import { wordVerdict, type ListVerdict } from '../../core/checks/list-verdict.ts';
import { severities, type Severity } from '../../core/diagnostics/finding.ts';

/** A severity as short as it fits behind a number: `1 fails later`, `2 fail later`. */
export function shortSeverityLabel(severity: Severity, count: number): string {
  if (severity === 'later') return count === 1 ? 'fails later' : 'fail later';
  return severity === 'not-checked' ? 'not checked' : severity;
}

export type SeverityCounts = Readonly<Record<Severity, number>>;

/** How many findings there are of each severity. */
export function countSeverities(findings: readonly Finding[]): SeverityCounts {
  const counts = { refused: 0, later: 0, silent: 0, 'not-checked': 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** The findings to list: of one severity or all, the gravest first, otherwise as they stand in the list. */
export function orderFindings(findings: readonly Finding[], only: Severity | null): readonly Finding[] {
  return severities
    .filter((severity) => only === null || severity === only)
    .flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

/** What becomes of the list, in one sentence. */
export function describeVerdict(verdict: ListVerdict, subConfigCount: number): string {
  return subConfigCount === 0 ? 'The list is empty: nothing to check yet' : wordVerdict(verdict);
}

/** The place of the next or previous of `count` problems in a ring; `null` when there are none. */
export function stepInRing(current: number | null, step: 1 | -1, count: number): number | null {
  if (count === 0) return null;
  if (current === null) return step === 1 ? 0 : count - 1;
  return (current + step + count) % count;
}

/** Tells a finding again after the list was resolved anew: what and where it is. */
export function findingKey({ code, where: { subConfig, path, range } }: Finding): string {
  return JSON.stringify([code, subConfig, path, range]);
}
