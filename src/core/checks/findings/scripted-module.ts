import { andMore, shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import { excludeType } from '../fixes/exclude-fixes.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';

/** A selected module of TorchScript (rule R7). */
export const scriptedModule: FindingKind<ProblemValues['scripted-module']> = {
  words: ({ module, count, type }) => ({
    title: `${shortened(module) || 'The root'}${andMore(count)} is TorchScript (${type}), which NNI cannot wrap.`,
    why: 'NNI asks Python for the arguments of forward, which a scripted or traced module does not have.',
  }),
};

export const fixScriptedModule: FixProblem<'scripted-module'> = ({ values, config, subConfig }) => [excludeType(config, subConfig, values.type)];
