import { choosingKeys } from '../../config/selector-keys.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import type { FindingKind } from '../finding-kind.ts';
import type { FindingInput } from '../finding-context.ts';
import { silentFinding, type FromObservation, type ObservationOf, type OfSubConfig } from '../from-observation.ts';
import { repairEntry } from '../fixes/entry-fixes.ts';
import { removeEntry } from '../fixes/remove-entry.ts';

export interface EntryWithoutHitValues extends OfSubConfig {
  readonly key: string;
  readonly value: string;
  readonly count: number;
  /** The sub-config selects no module at all. */
  readonly isAll: boolean;
}

/** A string of a selector that matches no module (rule S). */
export const entryWithoutHit: FindingKind<EntryWithoutHitValues> = {
  words: ({ value, key, isAll, subConfig }, numberOf) => ({
    title: `${shortened(value) || 'The empty string'} in ${key} matches no module${isAll ? `: sub-config ${numberOf(subConfig)} selects nothing` : ''}.`,
    why: isAll ? 'NNI goes on without a word.' : 'NNI says nothing of an entry without effect.',
  }),
};

export const findEntryWithoutHit: FromObservation<'entry-without-hit', EntryWithoutHitValues> = (observation, input) => {
  const { subConfig, key, index, value } = observation;
  const remove = removeEntry(input.resolution.effective[subConfig]!, subConfig, key, index);
  return silentFinding(observation, 'S', [key, index], { key, value, count: 0, isAll: isAllOf(observation, input) }, [...repairEntry(key, index, subConfig, input), remove]);
};

/** Whether the entry is a reason why its sub-config selects nothing: other selectors take modules away. */
function isAllOf({ subConfig, key }: ObservationOf<'entry-without-hit'>, { resolution }: FindingInput): boolean {
  return choosingKeys.has(key) && resolution.observations.some((other) => other.type === 'selects-nothing' && other.subConfig === subConfig);
}
