import type { ModuleTree } from '../module-tree/module-tree.ts';
import type { Mode } from '../config/mode.ts';
import { instantiatePreset, wordMisfit } from './fit-preset.ts';
import { createPresetModel, type PresetModel } from './preset-model.ts';
import { presetsOf, type Preset } from './preset-table.ts';
import type { FindTemplate } from '../config/setting-templates.ts';
import type { ConfigObject } from '../config/value.ts';

/** A preset as offered for a model: its sub-configs, or why it does not fit. */
export interface PresetOffer {
  readonly preset: Preset;
  readonly configs: readonly ConfigObject[];
  readonly selected: number;
  /** Whether modules are linked to others of the teacher. */
  readonly isLinked: boolean;
  readonly misfit: string | null;
}

const models = new WeakMap<ModuleTree, PresetModel>();

/** The presets of a mode made for a model, and for the teacher of a distillation, fitting ones first. It looks at every module: not for the page's thread. */
export function offerPresets(
  mode: Mode,
  tree: ModuleTree,
  findTemplate: FindTemplate,
  teacher: ModuleTree | null = null,
): readonly PresetOffer[] {
  const model = models.get(tree) ?? createPresetModel(tree);
  models.set(tree, model);
  const offers = presetsOf(mode).map((preset): PresetOffer => {
    const made = instantiatePreset(preset, model, findTemplate, teacher);
    return made.ok
      ? { preset, ...made.value, misfit: null }
      : { preset, configs: [], selected: 0, isLinked: false, misfit: wordMisfit(made.error) };
  });
  return offers.toSorted((a, b) => Number(a.misfit !== null) - Number(b.misfit !== null));
}
