import { inputPrefix, outputPrefix } from '../../config/setting-templates.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import { moduleSpec } from '../../module-tree/tree-index.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { splitTypesFix } from '../fixes/split-types.ts';
import { leaveOutTarget, respellTarget } from '../fixes/target-fixes.ts';

/** A target that is no parameter or buffer of the module (rule R2). */
export const missingParameter: FindingKind<ProblemValues['missing-parameter']> = {
  words: ({ module, target }) => ({
    title: `${shortened(module)} has no parameter ${target}.`,
    why: 'A target that is no input or output must be a parameter or buffer of the module.',
  }),
};

export const fixMissingParameter: FixProblem<'missing-parameter'> = ({ config, subConfig, values, where, input }) => {
  const { tree } = input;
  const module = where.modules?.[0];
  const spec = module === undefined ? null : moduleSpec(tree, module);
  const tensors = [...(spec?.parameters ?? []), ...(spec?.buffers ?? [])].filter(({ isNone }) => !isNone).map(({ name }) => name);
  const known = [...tensors, inputPrefix, outputPrefix];
  const respelled = respellTarget(config, subConfig, values.target, known);
  return [...respelled, ...(respelled.length === 0 ? splitTypesFix(config, subConfig, input) : []), ...leaveOutTarget(config, subConfig, values.target)];
};
