import { nameAt, type PackedNames } from '../module-tree/packed-names.ts';
import { LazyDfa } from './automaton/dfa.ts';
import { fillMask, isPrepared } from './automaton/fill-mask.ts';
import { forecastSteps } from './forecast/forecast-steps.ts';
import { interpreterOf, secondsPerName, secondsPerStep } from './match/match-name.ts';
import { AutomatonTooLarge } from './automaton/nfa-graph.ts';
import { buildNfa } from './automaton/nfa.ts';
import { shapeOf } from './forecast/pattern-shape.ts';
import type { CompiledPattern } from './pattern.ts';

/** The matches of a pattern in a list of names. `mask` has one byte a name: 1 where `re.match` matches. */
export type SweepResult =
  | { readonly type: 'matched'; readonly mask: Uint8Array<ArrayBuffer>; readonly count: number }
  | {
      /** Python would hang on it. */
      readonly type: 'slow';
      /** Estimated lower bound of Python's time, in seconds. */
      readonly seconds: number;
      /** A name that it hangs on. */
      readonly index: number;
      /** The part that is decided so far: all names where the automaton answers, else the names before the stop. */
      readonly mask: Uint8Array<ArrayBuffer>;
      readonly count: number;
    };

/** From how many seconds of Python on a sweep is called slow, unless the caller says otherwise. */
const defaultSlowFrom = 1;

/** Lists up to this size are interpreted without an automaton, which would take longer to make. */
const smallList = 200;

/** Unless interpreting them takes more steps: work of half a second in Python takes longer here. */
const manySteps = 300_000;

/** How a pattern is swept: by an automaton; `exact` when the automaton alone decides. */
interface Automaton {
  readonly dfa: LazyDfa;
  readonly exact: boolean;
}

const automata = new WeakMap<CompiledPattern, Automaton | null>();

/**
 * Runs a pattern over all names as `re.match` would (rules P17–P20). Names of ASCII go through an automaton, which
 * takes time linear in the characters; where the pattern is not regular it only rules names out, and the
 * interpreter decides the rest. A sweep on which Python would spend `slowFrom` seconds is recognised by trying some names
 * under a budget of steps, and not waited for.
 */
export function sweepNames(pattern: CompiledPattern, names: PackedNames, slowFrom = defaultSlowFrom): SweepResult {
  const mask = new Uint8Array(names.size);
  const mostSteps = Math.max(0, slowFrom - names.size * secondsPerName) / secondsPerStep;
  const isSmall = names.size <= smallList;
  let decided = false;
  if (isSmall) mask.fill(1);
  else decided = prune(pattern, names, mask);
  const forecast = forecastSteps(pattern, names, mask, mostSteps);
  if (isSmall && forecast.steps >= manySteps) decided = prune(pattern, names, mask);
  if (forecast.steps >= mostSteps) {
    if (!decided) mask.fill(0);
    return slow(forecast.steps, names.size, forecast.index, mask);
  }
  for (const index of names.irregular) mask[index] = 1;
  return interpret(pattern, names, mask, decided ? names.irregular : null, mostSteps);
}

/** Leaves 1 in the mask where the automaton cannot rule a name out; whether it has decided all names of ASCII. */
function prune(pattern: CompiledPattern, names: PackedNames, mask: Uint8Array): boolean {
  const automaton = automatonOf(pattern, names);
  if (automaton && runAutomaton(pattern, automaton, names, mask)) return automaton.exact;
  mask.fill(1);
  return false;
}

/** The same by the interpreter alone; tests compare the two. */
export function sweepNamesByInterpreter(pattern: CompiledPattern, names: PackedNames): SweepResult {
  return interpret(pattern, names, new Uint8Array(names.size).fill(1), null, defaultSlowFrom / secondsPerStep);
}

/** The answer of the automaton alone: 1 where it cannot rule a name out. `null` without an automaton. */
export function sweepNamesByAutomaton(
  pattern: CompiledPattern,
  names: PackedNames,
): { readonly mask: Uint8Array<ArrayBuffer>; readonly exact: boolean } | null {
  const mask = new Uint8Array(names.size);
  const automaton = automatonOf(pattern, names);
  return automaton && runAutomaton(pattern, automaton, names, mask) ? { mask, exact: automaton.exact } : null;
}

/** Nodes that an automaton may visit on the way to an answer at once: a millisecond or two. */
const workAtOnce = 60_000;
/** Steps for the names that no automaton reads, on the way to an answer at once. */
const stepsAtOnce = 100_000;

/**
 * The result of `sweepNames` where it takes only a few milliseconds (a million names: ten); else `null`. `isSure` is true when
 * Python certainly finishes. Otherwise a whole sweep still has to decide whether Python would hang.
 */
export function sweepAtOnce(
  pattern: CompiledPattern,
  names: PackedNames,
): { readonly mask: Uint8Array<ArrayBuffer>; readonly count: number; readonly isSure: boolean } | null {
  if (!isPrepared(names)) return null;
  const mask = new Uint8Array(names.size);
  try {
    const nfa = buildNfa(pattern.parsed, pattern.program.minor);
    if (!nfa.exact) return null;
    fillMask(new LazyDfa(nfa, workAtOnce), names, mask);
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    return null;
  }
  for (const index of names.irregular) mask[index] = 1;
  const result = interpret(pattern, names, mask, names.irregular, stepsAtOnce);
  return result.type === 'slow' ? null : { mask, count: result.count, isSure: shapeOf(pattern.parsed.body) === 'calm' };
}

function slow(steps: number, size: number, index: number, mask: Uint8Array<ArrayBuffer>): SweepResult {
  const seconds = steps * secondsPerStep + size * secondsPerName;
  return { type: 'slow', seconds, index, mask, count: countHits(mask) };
}

/** Decides the names at `indices`, or the names that are not ruled out in `mask`, by interpretation. */
function interpret(
  pattern: CompiledPattern,
  names: PackedNames,
  mask: Uint8Array<ArrayBuffer>,
  indices: Uint32Array | null,
  mostSteps: number,
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

/** Nodes that making the automaton may visit: little for lists that the interpreter is done with as soon. */
function workFor(names: PackedNames): number {
  return 200_000 + 20 * names.size;
}

function automatonOf(pattern: CompiledPattern, names: PackedNames): Automaton | null {
  const known = automata.get(pattern);
  if (known !== undefined) return known;
  let automaton: Automaton | null = null;
  try {
    const nfa = buildNfa(pattern.parsed, pattern.program.minor);
    automaton = { dfa: new LazyDfa(nfa, workFor(names)), exact: nfa.exact };
  } catch (error) {
    if (!isTooLarge(error)) throw error;
  }
  automata.set(pattern, automaton);
  return automaton;
}

/** Whether an automaton was given up, or nested so deep that the stack ran out. */
function isTooLarge(error: unknown): boolean {
  return error instanceof AutomatonTooLarge || error instanceof RangeError;
}

/** Fills the mask for names of ASCII; `false`, and never again, when the automaton grows too large. */
function runAutomaton(
  pattern: CompiledPattern,
  { dfa }: Automaton,
  names: PackedNames,
  mask: Uint8Array,
): boolean {
  try {
    fillMask(dfa, names, mask);
    return true;
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    automata.set(pattern, null);
    return false;
  }
}
