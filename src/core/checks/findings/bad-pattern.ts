import { fix } from '../../diagnostics/fix.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';

/** A pattern that Python does not compile (rule S2). */
export const badPattern: FindingKind<ProblemValues['bad-pattern']> = {
  words: ({ pattern, message }) => ({
    title: `Python refuses the pattern ${shortened(pattern)}: ${message}.`,
    why: 'NNI compiles the patterns when it selects modules.',
  }),
};

export const fixBadPattern: FixProblem<'bad-pattern'> = ({ where, path }) =>
  typeof where.path.at(-1) === 'number' ? [fix('remove-entry', null, { type: 'remove', path })] : [];
