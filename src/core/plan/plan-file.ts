import { readJson, type JsonError } from '../config/json-reader.ts';
import { writeJson } from '../config/json-writer.ts';
import { modes, type Mode } from '../config/mode.ts';
import {
  getKey,
  intOf,
  isConfigList,
  isConfigNumber,
  isConfigObject,
  numberOf,
  objectOf,
  type ConfigObject,
  type ConfigValue,
} from '../config/value.ts';
import { pythonVersions, type PythonVersion } from '../python-re/python-version.ts';
import { fail, succeed, type Result } from '../result.ts';
import { createPlan, freshId } from './create-plan.ts';
import type { Plan, SettingTemplate, SubConfig, TreeReference } from './plan.ts';

/** Version of the documents written here. */
export const planVersion = 1;

/** Why a text is no plan. */
export type PlanFileError =
  | { readonly type: 'not-json'; readonly error: JsonError }
  | { readonly type: 'not-a-plan' }
  | { readonly type: 'newer-version'; readonly version: number }
  | { readonly type: 'malformed'; readonly place: string; readonly expected: string };

/** The plan as the text of a document. */
export function writePlan(plan: Plan): string {
  return writeJson(
    objectOf([
      ['format', plan.format],
      ['version', intOf(plan.version)],
      ['name', plan.name],
      ['python', plan.python],
      ['lists', objectOf(modes.map((mode) => [mode, plan.lists[mode].map(subConfigValue)] as const))],
      ['templates', plan.templates.map(templateValue)],
      ['tree', referenceValue(plan.tree)],
      ['teacher', referenceValue(plan.teacher)],
    ]),
  );
}

/**
 * Reads a plan. Versions that are newer than this program are refused; older ones are brought up to date. Never
 * throws; keys that this version does not know are left out.
 */
export function readPlan(text: string): Result<Plan, PlanFileError> {
  const read = readJson(text);
  if (!read.ok) return fail({ type: 'not-json', error: read.error });
  const document = read.value.value;
  if (!isConfigObject(document) || getKey(document, 'format') !== 'compression-plan') return fail({ type: 'not-a-plan' });
  const version = getKey(document, 'version');
  if (!isConfigNumber(version) || version.type !== 'int') return malformed('version', 'a whole number');
  if (numberOf(version) > planVersion) return fail({ type: 'newer-version', version: numberOf(version) });
  return readVersion1(document);
}

function malformed(place: string, expected: string): Result<never, PlanFileError> {
  return fail({ type: 'malformed', place, expected });
}

function readVersion1(document: ConfigObject): Result<Plan, PlanFileError> {
  const empty = createPlan();
  const python = getKey(document, 'python') ?? empty.python;
  if (!isPythonVersion(python)) return malformed('python', `one of ${pythonVersions.join(', ')}`);
  const listsValue = getKey(document, 'lists');
  if (!isConfigObject(listsValue)) return malformed('lists', 'an object with the lists of the modes');
  let plan: Plan = { ...empty, python, name: textOf(getKey(document, 'name')) };
  for (const mode of modes) {
    const list = readList(plan, mode, getKey(listsValue, mode) ?? []);
    if (!list.ok) return list;
    plan = { ...plan, lists: { ...plan.lists, [mode]: list.value } };
  }
  const templates = readTemplates(getKey(document, 'templates') ?? []);
  if (!templates.ok) return templates;
  const tree = readReference('tree', getKey(document, 'tree') ?? null);
  if (!tree.ok) return tree;
  const teacher = readReference('teacher', getKey(document, 'teacher') ?? null);
  if (!teacher.ok) return teacher;
  return succeed({ ...plan, templates: templates.value, tree: tree.value, teacher: teacher.value });
}

function readList(plan: Plan, mode: Mode, value: ConfigValue): Result<readonly SubConfig[], PlanFileError> {
  if (!isConfigList(value)) return malformed(`lists.${mode}`, 'a list');
  const subConfigs: SubConfig[] = [];
  for (const [index, item] of value.entries()) {
    const place = `lists.${mode}[${index}]`;
    if (!isConfigObject(item)) return malformed(place, 'an object');
    const config = getKey(item, 'config');
    if (!isConfigObject(config)) return malformed(`${place}.config`, 'an object');
    const color = getKey(item, 'color');
    const id = textOf(getKey(item, 'id'));
    const taken = id === '' || subConfigs.some((other) => other.id === id);
    subConfigs.push({
      id: taken ? freshId(plan, subConfigs) : id,
      label: textOf(getKey(item, 'label')),
      color: isConfigNumber(color) && numberOf(color) >= 0 ? Math.floor(numberOf(color)) : index,
      enabled: getKey(item, 'enabled') !== false,
      config,
    });
  }
  return succeed(subConfigs);
}

function readTemplates(value: ConfigValue): Result<readonly SettingTemplate[], PlanFileError> {
  if (!isConfigList(value)) return malformed('templates', 'a list');
  const templates: SettingTemplate[] = [];
  for (const [index, item] of value.entries()) {
    const place = `templates[${index}]`;
    if (!isConfigObject(item)) return malformed(place, 'an object');
    const mode = getKey(item, 'mode');
    const setting = getKey(item, 'setting');
    if (!isMode(mode)) return malformed(`${place}.mode`, `one of ${modes.join(', ')}`);
    if (!isConfigObject(setting)) return malformed(`${place}.setting`, 'an object');
    templates.push({ mode, moduleType: textOf(getKey(item, 'module_type')), setting });
  }
  return succeed(templates);
}

function readReference(place: string, value: ConfigValue): Result<TreeReference | null, PlanFileError> {
  if (value === null) return succeed(null);
  if (!isConfigObject(value)) return malformed(place, 'an object or null');
  const count = getKey(value, 'module_count');
  const sample = getKey(value, 'sample');
  return succeed({
    name: textOf(getKey(value, 'name')),
    moduleCount: isConfigNumber(count) ? numberOf(count) : 0,
    digest: textOf(getKey(value, 'digest')),
    sample: typeof sample === 'string' ? sample : null,
  });
}

function subConfigValue(subConfig: SubConfig): ConfigObject {
  return objectOf([
    ['id', subConfig.id],
    ['label', subConfig.label],
    ['color', intOf(subConfig.color)],
    ['enabled', subConfig.enabled],
    ['config', subConfig.config],
  ]);
}

function templateValue(template: SettingTemplate): ConfigObject {
  return objectOf([
    ['mode', template.mode],
    ['module_type', template.moduleType],
    ['setting', template.setting],
  ]);
}

function referenceValue(reference: TreeReference | null): ConfigValue {
  if (!reference) return null;
  return objectOf([
    ['name', reference.name],
    ['module_count', intOf(reference.moduleCount)],
    ['digest', reference.digest],
    ['sample', reference.sample],
  ]);
}

function textOf(value: ConfigValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function isMode(value: ConfigValue | undefined): value is Mode {
  return modes.some((mode) => mode === value);
}

function isPythonVersion(value: ConfigValue): value is PythonVersion {
  return pythonVersions.some((version) => version === value);
}
