import { editAnyList, type ListEdit } from '../../config/list-edits.ts';
import { isConfigList } from '../../config/value.ts';
import { fix } from '../../diagnostics/fix.ts';
import type { FindingInput } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { silentFinding, type FromObservation, type ObservationOf, type OfSubConfig } from '../from-observation.ts';
import { setTargetNames, targetNames } from '../fixes/target-fixes.ts';

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

export const findDroppedTargetSetting: FromObservation<'dropped-target-setting', DroppedTargetSettingValues> = (observation, input) => {
  const { subConfig, target, count } = observation;
  const names = targetNames(input.resolution.effective[subConfig]!);
  const edit = setTargetNames(subConfig, [...names, target]);
  const fixes = names.includes(target) || !isTaken(observation, edit, input) ? [] : [fix('add-target-name', { target }, edit)];
  return silentFinding(observation, 'C5', ['target_settings', target], { target, count }, fixes);
};

/** Whether the target is taken when it is named: `_input_0` means `_input_`, and some targets no module has. */
function isTaken({ subConfig, target }: ObservationOf<'dropped-target-setting'>, edit: ListEdit, { list, resolver, resolution, templates, python }: FindingInput): boolean {
  const after = isConfigList(list) ? editAnyList(list, [edit]) : null;
  if (after === null) return false;
  const { observations } = resolver.resolve({ mode: resolution.mode, list: after, templates, python });
  return !observations.some((left) => left.type === 'dropped-target-setting' && left.subConfig === subConfig && left.target === target);
}
