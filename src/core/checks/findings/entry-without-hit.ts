import { fix } from '../../diagnostics/fix.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import type { FindingKind } from '../finding-kind.ts';
import { silentFinding, type FromObservation, type OfSubConfig } from '../from-observation.ts';
import { respellEntry } from '../spelling-fixes.ts';

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

export const findEntryWithoutHit: FromObservation<'entry-without-hit', EntryWithoutHitValues> = (observation, { resolution, resolver }) => {
  const { subConfig, key, index, value } = observation;
  const remove = fix('remove-entry', null, { type: 'remove', path: [subConfig, key, index] });
  const likelier = respellEntry([key, index], value, subConfig, resolution, resolver);
  return silentFinding(observation, 'S', [key, index], { key, value, count: 0 }, [...likelier, remove]);
};
