import { pythonTruth } from '../config/python-repr.ts';
import { getKey } from '../config/value.ts';
import { l1NormMasks, type MaskMethod, type MaskMetric } from '../masks/mask-method.ts';
import { collectInWalkOrder, collectTargets, isParameter, type CollectedTargets, type MaskTarget } from '../masks/mask-targets.ts';
import { predictMasksOf, type LaidMask, type MaskPrediction, type TargetMask } from '../masks/predict-masks.ts';
import { measureTarget } from '../masks/measure-target.ts';
import { MaskFailure, productOf } from '../masks/symbolic-mask.ts';
import type { RaisedError } from '../python/raised-error.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleSpec } from '../module-tree/tree-index.ts';
import type { Resolution } from '../resolve/resolution.ts';
import type { Resolver } from '../resolve/resolver.ts';
import { isNormPruner, type Algorithm, type PlainPruner } from './algorithm.ts';
import { hasNoDuration, type Call } from './call.ts';
import { describeUnused, hasNoGradient, isAllFrozen, nothingTrains } from './gradients.ts';
import { scheduleMasks, type MaskSchedule } from './mask-schedule.ts';
import type { ForwardPass } from './met-targets.ts';
import { createForecast, outcomeOf, type Forecast, type Outcome, type OutcomeError } from './outcome.ts';
import { isTorchType, knownSize } from './torch-layers.ts';

type Pruner = Extract<Algorithm, { readonly mode: 'pruning' }>;

/** The input of a pruner. */
export interface PrunerRun {
  readonly resolution: Resolution;
  readonly resolver: Resolver;
  readonly pass: ForwardPass;
}

const metrics: Readonly<Record<PlainPruner, MaskMetric>> = {
  LevelPruner: 'norm',
  L1NormPruner: 'norm',
  L2NormPruner: 'norm',
  FPGMPruner: 'distance',
  SlimPruner: 'factor',
  TaylorPruner: 'taylor',
  MovementPruner: 'score',
};

/** How a pruner makes masks, once the goals have reached `goal` (rules A-P1–A-P4, A-P8, A-P11). */
function maskMethodOf({ name, schedules }: Pruner, goal: number, pass: ForwardPass): MaskMethod {
  const isTracked = schedules.length > 0 || !isNormPruner(name);
  return {
    metric: metrics[name],
    singleElements: name === 'LevelPruner',
    goal,
    shapeOf: (module, target) => {
      if (!isTracked) return l1NormMasks.shapeOf(module, target);
      const met = pass.meets(module, target);
      if (met.type === 'tensor' && met.shape !== null) return { type: 'shape', shape: met.shape };
      return { type: met.type === 'nothing' || met.type === 'other' ? 'untracked' : 'unknown' };
    },
  };
}

/** Predicts the outcome of an accepted list that a pruner runs (rules A-P). */
export function predictPruning(algorithm: Pruner, call: Call, run: PrunerRun): Outcome {
  const forecast = createForecast();
  const { resolution, resolver, pass } = run;
  const method = maskMethodOf(algorithm, 1, pass);
  const targets = collectTargets(resolution, resolver.tree, method).targets;
  checkConstructor(algorithm, call, targets, forecast);
  forecast.nextStage();
  checkCompress(algorithm, call, forecast);
  forecast.nextStage();
  checkStart(algorithm, call, targets, () => collectInWalkOrder(resolution, resolver, method).targets, run, forecast);
  forecast.nextStage();
  const schedule = scheduleMasks(algorithm, call);
  const average = averageError(algorithm, targets, run);
  const takesSteps = algorithm.schedules.length > 0 || (call.trainingSteps ?? 1) > 0;
  if (takesSteps) {
    if (average !== null) forecast.fail(average);
    if (!trainsAnything(algorithm, call, targets, run)) forecast.fail(nothingTrains);
    checkGradients(algorithm, run, forecast);
  }
  forecast.nextStage();
  const made = forecast.error() === null ? makeMasks(algorithm, schedule, run, forecast) : null;
  const after = made === null ? null : (average ?? checkLaid(made, schedule, run, forecast));
  return outcomeOf(algorithm, forecast, made === null ? null : { mode: 'pruning', masks: made }, after);
}

function applyMethodOf({ outcome }: MaskTarget): string {
  const method = getKey(outcome.setting, 'apply_method');
  return typeof method === 'string' && pythonTruth(method) ? method : 'mul';
}

function checkConstructor({ name, schedules }: Pruner, call: Call, targets: readonly MaskTarget[], { fail }: Forecast): void {
  if (name === 'SlimPruner') {
    const other = targets.find((target) => applyMethodOf(target) !== 'mul');
    if (other) fail({ moment: 'constructor', type: 'AssertionError', rule: 'A-P5', module: other.module, target: other.target });
  }
  const { warmupStep, cooldownBeginStep } = call;
  if (name === 'MovementPruner' && ((warmupStep ?? 0) < 0 || (warmupStep ?? 0) >= (cooldownBeginStep ?? Infinity))) {
    fail({ moment: 'constructor', type: 'AssertionError', rule: 'A-P6' });
  }
  if (schedules.length > 0 && !call.hasEvaluator) fail({ moment: 'constructor', type: 'AssertionError', rule: 'A-P15' });
}

function checkCompress({ name, schedules }: Pruner, call: Call, { fail }: Forecast): void {
  const refuse = (rule: string): void => fail({ moment: 'compress', type: 'AssertionError', rule });
  const steps = call.maxSteps ?? Infinity;
  const isAlone = schedules.length === 0;
  const takesDuration = !isAlone || name === 'MovementPruner';
  if (!takesDuration && (typeof call.maxSteps === 'number' || typeof call.maxEpochs === 'number')) refuse('A-P15');
  if (isAlone && name === 'MovementPruner' && steps < (call.cooldownBeginStep ?? 0)) refuse('A-P6');
  if (!isAlone && steps < (call.totalTimes ?? 0) * (call.intervalSteps ?? 0)) refuse('A-P15');
  if (!call.hasEvaluator && !isNormPruner(name)) refuse('A-P15');
  if (takesDuration && hasNoDuration(call)) refuse('A-P15');
}

/**
 * Reports the settings that Slim, Taylor and Movement refuse before the first step (rules A-P5–A-P7, A-P9, A-P10, A-F1). Which of several comes first is
 * up to the order in which NNI walks the modules.
 */
function checkStart(
  { name, schedules }: Pruner,
  call: Call,
  targets: readonly MaskTarget[],
  inWalkOrder: () => readonly MaskTarget[],
  { resolver: { tree } }: PrunerRun,
  { fail }: Forecast,
): void {
  const isBound = schedules.length > 0;
  const { trainingSteps, intervalSteps } = call;
  if (isNormPruner(name)) return;
  const refuse = (errorOf: (target: MaskTarget) => StartError | null): void => {
    const isRefused = (target: MaskTarget): boolean => isActive(target) && errorOf(target) !== null;
    if (!targets.some(isRefused)) return;
    const first = inWalkOrder().find(isRefused) ?? targets.find(isRefused)!;
    fail({ ...errorOf(first)!, moment: 'compress', module: first.module, target: first.target });
  };
  refuse((target) => startError(name, target));
  // Hooks are registered when all are made.
  if (name === 'TaylorPruner') refuse((target) => hookError(target, tree));
  if (name === 'MovementPruner' || !isBound || trainingSteps === undefined || intervalSteps === undefined) return;
  if (intervalSteps >= 0 && trainingSteps > intervalSteps) fail({ moment: 'compress', type: 'AssertionError', rule: 'A-P9' });
}

function isActive({ ratio, threshold }: MaskTarget): boolean {
  return ratio !== null || threshold !== null;
}

type StartError = RaisedError & Pick<OutcomeError, 'rule'>;

/** A gradient is asked of a tensor that has none (rule A-F1). */
function hookError({ module, target }: MaskTarget, tree: ModuleTree): StartError | null {
  if (!hasNoGradient(tree, module, target)) return null;
  return { type: 'RuntimeError', message: "cannot register a hook on a tensor that doesn't require gradient", rule: 'A-F1' };
}

function startError(name: PlainPruner, target: MaskTarget): StartError | null {
  const rule = name === 'SlimPruner' ? 'A-P5' : name === 'MovementPruner' ? 'A-P6' : 'A-P7';
  if (!isParameter(target)) return { type: 'NotImplementedError', message: '', rule };
  const { attribute } = target.outcome;
  if (name === 'TaylorPruner') {
    return attribute === 'empty' ? { type: 'AssertionError', message: '', rule } : null;
  }
  if (attribute === 'empty') {
    const made = name === 'SlimPruner' ? 'ones_like' : 'zeros_like';
    return { type: 'TypeError', message: `${made}(): argument 'input' (position 1) must be Tensor, not NoneType`, rule };
  }
  try {
    measureTarget(target);
  } catch (error) {
    if (!(error instanceof MaskFailure)) throw error;
    return { type: error.type, message: error.message, rule: 'X1' };
  }
  return target.isWhole ? { type: 'RuntimeError', message: 'Only Tensors of floating point and complex dtype can require gradients', rule } : null;
}

/** An average of a batch norm that wants a gradient: the first forward pass fails (rule A-P10). */
function averageError({ name }: Pruner, targets: readonly MaskTarget[], { resolution, resolver: { tree }, pass }: PrunerRun): OutcomeError | null {
  if (name !== 'SlimPruner' && name !== 'MovementPruner') return null;
  for (const target of targets.filter(isActive)) {
    const isAverage = /^running_(mean|var)$/.test(target.target) && isTorchType(moduleSpec(tree, target.module), /^BatchNorm[123]d$/);
    if (!isAverage || applyMethodOf(target) === 'bypass' || !isAnyCalled(target.module, resolution, pass)) continue;
    const message = `The function 'native_batch_norm' is not differentiable with respect to argument '${target.target}'. This input cannot have requires_grad True.`;
    return { moment: 'first-forward', type: 'RuntimeError', rule: 'A-P10', message, module: target.module, target: target.target };
  }
  return null;
}

/** Whether a backward pass finds something to train: a parameter, a factor of Slim, a score of Movement (rule A-F2). */
function trainsAnything({ name, schedules }: Pruner, { maxSteps }: Call, targets: readonly MaskTarget[], { resolution, resolver: { tree }, pass }: PrunerRun): boolean {
  if ((schedules.length === 0 && isNormPruner(name)) || maxSteps === 0 || !isAllFrozen(tree)) return true;
  const active = targets.filter(isActive);
  if (name === 'SlimPruner') return active.length > 0;
  // Scores of ratios reach the loss through the mask only; those of thresholds are part of it.
  return name === 'MovementPruner' && active.some((target) => target.threshold !== null || (applyMethodOf(target) !== 'bypass' && isAnyCalled(target.module, resolution, pass)));
}

/** Parameters of modules that no forward pass calls, or that no output needs, get no gradient, of which Taylor makes its metric (rule A-P7). */
function checkGradients({ name }: Pruner, { resolution, resolver: { tree }, pass }: PrunerRun, { fail }: Forecast): void {
  if (name !== 'TaylorPruner') return;
  const isUnused = describeUnused(tree);
  for (let module = 0; module < tree.size; module++) {
    const outcome = resolution.outcomes[resolution.outcomeId[module]!];
    if (!outcome) continue;
    const isCalled = pass.isCalled(module);
    const target = outcome.targets.find(
      ({ setting, attribute, target: parameter }) =>
        attribute === 'tensor' && (isSet(getKey(setting, 'sparse_ratio')) || isSet(getKey(setting, 'sparse_threshold'))) && (!isCalled || isUnused(module, parameter)),
    );
    if (target) fail({ moment: 'compress', type: 'KeyError', rule: 'A-P7', message: `'${target.target}'`, module, target: target.target });
  }
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Of modules that share an outcome, one is worked out for all. */
function isAnyCalled(module: number, { outcomeId }: Resolution, pass: ForwardPass): boolean {
  return outcomeId.some((id, other) => id === outcomeId[module] && pass.isCalled(other));
}

function makeMasks(
  algorithm: Pruner,
  { goal, earlier, dividesByZero }: MaskSchedule,
  { resolution, resolver, pass }: PrunerRun,
  { fail, need }: Forecast,
): Extract<MaskPrediction, { readonly type: 'masks' }> | null {
  if (dividesByZero === true) {
    fail({ moment: 'compress', type: 'ZeroDivisionError', rule: 'A-P3', message: 'division by zero' });
    return null;
  }
  if (goal === null) return emptyMasks(collectTargets(resolution, resolver.tree, maskMethodOf(algorithm, 0, pass)));
  // Only a dependency group can fail with smaller goals than the last: its blocks do not count where the ratio is 1.
  const isGrouped = resolution.outcomes.some(({ targets }) => targets.some(({ setting }) => isSet(getKey(setting, 'dependency_group_id'))));
  const first = earlier === null || !isGrouped ? null : predictMasksOf(maskMethodOf(algorithm, earlier, pass), resolution, resolver);
  const prediction = first?.type === 'failure' ? first : predictMasksOf(maskMethodOf(algorithm, goal, pass), resolution, resolver);
  switch (prediction.type) {
    case 'masks':
      return prediction;
    case 'undecided':
      need('shapes');
      return null;
    case 'failure':
      fail({ ...prediction.error, moment: 'compress', rule: prediction.rule, module: prediction.module, target: prediction.target });
      return null;
  }
}

/** Where masks are never made, parameters keep the mask that they start with, and inputs and outputs have none. */
function emptyMasks({ targets, standIn }: CollectedTargets): Extract<MaskPrediction, { readonly type: 'masks' }> {
  const counts = new Map<number, Map<string, TargetMask>>();
  for (const target of targets) {
    if (!isParameter(target) || target.outcome.attribute !== 'tensor') continue;
    const ofModule = counts.get(target.module) ?? new Map<string, TargetMask>();
    counts.set(target.module, ofModule);
    ofModule.set(target.target, { masked: 0, total: productOf(target.shape) });
  }
  return { type: 'masks', standIn, counts, laid: [] };
}

/**
 * A mask without a kernel is laid over the last dimensions of an input or output (rule A-P13). Where it does not fit, the next forward
 * pass fails: within the training where one follows, else after it.
 */
function checkLaid({ laid, standIn }: Extract<MaskPrediction, { readonly type: 'masks' }>, { runsOn }: MaskSchedule, { resolution, resolver: { tree }, pass }: PrunerRun, { fail, need }: Forecast): RaisedError | null | undefined {
  if (laid.length === 0) return null;
  let isOpen = false;
  const rowsOf = new Map<number, number[]>();
  standIn.forEach((standing, module) => {
    if (standing < 0) return;
    const rows = rowsOf.get(standing) ?? [];
    rowsOf.set(standing, rows);
    rows.push(module);
  });
  for (const mask of laid) {
    const target = resolution.outcomes[resolution.outcomeId[mask.module]!]?.targets.find(({ target: name }) => name === mask.target);
    if (!target || getKey(target.setting, 'apply_method') === 'bypass') continue;
    for (const module of rowsOf.get(mask.module) ?? []) {
      if (!pass.isCalled(module)) continue;
      const fit = fitOf(mask, module, tree, pass);
      if (fit === 'unknown') isOpen = true;
      if (fit !== 'fails') continue;
      const message = 'The size of tensor a must match the size of tensor b.';
      if (runsOn === false) return { type: 'RuntimeError', message };
      if (runsOn === true) fail({ moment: 'compress', type: 'RuntimeError', rule: 'A-P13', message, module, target: mask.target });
      else need('steps');
      return undefined;
    }
  }
  if (!isOpen) return null;
  if (runsOn !== false) need('shapes');
  return undefined;
}

function fitOf({ sizes, target }: LaidMask, module: number, tree: ModuleTree, pass: ForwardPass): 'fits' | 'fails' | 'unknown' {
  const met = pass.meets(module, target);
  if (met.type === 'nothing') return 'fits';
  if (met.type !== 'tensor') return 'unknown';
  const known = knownSize(moduleSpec(tree, module), target);
  const actual = (fromLast: number): number | undefined =>
    met.shape !== null && fromLast < met.shape.length ? met.shape.at(-fromLast) : known?.fromLast === fromLast ? known.size : undefined;
  let isOpen = false;
  for (let fromLast = 1; fromLast <= sizes.length; fromLast++) {
    const size = sizes.at(-fromLast)!;
    const other = actual(fromLast);
    if (size === 1) continue;
    if (other === undefined) isOpen = true;
    else if (other === 1) isOpen = true;
    else if (other !== size) return 'fails';
  }
  return isOpen ? 'unknown' : 'fits';
}
