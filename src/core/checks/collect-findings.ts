import { defaultAlgorithms } from '../algorithms/algorithm.ts';
import { predictOutcome } from '../algorithms/predict-outcome.ts';
import { severities } from '../diagnostics/severity.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Finding } from './finding.ts';
import type { FindingContext, FindingInput } from './finding-context.ts';
import { findUnusedAligns } from './findings/align-unused.ts';
import { findFailedAssertions } from './findings/assertion-fails.ts';
import { findCutNumbers } from './findings/cut-number.ts';
import { findInputsNotMet } from './findings/input-not-met.ts';
import { findMasksNothing } from './findings/masks-nothing.ts';
import { findOddRatios } from './findings/ratio-out-of-range.ts';
import { findContainers } from './findings/takes-containers.ts';
import { graphFindings } from './graph-findings.ts';
import { laterFindings } from './later-findings.ts';
import { mergeCauses, mergeConsequences } from './merge-causes.ts';
import { observationFindings } from './observation-findings.ts';
import { problemFindings } from './problem-findings.ts';
import { translateFirst } from './translate-first.ts';

/** Everything that is looked for, in this order. */
const finders: readonly ((input: FindingInput) => readonly Finding[])[] = [
  problemFindings,
  laterFindings,
  observationFindings,
  findInputsNotMet,
  (input) => (input.isTrial === true ? [] : graphFindings(input)),
  findContainers,
  findOddRatios,
  findUnusedAligns,
  findMasksNothing,
  findCutNumbers,
  findFailedAssertions,
];

/**
 * All findings about a list: refusals of NNI, later failures of the algorithm, silent effects,
 * skipped checks. Gravest first, then by place.
 */
export function collectFindings(resolution: Resolution, tree: ModuleTree, context: FindingContext): readonly Finding[] {
  const { resolver, teacher } = context;
  const asUsual = { algorithm: defaultAlgorithms[resolution.mode], call: null, teacher, uncalled: [] };
  const outcome = context.outcome ?? predictOutcome(resolution, resolver, asUsual);
  const input: FindingInput = { ...context, resolution, tree, outcome };
  const findings = mergeCauses(mergeConsequences(finders.flatMap((find) => find(input))));
  return translateFirst(findings, resolution, context.list).toSorted(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      (a.where.subConfig ?? -1) - (b.where.subConfig ?? -1),
  );
}
