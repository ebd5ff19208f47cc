import type { PackedNames } from '../module-tree/packed-names.ts';
import { compilePattern, patternErrorText } from '../python-re/pattern.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import { sweepNames } from '../python-re/sweep.ts';
import type { PatternSweep } from './pattern-sweep.ts';

/** Runs a pattern over names as Python's `re.match` does (rule S2). */
export function sweepAsPython(pattern: string, python: PythonVersion, names: PackedNames): PatternSweep {
  const compiled = compilePattern(pattern, python);
  if (!compiled.ok) {
    const { type, pos } = compiled.error;
    return { type: 'invalid', error: { type, message: patternErrorText(compiled.error, pattern), position: pos } };
  }
  const swept = sweepNames(compiled.value, names);
  const { mask, count } = swept;
  return { type: 'matched', mask, count, slowSeconds: swept.type === 'slow' ? swept.seconds : null };
}
