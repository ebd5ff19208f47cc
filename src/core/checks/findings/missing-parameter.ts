import { shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { leaveOutTarget } from '../target-fixes.ts';

/** A target that is no parameter or buffer of the module (rule R2). */
export const missingParameter: FindingKind<ProblemValues['missing-parameter']> = {
  words: ({ module, target }) => ({
    title: `${shortened(module)} has no parameter ${target}.`,
    why: 'A target that is no input or output must be a parameter or buffer of the module.',
  }),
};

export const fixMissingParameter: FixProblem<'missing-parameter'> = ({ config, subConfig, values }) =>
  leaveOutTarget(config, subConfig, values.target);
