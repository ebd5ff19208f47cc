import type { Algorithm, ScheduledPruner } from './algorithm.ts';
import type { Call } from './call.ts';

type Pruner = Extract<Algorithm, { readonly mode: 'pruning' }>;

/** When a pruner makes masks. */
export interface MaskSchedule {
  /** The part of the goals that is in force when the last masks are made; `null` where none are ever made. */
  readonly goal: number | null;
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
  if (interval <= 0 || times <= 0) return { goal: null, runsOn: false };
  if (name === 'MovementPruner') return simulateMovement(curve, { interval, times, warmup: call.warmupStep ?? 0, cooldown: call.cooldownBeginStep ?? 1, steps });
  const training = name === 'SlimPruner' || name === 'TaylorPruner' ? (call.trainingSteps ?? interval) : interval;
  const isEarly = training < interval;
  const firstStep = training;
  const runsOn = steps === Infinity ? (times > 1 || isEarly ? true : undefined) : steps > firstStep;
  if (training <= 0) return { goal: null, runsOn: false };
  return { goal: goalAt(curve, isEarly ? times - 1 : times, times), runsOn };
}

function scheduleAlone(name: Pruner['name'], call: Call): MaskSchedule {
  if (name !== 'MovementPruner') {
    const isTrained = name === 'SlimPruner' || name === 'TaylorPruner';
    return { goal: isTrained && (call.trainingSteps ?? 1) <= 0 ? null : 1, runsOn: false };
  }
  const steps = call.maxSteps ?? Infinity;
  return { goal: 1, runsOn: steps === Infinity ? undefined : steps > (call.warmupStep ?? 0) + 1 };
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
    if (warmup < step) ofMasks = goal;
  }
  return { goal: ofMasks, runsOn: steps === Infinity ? true : steps > warmup + 1 };
}
