import { fix } from '../../diagnostics/fix.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';

/** `target_settings: {}` (rule V7). */
export const emptyDict: FindingKind<ProblemValues['empty-dict']> = {
  words: ({ key }) => ({ title: `${key} is empty.`, why: 'NNI refuses an empty dict here; leave the key out.' }),
};

export const fixEmptyDict: FixProblem<'empty-dict'> = ({ key, path }) => [fix('remove-key', { key }, { type: 'remove', path })];
