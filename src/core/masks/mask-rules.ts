import { getKey, isConfigList, isConfigNumber, numberOf } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName, type NameLookup } from '../module-tree/tree-index.ts';
import type { MaskMethod } from './mask-method.ts';
import { isParameter, type MaskTarget } from './mask-targets.ts';
import { checkInPlace, fitToKernel, MaskFailure, metricShape, plainMask, productOf, reduceTo, type SymbolicMask } from './symbolic-mask.ts';
import { leastCommonMultiple } from '../text/common-multiple.ts';
import { groupBy } from '../text/group-by.ts';

/** A mask depends on the shape of an input or output that is not known here. */
export class UnknownShape extends Error {}

/** A ratio within the bounds of its target; bounds that are not set are 0 and 1 (rule X4a). */
export function clamp({ least, most }: MaskTarget, ratio: number): number {
  return Math.min(most ?? 1, Math.max(least ?? 0, ratio));
}

/** `int(n // blocks * ratio)` of each block, smallest metric first. */
export function ratioMask(cells: readonly number[], ratio: number, blocks: number): SymbolicMask {
  const count = productOf(cells);
  if (ratio === 0) return plainMask(cells, 0);
  if (ratio === 1) return plainMask(cells, count);
  if (!(ratio > 0 && ratio < 1)) throw new MaskFailure('AssertionError');
  if (count % blocks !== 0) {
    throw new MaskFailure('RuntimeError', `shape '[${blocks}, -1]' is invalid for input of size ${count}`);
  }
  return plainMask(cells, Math.trunc(Math.floor(count / blocks) * ratio) * blocks);
}

/** Masks of targets with a threshold: above 0 the weights decide, at or below 0 `min_sparse_ratio` does (rule X4c). */
export function maskByThreshold(
  targets: readonly MaskTarget[],
  metricOf: (target: MaskTarget) => readonly number[],
  { metric }: MaskMethod,
): ReadonlyMap<MaskTarget, SymbolicMask> {
  return new Map(
    targets.map((target) => {
      const cells = metricOf(target);
      // No metric is negative: nothing lies below a threshold of 0. Scores are compared after a sigmoid, hence all lie below 1.
      if (target.threshold! <= 0) return [target, ratioMask(cells, target.least ?? 0, 1)] as const;
      const isAboveAll = metric === 'score' && target.threshold! >= 1;
      return [target, isAboveAll ? ratioMask(cells, target.most ?? 1, 1) : plainMask(cells, null)] as const;
    }),
  );
}

function commonRatio(group: readonly MaskTarget[], at: (target: MaskTarget) => void, visit: (target: MaskTarget) => void): number {
  let ratio: number | null = null;
  for (const target of group) {
    at(target);
    if (target.ratio !== null) {
      if (ratio !== null && ratio !== target.ratio) throw new MaskFailure('AssertionError');
      ratio = target.ratio;
    }
    visit(target);
  }
  if (ratio === null) throw new MaskFailure('AssertionError');
  return ratio;
}

/**
 * One mask for all targets of a dependency group, from their summed metrics (rule X2).
 * @param metricOf The sizes of a target's metric; throws `MaskFailure` where it has none.
 * @param at Called with each target before it is looked at, so that a failure has its place.
 */
export function maskByDependency(
  targets: readonly MaskTarget[],
  metricOf: (target: MaskTarget) => readonly number[],
  at: (target: MaskTarget) => void,
): ReadonlyMap<MaskTarget, SymbolicMask> {
  const found = new Map<MaskTarget, SymbolicMask>();
  for (const group of groupBy(targets, ({ dependencyGroup }) => dependencyGroup).values()) {
    const shapes: (readonly number[])[] = [];
    const ratio = commonRatio(group, at, (target) => shapes.push(metricOf(target)));
    const blocks = group.reduce((multiple, { block }) => leastCommonMultiple(multiple, block), 1);
    const [first, ...rest] = shapes;
    rest.forEach((shape, index) => {
      at(group[index + 1]!);
      checkInPlace(first!, shape);
    });
    const mask = ratioMask(first!, ratio, blocks);
    for (const target of group) found.set(target, mask);
  }
  return found;
}

/** Masks of the targets of global groups: bounds that are reached decide, in between the weights do (rule X4b). Parameters as above. */
export function maskByGlobalGroup(
  targets: readonly MaskTarget[],
  metricOf: (target: MaskTarget) => readonly number[],
  at: (target: MaskTarget) => void,
): ReadonlyMap<MaskTarget, SymbolicMask> {
  const found = new Map<MaskTarget, SymbolicMask>();
  for (const group of groupBy(targets, ({ globalGroup }) => globalGroup).values()) {
    const ratio = commonRatio(group, at, () => undefined);
    let low = 0;
    let high = 0;
    let total = 0;
    for (const target of group) {
      const { shape, least, most } = target;
      at(target);
      if (!isParameter(target)) throw new MaskFailure('AttributeError', "'NoneType' object has no attribute 'numel'");
      const elements = productOf(shape);
      total += elements;
      low += least === null ? 0 : Math.trunc(elements * least);
      high += most === null ? elements : Math.trunc(elements * most);
    }
    const wanted = Math.trunc(total * ratio);
    for (const target of group) {
      const cells = metricOf(target);
      if (wanted <= low) found.set(target, ratioMask(cells, target.least ?? 0, 1));
      else if (wanted >= high) found.set(target, ratioMask(cells, target.most ?? 0, 1));
      else found.set(target, plainMask(cells, null));
    }
  }
  return found;
}

/** The mask of a target that follows the mask of another one (rule X3). Throws `MaskFailure`, or `UnknownShape`. */
export function alignedMask(
  target: MaskTarget,
  masks: ReadonlyMap<number, ReadonlyMap<string, SymbolicMask>>,
  standIn: Int32Array,
  index: NameLookup,
  tree: ModuleTree,
): SymbolicMask {
  const align = target.align!;
  const named = getKey(align, 'module_name');
  const source = typeof named === 'string' ? index.rowOf(named) : target.module;
  const ofModule = masks.get(standIn[source] ?? -1);
  if (!ofModule) throw new MaskFailure('AssertionError');
  const targetName = getKey(align, 'target_name');
  const wanted = typeof targetName === 'string' ? targetName : '';
  const mask = ofModule.get(wanted);
  if (!mask) throw new MaskFailure('KeyError', `'${wanted}'`);
  const dims = getKey(align, 'dims');
  const numbers = isConfigList(dims) ? dims.filter(isConfigNumber).map(numberOf) : [];
  const reduced = reduceTo(mask, numbers);
  const { kernel } = target.outcome;
  if (kernel !== null && target.tracked !== null) {
    if (target.tracked.type === 'untracked') {
      throw new MaskFailure('AssertionError', `The shape of ${moduleName(tree, target.module)}.${target.target} is not tracked`);
    }
    // Where the kernel does not span the batch, how many examples a batch holds decides.
    if (target.tracked.type === 'unknown' || metricShape(target.shape, kernel)[0] !== 1) throw new UnknownShape();
  }
  return kernel === null ? reduced : fitToKernel(reduced, target.shape, kernel);
}
