import { nameAt, type PackedNames } from '../module-tree/packed-names.ts';
import { AutomatonTooLarge, deadState, LazyDfa, matchedState } from './dfa.ts';
import { forecastSteps } from './forecast.ts';
import { interpreterOf, secondsPerStep } from './match.ts';
import { buildNfa } from './nfa.ts';
import type { CompiledPattern } from './pattern.ts';

/** What a pattern hits in a list of names. `mask` has one byte a name: 1 where `re.match` matches. */
export type SweepResult =
  | { readonly type: 'matched'; readonly mask: Uint8Array<ArrayBuffer>; readonly count: number }
  | {
      /** Python would hang on it. */
      readonly type: 'slow';
      /** What Python would take at least, estimated. */
      readonly seconds: number;
      /** A name that it hangs on. */
      readonly index: number;
      /** What was decided so far: everything where the automaton answers, else the names before. */
      readonly mask: Uint8Array<ArrayBuffer>;
      readonly count: number;
    };

/** From how many seconds of Python on a sweep is called slow. */
const slowFrom = 3;
const mostSteps = slowFrom / secondsPerStep;
/** Seconds that Python takes for each name besides the steps. */
const secondsPerName = 8e-8;

/** How a pattern is swept: by an automaton; `exact` when the automaton alone decides. */
interface Automaton {
  readonly dfa: LazyDfa;
  readonly exact: boolean;
}

const automata = new WeakMap<CompiledPattern, Automaton | null>();

/**
 * Runs a pattern over all names as `re.match` would (rules P17–P20). Names of ASCII go through an automaton, which
 * takes time linear in the characters; where the pattern is not regular it only rules names out, and the interpreter
 * decides the rest. A pattern on which Python would hang is told by trying some names under a budget of steps.
 */
export function sweepNames(pattern: CompiledPattern, names: PackedNames): SweepResult {
  const mask = new Uint8Array(names.size);
  const automaton = automatonOf(pattern);
  const isSwept = automaton !== null && runAutomaton(pattern, automaton, names, mask);
  if (!isSwept) mask.fill(1);
  const decided = isSwept && automaton.exact;
  const forecast = forecastSteps(pattern, names, mask, mostSteps);
  if (forecast.steps >= mostSteps) {
    if (!decided) mask.fill(0);
    return slow(forecast.steps, names.size, forecast.index, mask);
  }
  for (const index of names.irregular) mask[index] = 2;
  return interpret(pattern, names, mask, decided ? names.irregular : null);
}

/** The same by the interpreter alone; tests compare the two. */
export function sweepNamesByInterpreter(pattern: CompiledPattern, names: PackedNames): SweepResult {
  return interpret(pattern, names, new Uint8Array(names.size).fill(1), null);
}

/** Whether the automaton alone decides names of ASCII. */
export function isRegular(pattern: CompiledPattern): boolean {
  return automatonOf(pattern)?.exact === true;
}

function slow(steps: number, size: number, index: number, mask: Uint8Array<ArrayBuffer>): SweepResult {
  const seconds = steps * secondsPerStep + size * secondsPerName;
  return { type: 'slow', seconds, index, mask, count: countHits(mask) };
}

/** Decides the names at `indices`, or those that are not ruled out in `mask`, by interpretation. */
function interpret(
  pattern: CompiledPattern,
  names: PackedNames,
  mask: Uint8Array<ArrayBuffer>,
  indices: Uint32Array | null,
): SweepResult {
  const interpreter = interpreterOf(pattern);
  interpreter.steps = 0;
  const { bytes, offsets, irregular } = names;
  const count = indices ? indices.length : names.size;
  let nextIrregular = 0;
  for (let i = 0; i < count; i++) {
    const index = indices ? indices[i]! : i;
    const isIrregular = irregular[nextIrregular] === index;
    if (isIrregular) nextIrregular++;
    if (mask[index] === 0) continue;
    if (isIrregular) interpreter.load(nameAt(names, index));
    else interpreter.loadBytes(bytes, offsets[index]!, offsets[index + 1]!);
    const outcome = interpreter.run(0, false, mostSteps - interpreter.steps);
    if (outcome === 'budget') {
      if (indices) for (const rest of indices.subarray(i)) mask[rest] = 0;
      else mask.fill(0, index);
      return slow(interpreter.steps, names.size, index, mask);
    }
    mask[index] = outcome === 'match' ? 1 : 0;
  }
  return { type: 'matched', mask, count: countHits(mask) };
}

function countHits(mask: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < mask.length; i++) count += mask[i]!;
  return count;
}

function automatonOf(pattern: CompiledPattern): Automaton | null {
  const known = automata.get(pattern);
  if (known !== undefined) return known;
  let automaton: Automaton | null = null;
  const nfa = buildNfa(pattern.parsed, pattern.program.minor);
  try {
    if (nfa) automaton = { dfa: new LazyDfa(nfa), exact: nfa.exact };
  } catch (error) {
    if (!(error instanceof AutomatonTooLarge)) throw error;
  }
  automata.set(pattern, automaton);
  return automaton;
}

/** Fills the mask for names of ASCII; `false`, and never again, when the automaton grows too large. */
function runAutomaton(pattern: CompiledPattern, { dfa }: Automaton, names: PackedNames, mask: Uint8Array): boolean {
  try {
    fillMask(dfa, names, mask);
    return true;
  } catch (error) {
    if (!(error instanceof AutomatonTooLarge)) throw error;
    automata.set(pattern, null);
    return false;
  }
}

/**
 * As names are in tree order, each goes on from the state after what it shares with the one before. What it says of
 * names that are not ASCII does not count.
 */
function fillMask(dfa: LazyDfa, names: PackedNames, mask: Uint8Array): void {
  const { bytes, offsets, shared, size } = names;
  const { classCount } = dfa;
  const classOf = new Uint8Array(256);
  classOf.set(dfa.classOf);
  let { table } = dfa;
  let path = new Int32Array(256);
  path[0] = dfa.start;
  /** The path holds the states after so many characters of the name before. */
  let known = 0;
  for (let index = 0; index < size; index++) {
    const begin = offsets[index]!;
    const length = offsets[index + 1]! - begin;
    if (length >= path.length) {
      const longer = new Int32Array(length * 2);
      longer.set(path);
      path = longer;
    }
    let at = Math.min(known, shared[index]!);
    let state = path[at]!;
    while (at < length && state > matchedState) {
      const characterClass = classOf[bytes[begin + at]!]!;
      let next = table[state * classCount + characterClass]!;
      if (next < 0) {
        next = dfa.step(state, characterClass);
        ({ table } = dfa);
      }
      state = next;
      path[++at] = state;
    }
    known = at;
    mask[index] = state === matchedState || (state !== deadState && dfa.matchesAtEnd(state)) ? 1 : 0;
  }
}

