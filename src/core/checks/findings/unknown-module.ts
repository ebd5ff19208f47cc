import { shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { repairEntry } from '../fixes/entry-fixes.ts';
import { removeEntry } from '../fixes/remove-entry.ts';

/** A name in `op_names` that the model lacks (rule S5). */
export const unknownModule: FindingKind<ProblemValues['unknown-module']> = {
  words: ({ module }) => ({
    title: `The model has no module ${shortened(module)}.`,
    why: 'NNI looks the name up and fails; the specification says that it is ignored.',
  }),
};

export const fixUnknownModule: FixProblem<'unknown-module'> = ({ where, subConfig, config, input }) => {
  const index = Number(where.path[1]);
  return [...repairEntry('op_names', index, subConfig, input), removeEntry(config, subConfig, 'op_names', index)];
};
