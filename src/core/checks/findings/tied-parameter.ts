import { shortened } from '../../diagnostics/phrases.ts';
import type { FindingKind } from '../finding-kind.ts';
import { silentFinding, type FromObservation, type OfSubConfig } from '../from-observation.ts';

export interface TiedParameterValues extends OfSubConfig {
  readonly parameter: string;
  readonly tiedTo: string;
}

/** Two configured parameters that are one tensor (rule M1). */
export const tiedParameter: FindingKind<TiedParameterValues> = {
  words: ({ parameter, tiedTo }) => ({
    title: `${shortened(parameter)} is the same tensor as ${shortened(tiedTo)}.`,
    why: 'NNI compresses a copy of each, so the tie is lost.',
  }),
};

export const findTiedParameter: FromObservation<'tied-parameter', TiedParameterValues> = (observation) =>
  silentFinding(observation, 'M1', [], { parameter: observation.parameter, tiedTo: observation.tiedTo });
