import type { ModuleSpec } from '../module-tree/module-tree.ts';
import { builtInTemplate, inputPrefix, outputPrefix } from './setting-templates.ts';
import type { Mode } from './mode.ts';
import {
  getKey,
  isConfigObject,
  objectOf,
  withKey,
  withoutKey,
  type ConfigEntry,
  type ConfigObject,
  type ConfigValue,
} from './value.ts';

/**
 * A template for a module type that NNI does not know (rule C1), made from the module's own parameters: each gets the
 * setting that NNI gives to the weight of a Linear, `bias` the one of its bias; in quantization and distillation
 * inputs and outputs join as NNI has them. `null` parameters (unknown) count as a weight alone.
 */
export function templateFromParameters(mode: Mode, spec: ModuleSpec): ConfigObject {
  const model = builtInTemplate(mode, 'Linear');
  if (!model) return objectOf([]);
  const names = mode === 'distillation' ? [] : parametersOf(spec);
  const entries = names.map((name): ConfigEntry => [name, usualSetting(mode, name)]);
  const input = getKey(model, inputPrefix);
  const output = getKey(model, outputPrefix);
  return objectOf([
    ...(input === undefined ? [] : [[inputPrefix, input] as const]),
    ...entries,
    ...(output === undefined ? [] : [[outputPrefix, output] as const]),
  ]);
}

/**
 * Targets that a template for modules of `spec` may have: those that `template` has, the parameters, all inputs and
 * all outputs; in distillation inputs and outputs only (rule R2). Without a spec a weight and a bias are assumed.
 */
export function possibleTargets(mode: Mode, spec: ModuleSpec | null, template: ConfigObject): readonly string[] {
  const parameters = mode === 'distillation' ? [] : spec ? parametersOf(spec) : ['weight', 'bias'];
  return [...new Set([...template.entries.map(([target]) => target), ...parameters, inputPrefix, outputPrefix])];
}

/** The template with a target, set as NNI sets it in a Linear, or without it. */
export function withTarget(mode: Mode, template: ConfigObject, target: string, wanted: boolean): ConfigObject {
  if (!wanted) return withoutKey(template, target);
  return getKey(template, target) === undefined ? withKey(template, target, usualSetting(mode, target)) : template;
}

/** Whether a value has the form of a template: target names, each with an object of settings. */
export function isTemplate(value: ConfigValue): value is ConfigObject {
  return isConfigObject(value) && value.entries.every(([, setting]) => isConfigObject(setting));
}

function usualSetting(mode: Mode, target: string): ConfigValue {
  const model = builtInTemplate(mode, 'Linear') ?? objectOf([]);
  return getKey(model, target) ?? getKey(model, mode === 'distillation' ? outputPrefix : 'weight') ?? objectOf([]);
}

function parametersOf(spec: ModuleSpec): readonly string[] {
  return spec.parameters?.map(({ name }) => name) ?? ['weight'];
}
