import type { Finding } from '../../core/checks/finding.ts';
import { fixKey, type Fix } from '../../core/diagnostics/fix.ts';
import { severities, type Severity } from '../../core/diagnostics/severity.ts';

/** A severity as short as it fits behind a number: `1 fails when it runs`, `2 warnings`. */
export function shortSeverityLabel(severity: Severity, count: number): string {
  switch (severity) {
    case 'refused':
      return 'refused';
    case 'later':
      return count === 1 ? 'fails when it runs' : 'fail when it runs';
    case 'assertion':
      return count === 1 ? 'assertion fails' : 'assertions fail';
    case 'silent':
      return count === 1 ? 'warning' : 'warnings';
    case 'not-checked':
      return 'not checked';
  }
}

export type SeverityCounts = Readonly<Record<Severity, number>>;

/** Number of findings of each severity; findings marked as intended do not count. */
export function countSeverities(findings: readonly Finding[]): SeverityCounts {
  const counts = { refused: 0, later: 0, assertion: 0, silent: 0, 'not-checked': 0 };
  for (const { severity, intended } of findings) if (intended !== true) counts[severity]++;
  return counts;
}

/** The findings to list: of one severity or all, the gravest first, otherwise in the order of the list. */
export function orderFindings(findings: readonly Finding[], only: Severity | null): readonly Finding[] {
  return severities
    .filter((severity) => only === null || severity === only)
    .flatMap((severity) => findings.filter((finding) => finding.severity === severity && finding.intended !== true));
}

/** Findings of one cause: as few as this are listed one by one. */
const fewestOfCause = 3;

/** Findings in the order given; findings of one code and severity are grouped (rule F15). */
export function groupByCause(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.code}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].flatMap((group) => (group.length < fewestOfCause ? group.map((finding) => [finding]) : [group]));
}

/** The likeliest fix that settles all of some findings at once; `null` where none does. */
export function sharedFix([first, ...others]: readonly Finding[]): Fix | null {
  const keys = others.map(({ fixes }) => new Set(fixes.map(fixKey)));
  return first?.fixes.find((fix) => keys.every((known) => known.has(fixKey(fix)))) ?? null;
}

/** The place of the next or previous of `count` problems in a ring; `null` when there are none. */
export function stepInRing(current: number | null, step: 1 | -1, count: number): number | null {
  if (count === 0) return null;
  if (current === null) return step === 1 ? 0 : count - 1;
  return (current + step + count) % count;
}

/** Recognises a finding after the list was resolved again: by its code and place. */
export function findingKey({ code, where: { subConfig, path, range } }: Finding): string {
  return JSON.stringify([code, subConfig, path, range]);
}
