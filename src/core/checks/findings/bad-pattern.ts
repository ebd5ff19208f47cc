import { shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { repairEntry } from '../fixes/entry-fixes.ts';
import { removeEntry } from '../fixes/remove-entry.ts';

/** A pattern that Python does not compile (rule S2). */
export const badPattern: FindingKind<ProblemValues['bad-pattern']> = {
  words: ({ pattern, message }) => ({
    title: `Python refuses the pattern ${shortened(pattern)}: ${message}.`,
    why: 'NNI compiles the patterns when it selects modules.',
  }),
};

export const fixBadPattern: FixProblem<'bad-pattern'> = ({ where, subConfig, config, input }) => {
  const [key, index] = where.path;
  if (key !== 'op_names_re' && key !== 'exclude_op_names_re') return [];
  return [...repairEntry(key, Number(index), subConfig, input), removeEntry(config, subConfig, key, Number(index))];
};
