import type { ConfigValue } from '../config/value.ts';
import type { Fix } from '../diagnostics/fix.ts';
import type { Finding } from './finding.ts';
import { listAfter, settleFix, type FindingsOf } from './settle-fix.ts';

/** How many changed lists are looked at. Each costs a resolution of the list. */
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
export function keepSettling(findings: readonly Finding[], list: ConfigValue, findingsOf: FindingsOf, { sure, hasTime }: Tries): readonly Finding[] {
  const ranks = Math.max(0, ...findings.map(({ fixes }) => fixes.length));
  let tried = 0;
  const isTime = (): boolean => tried < sure || hasTime();
  const judge: FindingsOf = (changed) => {
    tried++;
    return findingsOf(changed);
  };
  const settled = (fix: Fix, finding: Finding): Fix | null => {
    if (listAfter(list, fix) === null) return fix;
    return isTime() ? (settleFix(list, finding, fix, findings, judge, { mayShow: true, hasTime: isTime })?.fix ?? null) : null;
  };
  const kept = findings.map((): Fix[] => []);
  for (let rank = 0; rank < ranks; rank++) {
    for (const [at, finding] of findings.entries()) {
      const fix = finding.fixes[rank];
      const settling = fix === undefined ? null : settled(fix, finding);
      if (settling !== null) kept[at]!.push(settling);
    }
  }
  return findings.map((finding, at) => (finding.fixes.length === kept[at]!.length && finding.fixes.every((fix, rank) => fix === kept[at]![rank]) ? finding : { ...finding, fixes: kept[at]! }));
}
