import { fix } from '../../diagnostics/fix.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';

/** A list as granularity that is no block (rule R6). */
export const granularityMalformed: FindingKind<ProblemValues['granularity-malformed']> = {
  words: ({ value }) => ({
    title: `granularity ${shortened(value)} is not a block that NNI reads.`,
    why: 'It takes a list of ints, or [sizes, "front" or "back", value].',
  }),
  concerns: ({ values, where }, { failures }) =>
    failures.some(({ code, subConfig, values: own }) => code === 'granularity-malformed' && subConfig === where.subConfig && own.value === values.value),
};

export const fixGranularityMalformed: FixProblem<'granularity-malformed'> = ({ value, key, path }) =>
  value === undefined ? [] : [fix('remove-key', { key }, { type: 'remove', path })];
