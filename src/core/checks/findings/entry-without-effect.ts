import { shortened } from '../../diagnostics/phrases.ts';
import { formatQuantity } from '../../text/format-count.ts';
import type { FindingKind } from '../finding-kind.ts';
import { silentFinding, type FromObservation, type OfSubConfig } from '../from-observation.ts';
import { removeEntry } from '../fixes/remove-entry.ts';
import { addTypes } from '../fixes/type-fixes.ts';

export interface EntryWithoutEffectValues extends OfSubConfig {
  readonly key: string;
  readonly value: string;
  readonly count: number;
}

/** A string of a selector that matches modules and has no effect (rule S). */
export const entryWithoutEffect: FindingKind<EntryWithoutEffectValues> = {
  words: ({ value, key, count }) => ({
    title: `${shortened(value) || 'The empty string'} in ${key} matches ${formatQuantity(count, 'module')}, but has no effect.`,
    why: 'None of them is selected in the end, or none was left to exclude.',
  }),
};

export const findEntryWithoutEffect: FromObservation<'entry-without-effect', EntryWithoutEffectValues> = (observation, input) => {
  const { subConfig, key, index, value, count } = observation;
  const remove = removeEntry(input.resolution.effective[subConfig]!, subConfig, key, index);
  return silentFinding(observation, 'S', [key, index], { key, value, count }, [...addTypes(observation, subConfig, input), remove]);
};
