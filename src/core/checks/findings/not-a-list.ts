import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FindingKind } from '../finding-kind.ts';

/** The list is no list (rule V1). */
export const notAList: FindingKind<ProblemValues['not-a-list']> = {
  words: ({ type }) => ({ title: `The config list is a ${type}, not a list.`, why: 'NNI walks a list of dicts.' }),
};
