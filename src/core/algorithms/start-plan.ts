import { emptyObject, getKey, isConfigNumber, objectOf, type ConfigEntry, type ConfigObject } from '../config/value.ts';
import type { Algorithm } from './algorithm.ts';
import { argumentsOf } from './call.ts';
import type { PlannedAlgorithm } from './planned-algorithm.ts';

/**
 * A class that is newly chosen: it keeps the arguments of `known` that it takes, and starts with a value for each that its constructor
 * needs. A pruner that trains and its schedule start with the same steps (rule A-P9).
 */
export function startPlan(algorithm: Algorithm, known: ConfigObject = emptyObject): PlannedAlgorithm {
  const { constructor, compress } = argumentsOf(algorithm);
  const taken = new Set<string>([...constructor, ...compress].map(({ name }) => name));
  const kept = known.entries.filter(([key]) => taken.has(key));
  const given = ['training_steps', 'interval_steps'].map((key) => getKey(objectOf(kept), key)).find(isConfigNumber);
  const started = constructor.flatMap(({ name, fallback, start, kind }): readonly ConfigEntry[] => {
    if (fallback !== null || kept.some(([key]) => key === name)) return [];
    const isSteps = name === 'training_steps' || name === 'interval_steps';
    return [[name, isSteps && given !== undefined ? given : { type: kind === 'float' ? 'float' : 'int', text: start }]];
  });
  return { algorithm, call: objectOf([...kept, ...started]) };
}
