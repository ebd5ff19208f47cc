import { formatQuantity } from '../../text/format-count.ts';
import type { FindingKind } from '../finding-kind.ts';
import { silentFinding, type FromObservation, type OfSubConfig } from '../from-observation.ts';

export interface WinsNothingValues extends OfSubConfig {
  readonly lost: number;
  /** The sub-configs that hold them, from 1. */
  readonly winners: readonly number[];
}

/** A sub-config all of whose targets earlier ones hold (rule R1). */
export const winsNothing: FindingKind<WinsNothingValues> = {
  words: ({ subConfig, lost, winners }, numberOf) => ({
    title: `Sub-config ${numberOf(subConfig)} has no effect: ${lost === 1 ? 'its only target is' : `all its ${formatQuantity(lost, 'target')} are`} already taken by ${winners.map((winner) => `#${numberOf(winner)}`).join(', ')}.`,
    why: 'The first sub-config to configure a target wins, with only a warning. The specification also says that later ones overwrite; NNI does not.',
  }),
  concerns: ({ where }, { targets }) => targets.some(({ losers }) => losers.some(({ subConfig }) => subConfig === where.subConfig)),
};

export const findWinsNothing: FromObservation<'wins-nothing', WinsNothingValues> = (observation, { resolution }) => {
  const lost = resolution.observations.filter((other) => other.type === 'lost-targets' && other.subConfig === observation.subConfig);
  const winners = [...new Set(lost.map((other) => (other.type === 'lost-targets' ? other.winner + 1 : 0)))];
  return silentFinding(observation, 'R1', [], { lost: observation.lost, winners });
};
