import { kindOfFix, wordFix, type Fix, type FixCode } from '../diagnostics/fix.ts';
import { asResolved } from '../diagnostics/number-of.ts';
import type { Finding, FindingCode } from '../checks/finding.ts';
import { judgeList, judgeOf, type JudgedList, type ListSetting } from '../checks/judge-list.ts';
import { listAfter } from '../checks/settle-fix.ts';
import type { ListState } from '../checks/list-verdict.ts';
import { repairList } from '../checks/repair-list.ts';
import { wordFinding } from '../checks/word-finding.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import { isConfigList, type ConfigValue } from '../config/value.ts';

/** The faults of the fixes of one list, each in words. */
export interface SettleFaults {
  /** How many fixes were applied. */
  readonly tried: number;
  readonly faults: readonly string[];
}

/** From worst to best. */
const states: readonly ListState[] = ['refused', 'fails-when-it-runs', 'runs-with-warnings', 'ready'];
const mostFindings = 10;
const tries = { sure: 1000, hasTime: () => false };

/** Findings of which a fix settles the place, while the same may be said of another place or target afterwards. */
const movesOn: ReadonlySet<FindingCode> = new Set(['lost-targets', 'empty-quantized', 'mask-failure', 'wrapped-twice', 'missing-parameter', 'takes-containers', 'algorithm-fails']);

/** Fixes that write what was meant: of a layer that is selected now it may show that it fails when it runs. */
const showsMore: ReadonlySet<FixCode> = new Set(['write-name', 'write-names', 'write-types', 'write-pattern', 'write-target', 'rename-key', 'translate', 'translate-list', 'translate-respelled']);

/**
 * Applies every fix of a list by itself (rule F10a): its finding must be gone or one fewer, no other refusal may appear, the
 * verdict may not get worse, fixes that leave something out may not configure more modules, and no fix of the new list may lead back.
 */
export function faultsOfFixes(list: ConfigValue, setting: ListSetting): SettleFaults {
  const before = judgeList(list, { ...setting, tries });
  const faults: string[] = [];
  let tried = 0;
  for (const finding of before.findings.slice(0, mostFindings)) {
    for (const fix of finding.fixes) {
      const after = listAfter(list, fix);
      if (after === null) continue;
      tried++;
      const left = judgeList(after, setting);
      faults.push(...faultsOf(finding, fix, before, left).map((fault) => `${wordsOf(finding, fix)}: ${fault}`));
      const leadsBack = (next: Fix): boolean => kindOfFix(next) !== 'remove' && written(listAfter(after, next)) === written(list);
      const isBack = left.findings.some(({ fixes }) => fixes.some(leadsBack));
      // Only fixes that settle are offered.
      const back = isBack ? judgeList(after, { ...setting, tries }).findings.flatMap(({ fixes }) => fixes).find(leadsBack) : undefined;
      if (back !== undefined) faults.push(`${wordsOf(finding, fix)}: is undone by ${wordFix(back, asResolved)}`);
    }
  }
  return { tried, faults };
}

/** Applies fixes until none is left (rule F10c): it must end, with a verdict that is the same or better, and leave no fix that is offered. */
export function faultsOfRepair(list: ConfigValue, setting: ListSetting): SettleFaults {
  const before = judgeList(list, setting);
  const { list: repaired, repairs } = repairList(list, setting.mode, judgeOf(setting));
  const after = judgeList(repaired, { ...setting, tries });
  const faults: string[] = [];
  if (repairs.length >= 200) faults.push('does not end');
  if (rankOf(after) < rankOf(before)) faults.push(`${before.verdict.state} becomes ${after.verdict.state}`);
  const first = after.findings.find(({ severity, fixes }) => (severity === 'refused' || severity === 'later') && fixes.some((fix) => isOpen(fix, repaired)));
  if (first !== undefined) faults.push(`stays ${after.verdict.state}: ${wordFinding(first, asResolved).title} (${first.code})`);
  return { tried: repairs.length, faults };
}

/** Whether a fix is left that changes the list; only the user may remove its last sub-config. */
function isOpen(fix: Fix, list: ConfigValue): boolean {
  const after = listAfter(list, fix);
  return isConfigList(after) && after.length > 0;
}

function faultsOf(finding: Finding, fix: Fix, before: JudgedList, left: JudgedList): readonly string[] {
  const faults: string[] = [];
  const known = new Set(before.findings.filter(({ severity }) => severity === 'refused').map(({ code }) => code));
  const other = left.findings.find(({ severity, code }) => severity === 'refused' && !known.has(code));
  if (other !== undefined) faults.push(`turns into ${other.code}`);
  if (countAlike(left.findings, finding) >= countAlike(before.findings, finding) && !movesOn.has(finding.code)) faults.push('stays');
  if (rankOf(left) < rankOf(before) && !showsMore.has(fix.code)) faults.push(`${before.verdict.state} becomes ${left.verdict.state}`);
  if (kindOfFix(fix) === 'remove' && fix.code !== 'keep-first') {
    const more = configuredBesides(left, before);
    if (more > 0) faults.push(`configures ${more} more modules`);
  }
  return faults;
}

/** How many modules the one configures that the other does not select. */
function configuredBesides({ resolution: after }: JudgedList, { resolution: before }: JudgedList): number {
  const count = before.outcomeId.length;
  let more = 0;
  for (let module = 0; module < count; module++) {
    if (after.subConfigs.some(({ selected }) => selected[module] === 1) && !before.subConfigs.some(({ selected }) => selected[module] === 1)) more++;
  }
  return more;
}

function rankOf({ verdict }: JudgedList): number {
  return states.indexOf(verdict.state);
}

/** The text of a finding without numbers, of any count of sub-configs: similar findings on other modules and sub-configs may remain. */
function kindOfFinding(finding: Finding): string {
  return `${finding.code} ${wordFinding(finding, asResolved).title.replaceAll(/\d[\d,]*/g, '#').replaceAll(/##(?:,? ##)+/g, '##').replaceAll(/\(.*\)/g, '')}`;
}

function countAlike(findings: readonly Finding[], finding: Finding): number {
  const kind = kindOfFinding(finding);
  return findings.filter((other) => kindOfFinding(other) === kind).length;
}

function wordsOf(finding: Finding, fix: Fix): string {
  return `${wordFinding(finding, asResolved).title} → ${wordFix(fix, asResolved)}`;
}

function written(list: ConfigValue | null): string {
  return list === null ? '' : writeCompactJson(list);
}
