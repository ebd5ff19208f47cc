import { fix } from '../../diagnostics/fix.ts';
import type { FindingKind } from '../finding-kind.ts';
import { silentFinding, type FromObservation, type OfSubConfig } from '../from-observation.ts';
import { setTargetNames, targetNames } from '../target-fixes.ts';

export interface DroppedTargetSettingValues extends OfSubConfig {
  readonly target: string;
  readonly count: number;
}

/** Settings of a target that `target_names` leaves out (rule C5). */
export const droppedTargetSetting: FindingKind<DroppedTargetSettingValues> = {
  words: ({ target }) => ({
    title: `The settings of ${target} are dropped: target_names leaves it out.`,
    why: 'Only the targets in target_names are configured.',
  }),
  concerns: ({ values, where }, { dropped }) =>
    dropped.some(({ subConfig, target }) => subConfig === where.subConfig && target === values.target),
};

export const findDroppedTargetSetting: FromObservation<'dropped-target-setting', DroppedTargetSettingValues> = (observation, { resolution }) => {
  const { subConfig, target, count } = observation;
  const add = setTargetNames(subConfig, [...targetNames(resolution.effective[subConfig]!), target]);
  return silentFinding(observation, 'C5', ['target_settings', target], { target, count }, [fix('add-target-name', { target }, add)]);
};
