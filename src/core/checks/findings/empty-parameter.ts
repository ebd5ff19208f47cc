import { getKey, isConfigList, isConfigObject } from '../../config/value.ts';
import { formatQuantity } from '../../text/format-count.ts';
import type { Resolution } from '../../resolve/resolution.ts';
import type { FindingKind } from '../finding-kind.ts';
import { silentFinding, type FromObservation, type ObservationOf, type OfSubConfig } from '../from-observation.ts';

export interface EmptyParameterValues extends OfSubConfig {
  readonly target: string;
  readonly count: number;
}

/** A target that is `None` in selected modules (rule R2). */
export const emptyParameter: FindingKind<EmptyParameterValues> = {
  words: ({ target, count }) => ({
    title: `${target} is None in ${formatQuantity(count, 'selected module')}: NNI skips it there.`,
    why: 'Layers made with bias=False have no such parameter to compress.',
  }),
  concerns: ({ values, where }, { targets }) =>
    targets.some(({ target, attribute, subConfig }) => subConfig === where.subConfig && target === values.target && attribute === 'empty'),
};

export const findEmptyParameter: FromObservation<'empty-parameter', EmptyParameterValues> = (observation) =>
  silentFinding(observation, 'R2', [], { target: observation.target, count: observation.count });

/**
 * Whether the sub-config names the target: a layer without a bias surprises only a person who named it. In a
 * quantization it is a failure and reported as one (rule X8).
 */
export function isEmptyParameterShown(
  { subConfig, target }: ObservationOf<'empty-parameter'>,
  { effective, mode, verdict }: Resolution,
): boolean {
  if (mode === 'quantization' && verdict.accepted) return false;
  const config = effective[subConfig]!;
  const names = getKey(config, 'target_names');
  const settings = getKey(config, 'target_settings');
  return (isConfigList(names) && names.includes(target)) || (isConfigObject(settings) && getKey(settings, target) !== undefined);
}
