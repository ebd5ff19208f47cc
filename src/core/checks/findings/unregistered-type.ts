import type { Fix } from '../../diagnostics/fix.ts';
import { andMore, shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import { excludeType } from '../exclude-fixes.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { onlyTypes } from '../type-fixes.ts';

/** A selected module whose type has no setting template (rule C1). */
export const unregisteredType: FindingKind<ProblemValues['unregistered-type']> = {
  words: ({ type, module, count }) => ({
    title: `NNI has no template for ${type} (${shortened(module) || 'the root'}${andMore(count)}).`,
    why: 'Every selected module needs a setting template of its type.',
  }),
};

export const fixUnregisteredType: FixProblem<'unregistered-type'> = ({ values: { type }, config, subConfig, input }) => {
  const register: Fix = { code: 'register-type', values: { type }, action: { type: 'register-template', moduleType: type } };
  return [...onlyTypes(input.resolution, input.tree, subConfig), ...(type === '' ? [] : [excludeType(config, subConfig, type), register])];
};
