import { getKey } from '../config/value.ts';
import type { TargetOutcome } from '../resolve/resolution.ts';
import type { Algorithm } from './algorithm.ts';

/** A target as the class that runs the list sees it: for LevelPruner `granularity: default` is no kernel at all (rule A-P2). */
export function asRunBy(algorithm: Algorithm, target: TargetOutcome): TargetOutcome {
  if (algorithm.name !== 'LevelPruner' || getKey(target.setting, 'granularity') !== 'default') return target;
  const provenance = target.provenance.map((entry) =>
    entry.key === 'granularity' ? { ...entry, chain: entry.chain.filter(({ source }) => source !== 'kernel') } : entry,
  );
  return { ...target, kernel: null, provenance };
}
