import { fix } from '../../diagnostics/fix.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { legacyKeysOf, translateSubConfig } from '../fixes/legacy-fixes.ts';
import { isSelectorLike, respellSelector } from '../fixes/selector-fixes.ts';
import { respellKey } from '../fixes/spelling-fixes.ts';

/** A key that is none of this mode (rule V2). */
export const unknownKey: FindingKind<ProblemValues['unknown-key']> = {
  words: ({ key }) => ({ title: `${key} is not a key of this mode.`, why: 'NNI refuses every key that it does not know.' }),
};

export const fixUnknownKey: FixProblem<'unknown-key'> = ({ where, config, subConfig, key, path, value, input }) => {
  const isTop = where.path.length === 1;
  const isLegacy = isTop && legacyKeysOf(config).includes(key);
  const translation = isLegacy ? translateSubConfig(config, subConfig, input) : [];
  const near = respellKey(where.path, config, subConfig, input.resolution);
  const respelled = near.length > 0 || isLegacy || !isTop ? near : respellSelector(key, config, subConfig, input);
  const likely = [...translation, ...respelled];
  // Without `exclude`, or another key that chooses modules, the sub-config would compress modules that were to be left alone.
  const isOpposite = (key === 'exclude' && value !== false && value !== null) || (isTop && !isLegacy && isSelectorLike(key, config, input));
  return isOpposite ? likely : [...likely, fix('remove-key', { key }, { type: 'remove', path })];
};
