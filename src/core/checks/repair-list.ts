import { writeCompactJson } from '../config/json-writer.ts';
import { importLegacy } from '../config/legacy.ts';
import type { Mode } from '../config/mode.ts';
import { isConfigList, isConfigObject, type ConfigValue } from '../config/value.ts';
import { kindOfFix, type Fix, type FixKind } from '../diagnostics/fix.ts';
import { severities } from '../diagnostics/severity.ts';
import type { Finding } from './finding.ts';
import { isRefused, listAfter, newRefusals, signature } from './keep-settling.ts';

/** One repair of a list: the finding that it settled. */
export interface Repair {
  readonly finding: Finding;
  readonly fix: Fix;
}

export interface RepairedList {
  readonly list: ConfigValue;
  readonly repairs: readonly Repair[];
}

/** More repairs than this are another list. */
const mostRepairs = 200;
const kinds: readonly FixKind[] = ['repair', 'narrow', 'remove'];

/**
 * Applies fixes until none is left that should be (rule F10): all kinds for refusals and for failures when it runs,
 * repairs alone for silent effects. A fix that leads to another refusal, or back to a list that was there
 * before, is passed over.
 */
export function repairList(given: ConfigValue, mode: Mode, findingsOf: (list: ConfigValue) => readonly Finding[]): RepairedList {
  const repairs: Repair[] = [];
  let list = asListOfToday(given, mode);
  let findings = findingsOf(list);
  const seen = new Set([writeCompactJson(list)]);
  while (repairs.length < mostRepairs) {
    const step = nextStep(list, findings, seen, findingsOf);
    if (step === null) break;
    repairs.push(step.repair);
    ({ list, findings } = step);
    seen.add(writeCompactJson(list));
  }
  return { list, repairs };
}

/** One dict counts as a list of it, and a list of NNI 2.x as its translation (rule L). */
function asListOfToday(given: ConfigValue, mode: Mode): ConfigValue {
  const list = isConfigObject(given) ? [given] : given;
  if (!isConfigList(list)) return list;
  const legacy = importLegacy(list, mode);
  return legacy.ok && legacy.value !== null ? legacy.value.list : list;
}

interface Step {
  readonly repair: Repair;
  readonly list: ConfigValue;
  readonly findings: readonly Finding[];
}

function nextStep(
  list: ConfigValue,
  findings: readonly Finding[],
  seen: ReadonlySet<string>,
  findingsOf: (list: ConfigValue) => readonly Finding[],
): Step | null {
  for (const alike of candidates(findings)) {
    const steps: Step[] = [];
    for (const repair of alike) {
      const after = listAfter(list, repair.fix);
      // Only the user may remove the last sub-config of a list.
      const isEmptied = isConfigList(after) && after.length === 0;
      if (after === null || isEmptied || seen.has(writeCompactJson(after))) continue;
      const step = { repair, list: after, findings: findingsOf(after) };
      if (newRefusals(findings.filter(isRefused), step.findings.filter(isRefused)).length === 0) return step;
      steps.push(step);
    }
    // A step that shows problems hidden by a refusal is better than one that removes the user's text.
    const revealing = steps.find((step) => isNearer(step, findings));
    if (revealing && kindOfFix(revealing.repair.fix) === 'repair') return revealing;
  }
  return null;
}

/** Whether the finding is gone and no new refusal appeared. */
function isNearer({ repair: { finding }, findings }: Step, before: readonly Finding[]): boolean {
  const isLeft = findings.some((left) => signature(left) === signature(finding));
  return !isLeft && findings.filter(isRefused).length <= before.filter(isRefused).length;
}

/** The fixes to try, in order: by severity, then by kind; fixes of one kind in their ranked order. */
function candidates(findings: readonly Finding[]): readonly (readonly Repair[])[] {
  return severities.flatMap((severity) =>
    kinds.map((kind) => {
      const isLeftToPerson = kind !== 'repair' && (severity === 'silent' || severity === 'not-checked');
      if (isLeftToPerson) return [];
      return findings
        .filter((finding) => finding.severity === severity)
        .flatMap((finding) => finding.fixes.filter((fix) => kindOfFix(fix) === kind).map((fix) => ({ finding, fix })));
    }),
  );
}
