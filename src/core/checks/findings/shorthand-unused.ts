import { fix } from '../../diagnostics/fix.ts';
import type { FindingKind } from '../finding-kind.ts';
import { silentFinding, type FromObservation, type OfSubConfig } from '../from-observation.ts';

export interface ShorthandUnusedValues extends OfSubConfig {
  readonly key: string;
  readonly types: string;
}

/** A key at top level that no target takes (rule C3). */
export const shorthandUnused: FindingKind<ShorthandUnusedValues> = {
  words: ({ key, types }) => ({
    title: `${key} reaches no target.`,
    why: `A key at top level only replaces one that the template has; ${types || 'these types'} have none.`,
  }),
  concerns: () => true,
};

export const findShorthandUnused: FromObservation<'shorthand-unused', ShorthandUnusedValues> = (observation, { resolution }) => {
  const { subConfig, key, moduleTypes } = observation;
  const remove = fix('remove-key', { key }, { type: 'remove', path: [subConfig, key] });
  // NNI wants it at top level, even where it reaches no target (rule V4).
  const isRequired = resolution.mode === 'quantization' && key === 'quant_dtype';
  return silentFinding(observation, 'C3', [key], { key, types: moduleTypes.join(', ') }, isRequired ? [] : [remove]);
};
