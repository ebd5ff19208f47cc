import { expandShorthand } from '../config/shorthand.ts';
import { getAt } from '../config/list-edits.ts';
import type { Mode } from '../config/mode.ts';
import { createTemplateRegistry } from '../config/setting-templates.ts';
import { validateSubConfig } from '../config/validate.ts';
import {
  floatOf,
  getKey,
  isConfigList,
  isConfigNumber,
  numberOf,
  objectOf,
  type ConfigObject,
  type ConfigValue,
} from '../config/value.ts';
import type { Finding, Fix, ListEdit } from '../diagnostics/finding.ts';
import type { Problem, Resolution } from '../resolve/resolution.ts';
import type { FindingContext } from './find-findings.ts';

/** What NNI would raise, each with the edits that would settle it. */
export function problemFindings(resolution: Resolution, context: FindingContext): readonly Finding[] {
  return resolution.problems.map((problem) => ({
    code: problem.code,
    severity: 'refused',
    where: placeOf(problem, resolution),
    values: { ...problem.values, rule: problem.rule },
    error: problem.error,
    // A legacy list has other paths than the ones the problems name.
    fixes: resolution.translated === null ? fixesOf(problem, resolution, context) : [],
  }));
}

function placeOf({ code, where }: Problem, { effective }: Resolution): Finding['where'] {
  if (code !== 'bad-pattern' || where.range || where.subConfig === null) return where;
  const pattern = getAt(effective[where.subConfig] ?? objectOf([]), where.path);
  return typeof pattern === 'string' ? { ...where, range: [0, pattern.length] } : where;
}

function fix(code: string, values: Fix['values'], ...edits: readonly ListEdit[]): Fix {
  return { code, values, action: { type: 'edit-list', edits } };
}

function fixesOf(problem: Problem, resolution: Resolution, context: FindingContext): readonly Fix[] {
  const { code, where, values } = problem;
  const { subConfig } = where;
  const config = subConfig === null ? undefined : resolution.effective[subConfig];
  if (subConfig === null || !config) return [];
  const path = [subConfig, ...where.path];
  const value = getAt(config, where.path);
  const key = where.path.findLast((step) => typeof step === 'string') ?? '';
  switch (code) {
    case 'wrong-value':
      if (isConfigNumber(value) && value.type === 'int' && isFloatKey(key)) {
        const float = floatOf(numberOf(value));
        return [fix('write-float', { value: float.text }, { type: 'set', path, value: float })];
      }
      return value === null ? [fix('remove-key', { key }, { type: 'remove', path })] : [];
    case 'exclusive-keys':
      return writtenOut(config, subConfig, resolution, context);
    case 'missing-key':
      if (key === 'quant_dtype') {
        return [fix('add-key', { key, value: '"int8"' }, { type: 'set', path, value: 'int8' })];
      }
      return key === 'target_settings' ? [fix('remove-key', { key }, { type: 'remove', path })] : [];
    case 'empty-dict':
    case 'unknown-key':
      return [fix('remove-key', { key }, { type: 'remove', path })];
    case 'unknown-module':
    case 'bad-pattern':
      return typeof where.path.at(-1) === 'number' ? [fix('remove-entry', {}, { type: 'remove', path })] : [];
    case 'unregistered-type':
      return unregisteredFixes(config, subConfig, String(values['type'] ?? ''));
    case 'unknown-target':
      return [addTarget(subConfig, String(values['missing'] ?? values['target'] ?? ''), resolution.mode)];
    case 'fuse-without-output': {
      const names = getKey(config, 'target_names');
      const list: readonly ConfigValue[] = isConfigList(names) ? names : ['_input_', 'weight'];
      const edit: ListEdit = { type: 'set', path: [subConfig, 'target_names'], value: [...list, '_output_'] };
      return [fix('add-output', {}, edit)];
    }
    case 'legacy-failed':
    case 'not-a-list':
    case 'not-a-dict':
    case 'missing-selector':
    case 'missing-parameter':
    case 'parameter-not-distillable':
    case 'bad-quant-dtype':
    case 'fuse-root':
    case 'fuse-length':
    case 'fuse-unknown-module':
    case 'fuse-head-type':
    case 'fuse-head-not-selected':
    case 'fuse-part-selected':
    case 'fuse-part-shared':
    case 'fuse-head-twice':
    case 'wrapped-twice':
    case 'granularity-kind':
    case 'granularity-malformed':
    case 'registration-failed':
      return [];
  }
}

function isFloatKey(key: string): boolean {
  return key === 'sparse_ratio' || key === 'sparse_threshold';
}

/** The shorthand written out into target settings, if NNI takes that (rule E3). */
function writtenOut(
  config: ConfigObject,
  subConfig: number,
  { mode, outcomes }: Resolution,
  { resolver, templates }: FindingContext,
): readonly Fix[] {
  const find = createTemplateRegistry(mode, templates);
  const types = new Set(
    outcomes
      .filter((outcome) => outcome.subConfigs.includes(subConfig))
      .map((outcome) => resolver.tree.specs[outcome.specId]?.type ?? ''),
  );
  const used = new Set([...types].map(find).filter((template) => template !== null));
  const expanded = expandShorthand(config, mode, [...used]).config;
  if (expanded === config || validateSubConfig(expanded, mode).length > 0) return [];
  return [fix('write-out-shorthand', {}, { type: 'set', path: [subConfig], value: expanded })];
}

function unregisteredFixes(config: ConfigObject, subConfig: number, moduleType: string): readonly Fix[] {
  if (moduleType === '') return [];
  const excluded = getKey(config, 'exclude_op_types');
  const list = isConfigList(excluded) ? excluded : [];
  const edit: ListEdit = { type: 'set', path: [subConfig, 'exclude_op_types'], value: [...list, moduleType] };
  return [
    fix('exclude-type', { type: moduleType }, edit),
    { code: 'register-type', values: { type: moduleType }, action: { type: 'register-template', moduleType } },
  ];
}

function addTarget(subConfig: number, target: string, mode: Mode): Fix {
  const setting = mode === 'quantization' ? objectOf([['quant_dtype', 'int8']]) : objectOf([]);
  return fix('add-target', { target }, { type: 'set', path: [subConfig, 'target_settings', target], value: setting });
}
