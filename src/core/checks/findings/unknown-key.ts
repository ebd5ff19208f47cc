import { fix } from '../../diagnostics/fix.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { respellKey } from '../spelling-fixes.ts';

/** A key that is none of this mode (rule V2). */
export const unknownKey: FindingKind<ProblemValues['unknown-key']> = {
  words: ({ key }) => ({ title: `${key} is not a key of this mode.`, why: 'NNI refuses every key that it does not know.' }),
};

export const fixUnknownKey: FixProblem<'unknown-key'> = ({ where, config, subConfig, key, path, input }) => [
  ...respellKey(where.path, config, subConfig, input.resolution),
  fix('remove-key', { key }, { type: 'remove', path }),
];
