import type { Mode } from '../../config/mode.ts';
import { createTemplateRegistry, inputPrefix, outputPrefix } from '../../config/setting-templates.ts';
import { getKey, isConfigObject, objectOf, type ConfigObject } from '../../config/value.ts';
import { andMore, shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import { ownTensor } from '../../module-tree/own-tensors.ts';
import { moduleSpec } from '../../module-tree/tree-index.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { addTarget, leaveOutTarget, likelyTarget, respellInput, respellTarget } from '../fixes/target-fixes.ts';
import { splitTypesFix } from '../fixes/split-types.ts';
import { isMet } from './input-not-met.ts';

/** A target that neither the template nor `target_settings` has (rules C5, C6). */
export const unknownTarget: FindingKind<ProblemValues['unknown-target']> = {
  words: ({ type, missing, target, module, count }) => ({
    title: `${type} has no target ${missing || target} (${shortened(module)}${andMore(count)}).`,
    why: 'A name in target_names must be in the template of the type or in target_settings.',
  }),
};

export const fixUnknownTarget: FixProblem<'unknown-target'> = ({ values, config, subConfig, where, input }) => {
  const { resolution, tree, templates } = input;
  const { mode } = resolution;
  const template = createTemplateRegistry(mode, templates)(values.type);
  const settings = getKey(config, 'target_settings');
  const known = [
    ...(template === null ? [] : template.entries.map(([target]) => target)),
    ...(isConfigObject(settings) ? settings.entries.map(([target]) => target) : []),
  ];
  const module = where.modules?.[0];
  const signature = module === undefined ? null : tree.specs[tree.specId[module]!]?.forward;
  if (mode === 'pruning' && values.missing === inputPrefix && values.target !== inputPrefix && signature && !isMet(values.target.slice(inputPrefix.length), signature)) {
    const meant = respellInput(config, subConfig, values.target);
    if (meant.length > 0) return [...meant, ...leaveOutTarget(config, subConfig, values.target)];
  }
  const isParameter = !values.target.startsWith('_');
  // A distillation compares outputs of modules: a parameter was meant as the output.
  const respelled = respellTarget(config, subConfig, values.target, known, mode === 'distillation' && isParameter ? outputPrefix : null);
  const target = likelyTarget(values.missing);
  // A parameter that the module lacks would only be refused later.
  const isPossible = target.startsWith('_') || module === undefined || tree.specs[tree.specId[module]!]?.parameters === null || ownTensor(moduleSpec(tree, module), target) !== undefined;
  const add = respelled.length === 0 && isPossible ? [addTarget(config, subConfig, values.missing, target, leastSetting(mode))] : [];
  const split = respelled.length === 0 ? splitTypesFix(config, subConfig, input) : [];
  return [...respelled, ...split, ...add, ...leaveOutTarget(config, subConfig, values.target)];
};

/** Quantization wants `quant_dtype` in every target (rule V4). */
function leastSetting(mode: Mode): ConfigObject {
  return mode === 'quantization' ? objectOf([['quant_dtype', 'int8']]) : objectOf([]);
}
