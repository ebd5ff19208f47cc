import { readAlgorithm } from '../algorithms/algorithm.ts';
import { defaultPlanned, usualChain, type PlannedAlgorithm, type PlannedAlgorithms } from '../algorithms/planned-algorithm.ts';
import { modes, type Mode } from '../config/mode.ts';
import {
  getKey,
  isConfigList,
  isConfigNumber,
  isConfigObject,
  numberOf,
  type ConfigObject,
  type ConfigValue,
} from '../config/value.ts';
import { pythonVersions, type PythonVersion } from '../python-re/python-version.ts';
import { fail, succeed, type Result } from '../result.ts';
import { createIdSource, createPlan } from './create-plan.ts';
import type { Assertion, Demand, Intended, Plan, SubConfig, TreeReference } from './plan.ts';
import type { SettingTemplate } from '../config/setting-templates.ts';
import { isSampleId } from './sample-ids.ts';

/** A document that says it is a plan but is not made like one. */
export interface MalformedPlan {
  readonly type: 'malformed';
  /** As in JavaScript: `lists.pruning[2].config`. */
  readonly place: string;
  readonly expected: string;
}

type Read<Value> = Result<Value, MalformedPlan>;

/**
 * Reads a document of the present version. Parts that the plan needs must be well made, and are named when one
 * is not; labels, colours and ids are made up where they are missing.
 */
export function readPlanValue(document: ConfigObject): Read<Plan> {
  const empty = createPlan();
  const python = getKey(document, 'python') ?? empty.python;
  if (!isPythonVersion(python)) return malformed('python', `one of ${pythonVersions.join(', ')}`);
  const listsValue = getKey(document, 'lists');
  if (!isConfigObject(listsValue)) return malformed('lists', 'an object with the lists of the modes');
  const lists: Record<Mode, readonly SubConfig[]> = { ...empty.lists };
  const plan: Plan = { ...empty, python, name: textOf(getKey(document, 'name')), lists };
  for (const mode of modes) {
    const list = readList(plan, mode, getKey(listsValue, mode) ?? []);
    if (!list.ok) return list;
    lists[mode] = list.value;
  }
  const algorithms = readAlgorithms(getKey(document, 'algorithms') ?? null);
  if (!algorithms.ok) return algorithms;
  const chain = readChain(getKey(document, 'chain') ?? null);
  if (!chain.ok) return chain;
  const templates = readItems('templates', getKey(document, 'templates') ?? [], readTemplate);
  if (!templates.ok) return templates;
  const assertions = readAssertions(plan, getKey(document, 'assertions') ?? []);
  if (!assertions.ok) return assertions;
  const intended = readItems('intended', getKey(document, 'intended') ?? [], readIntended);
  if (!intended.ok) return intended;
  const tree = readReference('tree', getKey(document, 'tree') ?? null);
  if (!tree.ok) return tree;
  const teacher = readReference('teacher', getKey(document, 'teacher') ?? null);
  if (!teacher.ok) return teacher;
  return succeed({
    ...plan,
    algorithms: algorithms.value,
    chain: chain.value,
    templates: templates.value,
    assertions: assertions.value,
    ...(intended.value.length > 0 && { intended: intended.value }),
    tree: tree.value,
    teacher: teacher.value,
  });
}

function malformed(place: string, expected: string): Read<never> {
  return fail({ type: 'malformed', place, expected });
}

/** Reads a list of objects; the place of a bad one is named. */
function readItems<Item>(
  place: string,
  value: ConfigValue,
  readItem: (item: ConfigObject, place: string, index: number) => Read<Item>,
): Read<readonly Item[]> {
  if (!isConfigList(value)) return malformed(place, 'a list');
  const items: Item[] = [];
  for (const [index, item] of value.entries()) {
    const itemPlace = `${place}[${index}]`;
    if (!isConfigObject(item)) return malformed(itemPlace, 'an object');
    const read = readItem(item, itemPlace, index);
    if (!read.ok) return read;
    items.push(read.value);
  }
  return succeed(items);
}

function readList(plan: Plan, mode: Mode, value: ConfigValue): Read<readonly SubConfig[]> {
  const others = modes.flatMap((other) => plan.lists[other]);
  const taken = new Set(others.map(({ id }) => id));
  const ids = createIdSource('s', others);
  const subConfigs: SubConfig[] = [];
  const read = readItems(`lists.${mode}`, value, (item, place, index): Read<null> => {
    const config = getKey(item, 'config');
    if (!isConfigObject(config)) return malformed(`${place}.config`, 'an object');
    const stated = textOf(getKey(item, 'id'));
    const id = stated === '' || taken.has(stated) ? ids.next() : stated;
    taken.add(id);
    ids.note(id);
    const family = textOf(getKey(item, 'family'));
    subConfigs.push({
      id,
      label: textOf(getKey(item, 'label')),
      color: naturalOf(getKey(item, 'color')) ?? index,
      enabled: getKey(item, 'enabled') !== false,
      config,
      ...(family === '' ? {} : { family }),
      ...originOf(getKey(item, 'origin')),
    });
    return succeed(null);
  });
  return read.ok ? succeed(subConfigs) : read;
}

/** A mode that is not named has the class that lists were always judged by. */
function readAlgorithms(value: ConfigValue): Read<PlannedAlgorithms> {
  if (value === null) return succeed(defaultPlanned);
  if (!isConfigObject(value)) return malformed('algorithms', 'an object with the algorithms of the modes');
  const algorithms: Record<Mode, PlannedAlgorithm> = { ...defaultPlanned };
  for (const mode of modes) {
    const planned = getKey(value, mode) ?? null;
    if (planned === null) continue;
    if (!isConfigObject(planned)) return malformed(`algorithms.${mode}`, 'an object');
    const algorithm = readAlgorithm(textOf(getKey(planned, 'name')));
    if (algorithm?.mode !== mode) return malformed(`algorithms.${mode}.name`, `a class of NNI 3.0 for ${mode}`);
    const call = getKey(planned, 'call') ?? null;
    if (call !== null && !isConfigObject(call)) return malformed(`algorithms.${mode}.call`, 'an object');
    algorithms[mode] = { algorithm, call: call ?? defaultPlanned[mode].call };
  }
  return succeed(algorithms);
}

function readChain(value: ConfigValue): Read<readonly Mode[]> {
  if (value === null) return succeed(usualChain);
  const named = isConfigList(value) ? value.filter(isMode) : [];
  if (new Set(named).size !== modes.length || named.length !== modes.length) return malformed('chain', 'a list of the three modes, each once');
  return succeed(named);
}

/** Where a sub-config comes from; nothing where the plan does not say it well. */
function originOf(value: ConfigValue | undefined): Pick<SubConfig, 'origin'> {
  if (!isConfigObject(value)) return {};
  const call = getKey(value, 'call');
  return { origin: { list: textOf(getKey(value, 'list')), line: naturalOf(getKey(value, 'line')), call: typeof call === 'string' ? call : null } };
}

function readTemplate(item: ConfigObject, place: string): Read<SettingTemplate> {
  const mode = getKey(item, 'mode');
  const moduleType = getKey(item, 'module_type');
  const setting = getKey(item, 'setting');
  if (!isMode(mode)) return malformed(`${place}.mode`, `one of ${modes.join(', ')}`);
  if (typeof moduleType !== 'string') return malformed(`${place}.module_type`, 'a string');
  if (!isConfigObject(setting)) return malformed(`${place}.setting`, 'an object');
  return succeed({ mode, moduleType, setting });
}

function readIntended(item: ConfigObject, place: string): Read<Intended> {
  const mode = getKey(item, 'mode');
  const subConfig = getKey(item, 'sub_config');
  if (!isMode(mode)) return malformed(`${place}.mode`, `one of ${modes.join(', ')}`);
  return succeed({
    mode,
    code: textOf(getKey(item, 'code')),
    subConfig: typeof subConfig === 'string' ? subConfig : null,
    path: textOf(getKey(item, 'path')),
  });
}

function readAssertions(plan: Plan, value: ConfigValue): Read<readonly Assertion[]> {
  const assertions: Assertion[] = [];
  const read = readItems('assertions', value, (item, place): Read<null> => {
    const mode = getKey(item, 'mode');
    if (!isMode(mode)) return malformed(`${place}.mode`, `one of ${modes.join(', ')}`);
    const demand = readDemand(`${place}.demand`, getKey(item, 'demand'));
    if (!demand.ok) return demand;
    const stated = textOf(getKey(item, 'id'));
    const taken = stated === '' || assertions.some(({ id }) => id === stated);
    const subConfig = getKey(item, 'sub_config');
    assertions.push({
      id: taken ? createIdSource('a', [...plan.assertions, ...assertions]).next() : stated,
      mode,
      subConfig: typeof subConfig === 'string' ? subConfig : null,
      label: textOf(getKey(item, 'label')),
      demand: demand.value,
    });
    return succeed(null);
  });
  return read.ok ? succeed(assertions) : read;
}

const countDemands = ['selects-exactly', 'selects-at-least', 'selects-at-most'] as const;
const patternDemands = ['never-selects', 'selects-all'] as const;

function readDemand(place: string, value: ConfigValue | undefined): Read<Demand> {
  if (!isConfigObject(value)) return malformed(place, 'an object');
  const stated = getKey(value, 'type');
  const ofCount = countDemands.find((type) => type === stated);
  if (ofCount) {
    const count = naturalOf(getKey(value, 'count'));
    return count === null
      ? malformed(`${place}.count`, 'a whole number from 0 on')
      : succeed({ type: ofCount, count });
  }
  const ofPattern = patternDemands.find((type) => type === stated);
  if (!ofPattern) return malformed(`${place}.type`, `one of ${[...countDemands, ...patternDemands].join(', ')}`);
  const pattern = getKey(value, 'pattern');
  return typeof pattern === 'string'
    ? succeed({ type: ofPattern, pattern })
    : malformed(`${place}.pattern`, 'a string');
}

function readReference(place: string, value: ConfigValue): Read<TreeReference | null> {
  if (value === null) return succeed(null);
  if (!isConfigObject(value)) return malformed(place, 'an object or null');
  const sample = getKey(value, 'sample');
  return succeed({
    name: textOf(getKey(value, 'name')),
    moduleCount: naturalOf(getKey(value, 'module_count')) ?? 0,
    digest: textOf(getKey(value, 'digest')),
    sample: isSampleId(sample) ? sample : null,
    ...(typeof sample === 'string' && !isSampleId(sample) ? { unknownSample: sample } : {}),
  });
}

function textOf(value: ConfigValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A whole number from 0 on that JavaScript can count with, else `null`. */
function naturalOf(value: ConfigValue | undefined): number | null {
  if (!isConfigNumber(value) || value.type !== 'int') return null;
  const number = numberOf(value);
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
}

function isMode(value: ConfigValue | undefined): value is Mode {
  return modes.some((mode) => mode === value);
}

function isPythonVersion(value: ConfigValue): value is PythonVersion {
  return pythonVersions.some((version) => version === value);
}
