import type { ListEdit } from '../../config/list-edits.ts';
import { fix } from '../../diagnostics/fix.ts';
import { formatQuantity } from '../../text/format-count.ts';
import type { FindingKind } from '../finding-kind.ts';
import { silentFinding, type FromObservation, type OfSubConfig } from '../from-observation.ts';

/** Sub-configs are numbered from 1. */
export interface LostTargetsValues extends OfSubConfig {
  readonly winner: number;
  readonly target: string;
  readonly count: number;
  /** 1 where the winner selects a part of this sub-config: the narrower comes first, as it should. */
  readonly narrower: 0 | 1;
}

/** Targets that an earlier sub-config holds (rule R1). */
export const lostTargets: FindingKind<LostTargetsValues> = {
  words: ({ count, target, winner, narrower }, numberOf) => ({
    title:
      narrower === 1
        ? `#${numberOf(winner)} keeps ${formatQuantity(count, `${target} target`)}: it comes first and selects fewer modules.`
        : `${formatQuantity(count, `${target} target`)} already taken by #${numberOf(winner)}.`,
    why: 'The first sub-config to configure a target wins, with only a warning. The specification also says that later ones overwrite; NNI does not.',
  }),
  concerns: ({ values, where }, { targets }) =>
    targets.some(({ target, losers }) => target === values.target && losers.some(({ subConfig }) => subConfig === where.subConfig)),
};

export const findLostTargets: FromObservation<'lost-targets', LostTargetsValues> = (observation, { resolution }) => {
  const { subConfig, winner, target, count } = observation;
  const move: ListEdit = { type: 'move', from: subConfig, to: winner };
  const [own, other] = [resolution.subConfigs[subConfig]!.count, resolution.subConfigs[winner]!.count];
  // All modules of the one are lost to, or taken from, the other: it is a part of it.
  const isNarrower = count === own && own < other;
  const narrower = count === other && other < own ? 1 : 0;
  const fixes = isNarrower ? [fix('move-up', { subConfig: subConfig + 1, winner: winner + 1 }, move)] : [];
  return silentFinding(observation, 'R1', [], { winner: winner + 1, target, count, narrower }, fixes);
};
