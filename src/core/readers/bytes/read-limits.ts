import { defaultReadLimits, readCeilings, type ReadLimits } from '../messages/read-error.ts';

/** The limits in force: the requested ones, at most the ceilings. */
export function effectiveLimits(asked: Partial<ReadLimits> = {}): ReadLimits {
  const wanted = { ...defaultReadLimits, ...asked };
  return {
    maxModules: Math.min(wanted.maxModules, readCeilings.maxModules),
    maxNameUnits: Math.min(wanted.maxNameUnits, readCeilings.maxNameUnits),
    maxDepth: Math.min(wanted.maxDepth, readCeilings.maxDepth),
    maxBytes: Math.min(wanted.maxBytes, readCeilings.maxBytes),
    maxUnreadLines: Math.min(wanted.maxUnreadLines, readCeilings.maxUnreadLines),
  };
}
