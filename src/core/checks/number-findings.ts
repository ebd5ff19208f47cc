import type { Fix } from '../diagnostics/fix.ts';
import type { Finding, FindingCode } from './finding.ts';

const numberedFixes = ['move-up', 'remove-sub-config', 'exclude-elsewhere', 'move-to-mode'] as const;
type NumberedFix = (typeof numberedFixes)[number];

function isNumbered(fix: Fix): fix is Fix<NumberedFix> {
  return numberedFixes.some((code) => code === fix.code);
}

/**
 * Findings in which the words name sub-configs by other numbers: `numbers[i]` is that of the sub-config at index `i`
 * of the list that was resolved. Places and edits keep their indices, as they are about that list. The same array
 * comes back where all numbers are those that it counts itself.
 */
export function numberFindings(findings: readonly Finding[], numbers: readonly number[]): readonly Finding[] {
  if (numbers.every((number, index) => number === index + 1)) return findings;
  return findings.map((finding) => {
    const fixes = finding.fixes.map((fix) => (isNumbered(fix) ? renumberFix(fix) : fix));
    return { ...renumberFinding(finding), fixes };
  });

  function renumberFix<Code extends NumberedFix>(fix: Fix<Code>): Fix<Code> {
    return { ...fix, values: renumber(fix.values) };
  }

  function renumberFinding<Code extends FindingCode>(finding: Finding<Code>): Finding<Code> {
    return { ...finding, values: renumber(finding.values) };
  }

  /** `subConfig` and `winner` hold the number, from 1, of a sub-config in the list that was resolved. */
  function renumber<Values extends object>(values: Values): Values {
    const shown = (number: unknown): number | undefined => (typeof number === 'number' ? numbers[number - 1] : undefined);
    const subConfig = 'subConfig' in values ? shown(values.subConfig) : undefined;
    const winner = 'winner' in values ? shown(values.winner) : undefined;
    return { ...values, ...(subConfig !== undefined && { subConfig }), ...(winner !== undefined && { winner }) };
  }
}
