import { childRows, moduleLabel, moduleName, moduleType } from '../module-tree/tree-index.ts';
import { escapePattern } from '../python-re/escape.ts';
import { fail, succeed, type Result } from '../result.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { linkToTeacher } from './link-preset.ts';
import { weightShape, type PresetModel } from './preset-model.ts';
import type { Preset, PresetPart } from './preset-table.ts';
import type { FindTemplate } from '../config/setting-templates.ts';
import {
  getKey,
  intOf,
  isConfigList,
  isConfigNumber,
  numberOf,
  objectOf,
  withKey,
  type ConfigEntry,
  type ConfigObject,
} from '../config/value.ts';

/** A preset made for a model. */
export interface PresetInstance {
  readonly configs: readonly ConfigObject[];
  /** How many modules are selected in all. */
  readonly selected: number;
  /** Whether modules are linked to others of the teacher. */
  readonly isLinked: boolean;
}

/** Why a preset does not fit a model. */
export type PresetMisfit =
  | { readonly type: 'types-unknown' }
  /** The model has nothing that the preset is about. */
  | {
      readonly type: 'nothing-to-select';
      readonly noun: string;
      /** It has some, but the preset leaves all of them alone. */
      readonly onlySpared: boolean;
    }
  /** It has, but NNI needs setting templates for these types first (rule C1). */
  | { readonly type: 'unregistered'; readonly types: readonly string[] }
  /** A group of one layer is none. */
  | { readonly type: 'too-few'; readonly noun: string }
  /** A block size does not divide a weight (rule X1). */
  | {
      readonly type: 'does-not-divide';
      readonly module: string;
      readonly shape: readonly number[];
      readonly block: readonly number[];
    };

/** Parts that make more sub-configs than this would bury the list. */
const mostPairs = 400;

/**
 * Makes a preset for a model: with the types, names and patterns that this model has. Or says why it does not fit.
 * `findTemplate` knows which types NNI can compress. With a `teacher` the modules of a distillation are linked to theirs in it.
 */
export function instantiatePreset(
  preset: Preset,
  model: PresetModel,
  findTemplate: FindTemplate,
  teacher: ModuleTree | null = null,
): Result<PresetInstance, PresetMisfit> {
  if (model.rowsOfType.size === 0) return fail({ type: 'types-unknown' });
  const configs: ConfigObject[] = [];
  const selected = new Set<number>();
  let isLinked = false;
  for (const part of preset.parts) {
    const made = makePart(part, model, findTemplate);
    if (!made.ok) {
      if (part.optional === true) continue;
      return made;
    }
    const [only, second] = made.value.configs;
    const linked = teacher && preset.mode === 'distillation' && only && !second ? linkToTeacher(only, made.value.rows, model.tree, teacher) : null;
    configs.push(...(linked ?? made.value.configs));
    isLinked ||= linked !== null;
    for (const row of made.value.rows) selected.add(row);
  }
  return succeed({ configs, selected: selected.size, isLinked });
}

/** Says in a sentence why a preset does not fit. */
export function wordMisfit(misfit: PresetMisfit): string {
  switch (misfit.type) {
    case 'types-unknown':
      return 'The types of the modules are not known.';
    case 'nothing-to-select':
      return misfit.onlySpared
        ? `The only ${misfit.noun} of this model are left alone by this preset.`
        : `This model has no ${misfit.noun}.`;
    case 'unregistered':
      return `NNI needs a setting template for ${misfit.types.join(', ')} first.`;
    case 'too-few':
      return `A group needs several ${misfit.noun}: this model has only one that the preset prunes.`;
    case 'does-not-divide':
      return `Blocks of ${misfit.block.join(' × ')} do not fit ${misfit.module} (${misfit.shape.join(' × ')}).`;
  }
}

interface MadePart {
  readonly configs: readonly ConfigObject[];
  readonly rows: readonly number[];
}

function makePart(
  part: PresetPart,
  model: PresetModel,
  findTemplate: FindTemplate,
): Result<MadePart, PresetMisfit> {
  const { subject } = part;
  switch (subject.type) {
    case 'types': {
      const spared = sparedRows(part, model);
      const rows = subject.types.flatMap((type) => model.rowsOfType.get(type) ?? []);
      const kept = rows.filter((row) => !spared.has(row));
      const types = subject.types.filter((type) => kept.some((row) => moduleType(model.tree, row) === type));
      const isListed = (row: number): boolean => types.includes(moduleType(model.tree, row) ?? '');
      const excluded = rows.filter((row) => spared.has(row) && (types.length === 0 || isListed(row)));
      return finish(part, model, findTemplate, { rows: kept, excluded }, subject.noun, [['op_types', types]]);
    }
    case 'role': {
      const hits = model.rowsOfRole(subject.role);
      const rows = [...new Set(hits.flatMap((hit) => hit.rows))];
      const types = [...new Set(rows.map((row) => moduleType(model.tree, row) ?? ''))];
      const patterns = hits.map(({ pattern }) => pattern);
      const selectors: readonly ConfigEntry[] = [
        ['op_types', types],
        ['op_names_re', patterns],
      ];
      return finish(part, model, findTemplate, { rows, excluded: [] }, subject.noun, selectors);
    }
    case 'head': {
      const rows = model.head < 0 ? [] : [model.head];
      const names = rows.map((row) => moduleName(model.tree, row));
      const noun = 'Linear layer at its end';
      return finish(part, model, findTemplate, { rows, excluded: [] }, noun, [['op_names', names]]);
    }
    case 'blocks': {
      const rows = model.blockContainers.flatMap((container) => childRows(model.tree, container));
      const patterns = model.blockContainers.map((container) => blockPattern(model, container));
      const picked = { rows, excluded: [] };
      return finish(part, model, findTemplate, picked, 'repeated blocks', [['op_names_re', patterns]]);
    }
    case 'convolutions-with-norms':
      return fusedConvolutions(part, model, findTemplate);
    case 'norms-after-convolutions':
      return alignedNorms(part, model, findTemplate);
  }
}

/** The intended modules of a part, and other modules that its selectors match. */
interface Picked {
  readonly rows: readonly number[];
  readonly excluded: readonly number[];
}

function finish(
  part: PresetPart,
  model: PresetModel,
  findTemplate: FindTemplate,
  picked: Picked,
  noun: string,
  selectors: readonly ConfigEntry[],
): Result<MadePart, PresetMisfit> {
  // NNI refuses a module object that is selected under two names (rule R5).
  const rows = picked.rows.filter((row) => !model.tree.sharedWith.has(row));
  const misfit = misfitOf(part, model, findTemplate, { rows, excluded: picked.excluded }, noun);
  if (misfit) return fail(misfit);
  const again = picked.rows.filter((row) => model.tree.sharedWith.has(row));
  const excluded = [...picked.excluded, ...again].map((row) => moduleName(model.tree, row));
  const excludes: readonly ConfigEntry[] = excluded.length === 0 ? [] : [['exclude_op_names', excluded]];
  return succeed({ configs: [objectOf([...selectors, ...excludes, ...part.settings.entries])], rows });
}

function misfitOf(
  part: PresetPart,
  model: PresetModel,
  findTemplate: FindTemplate,
  { rows, excluded }: Picked,
  noun: string,
): PresetMisfit | null {
  const { tree } = model;
  if (rows.length === 0) {
    // GPT-2 has no Linear to speak of, but layers that are as good once they are registered.
    const lookalikes = ['Conv1D'].filter((type) => model.rowsOfType.has(type) && findTemplate(type) === null);
    const isAboutLinears = part.subject.type === 'types' && part.subject.types.includes('Linear');
    if (isAboutLinears && lookalikes.length > 0) return { type: 'unregistered', types: lookalikes };
    return { type: 'nothing-to-select', noun, onlySpared: excluded.length > 0 };
  }
  if (rows.length === 1 && getKey(part.settings, 'global_group_id') !== undefined) return { type: 'too-few', noun };
  const types = [...new Set(rows.map((row) => moduleType(tree, row) ?? ''))];
  const unregistered = types.filter((type) => findTemplate(type) === null);
  if (unregistered.length > 0) return { type: 'unregistered', types: unregistered };
  const block = blockOf(part.settings);
  if (!block) return null;
  for (const row of rows) {
    const shape = weightShape(tree, row);
    if (shape && !divides(block, shape)) {
      return { type: 'does-not-divide', module: moduleName(tree, row), shape, block };
    }
  }
  return null;
}

function blockOf(settings: ConfigObject): readonly number[] | null {
  const granularity = getKey(settings, 'granularity');
  return isConfigList(granularity)
    ? granularity.map((size) => (isConfigNumber(size) ? numberOf(size) : Number.NaN))
    : null;
}

/** The block is padded with 1 at the front; -1 spans a dimension (rules R6, X1). */
function divides(block: readonly number[], shape: readonly number[]): boolean {
  if (block.length > shape.length) return false;
  const offset = shape.length - block.length;
  return block.every((size, index) => size === -1 || shape[offset + index]! % size === 0);
}

function sparedRows(part: PresetPart, model: PresetModel): ReadonlySet<number> {
  const rows = (part.spares ?? []).map((which) => (which === 'head' ? model.head : model.firstConvolution));
  return new Set(rows);
}

/** `layers` with children `0` to `11` gives `layers\.\d+$`, `block1` to `block4` below one module `block\d+$`. */
function blockPattern({ tree }: PresetModel, container: number): string {
  const name = moduleName(tree, container);
  const label = moduleLabel(tree, childRows(tree, container)[0]!).replace(/\d+$/, '');
  return `${escapePattern(name === '' ? label : `${name}.${label}`)}\\d+$`;
}

function fusedConvolutions(
  part: PresetPart,
  model: PresetModel,
  findTemplate: FindTemplate,
): Result<MadePart, PresetMisfit> {
  const pairs = model.convolutionsWithNorms;
  const types = [...new Set(pairs.map(([row]) => moduleType(model.tree, row) ?? ''))];
  const rows = types.flatMap((type) => model.rowsOfType.get(type) ?? []);
  const names = pairs.map((pair) => pair.map((row) => moduleName(model.tree, row)));
  const picked = { rows, excluded: [] };
  const made = finish(part, model, findTemplate, picked, 'convolutions with a BatchNorm', [['op_types', types]]);
  if (!made.ok) return made;
  const configs = made.value.configs.map((config) => withKey(config, 'fuse_names', names));
  return succeed({ rows: made.value.rows, configs });
}

function alignedNorms(
  part: PresetPart,
  model: PresetModel,
  findTemplate: FindTemplate,
): Result<MadePart, PresetMisfit> {
  const pairs = model.normsOfConvolutions.slice(0, mostPairs);
  const rows = pairs.map(([, norm]) => norm);
  const misfit = misfitOf(part, model, findTemplate, { rows, excluded: [] }, 'convolutions with a BatchNorm');
  if (misfit) return fail(misfit);
  const configs = pairs.map(([convolution, norm]) => {
    const align = objectOf([
      ['module_name', moduleName(model.tree, convolution)],
      ['target_name', 'weight'],
      ['dims', [intOf(0)]],
    ]);
    const followed = objectOf([['align', align]]);
    return objectOf([
      ['op_names', [moduleName(model.tree, norm)]],
      ...part.settings.entries,
      ['target_settings', objectOf([['weight', followed], ['bias', followed]])],
    ]);
  });
  return succeed({ configs, rows });
}
