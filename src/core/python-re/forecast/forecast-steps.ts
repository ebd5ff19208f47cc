import { mostSteps, type Forecast } from './forecast-result.ts';
import { nameAt, type PackedNames } from '../../module-tree/packed-names.ts';
import { StepCounter } from './count-steps.ts';
import { forecastByTrial } from './estimate-by-trial.ts';
import { interpreterOf } from '../match/match-name.ts';
import type { CompiledPattern } from '../pattern.ts';
import { shapeOf } from './pattern-shape.ts';
import { longestIndices, spreadIndices } from './sampled-names.ts';

const nothing: Forecast = { steps: 0, index: 0 };

/** How many names are counted, among the ruled out ones and among the others. */
const namesCounted = 128;
/** States that counting may work out for one name, and for all: some twenty milliseconds. */
const statesOfName = 40_000;
const statesOfAll = 60_000;

/**
 * Estimates the steps that Python's engine would take over all names, from the steps of the longest and of some spread over
 * the names that `mask` rules out and over the others. Patterns whose shape cannot make it backtrack much cost nothing.
 * Steps are counted (`StepCounter`); where that is not possible, names are tried.
 */
export function forecastSteps(
  pattern: CompiledPattern,
  names: PackedNames,
  mask: Uint8Array,
  enough: number,
): Forecast {
  const shape = names.size === 0 ? 'calm' : shapeOf(pattern.parsed.body);
  if (shape === 'calm') return nothing;
  return forecastByCounting(pattern, names, mask, enough) ?? forecastByTrial(pattern, names, mask, enough, shape);
}

/** `null` when a name cannot be counted, or not to its end and the others do not decide. */
function forecastByCounting(
  pattern: CompiledPattern,
  names: PackedNames,
  mask: Uint8Array,
  enough: number,
): Forecast | null {
  const interpreter = interpreterOf(pattern);
  const counter = new StepCounter(pattern.program);
  const counted = new Map<number, number>();
  let isLeast = false;
  const count = (index: number): number | null => {
    const known = counted.get(index);
    if (known !== undefined) return known;
    interpreter.load(nameAt(names, index));
    const count = counter.count(interpreter.text, interpreter.length, statesOfName);
    if (count === null) return null;
    isLeast ||= count.isLeast;
    counted.set(index, count.steps);
    return count.steps;
  };
  for (const index of longestIndices(names, mask)) {
    if (count(index) === null) return null;
    if (counter.states > statesOfAll / 2) break;
  }
  let spread = 0;
  const parts = [spreadIndices(mask, 0, namesCounted), spreadIndices(mask, 1, namesCounted)];
  for (const [i, { indices, size }] of parts.toSorted((one, other) => one.size - other.size).entries()) {
    const limit = counter.states + (statesOfAll - counter.states) * (i === 0 ? 0.3 : 1);
    let steps = 0;
    let tried = 0;
    for (const index of indices) {
      if (tried > 0 && counter.states > limit) break;
      const own = count(index);
      if (own === null) return null;
      steps += own;
      tried++;
    }
    if (tried > 0) spread += (steps / tried) * size;
  }
  let total = 0;
  let worst = nothing;
  for (const [index, steps] of counted) {
    total += steps;
    if (steps > worst.steps) worst = { steps, index };
  }
  const steps = Math.min(mostSteps, Math.max(total, spread));
  return isLeast && steps < enough ? null : { steps, index: worst.index };
}
