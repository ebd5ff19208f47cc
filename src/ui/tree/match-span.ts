import { matchName, type MatchMode } from '../../core/python-re/match/match-name.ts';
import { compilePattern, needsUnicodeNames } from '../../core/python-re/pattern.ts';
import type { PythonVersion } from '../../core/python-re/python-version.ts';

/** Where a pattern matches in a name, from and to before, in UTF-16 units; `null` where it does not. */
export type SpanOf = (name: string) => readonly [start: number, end: number] | null;

/** Finds the part of a name that a pattern matches; `null` for a pattern that Python refuses. */
export function spansOf(source: string, python: PythonVersion, mode: MatchMode): SpanOf | null {
  // The names of characters are fetched where a pattern is resolved, not here.
  if (needsUnicodeNames(source)) return null;
  const compiled = compilePattern(source, python);
  if (!compiled.ok) return null;
  const pattern = compiled.value;
  return (name) => {
    const match = matchName(pattern, name, mode);
    return match.type === 'match' ? [match.start, match.end] : null;
  };
}
