import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { leaveOutTarget } from '../fixes/target-fixes.ts';

/** A target whose mask or scale cannot be a buffer: its name holds a dot (rule R2). */
export const registrationFailed: FindingKind<ProblemValues['registration-failed']> = {
  words: ({ target }) => ({
    title: `NNI cannot register the target ${target}.`,
    why: 'Its name is not one that a module’s input, output or parameter can have.',
  }),
};

export const fixRegistrationFailed: FixProblem<'registration-failed'> = ({ config, subConfig, values }) =>
  leaveOutTarget(config, subConfig, values.target);
