import type { Resolution } from '../resolve/resolution.ts';
import type { Resolver } from '../resolve/resolver.ts';
import { l1NormMasks } from './mask-method.ts';
import { collectTargets, type MaskTarget } from './mask-targets.ts';
import { measureTarget } from './measure-target.ts';
import { checkInPlace, MaskFailure } from './symbolic-mask.ts';

/** Targets of one dependency group whose metrics have the same shape. */
export interface GroupPart {
  /** Shape of the metric: one number for each piece that is pruned as a whole. */
  readonly metric: readonly number[];
  /** Rows ascending. */
  readonly modules: readonly number[];
}

/** A dependency group whose metrics NNI cannot add up (rule X2). The largest part comes first. */
export interface GroupConflict {
  /** The id with its kind: `str conv1`, `int 3`. */
  readonly group: string;
  readonly parts: readonly GroupPart[];
}

/**
 * All dependency groups of a pruning that fail because their members differ in rows or in dimensions. NNI raises at the first
 * (`predictMasks`); here all are found, so that all can be shown. Targets whose own metric fails are left out.
 */
export function findGroupConflicts(resolution: Resolution, { tree }: Resolver): readonly GroupConflict[] {
  const groups = new Map<string, { readonly target: MaskTarget; readonly metric: readonly number[] }[]>();
  for (const target of collectTargets(resolution, tree, l1NormMasks).targets) {
    if (target.dependencyGroup === null || (target.ratio === null && target.threshold === null)) continue;
    const metric = metricOf(target);
    if (metric === null) continue;
    const members = groups.get(target.dependencyGroup) ?? [];
    groups.set(target.dependencyGroup, members);
    members.push({ target, metric });
  }
  return [...groups].flatMap(([group, members]) => {
    const [first, ...others] = members;
    const canAdd = others.every(({ metric }) => fits(first!.metric, metric));
    return canAdd ? [] : [{ group, parts: partsOf(members) }];
  });
}

function metricOf(target: MaskTarget): readonly number[] | null {
  if (target.outcome.attribute !== 'tensor') return null;
  try {
    return measureTarget(target);
  } catch (error) {
    if (error instanceof MaskFailure) return null;
    throw error;
  }
}

function fits(first: readonly number[], second: readonly number[]): boolean {
  try {
    checkInPlace(first, second);
    return true;
  } catch (error) {
    if (error instanceof MaskFailure) return false;
    throw error;
  }
}

function partsOf(members: readonly { readonly target: MaskTarget; readonly metric: readonly number[] }[]): readonly GroupPart[] {
  const parts = new Map<string, { readonly metric: readonly number[]; readonly modules: Set<number> }>();
  for (const { target, metric } of members) {
    const key = metric.join();
    const part = parts.get(key) ?? { metric, modules: new Set<number>() };
    parts.set(key, part);
    part.modules.add(target.module);
  }
  return [...parts.values()]
    .map(({ metric, modules }) => ({ metric, modules: [...modules].toSorted((a, b) => a - b) }))
    .toSorted((a, b) => b.modules.length - a.modules.length);
}
