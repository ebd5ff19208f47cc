import type { ConfigValue } from '../config/value.ts';
import { isConfigList, valuesEqual } from '../config/value.ts';
import { joinFixes, kindOfFix, type Fix, type FixCode } from '../diagnostics/fix.ts';
import { editAnyList } from '../config/list-edits.ts';
import type { Finding, FindingCode } from './finding.ts';

/** Findings of a changed list: refusals, failures and silent effects; the data flow is not followed for a trial. */
export type FindingsOf = (list: ConfigValue) => readonly Finding[];

/** A fix that settles, the list after it, and the findings there. */
export interface SettledFix {
  readonly fix: Fix;
  readonly list: ConfigValue;
  readonly findings: readonly Finding[];
}

interface HowToTry {
  /** A fix that writes what was meant may show that the list fails when it runs. */
  readonly mayShow?: boolean;
  /** Whether another changed list may be looked at. */
  readonly hasTime?: () => boolean;
}

/** Repairs that may follow on one, until nothing new is wrong. */
const mostFollowers = 4;
/** Likely fixes of a new problem that are tried. */
const mostBranches = 2;

/** The list after a fix; `null` where the fix changes no list, or does not fit this one. */
export function listAfter(list: ConfigValue, { action }: Fix): ConfigValue | null {
  return action.type === 'edit-list' && isConfigList(list) ? editAnyList(list, action.edits) : null;
}

/**
 * Tries a fix (rule F10a). One cause may hide the next: a type that is misspelled hides a target that is. Where a repair shows
 * problems that were not there before, the repairs of these join it. `null` where the fix does not settle, nor do they together.
 */
export function settleFix(list: ConfigValue, finding: Finding, fix: Fix, before: readonly Finding[], findingsOf: FindingsOf, { mayShow = false, hasTime = () => true }: HowToTry = {}): SettledFix | null {
  const after = listAfter(list, fix);
  if (after === null) return null;
  const first = { fix, list: after, findings: findingsOf(after) };
  if (isSettled(finding, before, first, mayShow && mayReveal.has(fix.code))) return kindOfFix(fix) === 'remove' && isUndone(list, first) ? null : first;
  return kindOfFix(fix) === 'repair' ? follow(first, finding, before, findingsOf, mostFollowers, hasTime) : null;
}

/** Whether a repair of the list after a removal writes what was removed. */
function isUndone(before: ConfigValue, { list, findings }: SettledFix): boolean {
  return findings
    .flatMap(({ fixes }) => fixes)
    .filter((fix) => kindOfFix(fix) !== 'remove')
    .some((fix) => {
      const back = listAfter(list, fix);
      return back !== null && valuesEqual(back, before);
    });
}

function follow(step: SettledFix, finding: Finding, before: readonly Finding[], findingsOf: FindingsOf, left: number, hasTime: () => boolean): SettledFix | null {
  const problem = newTroubles(before, step.findings)[0];
  if (left === 0 || problem === undefined) return null;
  for (const next of problem.fixes.filter(mayFollow).slice(0, mostBranches)) {
    const after = hasTime() ? listAfter(step.list, next) : null;
    if (after === null) continue;
    const joined = { fix: joinFixes(step.fix, next), list: after, findings: findingsOf(after) };
    if (isSettled(finding, before, joined)) return joined;
    const further = follow(joined, finding, before, findingsOf, left - 1, hasTime);
    if (further !== null) return further;
  }
  return null;
}

/** A repair may not be joined by one that gives up what it has just written. */
function mayFollow(fix: Fix): boolean {
  const kind = kindOfFix(fix);
  return kind === 'repair' || kind === 'narrow' || fix.code === 'leave-out-target';
}

/** Whether the finding is gone, or one fewer, and nothing worse has come. */
function isSettled(finding: Finding, before: readonly Finding[], { findings }: SettledFix, isLenient = false): boolean {
  if (newTroubles(before, findings, isLenient).length > 0) return false;
  if (!movesOn.has(finding.code) && countOf(findings, finding) >= Math.max(1, countOf(before, finding))) return false;
  return finding.severity !== 'silent' || idle(findings) <= idle(before) - (isIdle(finding) ? 1 : 0);
}

/** Whether several findings of one kind are gone at once, and nothing worse has come. */
export function settlesAll(found: readonly Finding[], before: readonly Finding[], after: readonly Finding[]): boolean {
  const [first] = found;
  const places = (findings: readonly Finding[]): number => findings.filter(({ code }) => code === first?.code).length;
  return newTroubles(before, after).length === 0 && idle(after) <= idle(before) && places(after) <= places(before) - found.length;
}

/** Whether a refusal is gone and they are not more: problems that it hid may show. */
export function isNearer(finding: Finding, before: readonly Finding[], after: readonly Finding[]): boolean {
  const refused = (findings: readonly Finding[]): number => findings.filter(({ severity }) => severity === 'refused').length;
  return finding.severity === 'refused' && countOf(after, finding) === 0 && refused(after) <= refused(before);
}

/** Exceptions of which NNI meets the next when one is gone. */
const movesOn: ReadonlySet<FindingCode> = new Set(['algorithm-fails', 'mask-failure', 'empty-quantized']);

/** Fixes that write what was meant. That a layer which is now selected fails when it runs is worth knowing. */
const mayReveal: ReadonlySet<FixCode> = new Set(['write-name', 'write-names', 'write-types', 'write-pattern', 'write-target', 'rename-key', 'translate', 'translate-list', 'translate-respelled']);

/** Sub-configs that do nothing: a silent fix may not make one of another. */
function idle(findings: readonly Finding[]): number {
  return findings.filter(isIdle).length;
}

function isIdle({ code }: Finding): boolean {
  return code === 'wins-nothing' || code === 'selects-nothing';
}

/**
 * Refusals that were not there before and, where all was well, failures when it runs: a fix may turn nothing into them. With
 * `isLenient` failures when it runs are none.
 */
function newTroubles(before: readonly Finding[], after: readonly Finding[], isLenient = false): readonly Finding[] {
  const known = new Set(before.map(signature));
  const refusals = after.filter((finding) => finding.severity === 'refused' && !known.has(signature(finding)));
  const wasWell = !before.some(({ severity }) => severity === 'refused' || severity === 'later');
  return wasWell && !isLenient ? [...refusals, ...after.filter(({ severity }) => severity === 'later')] : refusals;
}

function countOf(findings: readonly Finding[], finding: Finding): number {
  const own = signature(finding);
  return findings.filter((other) => signature(other) === own).length;
}

/** The text of each finding below: the findings of a long list are compared with those of each try. */
const signatures = new WeakMap<object, string>();

/** The fault, without places and numbers of modules, which edits change. */
function signature(finding: Finding): string {
  const known = signatures.get(finding);
  if (known !== undefined) return known;
  const { code, values } = finding;
  const isOfModules = 'count' in values;
  const text = JSON.stringify([code, ...Object.entries(values).filter(([key]) => !isOfModules || (key !== 'count' && key !== 'module'))]);
  signatures.set(finding, text);
  return text;
}
