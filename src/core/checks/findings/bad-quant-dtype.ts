import { fix } from '../../diagnostics/fix.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';

/** A `quant_dtype` that is no integer type (rule R3). */
export const badQuantDtype: FindingKind<ProblemValues['bad-quant-dtype']> = {
  words: ({ value }) => ({
    title: `quant_dtype ${shortened(value)} is no integer type.`,
    why: 'It reads int or uint and a number of bits, such as int8.',
  }),
};

export const fixBadQuantDtype: FixProblem<'bad-quant-dtype'> = ({ value, key, path }) =>
  value === undefined ? [] : [fix('write-value', { key, value: '"int8"' }, { type: 'set', path, value: 'int8' })];
