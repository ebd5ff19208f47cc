import { modes } from '../../config/mode.ts';
import { settingKeys } from '../../config/setting-keys.ts';
import { validateSubConfig } from '../../config/validate.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem, ProblemAt } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { legacyKeysOf, translateSubConfig } from '../fixes/legacy-fixes.ts';
import { respellKey } from '../fixes/spelling-fixes.ts';

/** A key that is none of this mode (rule V2). */
export const unknownKey: FindingKind<ProblemValues['unknown-key']> = {
  words: ({ key }) => ({ title: `${key} is not a key of this mode.`, why: 'NNI refuses every key that it does not know.' }),
};

export const fixUnknownKey: FixProblem<'unknown-key'> = (problem) => {
  const { where, config, subConfig, key, path, value, input } = problem;
  const isLegacy = where.path.length === 1 && legacyKeysOf(config).includes(key);
  const translation = isLegacy ? translateSubConfig(config, subConfig, input) : [];
  const move = moveToMode(problem);
  const likely = [...translation, ...respellKey(where.path, config, subConfig, input.resolution), ...move];
  // Without `exclude` the sub-config would compress modules that were to be left alone; without keys of another mode it would do nothing that was intended.
  const isOpposite = (key === 'exclude' && value !== false && value !== null) || move.length > 0;
  return isOpposite ? likely : [...likely, fix('remove-key', { key }, { type: 'remove', path })];
};

/** A sub-config that another mode takes as it is was meant for that mode. */
function moveToMode({ config, subConfig, key, where, input }: ProblemAt<'unknown-key'>): readonly Fix[] {
  const top = where.path.length === 1 ? key : where.path.at(-1);
  const mode = modes.find(
    (candidate) =>
      candidate !== input.resolution.mode &&
      settingKeys[candidate].some((known) => known.key === top) &&
      validateSubConfig(config, candidate).length === 0,
  );
  if (mode === undefined) return [];
  return [{ code: 'move-to-mode', values: { subConfig: subConfig + 1, mode }, action: { type: 'move-to-mode', subConfig, mode } }];
}
