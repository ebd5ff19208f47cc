import { pythonTruth } from '../config/python-repr.ts';
import {
  getKey,
  isConfigList,
  isConfigNumber,
  isConfigObject,
  numberOf,
  type ConfigList,
  type ConfigObject,
} from '../config/value.ts';
import type { ModuleSpec, ModuleTree } from '../module-tree/module-tree.ts';
import { ownTensor } from '../module-tree/own-tensors.ts';
import type { Resolution, TargetOutcome } from '../resolve/resolution.ts';
import type { Resolver } from '../resolve/resolver.ts';
import type { MaskMethod, TrackedShape } from './mask-method.ts';

/** A target of a pruning list with the settings that its mask depends on. */
export interface MaskTarget {
  /** Of modules whose masks depend only on themselves and that share an outcome, the first one. */
  readonly module: number;
  readonly target: string;
  readonly outcome: TargetOutcome;
  /** For an input or output, the shape in `tracked`; without dimensions while there is none. */
  readonly shape: readonly number[];
  /** `null` for parameters. */
  readonly tracked: TrackedShape | null;
  readonly ratio: number | null;
  readonly threshold: number | null;
  readonly least: number | null;
  readonly most: number | null;
  readonly globalGroup: string | null;
  readonly dependencyGroup: string | null;
  readonly block: number;
  readonly align: ConfigObject | null;
  /** The granularity, where it is a list that is not made of ints alone: that shows when the metric is worked out. */
  readonly malformed: ConfigList | null;
  /** Its tensor holds whole numbers, and torch computes no norm of them. */
  readonly isWhole: boolean;
}

export interface CollectedTargets {
  /** By the first sub-config that selects their module, then as the modules were walked. */
  readonly targets: readonly MaskTarget[];
  /** Every configured module → its representative, as of equal ones one is worked out; -1 for the others. */
  readonly standIn: Int32Array<ArrayBuffer>;
}

/** The targets that are masked or measured: modules by sub-config, then as the model has them. */
export function collectTargets(resolution: Resolution, tree: ModuleTree, method: MaskMethod): CollectedTargets {
  const bySubConfig: number[][] = resolution.subConfigs.map(() => []);
  for (let module = 0; module < tree.size; module++) {
    const outcome = resolution.outcomes[resolution.outcomeId[module]!];
    if (outcome) bySubConfig[outcome.subConfigs[0] ?? 0]!.push(module);
  }
  return describeModules(bySubConfig.flat(), resolution, tree, method);
}

/**
 * The same in the order in which NNI has registered them (rule O3), which takes longer and decides which of several
 * failures comes first.
 */
export function collectInWalkOrder(resolution: Resolution, resolver: Resolver, method: MaskMethod): CollectedTargets {
  return describeModules(modulesInWalkOrder(resolution, resolver), resolution, resolver.tree, method);
}

/** The configured modules in the order in which NNI has registered them (rule O3). */
export function modulesInWalkOrder(resolution: Resolution, { walk }: Resolver): readonly number[] {
  const isFirst = (module: number, subConfig: number): boolean =>
    resolution.outcomes[resolution.outcomeId[module]!]?.subConfigs[0] === subConfig;
  return resolution.effective.flatMap((config, subConfig) =>
    walk(config, resolution.python).filter((module) => isFirst(module, subConfig)),
  );
}

function describeModules(
  modules: readonly number[],
  resolution: Resolution,
  tree: ModuleTree,
  method: MaskMethod,
): CollectedTargets {
  const collected: MaskTarget[][] = [];
  const standIn = new Int32Array(tree.size).fill(-1);
  const firstOf = new Map<number, number>();
  for (const module of modules) {
    const id = resolution.outcomeId[module]!;
    const outcome = resolution.outcomes[id]!;
    if (outcome.targets.length === 0) continue;
    const first = firstOf.get(id);
    if (first !== undefined) {
      standIn[module] = first;
      continue;
    }
    standIn[module] = module;
    const targets = outcome.targets
      .filter((target) => target.attribute !== 'missing' && target.attribute !== 'unknown')
      .filter((target) => target.attribute !== 'tensor' || target.shape !== null)
      .map((target) => describeTarget(module, target, tree.specs[outcome.specId]!, method));
    if (targets.every(standsAlone)) firstOf.set(id, module);
    collected.push(targets);
  }
  return { targets: collected.flat(), standIn };
}

/** Whether the mask of a target depends on no other module. */
function standsAlone({ globalGroup, dependencyGroup, align, tracked }: MaskTarget): boolean {
  const named = align === null ? null : getKey(align, 'module_name');
  const isTracked = tracked !== null && tracked.type !== 'untracked';
  return globalGroup === null && dependencyGroup === null && typeof named !== 'string' && !isTracked;
}

function describeTarget(module: number, given: TargetOutcome, spec: ModuleSpec, method: MaskMethod): MaskTarget {
  const { setting } = given;
  const granularity = getKey(setting, 'granularity');
  const outcome = method.singleElements && granularity === 'default' ? { ...given, kernel: null } : given;
  const float = (key: string): number | null => {
    const value = getKey(setting, key);
    return isConfigNumber(value) ? numberOf(value) : null;
  };
  const goal = (key: string): number | null => {
    const value = float(key);
    return value === null ? null : value * method.goal;
  };
  const group = (key: string): string | null => {
    const value = getKey(setting, key);
    if (value === undefined || value === null) return null;
    return isConfigNumber(value) ? `int ${value.text}` : `str ${typeof value === 'string' ? value : ''}`;
  };
  const align = getKey(setting, 'align');
  const tracked = outcome.kind === 'parameter' ? null : method.shapeOf(module, outcome.target);
  return {
    module,
    target: outcome.target,
    outcome,
    shape: outcome.shape ?? (tracked?.type === 'shape' ? tracked.shape : []),
    tracked,
    ratio: goal('sparse_ratio'),
    threshold: goal('sparse_threshold'),
    // A ratio of 0 counts as none.
    least: goal('min_sparse_ratio') || null,
    most: goal('max_sparse_ratio') || null,
    globalGroup: group('global_group_id'),
    dependencyGroup: group('dependency_group_id'),
    block: Math.abs(float('internal_metric_block') ?? 1) || 1,
    align: isConfigObject(align) ? align : null,
    malformed: malformedGranularity(outcome),
    isWhole: /^(u?int\d+|bool)$/.test(ownTensor(spec, outcome.target)?.dtype ?? ''),
  };
}

/** The granularity of a target where it is a list that is not made of ints alone. */
export function malformedGranularity(outcome: Pick<TargetOutcome, 'setting' | 'kernel'>): ConfigList | null {
  const granularity = getKey(outcome.setting, 'granularity');
  return isConfigList(granularity) && !makesKernel(granularity, outcome) ? granularity : null;
}

/** Whether all steps that a granularity may ask for are ints; an empty text is no kernel at all. */
function makesKernel([sizes, , padding]: ConfigList, { kernel }: Pick<TargetOutcome, 'kernel'>): boolean {
  if (kernel === null) return sizes === '';
  return !pythonTruth(padding) || typeof padding === 'boolean' || (isConfigNumber(padding) && padding.type === 'int');
}

/** Inputs and outputs have no tensor, and no shape, before a forward pass (rule X5). */
export function isParameter(target: MaskTarget): boolean {
  return target.outcome.kind === 'parameter';
}
