import type { Mode } from '../../config/mode.ts';
import { objectOf, type ConfigObject } from '../../config/value.ts';
import { fix } from '../../diagnostics/fix.ts';
import { andMore, shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';

/** A target that neither the template nor `target_settings` has (rules C5, C6). */
export const unknownTarget: FindingKind<ProblemValues['unknown-target']> = {
  words: ({ type, missing, target, module, count }) => ({
    title: `${type} has no target ${missing || target} (${shortened(module)}${andMore(count)}).`,
    why: 'A name in target_names must stand in the template of the type or in target_settings.',
  }),
};

export const fixUnknownTarget: FixProblem<'unknown-target'> = ({ values, subConfig, input }) => {
  const target = values.missing;
  const path = [subConfig, 'target_settings', target];
  return [fix('add-target', { target }, { type: 'set', path, value: leastSetting(input.resolution.mode) })];
};

/** Quantization wants `quant_dtype` in every target (rule V4). */
function leastSetting(mode: Mode): ConfigObject {
  return mode === 'quantization' ? objectOf([['quant_dtype', 'int8']]) : objectOf([]);
}
