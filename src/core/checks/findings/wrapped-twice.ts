import { shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import { excludeEverywhere, excludeName } from '../fixes/exclude-fixes.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';

/** One module object, selected under two names (rule R5). */
export const wrappedTwice: FindingKind<ProblemValues['wrapped-twice']> = {
  words: ({ module, other }) => ({
    title: `${shortened(module)} and ${shortened(other)} are the same module.`,
    why: 'NNI wraps each module once; select only one of the two names.',
  }),
};

export const fixWrappedTwice: FixProblem<'wrapped-twice'> = ({ config, subConfig, values, input }) => {
  const module = input.resolver.indexOf(values.module);
  // Another sub-config that selects the name as well would wrap it again.
  const everywhere = module === undefined ? [] : excludeEverywhere(module, values.module, input.resolution);
  return everywhere.length > 0 ? everywhere : [excludeName(config, subConfig, values.module)];
};
