import { Interpreter } from './interpreter.ts';
import type { CompiledPattern } from '../pattern.ts';

/** `re.match`, `re.search` or `re.fullmatch`. */
export type MatchMode = 'match' | 'search' | 'fullmatch';

/** The result of a pattern on one name. Offsets count UTF-16 units. */
export type NameMatch =
  | {
      readonly type: 'match';
      readonly start: number;
      readonly end: number;
      /** Groups 1, 2 …; `null` for one that took no part. */
      readonly groups: readonly (readonly [number, number] | null)[];
    }
  | { readonly type: 'no-match' }
  /** Python would take at least this long, so it was given up. */
  | { readonly type: 'slow'; readonly seconds: number };

/** Steps after which a single name is given up. */
const mostSteps = 2_000_000;

/** Seconds that CPython takes for one step of the interpreter, measured over heavy patterns: 2.5 to 15 ns. */
export const secondsPerStep = 5e-9;

/** Seconds that CPython takes for each call in addition to the steps. */
export const secondsPerName = 1.5e-7;

const interpreters = new WeakMap<CompiledPattern, Interpreter>();

/** The interpreter of a pattern, made once. */
export function interpreterOf(pattern: CompiledPattern): Interpreter {
  let interpreter = interpreters.get(pattern);
  if (!interpreter) interpreters.set(pattern, (interpreter = new Interpreter(pattern.program)));
  return interpreter;
}

/**
 * Matches one name, with the spans of the groups (rules P13–P16).
 * @param most Steps of the interpreter after which the name is given up.
 * @param from Code points before the first place that is tried; `^` and what looks back still see them.
 */
export function matchName(pattern: CompiledPattern, name: string, mode: MatchMode = 'match', most = mostSteps, from = 0): NameMatch {
  const interpreter = interpreterOf(pattern);
  interpreter.load(name);
  interpreter.steps = 0;
  const last = mode === 'search' ? interpreter.length : from;
  for (let start = from; start <= last; start++) {
    const outcome = interpreter.run(start, mode === 'fullmatch', most - interpreter.steps);
    if (outcome === 'budget') return { type: 'slow', seconds: interpreter.steps * secondsPerStep };
    if (outcome === 'no-match') continue;
    const unit = unitOffsets(name, interpreter.length);
    const groups = Array.from({ length: pattern.parsed.groupCount }, (_, i) => {
      const span = interpreter.group(i + 1);
      return span && ([unit(span[0]), unit(span[1])] as const);
    });
    return { type: 'match', start: unit(start), end: unit(interpreter.end), groups };
  }
  return { type: 'no-match' };
}

/** Turns code-point offsets of a text into UTF-16 offsets. */
function unitOffsets(text: string, codePoints: number): (offset: number) => number {
  if (codePoints === text.length) return (offset) => offset;
  const offsets: number[] = [];
  for (let unit = 0; unit < text.length; unit += text.codePointAt(unit)! > 0xffff ? 2 : 1) offsets.push(unit);
  offsets.push(text.length);
  return (offset) => offsets[offset]!;
}
