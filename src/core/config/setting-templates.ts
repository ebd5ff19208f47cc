import type { Mode } from './mode.ts';
import { type ConfigEntry, type ConfigObject, intOf, objectOf } from './value.ts';

/** A setting template that the user registered for a module type (rule C1). */
export interface SettingTemplate {
  readonly mode: Mode;
  readonly moduleType: string;
  /** Target name → setting, as `XSetting.register` takes it. */
  readonly setting: ConfigObject;
}

/** Prefixes of the targets that are inputs and outputs. */
export const inputPrefix = '_input_';
export const outputPrefix = '_output_';

function nulls(...keys: readonly string[]): readonly ConfigEntry[] {
  return keys.map((key): ConfigEntry => [key, null]);
}

const prunedWeight: ConfigObject = objectOf([
  ...nulls('sparse_ratio', 'max_sparse_ratio', 'min_sparse_ratio', 'sparse_threshold'),
  ...nulls('global_group_id', 'dependency_group_id'),
  ['granularity', 'default'],
  ['internal_metric_block', null],
  ['apply_method', 'mul'],
]);

const prunedBias: ConfigObject = objectOf([
  ['align', objectOf([['module_name', null], ['target_name', 'weight'], ['dims', [intOf(0)]]])],
  ['apply_method', 'mul'],
]);

const quantized: ConfigObject = objectOf([
  ...nulls('quant_dtype', 'quant_scheme'),
  ['granularity', 'default'],
  ['apply_method', 'clamp_round'],
]);

const weightAndBias = objectOf([['weight', prunedWeight], ['bias', prunedBias]]);
const weightOnly = objectOf([['weight', prunedWeight]]);
const everyTarget = objectOf([
  [inputPrefix, quantized],
  ['weight', quantized],
  ['bias', quantized],
  [outputPrefix, quantized],
]);
const activation = objectOf([[inputPrefix, quantized], [outputPrefix, quantized]]);
const distilled = objectOf([[outputPrefix, objectOf(nulls('lambda', 'link', 'apply_method'))]]);

function registry(rows: readonly (readonly [ConfigObject, string])[]): ReadonlyMap<string, ConfigObject> {
  return new Map(rows.flatMap(([setting, types]) => types.split(' ').map((type) => [type, setting] as const)));
}

const linearAndConvolutions = 'Linear Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d';

/** NNI's own templates (rules C1, C2); a distillation has one for every type. */
const builtIn: Readonly<Record<Mode, ReadonlyMap<string, ConfigObject>>> = {
  pruning: registry([
    [weightAndBias, `${linearAndConvolutions} BatchNorm1d BatchNorm2d BatchNorm3d`],
    [weightOnly, 'Embedding'],
  ]),
  quantization: registry([
    [everyTarget, `${linearAndConvolutions} BatchNorm1d BatchNorm2d`],
    [activation, 'ReLU ReLU6 Hardtanh MaxPool2d'],
  ]),
  distillation: new Map(),
};

/** Name of the class that registers a mode's templates (NNI spells the last one so). */
export const settingClassNames: Readonly<Record<Mode, string>> = {
  pruning: 'PruningSetting',
  quantization: 'QuantizationSetting',
  distillation: 'DistillatoinSetting',
};

/** Looks up the template of a module type; `null` when none is registered (rule C1). */
export type FindTemplate = (moduleType: string) => ConfigObject | null;

/**
 * The registry of a mode: NNI's templates with the user's over them; of two for one type the later holds,
 * as `register` replaces.
 */
export function createTemplateRegistry(mode: Mode, templates: readonly SettingTemplate[]): FindTemplate {
  const own = new Map<string, ConfigObject>();
  for (const template of templates) if (template.mode === mode) own.set(template.moduleType, template.setting);
  const fallback = mode === 'distillation' ? distilled : null;
  return (moduleType) => own.get(moduleType) ?? builtIn[mode].get(moduleType) ?? fallback;
}

/** Types that NNI itself has a template for; none are listed for distillation, which takes every type. */
export function builtInTemplateTypes(mode: Mode): readonly string[] {
  return [...builtIn[mode].keys()];
}

/** NNI's own template of a type, e.g. to start a user's from; `null` when it has none. */
export function builtInTemplate(mode: Mode, moduleType: string): ConfigObject | null {
  return builtIn[mode].get(moduleType) ?? (mode === 'distillation' ? distilled : null);
}

