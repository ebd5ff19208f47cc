import { getKey, isConfigNumber, isConfigObject, type ConfigObject, type ConfigValue } from '../config/value.ts';
import { distillers, plainPruners, quantizers, scheduledPruners, type Algorithm } from './algorithm.ts';
import { argumentsOf, type AlgorithmArgument } from './call.ts';

/** Keys of a call that are no number or bool of Python, or say how the call is made. */
const otherKeys: ReadonlySet<string> = new Set(['arguments', 'evaluator', 'track_forward', 'model', 'config_list', 'pruner', 'teacher_model', 'teacher_predict', 'existed_wrappers']);

const wanted: Readonly<Record<AlgorithmArgument['kind'], string>> = { int: 'a whole number', float: 'a number', bool: 'true or false' };

const all: ReadonlyMap<string, AlgorithmArgument> = new Map(
  [
    ...plainPruners.map((name): Algorithm => ({ mode: 'pruning', name, schedules: [] })),
    ...scheduledPruners.map((schedule): Algorithm => ({ mode: 'pruning', name: 'L1NormPruner', schedules: [schedule] })),
    ...quantizers.map((name): Algorithm => ({ mode: 'quantization', name })),
    ...distillers.map((name): Algorithm => ({ mode: 'distillation', name })),
  ].flatMap((algorithm) => Object.values(argumentsOf(algorithm)).flat().map((argument) => [argument.name, argument] as const)),
);

/** The first error in the arguments of a call, in a sentence: a name that no class has, or a value of another kind; `null` for none. */
export function callProblem(call: ConfigObject): string | null {
  const inner = getKey(call, 'arguments');
  for (const [name, value] of [...call.entries, ...(isConfigObject(inner) ? inner.entries : [])]) {
    if (otherKeys.has(name)) continue;
    const argument = all.get(name);
    if (argument === undefined) return `No class of NNI 3.0 takes ${name}. They take ${[...all.keys()].join(', ')}.`;
    if (!fits(argument, value)) return `${name} must be ${wanted[argument.kind]}.`;
  }
  return null;
}

function fits({ name, kind }: AlgorithmArgument, value: ConfigValue): boolean {
  if (value === null) return name === 'max_steps' || name === 'max_epochs';
  // Python's bools are ints.
  if (typeof value === 'boolean') return true;
  return isConfigNumber(value) && kind !== 'bool' && (kind === 'float' || value.type === 'int');
}
