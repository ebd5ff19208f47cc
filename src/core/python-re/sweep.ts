import { nameAt, type PackedNames } from '../module-tree/packed-names.ts';
import type { Sequence } from './ast.ts';
import { createLazyDfa, type LazyDfa } from './dfa.ts';
import { estimateSeconds, secondsPerStep, stepsPerName } from './match.ts';
import { buildNfa } from './nfa.ts';
import { partsOf, type CompiledPattern } from './pattern.ts';
import { widthOf } from './width.ts';

/** What a pattern matches in a list of names; `mask` has one byte a name, 1 where it matches. */
export type SweepResult =
  | { readonly type: 'matched'; readonly mask: Uint8Array<ArrayBuffer>; readonly count: number }
  | {
      /** Python would hang: `seconds` is an estimate, `index` a name that it hangs on, `mask` what was decided. */
      readonly type: 'slow';
      readonly seconds: number;
      readonly index: number;
      readonly mask: Uint8Array<ArrayBuffer>;
      readonly count: number;
    };

/** Automata that must all match (or, where `negated`, must not). */
interface Automaton {
  readonly dfa: LazyDfa;
  readonly negated: boolean;
}

const automata = new WeakMap<CompiledPattern, readonly Automaton[] | null>();

/** Steps over a whole list after which the rest is left undecided. */
const stepsPerSweep = 30_000_000;
/** A pattern that Python needs longer for is called slow. */
const slowFrom = 2;
const sampleSize = 12;

/**
 * Runs a pattern over all names as `re.match` would (rules P10–P16): by automaton where the pattern is regular and
 * the name plain ASCII, by the interpreter otherwise. The result does not depend on which one answers. Never hangs.
 */
export function sweepNames(pattern: CompiledPattern, names: PackedNames): SweepResult {
  const all = automataOf(pattern);
  if (all) {
    const mask = new Uint8Array(new ArrayBuffer(names.size));
    if (sweepByAutomata(all, names, mask)) {
      for (const index of names.irregular) mask[index] = 0;
      return sweepByInterpreter(pattern, names, mask, names.irregular, hangSample(pattern, names, mask));
    }
    automata.set(pattern, null);
  }
  const mask = new Uint8Array(new ArrayBuffer(names.size));
  return sweepByInterpreter(pattern, names, mask, allIndices(names.size), { seconds: 0, index: -1 });
}

/** The same by the interpreter alone; tests compare the two. */
export function sweepNamesByInterpreter(pattern: CompiledPattern, names: PackedNames): SweepResult {
  const mask = new Uint8Array(new ArrayBuffer(names.size));
  return sweepByInterpreter(pattern, names, mask, allIndices(names.size), { seconds: 0, index: -1 });
}

/** Whether an automaton answers for this pattern. */
export function isRegular(pattern: CompiledPattern): boolean {
  return automataOf(pattern) !== null;
}

interface Hang {
  readonly seconds: number;
  /** A name that Python hangs on; -1 when there is none. */
  readonly index: number;
}

function allIndices(size: number): Uint32Array {
  return Uint32Array.from({ length: size }, (_, index) => index);
}

function codesAt(names: PackedNames, index: number): readonly number[] {
  return Array.from(nameAt(names, index), (character) => character.codePointAt(0)!);
}

function sweepByInterpreter(
  pattern: CompiledPattern,
  names: PackedNames,
  mask: Uint8Array<ArrayBuffer>,
  indices: Uint32Array,
  hang: Hang,
): SweepResult {
  let steps = 0;
  let { seconds, index: hangsOn } = hang;
  let hanging = 0;
  for (const index of indices) {
    const codes = codesAt(names, index);
    const attempt = pattern.interpreter.run(codes, 0, stepsPerName, false);
    steps += pattern.interpreter.steps();
    if (attempt.type === 'match') mask[index] = 1;
    if (attempt.type === 'exhausted') {
      hanging++;
      if (hanging <= 4) seconds += estimateSeconds(pattern, codes);
      if (hangsOn < 0) hangsOn = index;
      if (hanging >= 20) break;
    }
    if (steps > stepsPerSweep) {
      seconds = Math.max(seconds, slowFrom);
      if (hangsOn < 0) hangsOn = index;
      break;
    }
  }
  let count = 0;
  for (const bit of mask) count += bit;
  if (hangsOn < 0) return { type: 'matched', mask, count };
  return { type: 'slow', seconds: Math.max(seconds, steps * secondsPerStep), index: hangsOn, mask, count };
}

/** Whether Python would hang on a pattern that the automaton took in its stride: tried on the longest names. */
function hangSample(pattern: CompiledPattern, names: PackedNames, mask: Uint8Array): Hang {
  if (!canExplode(pattern.parsed.body, pattern)) return { seconds: 0, index: -1 };
  for (const index of longestNames(names, mask)) {
    const codes = codesAt(names, index);
    const attempt = pattern.interpreter.run(codes, 0, stepsPerName, false);
    if (attempt.type === 'exhausted') return { seconds: estimateSeconds(pattern, codes), index };
  }
  return { seconds: 0, index: -1 };
}

/** The longest names, half of them unmatched ones: those make the engine try everything. */
function longestNames(names: PackedNames, mask: Uint8Array): readonly number[] {
  const chosen: number[] = [];
  for (const wanted of [0, 1]) {
    const longest: number[] = [];
    let least = -1;
    for (let index = 0; index < names.size; index++) {
      if (mask[index] !== wanted) continue;
      const length = names.offsets[index + 1]! - names.offsets[index]!;
      if (length <= least && longest.length >= sampleSize / 2) continue;
      longest.push(index);
      longest.sort((a, b) => lengthAt(names, b) - lengthAt(names, a));
      if (longest.length > sampleSize / 2) longest.pop();
      least = lengthAt(names, longest.at(-1)!);
    }
    chosen.push(...longest);
  }
  return chosen;
}

function lengthAt(names: PackedNames, index: number): number {
  return names.offsets[index + 1]! - names.offsets[index]!;
}

/** A repeat inside a repeat, both of varying length: what backtracking can take exponential time for. */
function canExplode(sequence: Sequence, pattern: CompiledPattern, inRepeat = false): boolean {
  let variable = 0;
  for (const node of sequence) {
    if (node.type === 'repeat' && node.most > node.least) {
      const { most } = widthOf(node.body, pattern.parsed.groupWidths);
      if (node.most > 8 && most > 0) {
        if (inRepeat || ++variable > 3) return true;
        if (canExplode(node.body, pattern, true)) return true;
        continue;
      }
    }
    if (node.type === 'branch' && inRepeat) return true;
    if (partsOf(node).some((part) => canExplode(part, pattern, inRepeat))) return true;
  }
  return false;
}

function automataOf(pattern: CompiledPattern): readonly Automaton[] | null {
  const known = automata.get(pattern);
  if (known !== undefined) return known;
  const built = buildAutomata(pattern);
  automata.set(pattern, built);
  return built;
}

/** Assertions that lead the pattern become automata of their own. */
function buildAutomata({ parsed }: CompiledPattern): readonly Automaton[] | null {
  const parts: { readonly body: Sequence; readonly negated: boolean }[] = [];
  let at = 0;
  for (; at < parsed.body.length; at++) {
    const node = parsed.body[at]!;
    if (node.type === 'at' && (node.at === 'begin' || node.at === 'begin-string')) continue;
    if (node.type !== 'assert' || node.behind) break;
    parts.push({ body: node.body, negated: node.negated });
  }
  parts.push({ body: parsed.body.slice(at), negated: false });
  const built: Automaton[] = [];
  for (const { body, negated } of parts) {
    const nfa = buildNfa(body, parsed.flags);
    if (!nfa) return null;
    built.push({ dfa: createLazyDfa(nfa), negated });
  }
  return built;
}

/** Fills the mask; `false` when an automaton has grown too large. */
function sweepByAutomata(all: readonly Automaton[], names: PackedNames, mask: Uint8Array): boolean {
  mask.fill(1);
  try {
    for (const automaton of all) sweepByAutomaton(automaton, names, mask);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * Clears the mask where the automaton says no. As names are in tree order, each goes on from the state after what it
 * shares with the one before.
 */
function sweepByAutomaton({ dfa, negated }: Automaton, names: PackedNames, mask: Uint8Array): void {
  const { bytes, offsets, shared, size } = names;
  let path = new Int32Array(256);
  /** States are known up to this many characters of the name before. */
  let known = 0;
  path[0] = dfa.start;
  let table = dfa.table();
  let verdicts = dfa.verdicts();
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
    while (at < length && verdicts[state] === open) {
      const byte = bytes[begin + at]!;
      let next = byte < alphabetEnd ? table[state * alphabetEnd + byte]! : -1;
      if (next < 0) {
        next = dfa.step(state, byte < alphabetEnd ? byte : 0);
        table = dfa.table();
        verdicts = dfa.verdicts();
      }
      state = next;
      path[++at] = state;
    }
    known = at;
    const verdict = verdicts[state];
    const hit = verdict === matched || (verdict === open && dfa.matchesAtEnd(state));
    if (hit === negated) mask[index] = 0;
  }
}

const alphabetEnd = 128;
const open = 0;
const matched = 1;
