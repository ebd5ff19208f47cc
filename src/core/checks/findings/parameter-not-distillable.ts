import { outputPrefix } from '../../config/setting-templates.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { leaveOutTarget, respellTarget } from '../fixes/target-fixes.ts';

/** A parameter as a target of a distillation (rule R2). */
export const parameterNotDistillable: FindingKind<ProblemValues['parameter-not-distillable']> = {
  words: ({ target }) => ({
    title: `${target} is a parameter: only inputs and outputs can be distilled.`,
    why: 'A distillation compares outputs of modules, not their weights.',
  }),
};

export const fixParameterNotDistillable: FixProblem<'parameter-not-distillable'> = ({ config, subConfig, values }) => [
  ...respellTarget(config, subConfig, values.target, [outputPrefix], outputPrefix),
  ...leaveOutTarget(config, subConfig, values.target),
];
