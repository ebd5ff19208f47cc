import { fail, succeed, type Result } from '../result.ts';
import { flagBits, type PatternNode, type Sequence } from './ast.ts';
import { findCharacter } from './character-names.ts';
import { createInterpreter, type Interpreter } from './interpret.ts';
import { parsePattern, type ParsedPattern } from './parser.ts';
import type { PythonVersion } from './python-version.ts';
import { lengthOf, PatternSyntaxError, type PatternErrorType } from './tokenizer.ts';
import { widthOf } from './width.ts';

/** Why Python refuses a pattern. */
export interface PatternError {
  readonly type: PatternErrorType;
  /** Python's message without the position. */
  readonly msg: string;
  /** In code points; `null` when Python gives none. */
  readonly pos: number | null;
}

/** A pattern that Python accepts. */
export interface CompiledPattern {
  readonly source: string;
  readonly python: PythonVersion;
  readonly parsed: ParsedPattern;
  /** Runs it with backtracking; one run at a time. */
  readonly interpreter: Interpreter;
}

const mostCode = 4294967295;

/**
 * Does what `re.compile(source)` does in the given version of Python (rules P1–P6). Never throws.
 * Where `needsCharacterNames(source)`, `loadCharacterNames` has to come first.
 */
export function compilePattern(source: string, python: PythonVersion): Result<CompiledPattern, PatternError> {
  try {
    const parsed = parsePattern(source, python, findCharacter);
    checkCompiles(parsed.body, parsed, parsed.flags);
    return succeed({ source, python, parsed, interpreter: createInterpreter(parsed, python) });
  } catch (error) {
    if (error instanceof PatternSyntaxError) return fail({ type: error.kind, msg: error.msg, pos: error.pos });
    if (error instanceof RangeError) {
      return fail({ type: 'RecursionError', msg: 'maximum recursion depth exceeded', pos: null });
    }
    throw error;
  }
}

/** What CPython finds out only after parsing: look-behinds of varying width, and the old template flag. */
function checkCompiles(sequence: Sequence, parsed: ParsedPattern, flags: number): void {
  for (const node of sequence) {
    if (node.type === 'assert' && node.behind) {
      const { least, most } = widthOf(node.body, parsed.groupWidths);
      if (least > mostCode) throw new PatternSyntaxError('re.error', 'looks too much behind', null);
      if (least !== most) {
        throw new PatternSyntaxError('re.error', 'look-behind requires fixed-width pattern', null);
      }
    }
    if (node.type === 'repeat' && (flags & flagBits.template) !== 0) {
      const name = { greedy: 'MAX_REPEAT', lazy: 'MIN_REPEAT', possessive: 'POSSESSIVE_REPEAT' }[node.kind];
      throw new PatternSyntaxError('re.error', `internal: unsupported template operator ${name}`, null);
    }
    for (const inner of partsOf(node)) checkCompiles(inner, parsed, flags);
  }
}

/** The sequences that a node holds. */
export function partsOf(node: PatternNode): readonly Sequence[] {
  switch (node.type) {
    case 'group':
    case 'atomic':
    case 'assert':
    case 'repeat':
      return [node.body];
    case 'branch':
      return node.branches;
    case 'condition':
      return node.no === null ? [node.yes] : [node.yes, node.no];
    case 'literal':
    case 'not-literal':
    case 'any':
    case 'set':
    case 'at':
    case 'reference':
      return [];
  }
}

/** The message as `str(error)` gives it: with the position, and line and column where the pattern has lines. */
export function patternErrorText(error: PatternError, source: string): string {
  if (error.pos === null) return error.msg;
  const before = Array.from(source).slice(0, error.pos);
  if (!source.includes('\n')) return `${error.msg} at position ${error.pos}`;
  const line = before.filter((character) => character === '\n').length + 1;
  const column = error.pos - before.lastIndexOf('\n');
  return `${error.msg} at position ${error.pos} (line ${line}, column ${column})`;
}

/** The offset in UTF-16 units of a position in code points. */
export function codePointToUnit(source: string, position: number): number {
  let units = 0;
  let points = 0;
  for (const character of source) {
    if (points++ >= position) break;
    units += character.length;
  }
  return units;
}

/** The position in code points of an offset in UTF-16 units. */
export function unitToCodePoint(source: string, offset: number): number {
  return lengthOf(source.slice(0, offset));
}

/** `re.escape(text)`. */
export function escapePattern(text: string): string {
  return text.replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, '\\$&');
}
