import { fix } from '../../diagnostics/fix.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';

/** A key that NNI demands (rules V3, V4). */
export const missingKey: FindingKind<ProblemValues['missing-key']> = {
  words: ({ key, expected }) => ({ title: `${key} is missing.`, why: `NNI demands it here, as ${expected}.` }),
};

export const fixMissingKey: FixProblem<'missing-key'> = ({ key, path }) => {
  if (key === 'quant_dtype') return [fix('add-key', { key, value: '"int8"' }, { type: 'set', path, value: 'int8' })];
  return key === 'target_settings' ? [fix('remove-key', { key }, { type: 'remove', path })] : [];
};
