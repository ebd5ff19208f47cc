import { fix } from '../../diagnostics/fix.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import type { ProblemValues } from '../../diagnostics/problem-values.ts';
import type { Resolution } from '../../resolve/resolution.ts';
import { kindOfTarget } from '../../resolve/settings.ts';
import type { FixProblem } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { ownGranularity } from '../fixes/granularity-fixes.ts';

/** A granularity for inputs and outputs on a parameter, or the other way round (rule R6). */
export const granularityKind: FindingKind<ProblemValues['granularity-kind']> = {
  words: ({ value, target }) =>
    value.includes('per_channel')
      ? { title: `${shortened(value)} works on inputs and outputs only, not on ${target}.`, why: 'For parameters use out_channel or in_channel.' }
      : { title: `${shortened(value)} works on parameters only, not on ${target}.`, why: 'For inputs and outputs use per_channel.' },
  concerns: ({ values, where }, { failures }) =>
    failures.some(({ code, subConfig, values: own }) => code === 'granularity-kind' && subConfig === where.subConfig && own.value === values.value),
};

export const fixGranularityKind: FixProblem<'granularity-kind'> = ({ values, value, key, path, subConfig, config, input }) => {
  if (value === undefined) return [];
  const isParameter = kindOfTarget(values.target) === 'parameter';
  const meant = isParameter ? 'out_channel' : 'per_channel';
  const remove = fix('remove-key', { key }, { type: 'remove', path });
  const isShorthand = path.length === 2;
  const others = isShorthand ? targetsOf(subConfig, input.resolution) : [];
  const isMixed = others.some((target) => (kindOfTarget(target) === 'parameter') !== isParameter);
  if (!isMixed) return [fix('write-value', { key, value: `"${meant}"` }, { type: 'set', path, value: meant }), remove];
  // At top level it holds for targets of the other kind too: only these get another one.
  const wrong = others.filter((target) => (kindOfTarget(target) === 'parameter') === isParameter);
  const edits = wrong.map((target) => ownGranularity(config, subConfig, target, meant));
  return [fix('write-target-value', { key, value: `"${meant}"`, targets: wrong.join(', ') }, ...edits), remove];
};

/** Targets that a sub-config configures, as it would name them in its settings. */
function targetsOf(subConfig: number, { outcomes }: Resolution): readonly string[] {
  const targets = outcomes.flatMap((outcome) => [
    ...outcome.targets.filter((target) => target.subConfig === subConfig).map(({ target }) => target),
    ...outcome.failures.flatMap((failure) => (failure.subConfig === subConfig && failure.target !== null ? [failure.target] : [])),
  ]);
  return [...new Set(targets.map((target) => target.replace(/^(_input_|_output_)0$/, '$1')))];
}
