import type { Mode } from '../../core/config/mode.ts';
import { instantiatePreset, wordMisfit } from '../../core/config/presets-fit.ts';
import type { PresetModel } from '../../core/config/presets-model.ts';
import { presetsOf, type Preset } from '../../core/config/presets.ts';
import type { FindTemplate } from '../../core/config/setting-templates.ts';
import { floatOf, objectOf, type ConfigObject } from '../../core/config/value.ts';
import type { TypeCount } from './model-facts.ts';

/** A preset as offered for a model: its sub-configs, or why it does not fit. */
export interface PresetOffer {
  readonly preset: Preset;
  readonly configs: readonly ConfigObject[];
  readonly selected: number;
  readonly misfit: string | null;
}

/** The presets of a mode made for a model, those that fit first. */
export function offerPresets(mode: Mode, model: PresetModel, findTemplate: FindTemplate): readonly PresetOffer[] {
  const offers = presetsOf(mode).map((preset): PresetOffer => {
    const made = instantiatePreset(preset, model, findTemplate);
    return made.ok
      ? { preset, ...made.value, misfit: null }
      : { preset, configs: [], selected: 0, misfit: wordMisfit(made.error) };
  });
  return offers.toSorted((a, b) => Number(a.misfit !== null) - Number(b.misfit !== null));
}

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
  const [, ...settings] = startForType(mode, '').entries;
  return objectOf([['op_names_re', []], ...settings]);
}

/** What is done to modules, as a verb. */
export const modeVerbs: Readonly<Record<Mode, string>> = {
  pruning: 'Prune',
  quantization: 'Quantize',
  distillation: 'Distil',
};
