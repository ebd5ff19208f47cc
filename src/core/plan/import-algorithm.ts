import { readAlgorithm, scheduledPruners } from '../algorithms/algorithm.ts';
import { argumentsOf } from '../algorithms/call.ts';
import type { PlannedAlgorithm } from '../algorithms/planned-algorithm.ts';
import { isConfigNumber, objectOf, type ConfigEntry } from '../config/value.ts';
import type { ScriptCall } from '../script/read-script.ts';

const plain = ['model', 'config_list', 'evaluator'] as const;
const distiller = [...plain, 'teacher_model', 'teacher_predict', 'origin_loss_lambda'] as const;

/** Names of the positional arguments of the constructors. */
const positions: Readonly<Record<string, readonly string[]>> = {
  SlimPruner: [...plain, 'training_steps', 'regular_scale'],
  TaylorPruner: [...plain, 'training_steps'],
  MovementPruner: [...plain, 'warmup_step', 'cooldown_begin_step', 'regular_scale'],
  LinearPruner: ['pruner', 'interval_steps', 'total_times', 'evaluator'],
  AGPPruner: ['pruner', 'interval_steps', 'total_times', 'evaluator'],
  QATQuantizer: [...plain, 'quant_start_step'],
  PtqQuantizer: [...plain, 'existed_wrappers', 'is_bias_correction'],
  DynamicLayerwiseDistiller: distiller,
  Adaptive1dLayerwiseDistiller: distiller,
};

/** The class that a script hands its list to, with the arguments that are numbers or bools; `null` where NNI 3.0 has no such class. */
export function algorithmOfCall(call: ScriptCall): PlannedAlgorithm | null {
  const chain = scheduleChain(call);
  const names = chain.map(({ className }) => className);
  const algorithm = readAlgorithm(`${names.join('(')}${')'.repeat(names.length - 1)}`);
  if (algorithm === null) return null;
  const { constructor } = argumentsOf(algorithm);
  const known = new Set<string>(constructor.map(({ name }) => name));
  const entries = new Map<string, ConfigEntry[1]>();
  // The outermost schedule counts: its arguments win over the inner ones.
  for (const { className, given, inner } of chain.toReversed()) {
    const isFrom = inner !== null && !isSchedule(className);
    given.forEach(({ name, value }, at) => {
      const key = name ?? (isFrom ? undefined : positions[className]?.[at]);
      if (key !== undefined && known.has(key) && (isConfigNumber(value) || typeof value === 'boolean')) entries.set(key, value);
    });
  }
  return { algorithm, call: objectOf([...entries]) };
}

function isSchedule(className: string): boolean {
  return scheduledPruners.some((name) => name === className);
}

/** The schedules around a pruner, and the pruner itself. The compressor that `from_compressor` takes is not part of the class. */
function scheduleChain(call: ScriptCall): readonly ScriptCall[] {
  const { className, inner } = call;
  return isSchedule(className) && inner !== null ? [call, ...scheduleChain(inner)] : [call];
}
