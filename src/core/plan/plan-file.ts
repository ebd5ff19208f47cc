import { readJson, type JsonError } from '../config/json-reader.ts';
import { writeCompactJson, writeJson } from '../config/json-writer.ts';
import { writeAlgorithm } from '../algorithms/algorithm.ts';
import { defaultPlanned, isSameAlgorithm, usualChain } from '../algorithms/planned-algorithm.ts';
import { modes } from '../config/mode.ts';
import {
  getKey,
  intOf,
  isConfigNumber,
  isConfigObject,
  numberOf,
  objectOf,
  type ConfigEntry,
  type ConfigObject,
  type ConfigValue,
} from '../config/value.ts';
import { skipSpace, skipString, skipValue } from '../readers/literals/json-cursor.ts';
import { placeInText } from '../text/line-and-column.ts';
import { fail, succeed, type Result } from '../result.ts';
import type { Assertion, Intended, Origin, Plan, SubConfig, TreeReference } from './plan.ts';
import type { SettingTemplate } from '../config/setting-templates.ts';
import { readPlanValue, type MalformedPlan } from './plan-value.ts';

/** Version of the documents written here. */
export const planVersion = 1;

/** Why a text is no plan. */
export type PlanFileError =
  | { readonly type: 'not-json'; readonly error: JsonError }
  | { readonly type: 'not-a-plan' }
  /** Written by a later program, which this one does not understand. */
  | { readonly type: 'newer-version'; readonly version: number; readonly known: number }
  | MalformedPlan;

/** Trees that a plan carries along, each as the text of a module-tree document. */
export interface CarriedTrees {
  readonly tree?: string;
  readonly teacher?: string;
}

/** A plan document: the plan, and the trees in it. */
export interface PlanFile {
  readonly plan: Plan;
  readonly trees: CarriedTrees;
}

/** Brings a document of one version to the next. */
export type Migration = (document: ConfigObject) => ConfigObject;

/** By the version that they start from. Version 1 is the first, so there are none yet. */
const migrations: ReadonlyMap<number, Migration> = new Map();

/** The plan as the text of a document, laid out for reading; trees go along as they are. */
export function writePlan(plan: Plan, trees: CarriedTrees = {}): string {
  const lines = planEntries({ ...plan, lists: noLists }).map(([key, value]) => {
    const text = key === 'lists' ? laidOutLists(plan.lists) : writeJson(value).replaceAll('\n', '\n  ');
    return `  ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${[...lines, ...carried(trees, ': ').map((line) => `  ${line}`)].join(',\n')}\n}\n`;
}

/** The text of each sub-config in such a document: a plan is saved after every edit, which changes few of thousands. */
const laidOut = new WeakMap<SubConfig, string>();

/** The lists as `writePlan` lays them out. */
function laidOutLists(lists: Plan['lists']): string {
  const parts = modes.map((mode) => {
    const items = lists[mode].map((subConfig) => `      ${laidOutText(subConfig)}`);
    return `    ${JSON.stringify(mode)}: ${items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n    ]`}`;
  });
  return `{\n${parts.join(',\n')}\n  }`;
}

function laidOutText(subConfig: SubConfig): string {
  const known = laidOut.get(subConfig);
  if (known !== undefined) return known;
  const text = writeJson(subConfigValue(subConfig), { margin: '    ' }).replaceAll('\n', '\n  ');
  laidOut.set(subConfig, text);
  return text;
}

/** The plan as the text of a document on one line. */
export function writeCompactPlan(plan: Plan, trees: CarriedTrees = {}): string {
  const parts = planEntries(plan).map(([key, value]) => `${JSON.stringify(key)}:${writeCompactJson(value)}`);
  return `{${[...parts, ...carried(trees, ':')].join(',')}}`;
}

/**
 * Whether two plans are written as the same text, apart from their models. Parts that the plans share are not written: after
 * an edit, only the edited sub-configs are.
 */
export function hasSameContent(a: Plan, b: Plan): boolean {
  const { lists: some, ...one } = { ...a, tree: null, teacher: null };
  const { lists: others, ...other } = { ...b, tree: null, teacher: null };
  return (
    modes.every((mode) => hasSameSubConfigs(some[mode], others[mode])) &&
    writeCompactPlan({ ...one, lists: noLists }) === writeCompactPlan({ ...other, lists: noLists })
  );
}

const noLists: Plan['lists'] = { pruning: [], quantization: [], distillation: [] };

function hasSameSubConfigs(some: readonly SubConfig[], others: readonly SubConfig[]): boolean {
  const isSame = (one: SubConfig, other: SubConfig) =>
    one === other || writeCompactJson(subConfigValue(one)) === writeCompactJson(subConfigValue(other));
  return some === others || (some.length === others.length && some.every((one, at) => isSame(one, others[at]!)));
}

const treeKeys = [
  ['tree', 'tree_document'],
  ['teacher', 'teacher_document'],
] as const;

function carried(trees: CarriedTrees, colon: string): readonly string[] {
  return treeKeys.flatMap(([name, key]) => {
    const text = trees[name];
    return text === undefined ? [] : [`${JSON.stringify(key)}${colon}${text.trim()}`];
  });
}

/**
 * Reads a plan document. Versions that are newer than this program are refused; older ones are brought up to date.
 * Never throws; keys that this version does not know are left out.
 */
export function readPlanFile(text: string): Result<PlanFile, PlanFileError> {
  const cut = cutTrees(text);
  const read = readJson(cut.text);
  if (!read.ok) return fail({ type: 'not-json', error: inWholeText(read.error, cut, text) });
  const document = read.value.value;
  if (!isConfigObject(document) || getKey(document, 'format') !== 'compression-plan') {
    return fail({ type: 'not-a-plan' });
  }
  const current = migratePlan(document, planVersion, migrations);
  if (!current.ok) return current;
  const plan = readPlanValue(current.value);
  return plan.ok ? succeed({ plan: plan.value, trees: cut.trees }) : plan;
}

/** The plan alone. */
export function readPlan(text: string): Result<Plan, PlanFileError> {
  const file = readPlanFile(text);
  return file.ok ? succeed(file.value.plan) : file;
}

/**
 * The document in version `target`: an older one goes through the migrations one by one; a newer one, or one of a
 * version that never was, is refused.
 */
export function migratePlan(
  document: ConfigObject,
  target: number,
  steps: ReadonlyMap<number, Migration>,
): Result<ConfigObject, PlanFileError> {
  const stated = getKey(document, 'version');
  if (!isConfigNumber(stated) || stated.type !== 'int') {
    return fail({ type: 'malformed', place: 'version', expected: 'a whole number' });
  }
  const version = numberOf(stated);
  if (version > target) return fail({ type: 'newer-version', version, known: target });
  let current = document;
  for (let from = version; from < target; from++) {
    const step = steps.get(from);
    if (!step) return fail({ type: 'malformed', place: 'version', expected: `a version from 1 to ${target}` });
    current = step(current);
  }
  return succeed(current);
}

/** A document without its trees. */
interface CutText {
  readonly text: string;
  readonly trees: CarriedTrees;
  /** Where in `text` something is missing, and how many units. */
  readonly gaps: readonly { readonly at: number; readonly length: number }[];
}

/**
 * Cuts the trees out before anything is parsed, as they may be a hundred times the rest; readers of trees know
 * how to use them.
 */
function cutTrees(text: string): CutText {
  const trees: { tree?: string; teacher?: string } = {};
  const gaps: { at: number; length: number }[] = [];
  let rest = '';
  let done = 0;
  let at = skipSpace(text, 0);
  if (text[at] !== '{') return { text, trees, gaps };
  do {
    at = skipSpace(text, at + 1);
    const keyEnd = text[at] === '"' ? skipString(text, at) : -1;
    if (keyEnd < 0) break;
    const key = text.slice(at + 1, keyEnd - 1);
    at = skipSpace(text, keyEnd);
    if (text[at] !== ':') break;
    at = skipSpace(text, at + 1);
    const end = skipValue(text, at);
    if (end < 0) break;
    const name = treeKeys.find(([, treeKey]) => treeKey === key)?.[0];
    if (name !== undefined && text[at] === '{') {
      trees[name] = text.slice(at, end);
      rest += `${text.slice(done, at)}{}`;
      gaps.push({ at: rest.length, length: end - at - 2 });
      done = end;
    }
    at = skipSpace(text, end);
  } while (text[at] === ',');
  return { text: rest + text.slice(done), trees, gaps };
}

/** Moves an error that was found without the trees to where it is in the whole text. */
function inWholeText(error: JsonError, { gaps }: CutText, text: string): JsonError {
  let { offset } = error;
  for (const { at, length } of gaps) if (error.offset >= at) offset += length;
  return { ...error, offset, ...placeInText(text, offset) };
}

function planEntries(plan: Plan): readonly ConfigEntry[] {
  return [
    ['format', plan.format],
    ['version', intOf(planVersion)],
    ['name', plan.name],
    ['python', plan.python],
    ['lists', objectOf(modes.map((mode) => [mode, plan.lists[mode].map(subConfigValue)] as const))],
    ...algorithmEntries(plan),
    ['templates', plan.templates.map(templateValue)],
    ['assertions', plan.assertions.map(assertionValue)],
    ...(plan.intended === undefined ? [] : [['intended', plan.intended.map(intendedValue)] as const]),
    ['tree', referenceValue(plan.tree)],
    ['teacher', referenceValue(plan.teacher)],
  ];
}

function subConfigValue(subConfig: SubConfig): ConfigObject {
  return objectOf([
    ['id', subConfig.id],
    ['label', subConfig.label],
    ['color', intOf(subConfig.color)],
    ['enabled', subConfig.enabled],
    ['config', subConfig.config],
    ...(subConfig.family === undefined ? [] : [['family', subConfig.family] as const]),
    ...(subConfig.origin === undefined ? [] : [['origin', originValue(subConfig.origin)] as const]),
  ]);
}

function originValue({ list, line, call }: Origin): ConfigObject {
  return objectOf([
    ['list', list],
    ['line', line === null ? null : intOf(line)],
    ['call', call],
  ]);
}

/** Only values that differ from the meaning of a plan without these keys. */
function algorithmEntries({ algorithms, chain }: Plan): readonly ConfigEntry[] {
  const changed = modes.filter((mode) => !isSameAlgorithm(algorithms[mode], defaultPlanned[mode]));
  const entries: ConfigEntry[] = [];
  if (changed.length > 0) {
    const written = changed.map((mode) => {
      const { algorithm, call } = algorithms[mode];
      return [mode, objectOf([['name', writeAlgorithm(algorithm)], ['call', call]])] as const;
    });
    entries.push(['algorithms', objectOf(written)]);
  }
  if (chain.join() !== usualChain.join()) entries.push(['chain', chain]);
  return entries;
}

function templateValue(template: SettingTemplate): ConfigObject {
  return objectOf([
    ['mode', template.mode],
    ['module_type', template.moduleType],
    ['setting', template.setting],
  ]);
}

function assertionValue({ id, mode, subConfig, label, demand }: Assertion): ConfigObject {
  const { type } = demand;
  const what: ConfigEntry = 'count' in demand ? ['count', intOf(demand.count)] : ['pattern', demand.pattern];
  return objectOf([
    ['id', id],
    ['mode', mode],
    ['sub_config', subConfig],
    ['label', label],
    ['demand', objectOf([['type', type], what])],
  ]);
}

function intendedValue({ mode, code, subConfig, path }: Intended): ConfigObject {
  return objectOf([
    ['mode', mode],
    ['code', code],
    ['sub_config', subConfig],
    ['path', path],
  ]);
}

function referenceValue(reference: TreeReference | null): ConfigValue {
  if (!reference) return null;
  return objectOf([
    ['name', reference.name],
    ['module_count', intOf(reference.moduleCount)],
    ['digest', reference.digest],
    ['sample', reference.sample ?? reference.unknownSample ?? null],
  ]);
}
