import { asResolved } from '../core/diagnostics/number-of.ts';
import type { JudgedList, ListSetting } from '../core/checks/judge-list.ts';
import { triesWithin, type Tries } from '../core/checks/keep-settling.ts';
import { listAfter } from '../core/checks/settle-fix.ts';
import { kindOfFix, wordFix, type Fix } from '../core/diagnostics/fix.ts';
import { outcomeValue } from '../core/algorithms/outcome-value.ts';
import { floatOf, getKey, intOf, objectOf, type ConfigEntry, type ConfigObject, type ConfigValue, type KeyPath } from '../core/config/value.ts';
import type { Finding } from '../core/checks/finding.ts';
import type { RaisedError } from '../core/python/raised-error.ts';
import { wordFinding } from '../core/checks/word-finding.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { exceptionName, fusedOf, listIgnored, selectedNames, settingsOf } from '../core/resolve/report.ts';
import type { Resolver } from '../core/resolve/resolver.ts';

/** The model and settings with which a command judges lists. */
export interface Setting extends ListSetting {
  readonly tree: ModuleTree;
  readonly uncalled: readonly string[];
}

/** Fixes that the command line always tries. */
const sureTries = 20;

/** Milliseconds in which it tries more. */
const longestTrying = 10_000;

/** How the command line tries the fixes of one list. */
export function triesOfList(): Tries {
  return triesWithin(sureTries, longestTrying, () => performance.now());
}

/**
 * The output of `resolve` for one list, with the shapes of NNI's recorded answers. Findings have their fixes where `list`, the
 * list that was judged, is given.
 */
export function reportOf(judged: JudgedList, resolver: Resolver, list: ConfigValue | null = null): ConfigObject {
  const { resolution, findings, outcome } = judged;
  const { tree } = resolver;
  const { verdict } = resolution;
  const entries: ConfigEntry[] = [['accepted', verdict.accepted]];
  if (!verdict.accepted) entries.push(['stage', verdict.stage], ['error', errorValue(verdict.error)]);
  if (resolution.translated !== null) entries.push(['translated', resolution.translated]);
  entries.push(
    ['selected', selectedNames(resolution, tree)],
    ['settings', nested(settingsOf(resolution, tree), (setting) => setting)],
    [
      'ignored',
      listIgnored(resolution, tree).map(([subConfig, module, target]) => [intOf(subConfig), module, target]),
    ],
    ['fused', objectOf([...fusedOf(resolution)])],
    ['verdict', judged.verdict.state],
    ['findings', findings.map((finding) => findingValue(finding, list))],
  );
  const value = outcomeValue(outcome, tree);
  if (resolution.mode === 'pruning' && verdict.accepted) {
    const masks = getKey(value, 'masks');
    if (outcome.error !== null) entries.push(['later', errorValue(outcome.error)]);
    else if (masks !== undefined) entries.push(['masks', masks]);
  }
  entries.push(['outcome', value]);
  return objectOf(entries);
}

function nested<Item>(
  maps: ReadonlyMap<string, ReadonlyMap<string, Item>>,
  toValue: (item: Item) => ConfigValue,
): ConfigObject {
  // Equal modules share their targets, and so the object that is written.
  const shared = new Map<ReadonlyMap<string, Item>, ConfigObject>();
  const valueOf = (targets: ReadonlyMap<string, Item>): ConfigObject => {
    const known = shared.get(targets);
    if (known) return known;
    const made = objectOf([...targets].map(([target, item]) => [target, toValue(item)] as const));
    shared.set(targets, made);
    return made;
  };
  return objectOf([...maps].map(([module, targets]) => [module, valueOf(targets)] as const));
}

export function errorValue(error: RaisedError): ConfigObject {
  return objectOf([
    ['type', exceptionName(error)],
    ['message', error.message],
  ]);
}

/** A value in the payload of a finding. */
type PlainValue = string | number | boolean | null | readonly PlainValue[];

/** The fields of each payload; an interface would let `Object.entries` give `any`. */
type FieldsOf<Values> = Values extends unknown ? { readonly [Key in keyof Values]: Values[Key] } : never;

/** A finding as JSON; with its fixes, and the whole list after each, where the list is given. */
export function findingValue(finding: Finding, list: ConfigValue | null): ConfigObject {
  const { code, severity, rule, where, error } = finding;
  const { title } = wordFinding(finding, asResolved);
  const fields: FieldsOf<Finding['values']> = finding.values;
  // The values of a refusal contain its rule too, for programs that read it there.
  const values: readonly (readonly [string, PlainValue])[] = [
    ...Object.entries<PlainValue>(fields),
    ...(severity === 'refused' ? [['rule', rule] as const] : []),
  ];
  return objectOf([
    ['code', code],
    ['severity', severity],
    ['rule', rule],
    ['title', title],
    ['sub_config', where.subConfig === null ? null : intOf(where.subConfig)],
    ['path', pathValue(where.path)],
    ...(where.also === undefined ? [] : [['also', where.also.map(pathValue)] as const]),
    ['values', objectOf(values.map(([key, value]) => [key, plainValue(value)]))],
    ...(error === undefined ? [] : [['error', errorValue(error)] as const]),
    ...(list === null ? [] : [['fixes', finding.fixes.map((fix) => fixValue(fix, list))] as const]),
  ]);
}

function fixValue(fix: Fix, list: ConfigValue): ConfigObject {
  return objectOf([
    ['title', wordFix(fix, asResolved)],
    ['kind', kindOfFix(fix)],
    ['list', listAfter(list, fix)],
  ]);
}

function pathValue(path: KeyPath): ConfigValue {
  return path.map((step) => (typeof step === 'number' ? intOf(step) : step));
}

function plainValue(value: PlainValue): ConfigValue {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'object') return value.map(plainValue);
  return Number.isInteger(value) ? intOf(value) : floatOf(value);
}
