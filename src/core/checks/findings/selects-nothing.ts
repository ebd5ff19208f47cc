import type { FindingKind } from '../finding-kind.ts';
import { removeSubConfig } from '../fixes/remove-entry.ts';
import { silentFinding, type FromObservation, type OfSubConfig } from '../from-observation.ts';

/** A sub-config that selects no module (rule S). */
export const selectsNothing: FindingKind<OfSubConfig> = {
  words: ({ subConfig }, numberOf) => ({ title: `Sub-config ${numberOf(subConfig)} selects nothing.`, why: 'NNI goes on without a word.' }),
};

export const findSelectsNothing: FromObservation<'selects-nothing', OfSubConfig> = (observation) =>
  silentFinding(observation, 'S', [], {}, [removeSubConfig(observation.subConfig)]);
