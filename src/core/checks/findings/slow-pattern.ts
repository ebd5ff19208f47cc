import { quantity, shortened } from '../../diagnostics/phrases.ts';
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
    why: `On the names of this model re.match needs about ${duration(seconds)}.`,
  }),
};

export const findSlowPattern: FromObservation<'slow-pattern', SlowPatternValues> = (observation) => {
  const { key, index, value, seconds } = observation;
  const finding = silentFinding(observation, 'S2', [key, index], { value, seconds });
  return { ...finding, where: { ...finding.where, range: [0, value.length] } };
};

/** `7200` → `2 hours`. */
function duration(seconds: number): string {
  const steps = [
    [31_557_600, 'year'],
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ] as const;
  for (const [size, unit] of steps) {
    if (seconds >= size) return seconds / size > 1000 ? `thousands of ${unit}s` : quantity(Math.round(seconds / size), unit);
  }
  return quantity(Math.max(1, Math.round(seconds)), 'second');
}
