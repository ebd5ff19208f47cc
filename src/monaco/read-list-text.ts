import { type JsonDocument, type JsonError, readJson } from '../core/config/json-reader.ts';
import { jsonErrorAt } from '../core/config/json-errors.ts';
import { findExcess, pageListLimits, wordExcess } from '../core/config/list-limits.ts';
import { type ConfigObject, type ConfigValue, isConfigList, isConfigNumber, isConfigObject } from '../core/config/value.ts';
import { fail, succeed, type Result } from '../core/result.ts';

/** A text that is a config list. */
export interface ReadList {
  readonly list: readonly ConfigObject[];
  readonly document: JsonDocument;
}

/** Why a text is no config list: `syntax` is no JSON at all, `shape` is JSON of another form. */
export interface ListTextProblem extends JsonError {
  readonly type: 'syntax' | 'shape';
}

let last: { readonly text: string; readonly read: Result<ReadList, ListTextProblem> } | null = null;

/**
 * Reads a config list: JSON whose top level is a list that holds objects only. Never throws. The last reading is kept: the list,
 * the bars, the marks and the cursor ask about one text in turn, and one of thousands of sub-configs takes long to read.
 */
export function readListText(text: string): Result<ReadList, ListTextProblem> {
  if (last?.text !== text) last = { text, read: readAnew(text) };
  return last.read;
}

function readAnew(text: string): Result<ReadList, ListTextProblem> {
  const read = readJson(text);
  if (!read.ok) return fail({ type: 'syntax', ...read.error });
  const document = read.value;
  const { value } = document;
  if (!isConfigList(value)) {
    const remedy = isConfigObject(value) ? 'Put [ and ] around it.' : 'A config list starts with [.';
    return fail(shapeProblem(text, document, [], `The text is ${nameKind(value)}, not a list.`, remedy));
  }
  const excess = findExcess(value, pageListLimits);
  if (excess) {
    const { title, remedy } = wordExcess(excess);
    return fail(shapeProblem(text, document, [], title, remedy));
  }
  const list: ConfigObject[] = [];
  for (const [index, item] of value.entries()) {
    if (!isConfigObject(item)) {
      const message = `Item ${index + 1} of the list is ${nameKind(item)}, not a sub-config.`;
      return fail(shapeProblem(text, document, [index], message, 'A sub-config is written {"op_types": […], …}.'));
    }
    list.push(item);
  }
  return succeed({ list, document });
}

function shapeProblem(
  text: string,
  document: JsonDocument,
  path: readonly number[],
  message: string,
  remedy: string,
): ListTextProblem {
  const range = document.locate(path) ?? { offset: 0, length: 0 };
  // Only the first line is marked: a whole object underlined helps nobody.
  const firstLine = text.slice(range.offset, range.offset + range.length).split('\n', 1)[0]!;
  return { type: 'shape', ...jsonErrorAt(text, range.offset, firstLine.length, message, remedy) };
}

function nameKind(value: ConfigValue): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return 'a string';
  if (isConfigNumber(value)) return 'a number';
  return isConfigList(value) ? 'a list' : 'an object';
}
