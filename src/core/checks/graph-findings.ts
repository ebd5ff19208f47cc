import type { FindingOf } from '../diagnostics/finding.ts';
import type { Finding } from './finding.ts';
import type { FindingInput } from './finding-context.ts';
import { findFusedElsewhere } from './findings/fused-elsewhere.ts';
import { findGroupMembers } from './findings/group-members.ts';
import { findNeverRun, type NeverRunsValues } from './findings/never-runs.ts';
import { findSpeedupFailure, type SpeedupFailsValues } from './findings/speedup-fails.ts';
import { findUntied } from './findings/untied-layers.ts';

/** Findings from the data flow about a list that NNI accepts (rules G5, G9, G17, G19, G23, G25). */
export function graphFindings(input: FindingInput): readonly Finding[] {
  if (input.tree.graph === null || !input.resolution.verdict.accepted) return [];
  const [idle, failures] = joinCauses(findNeverRun(input), findSpeedupFailure(input));
  return [...idle, ...findGroupMembers(input), ...findUntied(input), ...failures, ...findFusedElsewhere(input)];
}

type NeverRuns = FindingOf<'never-runs', NeverRunsValues>;
type SpeedupFails = FindingOf<'speedup-fails', SpeedupFailsValues>;

/** One cause is one finding: where ModelSpeedup fails at a module that never runs, the finding of that module says so. */
function joinCauses(idle: readonly NeverRuns[], failures: readonly SpeedupFails[]): readonly [readonly NeverRuns[], readonly SpeedupFails[]] {
  const isCause = ({ where }: NeverRuns, failure: SpeedupFails) => failure.where.modules?.some((module) => where.modules?.includes(module)) === true;
  return [
    idle.map((one) => (failures.some((failure) => isCause(one, failure)) ? { ...one, values: { ...one.values, stopsSpeedup: true } } : one)),
    failures.filter((failure) => !idle.some((one) => isCause(one, failure))),
  ];
}
