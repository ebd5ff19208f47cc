import type { ModuleTree } from '../module-tree/module-tree.ts';
import type { Result } from '../result.ts';
import { skipSpace } from './json-cursor.ts';
import { readFailure, shorten, type ReadError } from './read-error.ts';
import { readModuleTree, type TextSource } from './read-module-tree.ts';

/** Recognises a text by its content and reads it (rule T1). */
export function readText(source: TextSource): Result<ModuleTree, ReadError> {
  const start = skipSpace(source.text, 0);
  if (start >= source.text.length) return readFailure('empty-file');
  const first = source.text[start];
  if (first === '{' || first === '[') return readModuleTree(source);
  return readFailure('not-recognised', { start: shorten(source.text.slice(start, start + 200), 60) });
}
