import type { PackedNames } from '../module-tree/packed-names.ts';
import { patternForCall } from './pattern-for-call.ts';
import type { MatchMode } from './match/match-name.ts';
import { compilePattern, needsUnicodeNames, patternErrorText, type PatternError } from '../python-re/pattern.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import { sweepAtOnce, sweepNames } from '../python-re/sweep.ts';
import type { PatternSweep } from './sweep-answer.ts';

/** Runs a pattern over names as Python's `re.match` does (rule S2), or as another call does (rule P23). */
export function sweepAsPython(
  pattern: string,
  python: PythonVersion,
  names: PackedNames,
  mode: MatchMode = 'match',
): PatternSweep {
  const compiled = compilePattern(pattern, python);
  if (!compiled.ok) return invalid(compiled.error, pattern);
  const swept = sweepNames(patternForCall(compiled.value, mode), names);
  const { mask, count } = swept;
  return { type: 'matched', mask, count, slowSeconds: swept.type === 'slow' ? swept.seconds : null };
}

/**
 * The same for `re.match`, where it is known in a few milliseconds; else `null`. While it is not `isFinal`,
 * `sweepAsPython` may still find that Python would hang.
 */
export function sweepAsPythonAtOnce(
  pattern: string,
  python: PythonVersion,
  names: PackedNames,
): { readonly sweep: PatternSweep; readonly isFinal: boolean } | null {
  if (needsUnicodeNames(pattern)) return null;
  const compiled = compilePattern(pattern, python);
  if (!compiled.ok) return { sweep: invalid(compiled.error, pattern), isFinal: true };
  const swept = sweepAtOnce(compiled.value, names);
  if (!swept) return null;
  const { mask, count, isSure } = swept;
  return { sweep: { type: 'matched', mask, count, slowSeconds: null }, isFinal: isSure };
}

function invalid(error: PatternError, pattern: string): PatternSweep {
  const { type, pos } = error;
  return { type: 'invalid', error: { type, message: patternErrorText(error, pattern), position: pos } };
}
