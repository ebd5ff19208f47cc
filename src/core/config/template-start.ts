import type { ModuleSpec } from '../module-tree/module-tree.ts';
import { builtInTemplate } from './setting-templates.ts';
import type { Mode } from './mode.ts';
import { objectOf, type ConfigEntry, type ConfigObject } from './value.ts';

/**
 * A template for a module type that NNI does not know (rule C1), made from the module's own parameters: each gets the
 * setting that NNI gives to the weight of a Linear, `bias` the one of its bias; in quantization and distillation
 * inputs and outputs join as NNI has them. `null` parameters (unknown) count as a weight alone.
 */
export function templateFromParameters(mode: Mode, spec: ModuleSpec): ConfigObject {
  const model = builtInTemplate(mode, 'Linear');
  if (!model) return objectOf([]);
  const settings = new Map(model.entries);
  const names = spec.parameters?.map((parameter) => parameter.name) ?? ['weight'];
  const entries = names.map((name): ConfigEntry => [name, settings.get(name) ?? settings.get('weight') ?? null]);
  const input = settings.get('_input_');
  const output = settings.get('_output_');
  return objectOf([
    ...(input === undefined ? [] : [['_input_', input] as const]),
    ...(mode === 'distillation' ? [] : entries),
    ...(output === undefined ? [] : [['_output_', output] as const]),
  ]);
}
