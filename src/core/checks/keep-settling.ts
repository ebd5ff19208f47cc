import { editAnyList } from '../config/list-edits.ts';
import { isConfigList, type ConfigValue } from '../config/value.ts';
import type { Fix } from '../diagnostics/fix.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Finding } from './finding.ts';

/** The list after a fix; `null` where the fix changes no list, or does not fit this one. */
export function listAfter(list: ConfigValue, { action }: Fix): ConfigValue | null {
  return action.type === 'edit-list' && isConfigList(list) ? editAnyList(list, action.edits) : null;
}

/** The parts of a refusal that compare it with another. */
interface Refusal {
  readonly code: string;
  readonly values: object;
}

/** Refusals after a change that were not there before: a fix must not turn one into another (rule F10). */
export function newRefusals(before: readonly Refusal[], after: readonly Refusal[]): readonly Refusal[] {
  const known = new Set(before.map(signature));
  return after.filter((refusal) => !known.has(signature(refusal)));
}

/** The fault, without places and numbers of modules, which edits change. */
export function signature({ code, values }: Refusal): string {
  const isOfModules = 'count' in values;
  return JSON.stringify([code, ...Object.entries(values).filter(([key]) => !isOfModules || (key !== 'count' && key !== 'module'))]);
}

/** How many fixes are tried. Each costs a resolution of the list. */
export interface Tries {
  /** So many are always tried. */
  readonly sure: number;
  /** More are tried as long as this says so. */
  readonly hasTime: () => boolean;
}

/**
 * Tries that end after some time.
 * @param milliseconds The time for tries beyond `sure`, from the first of them on.
 * @param now A clock in milliseconds.
 */
export function triesWithin(sure: number, milliseconds: number, now: () => number): Tries {
  let start: number | null = null;
  return { sure, hasTime: () => now() - (start ??= now()) < milliseconds };
}

/**
 * Findings with the fixes that settle: those that lead to another refusal are left out (rule F10), and so are those that
 * could not be tried. The likeliest fix of every finding is tried before the second of any.
 */
export function keepSettling(
  findings: readonly Finding[],
  list: ConfigValue,
  problemsOf: (list: ConfigValue) => Resolution['problems'],
  { sure, hasTime }: Tries,
): readonly Finding[] {
  const ranks = Math.max(0, ...findings.map(({ fixes }) => fixes.length));
  if (ranks === 0) return findings;
  let before: Resolution['problems'] | null = null;
  let tried = 0;
  const countOf = (problems: readonly Refusal[], finding: Finding): number => {
    const own = signature(finding);
    return problems.filter((problem) => signature(problem) === own).length;
  };
  const settles = (fix: Fix, finding: Finding): boolean => {
    const after = listAfter(list, fix);
    if (after === null) return true;
    if (tried >= sure && !hasTime()) return false;
    tried++;
    before ??= problemsOf(list);
    const problems = problemsOf(after);
    const isLeft = isRefused(finding) && countOf(problems, finding) > 0 && countOf(problems, finding) >= countOf(before, finding);
    return !isLeft && newRefusals(before, problems).length === 0;
  };
  const kept = findings.map((): Fix[] => []);
  for (let rank = 0; rank < ranks; rank++) {
    for (const [at, finding] of findings.entries()) {
      const fix = finding.fixes[rank];
      if (fix !== undefined && settles(fix, finding)) kept[at]!.push(fix);
    }
  }
  return findings.map((finding, at) => (finding.fixes.length === kept[at]!.length ? finding : { ...finding, fixes: kept[at]! }));
}

/** Whether NNI refuses the list for this finding. */
export function isRefused({ severity }: Finding): boolean {
  return severity === 'refused';
}
