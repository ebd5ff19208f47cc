import type { Finding } from './finding.ts';

/** Values that hold the number, from 1, of a sub-config in the list that was resolved. */
const numbered = ['subConfig', 'winner'] as const;

/**
 * Findings in which the words name sub-configs by other numbers: `numbers[i]` is that of the sub-config at index `i`
 * of the list that was resolved. Places and edits keep their indices, as they are about that list. The same array
 * comes back where all numbers are those that it counts itself.
 */
export function numberFindings(findings: readonly Finding[], numbers: readonly number[]): readonly Finding[] {
  if (numbers.every((number, index) => number === index + 1)) return findings;
  const renumber = (values: Finding['values']): Finding['values'] => {
    const changed = numbered.flatMap((key) => {
      const number = numbers[Number(values[key]) - 1];
      return number === undefined ? [] : [[key, number] as const];
    });
    return changed.length === 0 ? values : { ...values, ...Object.fromEntries(changed) };
  };
  return findings.map((finding) => ({
    ...finding,
    values: renumber(finding.values),
    fixes: finding.fixes.map((fix) => ({ ...fix, values: renumber(fix.values) })),
  }));
}
