import type { PythonVersion } from '../python-re/python-version.ts';
import { compilePattern } from '../python-re/pattern.ts';

/**
 * The pattern that lets `re.match` begin anywhere in a name (rule P28): `downsample` becomes `.*downsample`. Alternatives
 * are put in a group first, flags of the whole pattern stay in front. `null` where Python would refuse the result.
 */
export function fitInside(pattern: string, python: PythonVersion): string | null {
  const flags = /^\(\?[aiLmsux]+\)/.exec(pattern)?.[0] ?? '';
  const rest = pattern.slice(flags.length);
  const result = `${flags}.*${hasOuterChoice(rest) ? `(?:${rest})` : rest}`;
  return compilePattern(result, python).ok ? result : null;
}

/** Whether there is a `|` outside of all groups and sets. */
function hasOuterChoice(pattern: string): boolean {
  let depth = 0;
  for (const [piece] of pattern.matchAll(/\\[^]|\[\^?\]?(?:\\[^]|[^\]\\])*\]|[()|]/g)) {
    if (piece === '(') depth++;
    else if (piece === ')') depth--;
    else if (piece === '|' && depth === 0) return true;
  }
  return false;
}
