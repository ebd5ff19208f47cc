import { fail, succeed, type Result } from '../result.ts';
import type { Program } from './match/instructions.ts';
import { findLoadedCharacter } from './unicode/load-character-names.ts';
import { parsePattern, recursionMessage, type FindCharacter, type ParsedPattern } from './parse/parser.ts';
import { compileProgram } from './match/compile-program.ts';
import type { PythonVersion } from './python-version.ts';
import { PatternSyntaxError, type PatternErrorType } from './parse/tokenizer.ts';

/** Why Python refuses a pattern. */
export interface PatternError {
  /** The type of error that Python raises. */
  readonly type: PatternErrorType;
  /** `re.error.msg`, or the text of another exception. */
  readonly msg: string;
  /** `re.error.pos`: code points from the start; `null` when Python gives none. */
  readonly pos: number | null;
}

/** A pattern that Python accepts. Treat all fields below the first three as opaque. */
export interface CompiledPattern {
  readonly source: string;
  readonly python: PythonVersion;
  /** Python's warnings for a pattern that it accepts, in Python's words. */
  readonly warnings: readonly string[];
  readonly parsed: ParsedPattern;
  readonly program: Program;
}

/**
 * Compiles a pattern as `re.compile` of a Python version does: same patterns accepted, same errors (rules P1–P12).
 * `findCharacter` looks up `\N{…}`; the names are large, so callers await `loadCharacterNames()` first when
 * `needsUnicodeNames(source)`: until then no character has a name.
 */
export function compilePattern(
  source: string,
  python: PythonVersion,
  findCharacter: FindCharacter = findLoadedCharacter,
): Result<CompiledPattern, PatternError> {
  try {
    const parsed = parsePattern(source, python, findCharacter);
    const program = compileProgram(parsed, Number(python.slice(2)));
    return succeed({ source, python, warnings: parsed.warnings, parsed, program });
  } catch (error) {
    if (error instanceof PatternSyntaxError) return fail({ type: error.kind, msg: error.msg, pos: error.pos });
    if (!(error instanceof RangeError)) throw error;
    // The stack of this engine ran out before Python's would: for a person it is the same.
    return fail({ type: 'RecursionError', msg: recursionMessage(Number(python.slice(2))), pos: null });
  }
}

/** Whether a pattern may hold `\N{…}`, for which the table of character names is needed. */
export function needsUnicodeNames(source: string): boolean {
  return source.includes('\\N{');
}

/** The error as `str(error)` gives it in Python, with its position and, over several lines, line and column. */
export function patternErrorText(error: PatternError, source: string): string {
  if (error.type !== 're.error' || error.pos === null) return error.msg;
  const text = `${error.msg} at position ${error.pos}`;
  if (!source.includes('\n')) return text;
  const before = Array.from(source).slice(0, error.pos);
  const line = before.filter((character) => character === '\n').length + 1;
  const column = error.pos - before.lastIndexOf('\n');
  return `${text} (line ${line}, column ${column})`;
}

/** UTF-16 offset of a position in code points, such as `PatternError.pos`; at most the length of the text. */
export function codePointToUnit(source: string, position: number): number {
  let unit = 0;
  for (let i = 0; i < position && unit < source.length; i++) unit += source.codePointAt(unit)! > 0xffff ? 2 : 1;
  return unit;
}
