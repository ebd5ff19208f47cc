import { codePointToUnit, type CompiledPattern } from './pattern.ts';

/** How `re` answers for one name. Offsets count UTF-16 units. */
export type NameMatch =
  | {
      readonly type: 'match';
      readonly start: number;
      readonly end: number;
      /** Ranges of the groups, from the first on; `null` for those that took no part. */
      readonly groups: readonly (readonly [start: number, end: number] | null)[];
    }
  | { readonly type: 'no-match' }
  /** Python would need about this many seconds, or more. */
  | { readonly type: 'slow'; readonly seconds: number };

/** `match` anchors at the start, `fullmatch` at both ends, `search` nowhere. */
export type MatchMode = 'match' | 'fullmatch' | 'search';

/** Steps after which a name counts as hanging Python. */
export const stepsPerName = 100_000;

/** Seconds that CPython takes for a step of its engine. */
export const secondsPerStep = 1e-8;

/** Runs a pattern on one name, with spans (rules P10–P14). */
export function matchName(pattern: CompiledPattern, name: string, mode: MatchMode = 'match'): NameMatch {
  const codes = Array.from(name, (character) => character.codePointAt(0)!);
  const lastStart = mode === 'search' ? codes.length : 0;
  const toUnit = (position: number) => codePointToUnit(name, position);
  for (let start = 0; start <= lastStart; start++) {
    const attempt = pattern.interpreter.run(codes, start, stepsPerName, mode === 'fullmatch');
    if (attempt.type === 'exhausted') return { type: 'slow', seconds: estimateSeconds(pattern, codes) };
    if (attempt.type === 'match') {
      return {
        type: 'match',
        start: toUnit(start),
        end: toUnit(attempt.end),
        groups: attempt.groups.map((span) => (span === null ? null : [toUnit(span[0]), toUnit(span[1])] as const)),
      };
    }
  }
  return { type: 'no-match' };
}

const longestEstimate = 1e12;

/**
 * About how many seconds Python needs for a name on which the steps ran out: how the steps grow with the length of
 * the name is measured on its beginnings and carried on.
 */
export function estimateSeconds(pattern: CompiledPattern, codes: readonly number[]): number {
  const measured: { readonly length: number; readonly steps: number }[] = [];
  let steps = 0;
  for (let length = 1; length < codes.length && steps < stepsPerName; length++) {
    const attempt = pattern.interpreter.run(codes.slice(0, length), 0, stepsPerName, false);
    if (attempt.type === 'exhausted') break;
    steps = pattern.interpreter.steps();
    measured.push({ length, steps });
  }
  const last = measured.at(-1);
  const before = measured.at(-5);
  if (!last || !before) return stepsPerName * secondsPerStep;
  const growth = Math.max(1, (last.steps / before.steps) ** (1 / (last.length - before.length)));
  const estimate = last.steps * growth ** (codes.length - last.length) * secondsPerStep;
  return Math.min(longestEstimate, Math.max(stepsPerName * secondsPerStep, estimate));
}
