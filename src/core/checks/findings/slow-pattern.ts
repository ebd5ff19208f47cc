import { shortened } from '../../diagnostics/phrases.ts';
import { wordSeconds } from '../../text/word-seconds.ts';
import type { FindingKind } from '../finding-kind.ts';
import { silentFinding, type FromObservation, type OfSubConfig } from '../from-observation.ts';

export interface SlowPatternValues extends OfSubConfig {
  readonly value: string;
  readonly seconds: number;
}

/** A pattern that would hang Python (rules S2, P20). */
export const slowPattern: FindingKind<SlowPatternValues> = {
  words: ({ value, seconds }) => ({
    title: `The pattern ${shortened(value)} would hang Python.`,
    why: `On the names of this model re.match needs ${wordSeconds(seconds)}.`,
  }),
};

export const findSlowPattern: FromObservation<'slow-pattern', SlowPatternValues> = (observation) => {
  const { key, index, value, seconds } = observation;
  const finding = silentFinding(observation, 'S2', [key, index], { value, seconds });
  return { ...finding, where: { ...finding.where, range: [0, value.length] } };
};
