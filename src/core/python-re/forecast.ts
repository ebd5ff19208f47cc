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

const nothing: Forecast = { steps: 0, index: 0 };

/** Steps after which a name that is tried is given up and its steps are extrapolated. */
const stepsPerTrial = 100_000;
/** Steps for all trials together; about 15 ms. */
const stepsOfAllTrials = 1_200_000;
const namesTried = 64;
/** Longer than any sweep that is worth telling apart. */
const mostSteps = 1e20;

/**
 * Estimates the steps that Python's engine would take over all names, by trying the longest of them and some spread
 * over the list, names that do not match first. Patterns whose shape cannot make it backtrack much cost nothing.
 */
export function forecastSteps(
  pattern: CompiledPattern,
  names: PackedNames,
  mask: Uint8Array,
  enough: number,
): Forecast {
  if (names.size === 0 || !canBacktrack(pattern.parsed.body)) return nothing;
  const interpreter = interpreterOf(pattern);
  const spread = spreadIndices(names.size, mask);
  let spent = 0;
  let sum = 0;
  let worst = nothing;
  let tried = 0;
  for (const index of [...longestIndices(names, mask), ...spread]) {
    const steps = tryName(interpreter, names, index);
    spent += Math.min(steps, 2 * stepsPerTrial);
    tried++;
    if (steps > worst.steps) worst = { steps, index };
    if (steps >= enough) return { steps, index };
    sum += steps;
    if (spent > stepsOfAllTrials) break;
  }
  return { steps: Math.min(mostSteps, (sum / tried) * names.size), index: worst.index };
}

/** Steps for one name, extrapolated where they go beyond a trial. */
function tryName(interpreter: Interpreter, names: PackedNames, index: number): number {
  const name = nameAt(names, index);
  const steps = stepsFor(interpreter, name);
  return steps > stepsPerTrial ? extrapolate(interpreter, name) : steps;
}

function stepsFor(interpreter: Interpreter, name: string): number {
  interpreter.load(name);
  interpreter.steps = 0;
  interpreter.run(0, false, stepsPerTrial);
  return interpreter.steps;
}

/** How the steps grow with the length of the name is measured on its beginnings and carried on. */
function extrapolate(interpreter: Interpreter, name: string): number {
  let before = 0;
  let last = 0;
  let length = 4;
  for (; length < name.length; length++) {
    const steps = stepsFor(interpreter, name.slice(0, length));
    if (steps > stepsPerTrial / 4) break;
    // A beginning on which the pattern stops at once says nothing.
    if (steps <= last) continue;
    before = last;
    last = steps;
  }
  const growth = before === 0 ? 1 : Math.min(8, last / before);
  const carried = last * growth ** (name.length - length + 1);
  return Math.min(mostSteps, Math.max(stepsPerTrial, carried));
}

/** The longest names, at most eight; of equally long ones those that do not match. */
function longestIndices(names: PackedNames, mask: Uint8Array): readonly number[] {
  const wanted = 8;
  const { offsets } = names;
  const rank = (index: number): number => (offsets[index + 1]! - offsets[index]!) * 2 + (mask[index] === 0 ? 1 : 0);
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

/** Names spread evenly over the list, and as many over those that do not match. */
function spreadIndices(size: number, mask: Uint8Array): readonly number[] {
  const spread = new Set<number>();
  const half = namesTried / 2;
  for (let i = 0; i < half; i++) {
    const index = Math.floor(((i + 0.5) * size) / half);
    spread.add(index);
    for (let next = index, end = Math.min(size, index + 64); next < end; next++) {
      if (mask[next] !== 0) continue;
      spread.add(next);
      break;
    }
  }
  return [...spread];
}

/** Whether a pattern repeats something inside a repeat, or three things in a row: else it backtracks little. */
function canBacktrack(body: Sequence): boolean {
  return weigh(body, false) >= 3;
}

const muchRepeated = 8;

function weigh(sequence: Sequence, inRepeat: boolean): number {
  let weight = 0;
  for (const node of sequence) weight += weighNode(node, inRepeat);
  return weight;
}

function weighNode(node: PatternNode, inRepeat: boolean): number {
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
      return (isOpen ? 1 : 0) + weighNode(node.item, inRepeat || node.most > 1);
    }
    case 'group':
    case 'atomic':
    case 'assert':
      return weigh(node.body, inRepeat);
    case 'branch':
      return node.branches.reduce((sum, branch) => sum + weigh(branch, inRepeat), inRepeat ? 3 : 0);
    case 'condition':
      return weigh(node.yes, inRepeat) + (node.no ? weigh(node.no, inRepeat) : 0);
  }
}
