import { concernsOutcome } from '../core/checks/concerned-modules.ts';
import type { Mode } from '../core/config/mode.ts';
import type { Finding } from '../core/checks/finding.ts';
import type { JudgedList } from '../core/checks/judge-list.ts';
import { severityCode } from '../core/diagnostics/severity.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { packMarks, type ModuleMarks } from '../core/module-tree/module-marks.ts';
import { findGroups } from '../core/resolve/groups.ts';
import type { Resolution, SubConfigSelection } from '../core/resolve/resolution.ts';
import { groupBy } from '../core/text/group-by.ts';
import { standings, type ListView, type SubConfigView } from './list-protocol.ts';

/** The view of a resolution for the page, and the buffers to transfer with it. */
export function buildListView(
  mode: Mode,
  { resolution, findings, verdict, assertions }: JudgedList,
  tree: ModuleTree,
): { readonly view: Omit<ListView, 'run'>; readonly transfer: ArrayBuffer[] } {
  const { marks, buffers } = packMarks(resolution.subConfigs);
  const subConfigs = resolution.subConfigs.map((selection, index) => viewSubConfig(selection, marks[index]!));
  const severity = severityOfModules(findings, resolution, tree);
  const groups = findGroups(resolution);
  let configuredCount = 0;
  for (const outcome of resolution.outcomes) if (outcome.targets.length > 0) configuredCount += outcome.moduleCount;
  const standing = standingOfModules(resolution);
  return {
    view: {
      mode,
      verdict: resolution.verdict,
      outcome: verdict,
      assertions,
      subConfigs,
      findings,
      severity,
      standing,
      configuredCount,
      groups,
    },
    transfer: [
      severity.buffer,
      standing.buffer,
      ...buffers,
      ...groups.map(({ modules }) => modules.buffer),
    ],
  };
}

function standingOfModules({ outcomes, outcomeId }: Resolution): Uint8Array<ArrayBuffer> {
  const ofOutcomes = outcomes.map(
    ({ targets }) =>
      (targets.length > 0 ? standings.configured : 0) |
      (targets.some(({ losers }) => losers.length > 0) ? standings.lost : 0),
  );
  return Uint8Array.from(outcomeId, (outcome) => ofOutcomes[outcome] ?? 0);
}

function viewSubConfig({ count, excludedCount, wonTargets, emptyTargets, lostTargets, entries }: SubConfigSelection, marks: ModuleMarks): SubConfigView {
  return { count, excludedCount, wonTargets, emptyTargets, lostTargets, marks, entries };
}

/**
 * The gravest severity of the findings that point at modules, by module. Findings name the first few; the others are
 * modules with the same outcome.
 */
function severityOfModules(findings: readonly Finding[], resolution: Resolution, tree: ModuleTree): Uint8Array<ArrayBuffer> {
  const severity = new Uint8Array(tree.size);
  const raise = (module: number, code: number): void => {
    if (module < tree.size && severity[module]! < code) severity[module] = code;
  };
  const pointing = findings.filter(({ where, intended }) => intended !== true && where.modules !== undefined && where.modules.length > 0);
  const pointingOf = groupBy(pointing, ({ where }) => where.subConfig);
  const ofOutcomes = resolution.outcomes.map((outcome) => {
    const concerned = { ...outcome, moduleType: tree.specs[outcome.specId]?.type ?? null, selectedBy: outcome.subConfigs };
    // A finding concerns only modules that its sub-config selects: of thousands, few are looked at.
    const concerning = outcome.subConfigs.flatMap((subConfig) => pointingOf.get(subConfig) ?? []).filter((finding) => concernsOutcome(finding, concerned));
    return Math.max(0, ...concerning.map((finding) => severityCode(finding.severity)));
  });
  resolution.outcomeId.forEach((outcome, module) => raise(module, ofOutcomes[outcome] ?? 0));
  for (const finding of pointing) {
    for (const module of finding.where.modules ?? []) raise(module, severityCode(finding.severity));
  }
  return severity;
}
