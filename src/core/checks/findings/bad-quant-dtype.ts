import { fix } from '../../diagnostics/fix.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { quantDtypeMeant } from '../fixes/meant-value.ts';

/** A `quant_dtype` that is no integer type (rule R3). */
export const badQuantDtype: FindingKind<ProblemValues['bad-quant-dtype']> = {
  words: ({ value, target }) => ({
    title: `quant_dtype ${shortened(value)} is no integer type (${target}).`,
    why: 'It reads int or uint and a number of bits, such as int8.',
  }),
  concerns: ({ values, where }, { failures }) =>
    failures.some(({ code, subConfig, values: own }) => code === 'bad-quant-dtype' && subConfig === where.subConfig && own.value === values.value),
};

export const fixBadQuantDtype: FixProblem<'bad-quant-dtype'> = ({ value, key, path }) => {
  if (value === undefined) return [];
  const meant = (typeof value === 'string' ? quantDtypeMeant(value) : null) ?? 'int8';
  return [fix('write-value', { key, value: `"${meant}"` }, { type: 'set', path, value: meant })];
};
