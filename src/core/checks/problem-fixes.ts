import { getAt } from '../config/list-edits.ts';
import type { Mode } from '../config/mode.ts';
import { createTemplateRegistry } from '../config/setting-templates.ts';
import { expandShorthand } from '../resolve/shorthand.ts';
import { validateSubConfig } from '../config/validate.ts';
import {
  floatOf,
  getKey,
  isConfigList,
  isConfigNumber,
  isConfigObject,
  numberOf,
  objectOf,
  type ConfigObject,
  type ConfigValue,
  type KeyPath,
} from '../config/value.ts';
import type { Fix } from '../diagnostics/finding.ts';
import type { ListEdit } from '../config/list-edits.ts';
import { fix } from '../diagnostics/fix.ts';
import type { Problem, Resolution } from '../resolve/resolution.ts';
import type { FindingContext } from './finding-context.ts';
import { respellEntry, respellKey } from './spelling-fixes.ts';
import { onlyTypes } from './type-fixes.ts';

/** The edits that would settle a problem, the likeliest first. */
export function fixesOf(problem: Problem, resolution: Resolution, context: FindingContext): readonly Fix[] {
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
      return [...writtenOut(config, subConfig, resolution, context), keepFirst(where.path, subConfig, values)];
    case 'missing-key':
      if (key === 'quant_dtype') {
        return [fix('add-key', { key, value: '"int8"' }, { type: 'set', path, value: 'int8' })];
      }
      return key === 'target_settings' ? [fix('remove-key', { key }, { type: 'remove', path })] : [];
    case 'empty-dict':
      return [fix('remove-key', { key }, { type: 'remove', path })];
    case 'unknown-key':
      return [
        ...respellKey(where.path, config, subConfig, resolution),
        fix('remove-key', { key }, { type: 'remove', path }),
      ];
    case 'unknown-module':
      return [
        ...respellEntry(where.path, String(values['module'] ?? ''), subConfig, resolution, context.resolver),
        fix('remove-entry', {}, { type: 'remove', path }),
      ];
    case 'bad-pattern':
      return typeof where.path.at(-1) === 'number' ? [fix('remove-entry', {}, { type: 'remove', path })] : [];
    case 'unregistered-type':
      return [
        ...onlyTypes(resolution, context.resolver.tree, subConfig),
        ...unregisteredFixes(config, subConfig, String(values['type'] ?? '')),
      ];
    case 'scripted-module':
      return [excludeType(config, subConfig, String(values['type'] ?? ''))];
    case 'unknown-target':
      return [addTarget(subConfig, String(values['missing'] ?? values['target'] ?? ''), resolution.mode)];
    case 'fuse-without-output': {
      const names = getKey(config, 'target_names');
      const list: readonly ConfigValue[] = isConfigList(names) ? names : ['_input_', 'weight'];
      const edit: ListEdit = { type: 'set', path: [subConfig, 'target_names'], value: [...list, '_output_'] };
      return [fix('add-output', {}, edit)];
    }
    case 'missing-parameter':
    case 'parameter-not-distillable':
    case 'registration-failed':
      return leaveOut(config, subConfig, String(values['target'] ?? ''));
    case 'bad-quant-dtype':
      return value === undefined ? [] : [fix('write-value', { key, value: '"int8"' }, { type: 'set', path, value: 'int8' })];
    case 'fuse-root':
    case 'fuse-length':
    case 'fuse-unknown-module':
    case 'fuse-head-type':
    case 'fuse-part-shared':
    case 'fuse-head-twice':
      return [removeGroup(where.path, subConfig)];
    case 'fuse-head-not-selected':
      return [...addHead(config, subConfig, String(values['module'] ?? '')), removeGroup(where.path, subConfig)];
    case 'fuse-part-selected':
      return [...excludePart(where.modules?.[0], String(values['module'] ?? ''), resolution), removeGroup(where.path, subConfig)];
    case 'wrapped-twice':
      return excludeName(config, subConfig, String(values['module'] ?? ''));
    case 'granularity-kind':
    case 'granularity-malformed':
      return value === undefined ? [] : [fix('remove-key', { key }, { type: 'remove', path })];
    case 'legacy-failed':
    case 'not-a-list':
    case 'not-a-dict':
    case 'missing-selector':
    case 'already-wrapped':
      return [];
  }
}

/** `target_names` and `target_settings` without a target. */
function leaveOut(config: ConfigObject, subConfig: number, target: string): readonly Fix[] {
  const names = getKey(config, 'target_names');
  const settings = getKey(config, 'target_settings');
  const edits: ListEdit[] = [];
  if (isConfigList(names) && names.includes(target)) {
    const path = [subConfig, 'target_names'];
    const left = names.filter((name) => name !== target);
    edits.push(left.length === 0 ? { type: 'remove', path } : { type: 'set', path, value: left });
  }
  if (settings !== undefined && isConfigObject(settings) && getKey(settings, target) !== undefined) {
    // NNI refuses target settings that are empty.
    const path = settings.entries.length === 1 ? ['target_settings'] : ['target_settings', target];
    edits.push({ type: 'remove', path: [subConfig, ...path] });
  }
  return edits.length === 0 ? [] : [fix('leave-out-target', { target }, ...edits)];
}

function removeGroup(path: KeyPath, subConfig: number): Fix {
  return fix('remove-groups', { count: 1 }, { type: 'remove', path: [subConfig, ...path.slice(0, 2)] });
}

function addHead(config: ConfigObject, subConfig: number, module: string): readonly Fix[] {
  const names = getKey(config, 'op_names');
  const list = names === undefined ? [] : names;
  // With types alone, naming a module would narrow the selection down to it.
  if (!isConfigList(list) || (list.length === 0 && getKey(config, 'op_types') !== undefined) || list.includes(module)) return [];
  const edit: ListEdit = { type: 'set', path: [subConfig, 'op_names'], value: [...list, module] };
  return [fix('add-name', { module }, edit)];
}

/** Excludes a module from every sub-config that selects it. */
function excludePart(module: number | undefined, name: string, { subConfigs, effective }: Resolution): readonly Fix[] {
  if (module === undefined) return [];
  const edits = subConfigs.flatMap(({ selected }, subConfig) =>
    selected[module] === 1 ? [excludeEdit(effective[subConfig]!, subConfig, name)] : [],
  );
  return edits.length === 0 ? [] : [fix('exclude-name', { module: name }, ...edits)];
}

function excludeName(config: ConfigObject, subConfig: number, module: string): readonly Fix[] {
  return [fix('exclude-name', { module }, excludeEdit(config, subConfig, module))];
}

function excludeEdit(config: ConfigObject, subConfig: number, module: string): ListEdit {
  const names = getKey(config, 'exclude_op_names');
  const list = isConfigList(names) ? names : [];
  return { type: 'set', path: [subConfig, 'exclude_op_names'], value: [...list, module] };
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

/** The first of ratios and thresholds, of which one sub-config takes one, without the one at the path (rule V3). */
function keepFirst(path: KeyPath, subConfig: number, { other = '', place = '' }: Problem['values']): Fix {
  return fix('keep-first', { key: other, other: place }, { type: 'remove', path: [subConfig, ...path] });
}

function unregisteredFixes(config: ConfigObject, subConfig: number, moduleType: string): readonly Fix[] {
  if (moduleType === '') return [];
  return [
    excludeType(config, subConfig, moduleType),
    { code: 'register-type', values: { type: moduleType }, action: { type: 'register-template', moduleType } },
  ];
}

function excludeType(config: ConfigObject, subConfig: number, moduleType: string): Fix {
  const excluded = getKey(config, 'exclude_op_types');
  const list = isConfigList(excluded) ? excluded : [];
  const edit: ListEdit = { type: 'set', path: [subConfig, 'exclude_op_types'], value: [...list, moduleType] };
  return fix('exclude-type', { type: moduleType }, edit);
}

function addTarget(subConfig: number, target: string, mode: Mode): Fix {
  const setting = mode === 'quantization' ? objectOf([['quant_dtype', 'int8']]) : objectOf([]);
  return fix('add-target', { target }, { type: 'set', path: [subConfig, 'target_settings', target], value: setting });
}
