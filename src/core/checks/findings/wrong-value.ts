import { getKey, isConfigList, isConfigNumber, isConfigObject, numberOf, type ConfigValue } from '../../config/value.ts';
import { writeCompactJson } from '../../config/json-writer.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { FixProblem, ProblemAt } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { usualAlign } from '../fixes/align-fixes.ts';
import { groupNames } from '../fixes/group-fixes.ts';
import { splitChannel } from '../fixes/granularity-fixes.ts';
import { meantValue } from '../fixes/meant-value.ts';
import { removeNone } from '../fixes/none-fixes.ts';

/** A value of the wrong kind (rules V1–V6). */
export const wrongValue: FindingKind<ProblemValues['wrong-value']> = {
  words: ({ key, expected, value }) => ({
    title: `${key} must be ${expected}, not ${shortened(value)}.`,
    why: 'NNI checks types strictly: 1 is no float, 1.0 is one.',
  }),
};

export const fixWrongValue: FixProblem<'wrong-value'> = (problem) => {
  const { value, config, subConfig, where, path, key, input } = problem;
  const groups = where.path[0] === 'fuse_names' ? groupNames(config, subConfig, input) : [];
  if (groups.length > 0) return groups;
  const aligned = where.path.at(-2) === 'align' ? usualAlign[key] : undefined;
  if (value === null && aligned === undefined) return removeNone(config, subConfig, input.resolution.mode);
  const meant = meantValue(config, where.path, input.resolution.mode);
  const split = key === 'granularity' && path.length === 2 && meant === 'out_channel' ? splitChannel(config, subConfig, input.resolution.mode) : null;
  const usual = aligned === undefined ? [] : [fix('write-value', { key, value: aligned[1] }, { type: 'set', path, value: aligned[0] })];
  const repair = meant === undefined ? usual : [split ?? writeMeant(meant, value, problem)];
  // NNI demands every key of align.
  if (aligned !== undefined) return repair;
  if (typeof where.path.at(-1) === 'number') return [...repair, fix('remove-entry', null, { type: 'remove', path })];
  // Without its selectors or its targets the sub-config would mean something else.
  const isOptional = !/^(?:op_|target_|quant_dtype)/.test(key) || (key === 'target_settings' && isConfigList(value) && value.length === 0);
  return [...repair, ...(isOptional ? [removeSetting(problem)] : [])];
};

/** Takes the key away; the last of target_settings takes them along, as NNI refuses an empty dict. */
function removeSetting({ key, path, where, config }: ProblemAt<'wrong-value'>): Fix {
  const [outer] = where.path;
  const settings = getKey(config, 'target_settings');
  const isOnly = outer === 'target_settings' && where.path.length === 2 && isConfigObject(settings) && settings.entries.length === 1;
  return fix('remove-key', { key }, { type: 'remove', path: isOnly ? path.slice(0, -1) : path });
}

function writeMeant(meant: ConfigValue, value: ConfigValue | undefined, { key, path }: ProblemAt<'wrong-value'>): Fix {
  const isSame = isConfigNumber(meant) && isConfigNumber(value) && numberOf(meant) === numberOf(value);
  if (isSame && meant.type === 'float') return fix('write-float', { value: meant.text }, { type: 'set', path, value: meant });
  return fix('write-value', { key, value: writeCompactJson(meant) }, { type: 'set', path, value: meant });
}
