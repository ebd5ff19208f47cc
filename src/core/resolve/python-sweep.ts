import type { PackedNames } from '../module-tree/packed-names.ts';
import { patternForCall } from '../python-re/call.ts';
import type { MatchMode } from '../python-re/match.ts';
import { compilePattern, patternErrorText } from '../python-re/pattern.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import { sweepNames } from '../python-re/sweep.ts';
import type { PatternSweep } from './pattern-sweep.ts';

/** Runs a pattern over names as Python's `re.match` does (rule S2), or as another call does (rule P23). */
export function sweepAsPython(
  pattern: string,
  python: PythonVersion,
  names: PackedNames,
  mode: MatchMode = 'match',
): PatternSweep {
  const compiled = compilePattern(pattern, python);
  if (!compiled.ok) {
    const { type, pos } = compiled.error;
    return { type: 'invalid', error: { type, message: patternErrorText(compiled.error, pattern), position: pos } };
  }
  const swept = sweepNames(patternForCall(compiled.value, mode), names);
  const { mask, count } = swept;
  return { type: 'matched', mask, count, slowSeconds: swept.type === 'slow' ? swept.seconds : null };
}
