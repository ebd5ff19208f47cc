import { nameAt, type PackedNames } from '../module-tree/packed-names.ts';
import type { PatternNode, Sequence } from './ast.ts';
import type { Interpreter } from './interpreter.ts';
import { interpreterOf } from './match.ts';
import type { CompiledPattern } from './pattern.ts';

/** What a sweep would take. */
export interface Forecast {
  /** Steps over all names, as far as it takes to tell. */
  readonly steps: number;
  /** The name that takes most of those tried. */
  readonly index: number;
}

interface Spread {
  readonly indices: readonly number[];
  readonly size: number;
}

const nothing: Forecast = { steps: 0, index: 0 };

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
/** Longer than any sweep that is worth telling apart. */
const mostSteps = 1e20;

/**
 * Estimates the steps that Python's engine would take over all names, by trying the longest of them and some
 * spread over those that `mask` rules out and over the others. Patterns whose shape cannot make it backtrack
 * much cost nothing. Where it comes to `enough` steps, the worst name is tried once more with more patience.
 */
export function forecastSteps(
  pattern: CompiledPattern,
  names: PackedNames,
  mask: Uint8Array,
  enough: number,
): Forecast {
  const shape = names.size === 0 ? 'calm' : shapeOf(pattern.parsed.body);
  if (shape === 'calm') return nothing;
  const interpreter = interpreterOf(pattern);
  let spent = 0;
  let total = 0;
  let worst = nothing;
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
  const parts = [spreadIndices(mask, 0), spreadIndices(mask, 1)].toSorted((one, other) => other.size - one.size);
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
    // What a limited number of choices costs stops growing, so that only what was spent can be believed.
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

/** The longest names, at most eight; of equally long ones those that do not match. */
function longestIndices(names: PackedNames, mask: Uint8Array): readonly number[] {
  const wanted = 8;
  const { offsets } = names;
  const rank = (index: number): number =>
    (offsets[index + 1]! - offsets[index]!) * 2 + (mask[index] === 0 ? 1 : 0);
  const best: number[] = [];
  let least = -1;
  for (let index = 0; index < names.size; index++) {
    const own = rank(index);
    if (best.length === wanted && own <= least) continue;
    if (best.length === wanted) best.pop();
    let at = best.length;
    while (at > 0 && rank(best[at - 1]!) < own) at--;
    best.splice(at, 0, index);
    least = rank(best.at(-1)!);
  }
  return best;
}

/** Some names spread evenly over those with a certain value in the mask, and the number of those. */
function spreadIndices(mask: Uint8Array, wanted: 0 | 1): Spread {
  let size = 0;
  for (let index = 0; index < mask.length; index++) if (mask[index] === wanted) size++;
  const stride = Math.max(1, Math.floor(size / namesTried));
  const indices: number[] = [];
  let seen = Math.floor(stride / 2);
  for (let index = 0; index < mask.length && indices.length < namesTried; index++) {
    if (mask[index] === wanted && seen++ % stride === stride - 1) indices.push(index);
  }
  return { indices, size };
}

/** Whether the shape of a pattern alone tells that no name makes it backtrack much. */
export function isCalm({ parsed }: CompiledPattern): boolean {
  return shapeOf(parsed.body) === 'calm';
}

/**
 * What can make a pattern backtrack: something repeated inside a repeat, or three things in a row (`repeats`), or
 * many places with a limited choice (`choices`). Else it backtracks little.
 */
function shapeOf(body: Sequence): 'repeats' | 'choices' | 'calm' {
  if (weigh(body, false, 0) >= 3) return 'repeats';
  return weigh(body, false, 1 / choicesForRepeat) >= 3 ? 'choices' : 'calm';
}

const muchRepeated = 8;
/** Choices of two (an optional part, two alternatives) that weigh as much as a part that repeats without bound. */
const choicesForRepeat = 3;

/** `choice`: what a choice of two weighs. */
function weigh(sequence: Sequence, inRepeat: boolean, choice: number): number {
  let weight = 0;
  for (const node of sequence) weight += weighNode(node, inRepeat, choice);
  return weight;
}

function weighNode(node: PatternNode, inRepeat: boolean, choice: number): number {
  switch (node.type) {
    case 'literal':
    case 'not-literal':
    case 'any':
    case 'set':
    case 'at':
      return 0;
    case 'reference':
      return 1;
    case 'repeat': {
      const isOpen = node.most > muchRepeated && node.most > node.least;
      if (isOpen && inRepeat) return 3;
      const own = isOpen ? 1 : Math.log2(node.most - node.least + 1) * choice;
      return own + weighNode(node.item, inRepeat || node.most > 1, choice);
    }
    case 'group':
    case 'atomic':
    case 'assert':
      return weigh(node.body, inRepeat, choice);
    case 'branch': {
      const own = inRepeat ? 3 : Math.log2(node.branches.length) * choice;
      return own + weighBranches(node.branches, inRepeat, choice);
    }
    case 'condition':
      return weigh(node.yes, inRepeat, choice) + (node.no ? weigh(node.no, inRepeat, choice) : 0);
  }
}

/** Branches are tried one after the other: what they take adds up, while what stands in a row multiplies. */
function weighBranches(branches: readonly Sequence[], inRepeat: boolean, choice: number): number {
  const weights = branches.map((branch) => weigh(branch, inRepeat, choice)).filter((weight) => weight > 0);
  const heaviest = weights.reduce((one, other) => Math.max(one, other), 0);
  return weights.length === 0 ? 0 : heaviest + Math.log2(weights.length) / 2;
}
