import type { Mode } from '../config/mode.ts';
import type { FindTemplate } from '../config/setting-templates.ts';
import { floatOf, objectOf, type ConfigObject } from '../config/value.ts';
import type { TypeCount } from '../offers/selected-specs.ts';

/** The commonest types of the model that NNI can compress. */
export function commonTypes(types: readonly TypeCount[], findTemplate: FindTemplate, most: number): readonly TypeCount[] {
  return types.filter(({ type }) => findTemplate(type) !== null).slice(0, most);
}

/** A first sub-config for all modules of a type, which NNI accepts. */
export function startForType(mode: Mode, moduleType: string): ConfigObject {
  switch (mode) {
    case 'pruning':
      return objectOf([
        ['op_types', [moduleType]],
        ['sparse_ratio', floatOf(0.5)],
      ]);
    case 'quantization':
      return objectOf([
        ['op_types', [moduleType]],
        ['quant_dtype', 'int8'],
      ]);
    case 'distillation':
      return objectOf([
        ['op_types', [moduleType]],
        ['lambda', floatOf(1)],
        ['link', 'auto'],
        ['apply_method', 'mse'],
      ]);
  }
}

/** A first sub-config for modules that a pattern will choose, complete but for the pattern. */
export function startForPattern(mode: Mode): ConfigObject {
  return startWith(mode, objectOf([['op_names_re', []]]));
}

/** A first sub-config with these selectors, and the settings that the mode needs. */
export function startWith(mode: Mode, selectors: ConfigObject): ConfigObject {
  const [, ...settings] = startForType(mode, '').entries;
  return objectOf([...selectors.entries, ...settings]);
}

/** The verb of a mode: prune, quantize, distil. */
export const modeVerbs: Readonly<Record<Mode, string>> = {
  pruning: 'Prune',
  quantization: 'Quantize',
  distillation: 'Distil',
};
