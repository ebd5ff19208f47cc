import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { removeSubConfig } from '../fixes/remove-entry.ts';

/** An item of the list is no dict (rule V1). */
export const notADict: FindingKind<ProblemValues['not-a-dict']> = {
  words: () => ({ title: 'This entry of the list is not an object.', why: 'Each sub-config is a dict.' }),
};

export const fixNotADict: FixProblem<'not-a-dict'> = ({ subConfig }) => [removeSubConfig(subConfig)];
