import { createTemplateRegistry } from '../../config/setting-templates.ts';
import { validateSubConfig } from '../../config/validate.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import { keyPlace, shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import { expandShorthand } from '../../resolve/shorthand.ts';
import type { FixProblem, ProblemAt } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { removeNone } from '../fixes/none-fixes.ts';

/** A ratio and a threshold, or one of them at two levels (rule V3). */
export const exclusiveKeys: FindingKind<ProblemValues['exclusive-keys']> = {
  words: ({ other, place }) => ({
    title: `${keyPlace(shortened(other))} and ${keyPlace(place)} must not both be set.`,
    why: 'NNI takes one of sparse_ratio and sparse_threshold in all of a sub-config, its target settings included.',
  }),
};

export const fixExclusiveKeys: FixProblem<'exclusive-keys'> = (problem) => {
  const { values, path, value, config, subConfig, input } = problem;
  // Left as None, it is one of the keys that have to go.
  const none = value === null ? removeNone(config, subConfig, input.resolution.mode).filter(({ code }) => code === 'remove-none') : [];
  if (none.length > 0) return none;
  return [...writtenOut(problem), fix('keep-first', { key: values.other, other: values.place }, { type: 'remove', path })];
};

/** The shorthand written out into target settings, if NNI takes that (rule E3). */
function writtenOut({ config, subConfig, input }: ProblemAt<'exclusive-keys'>): readonly Fix[] {
  const { resolution, templates, tree } = input;
  const { mode, outcomes } = resolution;
  const find = createTemplateRegistry(mode, templates);
  const types = new Set(
    outcomes
      .filter((outcome) => outcome.subConfigs.includes(subConfig))
      .map((outcome) => tree.specs[outcome.specId]?.type ?? ''),
  );
  const used = new Set([...types].map(find).filter((template) => template !== null));
  const expanded = expandShorthand(config, mode, [...used]).config;
  if (expanded === config || validateSubConfig(expanded, mode).length > 0) return [];
  return [fix('write-out-shorthand', null, { type: 'set', path: [subConfig], value: expanded })];
}
