import { importLegacy } from '../config/legacy.ts';
import { editAnyList } from '../config/list-edits.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import type { Mode } from '../config/mode.ts';
import { isConfigList, isConfigObject, type ConfigValue } from '../config/value.ts';
import { severities } from '../diagnostics/severity.ts';
import { kindOfFix, type Fix, type FixKind } from '../diagnostics/fix.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Finding } from './finding.ts';

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

/** The list after a fix; `null` where the fix changes no list, or does not fit this one. */
export function listAfter(list: ConfigValue, { action }: Fix): ConfigValue | null {
  return action.type === 'edit-list' && isConfigList(list) ? editAnyList(list, action.edits) : null;
}

/** A refusal, as far as it says what is wrong: edits change places and numbers of modules. */
interface Refusal {
  readonly code: string;
  readonly values: object;
}

/** Refusals after a change that were not there before: a fix must not turn one into another (rule F10). */
function newRefusals(before: readonly Refusal[], after: readonly Refusal[]): readonly Refusal[] {
  const known = new Set(before.map(signature));
  return after.filter((refusal) => !known.has(signature(refusal)));
}

function signature({ code, values }: Refusal): string {
  const isOfModules = 'count' in values;
  return JSON.stringify([code, ...Object.entries(values).filter(([key]) => !isOfModules || (key !== 'count' && key !== 'module'))]);
}

/** How many fixes are tried. Each costs a resolution of the list. */
export interface Tries {
  /** So many are always tried. */
  readonly sure: number;
  /** More are tried as long as this says so. */
  readonly hasTime: () => boolean;
}

/**
 * Findings with the fixes that settle: those that lead to another refusal are left out (rule F10), and so are those that
 * could not be tried. The likeliest fix of every finding is tried before the second of any.
 */
export function keepSettling(
  findings: readonly Finding[],
  list: ConfigValue,
  problemsOf: (list: ConfigValue) => Resolution['problems'],
  { sure, hasTime }: Tries,
): readonly Finding[] {
  const ranks = Math.max(0, ...findings.map(({ fixes }) => fixes.length));
  if (ranks === 0) return findings;
  let before: Resolution['problems'] | null = null;
  let tried = 0;
  const countOf = (problems: readonly Refusal[], finding: Finding): number => {
    const own = signature(finding);
    return problems.filter((problem) => signature(problem) === own).length;
  };
  const settles = (fix: Fix, finding: Finding): boolean => {
    const after = listAfter(list, fix);
    if (after === null) return true;
    if (tried >= sure && !hasTime()) return false;
    tried++;
    before ??= problemsOf(list);
    const problems = problemsOf(after);
    const isLeft = isRefused(finding) && countOf(problems, finding) > 0 && countOf(problems, finding) >= countOf(before, finding);
    return !isLeft && newRefusals(before, problems).length === 0;
  };
  const kept = findings.map((): Fix[] => []);
  for (let rank = 0; rank < ranks; rank++) {
    for (const [at, finding] of findings.entries()) {
      const fix = finding.fixes[rank];
      if (fix !== undefined && settles(fix, finding)) kept[at]!.push(fix);
    }
  }
  return findings.map((finding, at) => (finding.fixes.length === kept[at]!.length ? finding : { ...finding, fixes: kept[at]! }));
}

/**
 * Applies fixes until none is left that should be (rule F10): all kinds for what NNI refuses or what fails when it runs,
 * repairs alone for what happens without an error. A fix that leads to another refusal, or back to a list that was there
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

function isRefused({ severity }: Finding): boolean {
  return severity === 'refused';
}
