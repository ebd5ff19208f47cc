import { fix } from '../../diagnostics/fix.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { respellEntry } from '../spelling-fixes.ts';

/** A name in `op_names` that the model lacks (rule S5). */
export const unknownModule: FindingKind<ProblemValues['unknown-module']> = {
  words: ({ module }) => ({
    title: `The model has no module ${shortened(module)}.`,
    why: 'NNI looks the name up and fails; the specification says that it is ignored.',
  }),
};

export const fixUnknownModule: FixProblem<'unknown-module'> = ({ where, values, subConfig, path, input }) => [
  ...respellEntry(where.path, values.module, subConfig, input.resolution, input.resolver),
  fix('remove-entry', null, { type: 'remove', path }),
];
