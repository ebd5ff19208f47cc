import { shortened } from '../../diagnostics/phrases.ts';
import type { FindingKind } from '../finding-kind.ts';
import { silentFinding, type FromObservation, type OfSubConfig } from '../from-observation.ts';
import { repairEntry } from '../fixes/entry-fixes.ts';
import { removeEntry } from '../fixes/remove-entry.ts';

export interface EntryWithoutHitValues extends OfSubConfig {
  readonly key: string;
  readonly value: string;
  readonly count: number;
}

/** A string of a selector that hits no module (rule S). */
export const entryWithoutHit: FindingKind<EntryWithoutHitValues> = {
  words: ({ value, key }) => ({
    title: `${shortened(value) || 'The empty string'} in ${key} hits no module.`,
    why: 'NNI says nothing of an entry without effect.',
  }),
};

export const findEntryWithoutHit: FromObservation<'entry-without-hit', EntryWithoutHitValues> = (observation, input) => {
  const { subConfig, key, index, value } = observation;
  const remove = removeEntry(input.resolution.effective[subConfig]!, subConfig, key, index);
  return silentFinding(observation, 'S', [key, index], { key, value, count: 0 }, [...repairEntry(key, index, subConfig, input), remove]);
};
