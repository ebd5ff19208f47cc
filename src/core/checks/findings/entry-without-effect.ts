import { shortened } from '../../diagnostics/phrases.ts';
import { formatQuantity } from '../../text/format-count.ts';
import type { FindingKind } from '../finding-kind.ts';
import type { Fix } from '../../diagnostics/fix.ts';
import { hasChildren } from '../../module-tree/tree-index.ts';
import type { FindingInput } from '../finding-context.ts';
import { silentFinding, type FromObservation, type ObservationOf, type OfSubConfig } from '../from-observation.ts';
import { selectInside } from '../fixes/entry-fixes.ts';
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
  return silentFinding(observation, 'S', [key, index], { key, value, count }, [...addTypes(observation, subConfig, input), ...excludeInside(observation, input), remove]);
};

/** To exclude a container leaves the modules inside selected: they were meant. */
function excludeInside({ key, index, value, subConfig }: ObservationOf<'entry-without-effect'>, input: FindingInput): readonly Fix[] {
  const { resolver, tree, resolution } = input;
  const module = key === 'exclude_op_names' ? resolver.indexOf(value) : undefined;
  if (module === undefined || value === '' || !hasChildren(tree, module)) return [];
  return selectInside('exclude_op_names', [{ index, name: value }], resolution.effective[subConfig]!, subConfig, input);
}
