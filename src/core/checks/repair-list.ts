import { writeCompactJson } from '../config/json-writer.ts';
import { importLegacy } from '../config/legacy.ts';
import type { Mode } from '../config/mode.ts';
import { getKey, isConfigList, isConfigObject, objectOf, type ConfigList, type ConfigValue } from '../config/value.ts';
import { kindOfFix, type Fix, type FixKind } from '../diagnostics/fix.ts';
import { severities } from '../diagnostics/severity.ts';
import { excludesItself } from './excluding-sub-configs.ts';
import type { Finding } from './finding.ts';
import { isNearer, listAfter, settleFix, settlesAll, type FindingsOf } from './settle-fix.ts';

/** One repair of a list: the finding that it settled. */
export interface Repair {
  readonly finding: Finding;
  readonly fix: Fix;
}

export interface RepairedList {
  readonly list: ConfigValue;
  readonly repairs: readonly Repair[];
  /** Sub-configs of that list that were written for another mode: they belong into its list, in this order. */
  readonly moves: readonly MoveToMode[];
}

/** A sub-config, by its place in the list, and the mode that it was written for. */
export interface MoveToMode {
  readonly subConfig: number;
  readonly mode: Mode;
}

/** How a list is judged while it is repaired. */
export interface Judge {
  /** All findings. */
  readonly findingsOf: FindingsOf;
  /** The findings that decide whether a fix settles; quicker, as the data flow is not followed. */
  readonly tryList: FindingsOf;
  /** Registers a type for all that is judged from now on, and gives whether it did; left out where nothing keeps templates. */
  readonly register?: (moduleType: string) => boolean;
}

/** More steps than these are another list. A step repairs the same slip in all sub-configs. */
const mostSteps = 200;
const kinds: readonly FixKind[] = ['repair', 'narrow', 'remove'];

/**
 * Applies fixes until none is left that should be (rule F10): all kinds for refusals and for failures when it runs,
 * repairs alone for silent effects. A fix that leads to another refusal, or back to a list that was there
 * before, is passed over.
 */
export function repairList(given: ConfigValue, mode: Mode, judge: Judge): RepairedList {
  const repairs: Repair[] = [];
  let list = asListOfToday(given, mode);
  let findings = judge.tryList(list);
  let isWhole = false;
  const seen = new Set([writeCompactJson(list)]);
  for (let steps = 0; steps < mostSteps; steps++) {
    const step = registerStep(list, findings, judge) ?? nextStep(list, findings, judge.tryList, seen);
    if (step !== null) {
      repairs.push(...step.repairs);
      ({ list, findings } = step);
      isWhole = false;
      seen.add(writeCompactJson(list));
    } else if (isWhole) break;
    else {
      // The data flow is followed once, when nothing else is left to repair.
      findings = judge.findingsOf(list);
      isWhole = true;
    }
  }
  return { list, repairs, moves: movesOf(findings) };
}

function movesOf(findings: readonly Finding[]): readonly MoveToMode[] {
  const moves = new Map<number, MoveToMode>();
  for (const { action } of findings.flatMap(({ fixes }) => fixes)) {
    if (action.type === 'move-to-mode') moves.set(action.subConfig, { subConfig: action.subConfig, mode: action.mode });
  }
  return [...moves.values()].toSorted((a, b) => a.subConfig - b.subConfig);
}

/** One dict counts as a list of it, and a list of NNI 2.x as its translation (rule L). */
function asListOfToday(given: ConfigValue, mode: Mode): ConfigValue {
  const list = isConfigObject(given) ? [given] : given;
  if (!isConfigList(list)) return list;
  const legacy = importLegacy(list, mode);
  return legacy.ok && legacy.value !== null ? withoutExcludes(list, legacy.value.list) : list;
}

/** A sub-config that only excluded selects nothing now: the others say what they leave out, and empty lists of that say nothing. */
function withoutExcludes(given: ConfigList, translated: ConfigList): ConfigList {
  const hadExclude = (item: ConfigValue | undefined): boolean => item !== undefined && isConfigObject(item) && getKey(item, 'exclude') !== undefined;
  const left = translated.filter((item, at) => !(hadExclude(given[at]) && isConfigObject(item) && excludesItself(item)));
  if (left.length === 0) return translated;
  return left.map((item) => {
    if (!isConfigObject(item)) return item;
    return objectOf(item.entries.filter(([key, value]) => !(key.startsWith('exclude_') && isConfigList(value) && value.length === 0)));
  });
}

interface Step {
  readonly repairs: readonly Repair[];
  readonly list: ConfigValue;
  /** What `tryList` finds in that list. */
  readonly findings: readonly Finding[];
}

function nextStep(list: ConfigValue, findings: readonly Finding[], tryList: FindingsOf, seen: ReadonlySet<string>): Step | null {
  const renamed = renameKeys(list, findings, tryList, seen);
  if (renamed !== null) return renamed;
  for (const alike of candidates(findings)) {
    const together = stepTogether(list, alike, findings, seen, tryList);
    if (together !== null) return together;
    for (const { finding, fix } of alike) {
      if (!isNew(listAfter(list, fix), seen)) continue;
      const settled = settleFix(list, finding, fix, findings, tryList);
      if (settled !== null && isNew(settled.list, seen)) return { ...settled, repairs: [{ finding, fix: settled.fix }] };
    }
    // A step that shows problems hidden by a refusal is better than one that removes the user's text.
    for (const { finding, fix } of alike) {
      const after = kindOfFix(fix) === 'repair' ? listAfter(list, fix) : null;
      if (after === null || !isNew(after, seen)) continue;
      const found = tryList(after);
      if (isNearer(finding, findings, found)) return { repairs: [{ finding, fix }], list: after, findings: found };
    }
  }
  return null;
}

/** A type that was asked for by name is registered before anything is taken away (rule F10f). The list stays. */
function registerStep(list: ConfigValue, findings: readonly Finding[], { register, tryList }: Judge): Step | null {
  if (register === undefined) return null;
  for (const finding of findings) {
    const [fix] = finding.fixes;
    if (fix?.action.type === 'register-template' && register(fix.action.moduleType)) return { repairs: [{ finding, fix }], list, findings: tryList(list) };
  }
  return null;
}

/** More misspelled keys than these are another list. */
const mostRenames = 32;

/** Several misspelled keys of one sub-config are one step: a repair of its values would not see what was meant. `null` for fewer than two. */
function renameKeys(given: ConfigValue, before: readonly Finding[], tryList: FindingsOf, seen: ReadonlySet<string>): Step | null {
  const repairs: Repair[] = [];
  let [list, findings] = [given, before];
  const misspelled = before.filter(isMisspelledKey).map(({ where }) => where.subConfig);
  const subConfig = misspelled.find((index, at) => misspelled.indexOf(index) < at);
  if (subConfig === undefined) return null;
  while (repairs.length < mostRenames) {
    const finding = findings.find((candidate) => candidate.where.subConfig === subConfig && isMisspelledKey(candidate));
    const fix = finding?.fixes[0];
    const after = fix === undefined ? null : listAfter(list, fix);
    if (finding === undefined || fix === undefined || after === null) break;
    repairs.push({ finding, fix });
    list = after;
    findings = tryList(list);
  }
  return repairs.length > 1 && isNew(list, seen) ? { repairs, list, findings } : null;
}

function isMisspelledKey({ severity, fixes: [first] }: Finding): boolean {
  return severity === 'refused' && first?.code === 'rename-key';
}

/** The same slip in several sub-configs is one step: the likeliest fix of a finding in each, if they settle together. */
function stepTogether(list: ConfigValue, alike: readonly Repair[], before: readonly Finding[], seen: ReadonlySet<string>, tryList: FindingsOf): Step | null {
  const [first] = alike;
  const repairs = new Map<number, Repair>();
  for (const repair of alike) {
    const { subConfig } = repair.finding.where;
    const isAlike = repair.finding.code === first?.finding.code && repair.fix.code === first.fix.code;
    if (isAlike && subConfig !== null && !repairs.has(subConfig) && staysWithin(repair.fix, subConfig)) repairs.set(subConfig, repair);
  }
  if (repairs.size < 2) return null;
  const after = [...repairs.values()].reduce<ConfigValue | null>((changed, { fix }) => changed && listAfter(changed, fix), list);
  if (after === null || !isNew(after, seen)) return null;
  const settled = [...repairs.values()].map(({ finding }) => finding);
  const findings = tryList(after);
  return settlesAll(settled, before, findings) ? { repairs: [...repairs.values()], list: after, findings } : null;
}

/** Whether a fix changes values inside one sub-config only, so that the places of the others stay. */
function staysWithin({ action }: Fix, subConfig: number): boolean {
  return action.type === 'edit-list' && action.edits.every((edit) => edit.type !== 'move' && edit.path[0] === subConfig && (edit.type === 'set' || edit.path.length > 1));
}

/** Whether the list was not there before, and has something in it: only the user may remove the last sub-config of a list. */
function isNew(list: ConfigValue | null, seen: ReadonlySet<string>): boolean {
  return list !== null && !(isConfigList(list) && list.length === 0) && !seen.has(writeCompactJson(list));
}

/** The fixes to try, in order: by severity, then by kind; fixes of one kind in their ranked order, names of keys before values. */
function candidates(findings: readonly Finding[]): readonly (readonly Repair[])[] {
  return severities.flatMap((severity) =>
    kinds.map((kind) => {
      const isLeftToPerson = kind !== 'repair' && (severity === 'silent' || severity === 'not-checked');
      if (isLeftToPerson) return [];
      return findings
        .filter((finding) => finding.severity === severity)
        .flatMap((finding) => finding.fixes.filter((fix) => kindOfFix(fix) === kind).map((fix) => ({ finding, fix })))
        .toSorted((a, b) => Number(isMisspelledKey(b.finding)) - Number(isMisspelledKey(a.finding)));
    }),
  );
}
