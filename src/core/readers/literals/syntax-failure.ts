import type { Result } from '../../result.ts';
import { placeInText } from '../../text/line-and-column.ts';
import { readFailure, type ReadError } from '../messages/read-error.ts';
import { findJsonError } from './json-cursor.ts';

/** The `json-syntax` error of a text that is known to be no JSON. */
export function syntaxFailure(text: string): Result<never, ReadError> {
  const error = findJsonError(text);
  const offset = error?.offset ?? text.length;
  const { line, column } = placeInText(text, offset);
  const found = offset >= text.length ? 'the end of the file' : `“${text.slice(offset, offset + 12)}”`;
  return readFailure('json-syntax', { line, column, expected: error?.expected ?? 'valid JSON', found });
}
