import { codePointToUnit } from '../../../core/python-re/pattern.ts';
import type { SelectionEntry } from '../../../core/resolve/resolution.ts';
import type { PreviewState } from '../../../store/derived-store.ts';
import { wordSeconds } from '../../../core/text/word-seconds.ts';

/** The line below a pattern while it is typed. */
export interface PatternProblem {
  readonly type: 'invalid' | 'slow';
  readonly text: string;
  /** Where Python stops, in code points. */
  readonly position: number | null;
  /** The finding that says the same, which need not show next to it. */
  readonly findingCode: 'bad-pattern' | 'slow-pattern';
}

/** The problem of the pattern that is typed; of one that is not, when the engine has no finding of it. */
export function patternProblem(
  preview: PreviewState | null,
  entry: SelectionEntry | null,
): PatternProblem | null {
  if (preview?.invalid) {
    const { type, message, position } = preview.invalid.error;
    return { type: 'invalid', text: `${type}: ${message}`, position, findingCode: 'bad-pattern' };
  }
  if (preview === null && entry?.state.type === 'invalid') {
    return { type: 'invalid', text: entry.state.message, position: entry.state.position, findingCode: 'bad-pattern' };
  }
  const seconds = preview?.shown?.slowSeconds ?? (entry?.state.type === 'slow' ? entry.state.seconds : null);
  if (seconds === null) return null;
  const text = `Python would hang on this for ${wordSeconds(seconds)}.`;
  return { type: 'slow', text, position: null, findingCode: 'slow-pattern' };
}

/** The text before the wrong character, and the character: a space at the end, where there is none. */
export function splitAtProblem(pattern: string, position: number): readonly [before: string, wrong: string] {
  const at = codePointToUnit(pattern, position);
  const wrong = pattern.codePointAt(at);
  return [pattern.slice(0, at), wrong === undefined ? ' ' : String.fromCodePoint(wrong)];
}
