import { nameAt, type PackedNames } from '../../module-tree/packed-names.ts';
import { mostSteps, type Forecast } from './forecast-result.ts';
import type { Interpreter } from '../match/interpreter.ts';
import { interpreterOf } from '../match/match-name.ts';
import type { CompiledPattern } from '../pattern.ts';
import type { BacktrackingShape } from './pattern-shape.ts';
import { longestIndices, spreadIndices } from './sampled-names.ts';

/** Steps after which a name that is tried is given up and its steps are extrapolated. */
const stepsPerTrial = 40_000;
/** Steps for all trials together; a few milliseconds, and some more before the engine is warm. */
const stepsOfAllTrials = 250_000;
/** Steps for measuring again how a name grows that takes long. */
const stepsOfLastTrial = 1_000_000;
/** Where so many times enough was extrapolated then, it is believed. */
const timesSure = 10;
/** Steps after which less is believed, too. */
const stepsOfLongTrial = 20_000_000;
/** Steps after which a name is believed to take long where a limited number of choices is all that makes it so. */
const stepsOfChoices = 3_000_000;
const namesTried = 32;
/** Over how many characters the growth of the steps is measured. */
const charactersMeasured = 3;

/**
 * Tries names under a budget of steps: the longest, and some spread over the names that `mask` rules out and over the
 * others. Where it comes to `enough` steps, the worst name is tried once more with more patience.
 */
export function forecastByTrial(
  pattern: CompiledPattern,
  names: PackedNames,
  mask: Uint8Array,
  enough: number,
  shape: BacktrackingShape,
): Forecast {
  const interpreter = interpreterOf(pattern);
  let spent = 0;
  let total = 0;
  let worst: Forecast = { steps: 0, index: 0 };
  const take = (index: number): number => {
    const steps = tryName(interpreter, names, index);
    spent += Math.min(steps, 2 * stepsPerTrial);
    if (steps > worst.steps) worst = { steps, index };
    return steps;
  };
  for (const index of longestIndices(names, mask)) {
    total += take(index);
    if (spent > stepsOfAllTrials / 3) break;
  }
  // The larger part first, which leaves the smaller one its share.
  const parts = [spreadIndices(mask, 0, namesTried), spreadIndices(mask, 1, namesTried)].toSorted((one, other) => other.size - one.size);
  let spread = 0;
  for (const { indices, size } of parts) {
    const limit = spent + (stepsOfAllTrials - spent) * 0.7;
    let steps = 0;
    let tried = 0;
    for (const index of indices) {
      if (tried > 0 && spent > limit) break;
      steps += take(index);
      tried++;
    }
    if (tried > 0) spread += (steps / tried) * size;
  }
  let steps = Math.min(mostSteps, Math.max(total, spread));
  const { index } = worst;
  if (worst.steps <= stepsPerTrial) return { steps, index };
  // Few characters were measured; with more of them the growth shows.
  const name = nameAt(names, index);
  const grown = extrapolate(interpreter, name, stepsOfLastTrial);
  steps = steps < enough ? Math.max(steps, grown) : Math.min(mostSteps, (steps * grown) / worst.steps);
  if (steps < enough) return { steps, index };
  if (shape === 'choices') {
    // The cost of a limited number of choices stops growing, so only the measured steps are believed.
    const actual = stepsFor(interpreter, name, stepsOfChoices);
    return { steps: actual > stepsOfChoices ? enough : actual, index };
  }
  if (steps > enough * timesSure) return { steps, index };
  const actual = stepsFor(interpreter, name, stepsOfLongTrial);
  return { steps: actual > stepsOfLongTrial ? steps : (steps * actual) / grown, index };
}

/** Steps for one name, extrapolated where they go beyond a trial. */
function tryName(interpreter: Interpreter, names: PackedNames, index: number): number {
  const name = nameAt(names, index);
  const steps = stepsFor(interpreter, name);
  return steps > stepsPerTrial ? extrapolate(interpreter, name) : steps;
}

function stepsFor(interpreter: Interpreter, name: string, budget = stepsPerTrial): number {
  interpreter.load(name);
  interpreter.steps = 0;
  interpreter.run(0, false, budget);
  return interpreter.steps;
}

/**
 * How the steps grow with the length of the name is measured on its beginnings and carried on: by a power of the
 * length or by a factor a character, whichever is less, so that Python takes that long at least.
 */
function extrapolate(interpreter: Interpreter, name: string, budget = stepsPerTrial): number {
  const measured: number[] = [1];
  let length = 0;
  while (length < name.length && measured[length]! <= budget / 4) {
    length++;
    measured[length] = Math.max(measured[length - 1]!, stepsFor(interpreter, name.slice(0, length), budget));
  }
  const base = Math.max(1, length - charactersMeasured);
  const ratio = measured[length]! / measured[base]!;
  const factor = ratio ** ((name.length - length) / Math.max(1, length - base));
  const power = (name.length / length) ** (Math.log(ratio) / Math.log(Math.max(2, length) / base));
  return Math.min(mostSteps, Math.max(stepsPerTrial + 1, measured[length]! * Math.min(factor, power)));
}
