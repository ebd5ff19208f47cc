import { formatQuantity } from '../../text/format-count.ts';
import type { FindingKind } from '../finding-kind.ts';
import { silentFinding, type FromObservation, type OfSubConfig } from '../from-observation.ts';

export interface WinsNothingValues extends OfSubConfig {
  readonly lost: number;
}

/** A sub-config all of whose targets earlier ones hold (rule R1). */
export const winsNothing: FindingKind<WinsNothingValues> = {
  words: ({ subConfig, lost }, numberOf) => ({
    title: `Sub-config ${numberOf(subConfig)} has no effect: all its ${formatQuantity(lost, 'target')} are taken.`,
    why: 'Earlier sub-configs configure the same targets, and the first wins.',
  }),
};

export const findWinsNothing: FromObservation<'wins-nothing', WinsNothingValues> = (observation) =>
  silentFinding(observation, 'R1', [], { lost: observation.lost });
