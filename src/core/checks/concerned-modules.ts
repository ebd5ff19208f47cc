import type { ModuleExplanation } from '../resolve/explain.ts';
import { findingKinds, type Finding, type FindingCode } from './finding.ts';
import type { ConcernedOutcome } from './finding-kind.ts';

/**
 * Whether a finding is about all modules of an outcome. Findings name the first few modules in their places; this
 * finds the others. It is `false` for findings whose `where.modules` has all.
 */
export function concernsOutcome(finding: Finding, outcome: ConcernedOutcome): boolean {
  const { subConfig } = finding.where;
  if (subConfig === null || !outcome.selectedBy.includes(subConfig)) return false;
  return concerns(finding, subConfig, outcome) ?? isFailureOf(finding, outcome);
}

function concerns<Code extends FindingCode>({ code, values, where }: Finding<Code>, subConfig: number, outcome: ConcernedOutcome): boolean | undefined {
  return findingKinds[code].concerns?.({ values, where: { ...where, subConfig } }, outcome);
}

/** Whether registration raises the finding on the modules of the outcome. */
function isFailureOf({ code, where, values }: Finding, { failures, moduleType }: ConcernedOutcome): boolean {
  const target = 'target' in values ? values.target : null;
  const type = 'type' in values ? values.type : '';
  return failures.some(
    (failure) =>
      failure.code === code &&
      failure.subConfig === where.subConfig &&
      (target === null || failure.target === null || failure.target === target) &&
      (type === '' || type === moduleType),
  );
}

/** The findings about one explained module, in their order. */
export function findingsOfModule(findings: readonly Finding[], explanation: ModuleExplanation): readonly Finding[] {
  const { module, moduleType, subConfigs, targets, failures, dropped } = explanation;
  const selectedBy = subConfigs.flatMap(({ subConfig, reason }) => (reason.type === 'selected' ? [subConfig] : []));
  const outcome = { moduleType, selectedBy, targets, failures, dropped };
  return findings.filter(
    (finding) => finding.where.modules?.includes(module) === true || concernsOutcome(finding, outcome),
  );
}
