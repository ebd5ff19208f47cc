import type { Finding } from './finding.ts';
import type { FindingInput } from './finding-context.ts';
import { findFusedElsewhere } from './findings/fused-elsewhere.ts';
import { findGroupMembers } from './findings/group-members.ts';
import { findNeverRun } from './findings/never-runs.ts';
import { findSpeedupFailure } from './findings/speedup-fails.ts';
import { findUntied } from './findings/untied-layers.ts';

/** Findings from the data flow about a list that NNI accepts (rules G5, G9, G17, G19, G23, G25). */
export function graphFindings(input: FindingInput): readonly Finding[] {
  if (input.tree.graph === null || !input.resolution.verdict.accepted) return [];
  return [...findNeverRun(input), ...findGroupMembers(input), ...findUntied(input), ...findSpeedupFailure(input), ...findFusedElsewhere(input)];
}
