import { translateLegacy } from '../config/legacy.ts';
import type { Mode } from '../config/mode.ts';
import { pythonTruth, pythonTypeName } from '../config/python-repr.ts';
import { validateSubConfig } from '../config/validate.ts';
import { type ConfigList, type ConfigValue, isConfigList, isConfigObject } from '../config/value.ts';
import type { Problem, Stage } from './resolution.ts';

/** The problems of a list that need no model (rules L, V). */
export interface SchemaProblems {
  readonly translated: ConfigList | null;
  readonly problems: readonly Problem[];
}

/** Translates a legacy list and validates every sub-config, in NNI's order. */
export function schemaProblems(list: ConfigValue, mode: Mode): SchemaProblems {
  if (!isConfigList(list)) return { translated: null, problems: notAList(list) };
  const [first] = list;
  if (list.length > 0 && !isConfigObject(first) && typeof first !== 'string' && !isConfigList(first)) {
    const message = `argument of type '${pythonTypeName(first!)}' is not iterable`;
    return { translated: null, problems: [notADict(message, 'legacy'), ...faultsOf(list, mode)] };
  }
  const translation = translateLegacy(list);
  if (!translation.ok) {
    const { subConfig, key, error } = translation.error;
    const where = { subConfig, path: key === '' ? [] : [key] };
    const problem: Problem = { code: 'legacy-failed', rule: 'L', stage: 'legacy', error, where, values: { key } };
    return { translated: null, problems: [problem, ...faultsOf(list, mode)] };
  }
  const translated = translation.value;
  return { translated, problems: faultsOf(translated ?? list, mode) };
}

function faultsOf(list: ConfigList, mode: Mode): readonly Problem[] {
  return list.flatMap((subConfig, at) =>
    validateSubConfig(subConfig, mode).map(
      ({ path, ...fault }): Problem => ({ ...fault, stage: 'schema', where: { subConfig: at, path } }),
    ),
  );
}

function notADict(message: string, stage: Stage): Problem {
  const error = { type: 'TypeError', message };
  const where = { subConfig: 0, path: [] };
  return { code: 'not-a-dict', rule: 'V1', stage, error, where, values: { value: message } };
}

/** A list that is none: NNI looks at its first item, or walks it when it is empty or nothing. */
function notAList(list: ConfigValue): readonly Problem[] {
  const type = pythonTypeName(list);
  if (!pythonTruth(list)) {
    if (isConfigObject(list) || typeof list === 'string') return [];
    return [topProblem('schema', { type: 'TypeError', message: `'${type}' object is not iterable` }, type)];
  }
  if (isConfigObject(list)) return [topProblem('legacy', { type: 'KeyError', message: '0' }, type)];
  if (typeof list === 'string') {
    const message = `'${Array.from(list)[0]!}' should be instance of 'dict'`;
    return [topProblem('schema', { type: 'SchemaUnexpectedTypeError', message }, type)];
  }
  return [topProblem('legacy', { type: 'TypeError', message: `'${type}' object is not subscriptable` }, type)];
}

function topProblem(stage: Stage, error: Problem['error'], type: string): Problem {
  return { code: 'not-a-list', rule: 'V1', stage, error, where: { subConfig: null, path: [] }, values: { type } };
}
