import type { RaisedError } from '../python/raised-error.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { createNameLookup } from '../module-tree/tree-index.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Resolver } from '../resolve/resolver.ts';
import { l1NormMasks, type MaskMethod } from './mask-method.ts';
import { collectInWalkOrder, collectTargets, isParameter, type CollectedTargets, type MaskTarget } from './mask-targets.ts';
import { measureTarget } from './measure-target.ts';
import { checkCopied, expandToTarget, MaskFailure, multiplyMasks, productOf, sizesOf, type SymbolicMask } from './symbolic-mask.ts';
import { alignedMask, clamp, maskByDependency, maskByGlobalGroup, maskByThreshold, ratioMask, UnknownShape } from './mask-rules.ts';

/** How many elements of a target will be masked; `null` where the weights decide. */
export interface TargetMask {
  readonly masked: number | null;
  readonly total: number;
}

/** A mask that is laid over an input or output: its sizes meet the last dimensions of the tensor. */
export interface LaidMask {
  readonly module: number;
  readonly target: string;
  readonly sizes: readonly number[];
}

/** The masks of a pruner for a list that its constructor accepts, or its error. */
export type MaskPrediction =
  | {
      readonly type: 'masks';
      /** Per module: the one that its masks were worked out for, equal modules having equal ones; -1 without any. */
      readonly standIn: Int32Array<ArrayBuffer>;
      /** By module that represents others, then by target. */
      readonly counts: ReadonlyMap<number, ReadonlyMap<string, TargetMask>>;
      /** Masks of inputs and outputs without a kernel, whose fit nothing has checked. */
      readonly laid: readonly LaidMask[];
    }
  | {
      readonly type: 'failure';
      readonly error: RaisedError;
      /** Module and target at which it raises; -1 and the empty text when there is none. */
      readonly module: number;
      readonly target: string;
      readonly rule: string;
    };

/** Predictions for a pruner that makes masks while it trains: shapes of inputs and outputs may decide. */
export type TrackedMaskPrediction =
  | MaskPrediction
  | { readonly type: 'undecided'; readonly module: number; readonly target: string };

const predictions = new WeakMap<Resolution, MaskPrediction>();

/** The masks of NNI's L1NormPruner; worked out once for a resolution, given the resolver that made it. */
export function predictMasks(resolution: Resolution, resolver: Resolver): MaskPrediction {
  const known = predictions.get(resolution);
  if (known) return known;
  const prediction = predictMasksOf(l1NormMasks, resolution, resolver);
  if (prediction.type === 'undecided') throw new Error('L1NormPruner asks for no shape that is not tracked');
  predictions.set(resolution, prediction);
  return prediction;
}

/** Masks of a module's targets; `undefined` where it has none. */
export function masksOf(
  { standIn, counts }: Extract<MaskPrediction, { readonly type: 'masks' }>,
  module: number,
): ReadonlyMap<string, TargetMask> | undefined {
  return counts.get(standIn[module]!);
}

/**
 * Predicts masks from shapes alone (rules X1–X4). Parameters without a known shape are left out, inputs and
 * outputs too unless they follow another mask (X5); so are parameters that are `None`, unless NNI would measure them.
 * NNI's own order of modules is worked out only where it decides which of several failures comes first.
 */
export function predictMasksOf(method: MaskMethod, resolution: Resolution, resolver: Resolver): TrackedMaskPrediction {
  const prediction = predict(collectTargets(resolution, resolver.tree, method), resolver.tree, method);
  if (prediction.type === 'masks') return prediction;
  return predict(collectInWalkOrder(resolution, resolver, method), resolver.tree, method);
}

function predict(modules: CollectedTargets, tree: ModuleTree, method: MaskMethod): TrackedMaskPrediction {
  const index = createNameLookup(tree);
  const targets = modules.targets;
  let current: MaskTarget | null = null;
  const at = (target: MaskTarget): MaskTarget => (current = target);
  let rule = 'X1';
  const masks = new Map<number, Map<string, SymbolicMask>>();

  function update(found: ReadonlyMap<MaskTarget, SymbolicMask>): void {
    const expanded = [...found].map(([target, mask]) => {
      at(target);
      return [target, expandToTarget(mask, target.shape, target.outcome.kernel)] as const;
    });
    for (const [target, mask] of expanded) {
      at(target);
      const ofModule = masks.get(target.module) ?? new Map<string, SymbolicMask>();
      masks.set(target.module, ofModule);
      const before = ofModule.get(target.target);
      ofModule.set(target.target, before ? multiplyMasks(before, mask) : mask);
    }
  }

  try {
    const metrics = new Map<MaskTarget, readonly number[]>();
    const measured = targets.filter(({ ratio, threshold }) => ratio !== null || threshold !== null);
    // All tensors are collected before any is measured; inputs, outputs and parameters that are None have none.
    for (const target of measured) {
      const { kind, attribute } = at(target).outcome;
      if (kind === 'parameter' && attribute === 'none') {
        throw new MaskFailure('AttributeError', `${target.target} of the wrapper has no attribute 'clone'`);
      }
      if (attribute !== 'tensor') throw new MaskFailure('AssertionError');
    }
    for (const target of measured) {
      at(target);
      if (method.metric === 'distance' && target.outcome.kernel === null && target.malformed === null) {
        rule = 'A-P4';
        throw new MaskFailure('AssertionError', 'FPGM metric do not support finegrained sparse pattern.');
      }
      metrics.set(target, measureTarget(target));
    }
    const metricOf = (target: MaskTarget): readonly number[] => {
      const shape = metrics.get(at(target));
      if (!shape) throw new MaskFailure('KeyError', `'${target.target}'`);
      return shape;
    };
    const real = targets.filter((target) => target.outcome.attribute !== 'empty');

    rule = 'X4';
    update(maskByThreshold(real.filter((target) => target.threshold !== null), metricOf, method));

    rule = 'X2';
    update(maskByDependency(real.filter((target) => target.dependencyGroup !== null), metricOf, at));
    const independent = real.filter((target) => target.dependencyGroup === null);
    update(maskByGlobalGroup(independent.filter((target) => target.globalGroup !== null), metricOf, at));

    rule = 'X4';
    const alone = independent.filter((target) => target.globalGroup === null);
    update(
      new Map(
        alone
          .filter((target) => target.ratio !== null)
          .map((target) => [target, ratioMask(metricOf(target), clamp(target, target.ratio!), 1)]),
      ),
    );

    rule = 'X3';
    const followers = alone.filter((target) => target.ratio === null && target.align !== null);
    update(new Map(followers.map((target) => [target, alignedMask(at(target), masks, modules.standIn, index, tree)])));
    for (const target of real) {
      const mask = masks.get(target.module)?.get(target.target);
      if (mask && isParameter(target)) checkCopied(mask, at(target).shape);
    }
    return { type: 'masks', standIn: modules.standIn, counts: countMasks(real, masks), laid: laidMasks(real, masks) };
  } catch (error) {
    const failed = current as MaskTarget | null;
    if (error instanceof UnknownShape) return { type: 'undecided', module: failed?.module ?? -1, target: failed?.target ?? '' };
    if (!(error instanceof MaskFailure)) throw error;
    return {
      type: 'failure',
      error: { type: error.type, message: error.message },
      module: failed?.module ?? -1,
      target: failed?.target ?? '',
      rule,
    };
  }
}

function countMasks(
  targets: readonly MaskTarget[],
  masks: ReadonlyMap<number, ReadonlyMap<string, SymbolicMask>>,
): ReadonlyMap<number, ReadonlyMap<string, TargetMask>> {
  const counted = new Map<number, Map<string, TargetMask>>();
  for (const entry of targets) {
    const { module, target, shape } = entry;
    const mask = masks.get(module)?.get(target);
    if (!mask && !(isParameter(entry) && entry.outcome.attribute === 'tensor')) continue;
    const ofModule = counted.get(module) ?? new Map<string, TargetMask>();
    counted.set(module, ofModule);
    const total = productOf(isParameter(entry) || !mask ? shape : sizesOf(mask));
    const zeros = mask ? mask.zeros : 0;
    const masked = zeros === null || !mask ? zeros : (zeros * total) / productOf(mask.cells);
    ofModule.set(target, { masked, total });
  }
  return counted;
}

function laidMasks(
  targets: readonly MaskTarget[],
  masks: ReadonlyMap<number, ReadonlyMap<string, SymbolicMask>>,
): readonly LaidMask[] {
  return targets.flatMap(({ module, target, outcome }) => {
    const mask = masks.get(module)?.get(target);
    if (!mask || outcome.kind === 'parameter' || outcome.kernel !== null) return [];
    return [{ module, target, sizes: sizesOf(mask) }];
  });
}
