import { getAt } from '../../config/list-edits.ts';
import { getKey, isConfigObject } from '../../config/value.ts';
import { fix } from '../../diagnostics/fix.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { usualAlign } from '../fixes/align-fixes.ts';
import { legacyKeysOf, translateSubConfig } from '../fixes/legacy-fixes.ts';
import { respellKey } from '../fixes/spelling-fixes.ts';

/** A key that NNI demands (rules V3, V4). */
export const missingKey: FindingKind<ProblemValues['missing-key']> = {
  words: ({ key, expected }) => ({ title: `${key} is missing.`, why: `NNI demands it here, as ${expected}.` }),
};

export const fixMissingKey: FixProblem<'missing-key'> = ({ key, path, where, config, subConfig, input }) => {
  if (key === 'quant_dtype') {
    const translation = legacyKeysOf(config).length > 0 ? translateSubConfig(config, subConfig, input) : [];
    const place = where.path.slice(0, -1);
    const parent = getAt(config, place);
    const names = isConfigObject(parent) ? parent.entries.map(([name]) => name) : [];
    const renamed = names
      // That is the targets, not their type.
      .filter((name) => name !== 'quant_types')
      .flatMap((name) => respellKey([...place, name], config, subConfig, input.resolution))
      .filter((rename) => rename.code === 'rename-key' && rename.values.key === key);
    const given = where.path.length > 1 ? getKey(config, 'quant_dtype') : undefined;
    const value = typeof given === 'string' ? given : 'int8';
    return [...translation, ...renamed, fix('add-key', { key, value: `"${value}"` }, { type: 'set', path, value })];
  }
  const aligned = where.path.at(-2) === 'align' ? usualAlign[key] : undefined;
  if (aligned !== undefined) return [fix('add-key', { key, value: aligned[1] }, { type: 'set', path, value: aligned[0] })];
  return key === 'target_settings' ? [fix('remove-key', { key }, { type: 'remove', path })] : [];
};
