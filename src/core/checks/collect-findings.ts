import type { Finding, Severity } from '../diagnostics/finding.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import type { Resolution } from '../resolve/resolution.ts';
import { findContainers } from './finding-containers.ts';
import { assertionFindings } from './finding-assertions.ts';
import type { FindingContext } from './finding-context.ts';
import { findCutNumbers } from './finding-cut-numbers.ts';
import { findInputsNotMet } from './finding-forward.ts';
import { findLaterFailures } from './finding-later.ts';
import { observationFindings } from './finding-observations.ts';
import { problemFindings } from './finding-problems.ts';
import { findOddSettings } from './finding-settings.ts';

const severityOrder: readonly Severity[] = ['refused', 'later', 'silent', 'not-checked'];

/**
 * Everything worth telling about a list: what NNI would refuse, what the algorithm would fail on later, what happens
 * silently, what could not be checked. Gravest first, then by place.
 */
export function collectFindings(
  resolution: Resolution,
  tree: ModuleTree,
  context: FindingContext,
): readonly Finding[] {
  const findings = [
    ...problemFindings(resolution, context),
    ...findLaterFailures(resolution, tree, context),
    ...observationFindings(resolution, context),
    ...findInputsNotMet(resolution, tree),
    ...findContainers(resolution, tree, context),
    ...findOddSettings(resolution),
    ...findCutNumbers(resolution, tree, context),
    ...assertionFindings(context.assertions ?? [], context.resolver),
  ];
  // A list of NNI 2.x has other paths than the translated one, which was judged (rule F6).
  const told = resolution.translated === null ? findings : findings.map((finding) => ({ ...finding, fixes: [] }));
  return told.toSorted(
    (a, b) =>
      severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity) ||
      (a.where.subConfig ?? -1) - (b.where.subConfig ?? -1),
  );
}
