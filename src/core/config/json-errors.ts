import { type ParseError, printParseErrorCode } from 'jsonc-parser';
import { placeInText } from '../text/line-and-column.ts';

/** Why a text is not JSON: the fault, its place (1-based line and column), and the next step. */
export interface JsonError {
  readonly message: string;
  readonly remedy: string;
  /** Range in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
}

/** An error at a place of a text. */
export function jsonErrorAt(
  text: string,
  offset: number,
  length: number,
  message: string,
  remedy: string,
): JsonError {
  return { message, remedy, offset, length, ...placeInText(text, offset) };
}

type Wording = readonly [message: string, remedy: string];

const pythonWords: ReadonlyMap<string, string> = new Map([
  ['True', 'true'],
  ['False', 'false'],
  ['None', 'null'],
]);

const strangeCharacters: ReadonlyMap<string, Wording> = new Map([
  ["'", ['Strings in JSON need double quotes.', "Write \"…\" instead of '…'."]],
  ['`', ['Strings in JSON need double quotes.', 'Write "…" instead of `…`.']],
  ['(', ['JSON has no tuples.', 'Write […]; the Python export makes tuples of fuse_names.']],
  ['#', ['JSON has no comments.', 'Take the comment out.']],
  ['/', ['JSON has no comments.', 'Take the comment out.']],
  ['=', ['An assignment is Python.', 'Import the text as Python, or leave only the list […].']],
  ['+', ['A number in JSON has no plus sign.', 'Take the + out.']],
  ['.', ['A number in JSON has a digit before its point.', 'Write 0.5 instead of .5.']],
  ['-', ['There is no number after the minus.', 'Write -1 or -0.5.']],
  ['\uFEFF', ['There is a byte order mark here.', 'Save the file as UTF-8 without it.']],
  ['\u00A0', ['There is a no-break space here.', 'Write an ordinary space.']],
]);

/**
 * Words the first error that jsonc-parser met: the text at its place often says more than its code, e.g.
 * that the text is Python. Without an error the text holds no value at all.
 */
export function explainJsonError(text: string, error: ParseError | undefined): JsonError {
  if (text.trim() === '') return jsonErrorAt(text, 0, 0, 'The text is empty.', 'An empty list is written [].');
  if (!error) return jsonErrorAt(text, 0, 0, 'The text is not JSON.', 'A config list starts with [.');
  const { offset } = error;
  const code = printParseErrorCode(error.error);
  const comma = trailingComma(text, offset);
  if (comma !== null && (code === 'PropertyNameExpected' || code === 'ValueExpected')) {
    const message = 'There is a comma before the closing bracket.';
    return jsonErrorAt(text, comma, 1, message, 'Take the last comma out.');
  }
  const word = /^[\p{L}_][\p{L}\p{N}_]*/u.exec(text.slice(offset, offset + 100))?.[0] ?? '';
  const length = Math.min(Math.max(1, error.length, word.length), Math.max(0, text.length - offset));
  const [message, remedy] = wordingOfText(text, offset, word, code) ?? wordingOfCode(code);
  return jsonErrorAt(text, offset, length, message, remedy);
}

function trailingComma(text: string, offset: number): number | null {
  if (text[offset] !== '}' && text[offset] !== ']') return null;
  let at = offset - 1;
  while (at >= 0 && ' \t\r\n'.includes(text[at]!)) at--;
  return text[at] === ',' ? at : null;
}

function wordingOfText(text: string, offset: number, word: string, code: string): Wording | null {
  const keyExpected = code === 'PropertyNameExpected' || /^\s*:/.test(text.slice(offset + word.length));
  const json = pythonWords.get(word);
  if (json !== undefined) return [`${word} is Python.`, `In JSON it is written ${json}.`];
  if (/^-?(?:NaN|Infinity|nan|inf)\b/.test(text.slice(offset, offset + 12))) {
    return ['JSON has no NaN and no Infinity.', 'Write a number.'];
  }
  if (/^(?:[rRbBfFuU]{1,2})['"]/.test(text.slice(offset, offset + 3))) {
    return ['A string with a prefix is Python.', 'Take the prefix out and double each backslash.'];
  }
  if (/^[“”„‘’«»]/.test(text.slice(offset, offset + 1))) {
    return ['Strings in JSON need straight double quotes.', 'Replace the typographic quotes by ".'];
  }
  if (/[\d.]/.test(text[offset - 1] ?? '') && /^[\d._]/.test(text.slice(offset, offset + 1))) {
    return ['This is no number of JSON.', 'Write it without leading zeros and underscores, e.g. 0.5 or 10.'];
  }
  const strange = strangeCharacters.get(text[offset] ?? '');
  if (strange) return strange;
  if (word === '') return null;
  return keyExpected
    ? ['A key in JSON needs double quotes.', `Write "${word}".`]
    : [`${word} is no JSON value.`, 'Write a string in double quotes, a number, true, false or null.'];
}

function wordingOfCode(code: string): Wording {
  switch (code) {
    case 'CommaExpected':
      return ['A comma is missing here.', 'Put a comma between two entries.'];
    case 'ColonExpected':
      return ['A colon is missing here.', 'Put a colon between key and value.'];
    case 'PropertyNameExpected':
      return ['A key is expected here.', 'Keys need double quotes.'];
    case 'ValueExpected':
      return ['A value is expected here.', 'Write a string, a number, true, false, null, […] or {…}.'];
    case 'CloseBraceExpected':
      return ['An object is not closed.', 'Add the closing }.'];
    case 'CloseBracketExpected':
      return ['A list is not closed.', 'Add the closing ].'];
    case 'EndOfFileExpected':
      return ['There is more text after the end.', 'Put everything into one list […].'];
    case 'InvalidCommentToken':
    case 'UnexpectedEndOfComment':
      return ['JSON has no comments.', 'Take the comment out.'];
    case 'UnexpectedEndOfString':
      return ['A string is not closed on its line.', 'Add the closing double quote.'];
    case 'UnexpectedEndOfNumber':
      return ['The number ends too early.', 'Write digits after the point, e.g. 1.0.'];
    case 'InvalidEscapeCharacter':
      return ['This escape is not one of JSON.', 'A backslash in a string is written \\\\.'];
    case 'InvalidUnicode':
      return ['Four hex digits are expected after \\u.', 'Write e.g. \\u00e9.'];
    case 'InvalidCharacter':
      return ['There is a control character in a string.', 'Write a tab as \\t and a line feed as \\n.'];
    default:
      return ['This is not JSON.', 'A config list is […] with one {…} for each sub-config.'];
  }
}
