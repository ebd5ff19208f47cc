import { floatOf, isConfigNumber, numberOf } from '../../config/value.ts';
import { fix } from '../../diagnostics/fix.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';

/** A value of the wrong kind (rules V1–V6). */
export const wrongValue: FindingKind<ProblemValues['wrong-value']> = {
  words: ({ key, expected, value }) => ({
    title: `${key} must be ${expected}, not ${shortened(value)}.`,
    why: 'NNI checks types strictly: 1 is no float, 1.0 is one.',
  }),
};

export const fixWrongValue: FixProblem<'wrong-value'> = ({ key, value, path }) => {
  if (isConfigNumber(value) && value.type === 'int' && isFloatKey(key)) {
    const float = floatOf(numberOf(value));
    return [fix('write-float', { value: float.text }, { type: 'set', path, value: float })];
  }
  return value === null ? [fix('remove-key', { key }, { type: 'remove', path })] : [];
};

function isFloatKey(key: string): boolean {
  return key === 'sparse_ratio' || key === 'sparse_threshold';
}
