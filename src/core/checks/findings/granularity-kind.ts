import { fix } from '../../diagnostics/fix.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';

/** A granularity for inputs and outputs on a parameter, or the other way round (rule R6). */
export const granularityKind: FindingKind<ProblemValues['granularity-kind']> = {
  words: ({ value, target }) => ({
    title: `granularity ${shortened(value)} does not go with the target ${target}.`,
    why: 'in_channel and out_channel are for parameters, per_channel for inputs and outputs.',
  }),
};

export const fixGranularityKind: FixProblem<'granularity-kind'> = ({ value, key, path }) =>
  value === undefined ? [] : [fix('remove-key', { key }, { type: 'remove', path })];
