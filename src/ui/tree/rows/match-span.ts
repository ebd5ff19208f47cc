import { interpreterOf, matchName, type MatchMode } from '../../../core/python-re/match/match-name.ts';
import { compilePattern, needsUnicodeNames } from '../../../core/python-re/pattern.ts';
import type { PythonVersion } from '../../../core/python-re/python-version.ts';

/** Where a pattern matches in a name, from and to before, in UTF-16 units; `null` where it does not. */
export type SpanOf = (name: string) => readonly [start: number, end: number] | null;

/** Steps of the interpreter for all names of one pattern: some two milliseconds. The rows in sight take a few thousand. */
const stepsOfPattern = 100_000;
/** Steps for one name, so that a slow one leaves some for the others. */
const stepsOfName = 5000;

/**
 * Finds the part of a name that a pattern matches; `null` for a pattern that Python refuses. Marks are drawn while a
 * person types, so a name that takes long is not marked.
 */
export function spansOf(source: string, python: PythonVersion, mode: MatchMode): SpanOf | null {
  // The names of characters are fetched where a pattern is resolved, not here.
  if (needsUnicodeNames(source)) return null;
  const compiled = compilePattern(source, python);
  if (!compiled.ok) return null;
  const pattern = compiled.value;
  const interpreter = interpreterOf(pattern);
  let left = stepsOfPattern;
  const known = new Map<string, ReturnType<SpanOf>>();
  const find: SpanOf = (name) => {
    if (left <= 0) return null;
    const match = matchName(pattern, name, mode, Math.min(left, stepsOfName));
    left -= interpreter.steps;
    return match.type === 'match' ? [match.start, match.end] : null;
  };
  // Rows ask for the same name again at every change.
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const span = find(name);
    known.set(name, span);
    return span;
  };
}
