import { choosingKeys } from '../../config/selector-keys.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { removeSubConfig } from '../fixes/remove-entry.ts';
import { respellSelector } from '../fixes/selector-fixes.ts';
import { isKnownKey, respellKey } from '../fixes/spelling-fixes.ts';

/** No selector at all (rule V1). */
export const missingSelector: FindingKind<ProblemValues['missing-selector']> = {
  words: () => ({
    title: 'Nothing says which modules are meant.',
    why: 'NNI wants at least one of op_types, op_names and op_names_re.',
  }),
};

export const fixMissingSelector: FixProblem<'missing-selector'> = ({ subConfig, config, input }) => {
  const renames = config.entries.flatMap(([key]) => {
    const near = respellKey([key], config, subConfig, input.resolution).filter((fix) => fix.code === 'rename-key' && choosingKeys.has(fix.values.key));
    return near.length > 0 || isKnownKey(key, input.resolution.mode) ? near : respellSelector(key, config, subConfig, input);
  });
  return [...renames, removeSubConfig(subConfig)];
};
