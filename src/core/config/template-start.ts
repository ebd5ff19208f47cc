import type { ModuleSpec, ModuleTree } from '../module-tree/module-tree.ts';
import { builtInTemplate, inputPrefix, outputPrefix, type SettingTemplate } from './setting-templates.ts';
import type { Mode } from './mode.ts';
import {
  getKey,
  intOf,
  isConfigObject,
  objectOf,
  withKey,
  withoutKey,
  type ConfigEntry,
  type ConfigObject,
  type ConfigValue,
} from './value.ts';

/**
 * A template for a module type that NNI does not know (rule C1), made from the parameters of its modules: each gets the
 * setting that NNI gives to the weight of a Linear, `bias` the one of its bias; in quantization and distillation
 * inputs and outputs join as NNI has them. `null` parameters (unknown) count as a weight alone. A pruned bias follows
 * the dimension of the weight that it lies along; is that the second, whole columns of the weight go, as the outputs
 * of a Linear do.
 */
export function templateFromParameters(mode: Mode, specs: readonly ModuleSpec[]): ConfigObject {
  const model = builtInTemplate(mode, 'Linear');
  const [spec] = specs;
  if (!model || !spec) return objectOf([]);
  const names = mode === 'distillation' ? [] : parametersOf(spec);
  const entries = names.map((name): ConfigEntry => [name, usualSetting(mode, name, specs)]);
  const input = getKey(model, inputPrefix);
  const output = getKey(model, outputPrefix);
  return objectOf([
    ...(input === undefined ? [] : [[inputPrefix, input] as const]),
    ...entries,
    ...(output === undefined ? [] : [[outputPrefix, output] as const]),
  ]);
}

/** The template that *Register* makes of a type (rule C1): from the parameters of its modules. `null` where there would be no target in it. */
export function templateOfType(mode: Mode, moduleType: string, tree: ModuleTree): SettingTemplate | null {
  const setting = templateFromParameters(mode, tree.specs.filter(({ type }) => type === moduleType));
  return setting.entries.length === 0 ? null : { mode, moduleType, setting };
}

/**
 * Targets that a template for modules of `spec` may have: the targets of `template`, the parameters, all inputs and
 * all outputs; in distillation inputs and outputs only (rule R2). Without a spec a weight and a bias are assumed.
 */
export function possibleTargets(mode: Mode, spec: ModuleSpec | null, template: ConfigObject): readonly string[] {
  const parameters = mode === 'distillation' ? [] : spec ? parametersOf(spec) : ['weight', 'bias'];
  return [...new Set([...template.entries.map(([target]) => target), ...parameters, inputPrefix, outputPrefix])];
}

/** The template with a target, set as `templateFromParameters` sets it, or without it. */
export function withTarget(
  mode: Mode,
  template: ConfigObject,
  target: string,
  wanted: boolean,
  specs: readonly ModuleSpec[] = [],
): ConfigObject {
  if (!wanted) return withoutKey(template, target);
  return getKey(template, target) === undefined ? withKey(template, target, usualSetting(mode, target, specs)) : template;
}

/** Whether a value has the form of a template: target names, each with an object of settings. */
export function isTemplate(value: ConfigValue): value is ConfigObject {
  return isConfigObject(value) && value.entries.every(([, setting]) => isConfigObject(setting));
}

function usualSetting(mode: Mode, target: string, specs: readonly ModuleSpec[]): ConfigValue {
  const model = builtInTemplate(mode, 'Linear') ?? objectOf([]);
  const general = getKey(model, mode === 'distillation' ? outputPrefix : 'weight') ?? objectOf([]);
  const setting = getKey(model, target) ?? general;
  if (mode !== 'pruning' || (target !== 'weight' && target !== 'bias') || !isConfigObject(setting)) return setting;
  const dimension = dimensionOfBias(specs);
  if (target === 'weight') return dimension === 1 ? withKey(setting, 'granularity', 'in_channel') : setting;
  if (dimension === null) return general;
  const align = getKey(setting, 'align');
  return isConfigObject(align) ? withKey(setting, 'align', withKey(align, 'dims', [intOf(dimension)])) : setting;
}

/** The first dimension of `weight` that `bias` lies along in all modules; 0 where shapes are unknown, `null` for none. */
function dimensionOfBias(specs: readonly ModuleSpec[]): number | null {
  let fitting: readonly number[] | null = null;
  for (const { parameters } of specs) {
    const bias = parameters?.find(({ name }) => name === 'bias');
    const weight = parameters?.find(({ name }) => name === 'weight');
    if (bias && !weight) return null;
    if (!bias?.shape || !weight?.shape || bias.isNone || weight.isNone) continue;
    const [length] = bias.shape;
    const here = bias.shape.length === 1 ? [...weight.shape.keys()].filter((at) => weight.shape![at] === length) : [];
    fitting = fitting === null ? here : fitting.filter((at) => here.includes(at));
  }
  return fitting === null ? 0 : (fitting[0] ?? null);
}

function parametersOf(spec: ModuleSpec): readonly string[] {
  return spec.parameters?.map(({ name }) => name) ?? ['weight'];
}
