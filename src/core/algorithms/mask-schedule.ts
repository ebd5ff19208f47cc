import type { Algorithm, ScheduledPruner } from './algorithm.ts';
import type { Call } from './call.ts';

type Pruner = Extract<Algorithm, { readonly mode: 'pruning' }>;

/** When a pruner makes masks. */
export interface MaskSchedule {
  /** The part of the goals that is in force when the last masks are made; `null` where none are ever made. */
  readonly goal: number | null;
  /** A smaller part that is in force when masks are made before that, with which they may fail too; `null` where there is none above 0. */
  readonly earlier: number | null;
  /** The goals are divided by `total_times` of 0 before any mask is made. */
  readonly dividesByZero?: true;
  /** Whether forward passes of the training follow the first masks; `undefined` where the length of the training is not known. */
  readonly runsOn: boolean | undefined;
}

/** Lengths that a simulation follows step by step; beyond, nothing changes that a person would write. */
const longestSimulation = 1_000_000;

/**
 * Follows the counters of NNI's pruners (rules A-P3, A-P9, A-P16). Arguments that a call does not give count as ones that let it run through;
 * a training without a number of steps counts as long enough.
 */
export function scheduleMasks({ name, schedules }: Pruner, call: Call): MaskSchedule {
  const outermost = schedules[0];
  if (outermost === undefined) return scheduleAlone(name, call);
  // The innermost schedule sets the goals last; its steps are those of the outermost, which hands them down.
  const curve = schedules.at(-1)!;
  const times = call.totalTimes ?? 1;
  const interval = call.intervalSteps ?? 1;
  const steps = call.maxSteps ?? Infinity;
  if (name === 'MovementPruner') {
    // Its loss divides by total_times in each step, and its masks wait for no interval.
    if (times === 0 && steps > 0) return { goal: null, earlier: null, runsOn: false, dividesByZero: true };
    return simulateMovement(curve, { interval, times, warmup: call.warmupStep ?? 0, cooldown: call.cooldownBeginStep ?? 1, steps });
  }
  const isTrained = name === 'SlimPruner' || name === 'TaylorPruner';
  const training = isTrained ? (call.trainingSteps ?? interval) : interval;
  // Masks that wait for training_steps are made with the goals of the start where no update comes before.
  const neverUpdates = interval < 0 || (times <= 0 && training < interval && (times < 0 || steps < interval));
  if (isTrained && training > 0 && steps >= training && neverUpdates) return { goal: 0, earlier: null, runsOn: steps > training };
  if (interval <= 0) return { goal: null, earlier: null, runsOn: false };
  if (times <= 0 && steps < interval) return { goal: null, earlier: null, runsOn: false };
  if (times === 0) return { goal: null, earlier: null, runsOn: false, dividesByZero: true };
  // Below 0 the count never comes to its end: masks are made once, with a goal below 0.
  if (times < 0) return { goal: goalAt(curve, 1, times), earlier: null, runsOn: steps > interval };
  const isEarly = training < interval;
  const firstStep = training;
  const runsOn = steps === Infinity ? (times > 1 || isEarly ? true : undefined) : steps > firstStep;
  if (training <= 0) return { goal: null, earlier: null, runsOn: false };
  const last = isEarly ? times - 1 : times;
  return { goal: goalAt(curve, last, times), earlier: last > 1 ? goalAt(curve, 1, times) : null, runsOn };
}

function scheduleAlone(name: Pruner['name'], call: Call): MaskSchedule {
  if (name !== 'MovementPruner') {
    const isTrained = name === 'SlimPruner' || name === 'TaylorPruner';
    return { goal: isTrained && (call.trainingSteps ?? 1) <= 0 ? null : 1, earlier: null, runsOn: false };
  }
  const steps = call.maxSteps ?? Infinity;
  const updates = (call.cooldownBeginStep ?? 1) - (call.warmupStep ?? 0);
  return { goal: 1, earlier: updates > 1 ? goalAt('AGPPruner', 1, updates) : null, runsOn: steps === Infinity ? undefined : steps > (call.warmupStep ?? 0) + 1 };
}

/** Linear: t/T. AGP: 1 − (1 − t/T)³. As Python rounds them. */
function goalAt(curve: ScheduledPruner, current: number, times: number): number {
  return curve === 'LinearPruner' ? current / times : 1 - (1 - current / times) ** 3;
}

interface MovementSteps {
  readonly interval: number;
  readonly times: number;
  readonly warmup: number;
  readonly cooldown: number;
  readonly steps: number;
}

/** Both count, and both write the goals: the schedule first, then the movement pruner, which keeps its own curve with the schedule's counts. */
function simulateMovement(curve: ScheduledPruner, { interval, times, warmup, cooldown, steps }: MovementSteps): MaskSchedule {
  const until = Math.min(steps, Math.max(cooldown, times * interval) + 1, longestSimulation);
  let goal = 0;
  let ofMasks: number | null = null;
  let earlier: number | null = null;
  const outer = { step: 0, remaining: times };
  const inner = { step: 0, remaining: times };
  for (let step = 1; step <= until; step++) {
    outer.step++;
    if (outer.step === interval) {
      outer.remaining--;
      goal = goalAt(curve, times - outer.remaining, times);
      if (outer.remaining > 0) outer.step = 0;
    }
    if (warmup < step && step <= cooldown) {
      inner.step++;
      if (inner.step === interval) {
        inner.remaining--;
        goal = Math.max(0, Math.min(1, 1 - (1 - (times - inner.remaining) / times) ** 3));
        if (inner.remaining > 0) inner.step = 0;
      }
    }
    if (warmup >= step) continue;
    if (ofMasks !== null && ofMasks > 0 && ofMasks < 1) earlier = ofMasks;
    ofMasks = goal;
  }
  return { goal: ofMasks, earlier: earlier === ofMasks ? null : earlier, runsOn: steps === Infinity ? true : steps > warmup + 1 };
}
