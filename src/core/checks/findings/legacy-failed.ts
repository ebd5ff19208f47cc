import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import { translateRespelled } from '../fixes/legacy-fixes.ts';
import type { FindingKind } from '../finding-kind.ts';

export const fixLegacyFailed: FixProblem<'legacy-failed'> = ({ input }) => translateRespelled(input.list, input.resolution.mode);

/** A list of NNI 2.x that NNI cannot translate (rule L6). */
export const legacyFailed: FindingKind<ProblemValues['legacy-failed']> = {
  words: ({ key }) => ({
    title: `NNI cannot translate this NNI 2.x list: ${key} is missing or not as it was.`,
    why: 'A list whose first sub-config has keys of NNI 2.x is translated before anything else.',
  }),
};
