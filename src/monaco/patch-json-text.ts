import { type JsonDocument, readJson } from '../core/config/json-reader.ts';
import { writeCompactJson, writeJson } from '../core/config/json-writer.ts';
import {
  type ConfigList,
  type ConfigObject,
  type ConfigValue,
  getKey,
  isConfigList,
  isConfigObject,
  type KeyPath,
  objectOf,
} from '../core/config/value.ts';
import { smallestEdit, type TextEdit } from './text-edit.ts';

const step = '  ';
const width = 100;

/**
 * Edits that make a JSON text mean `value`. Parts that already do keep their layout to the letter; where the text is
 * laid out as `writeJson` does it, it is so afterwards. A text that is not JSON is replaced. `known`: the text as it was
 * read before, where it was.
 */
export function patchJsonText(text: string, value: ConfigValue, known?: JsonDocument): readonly TextEdit[] {
  const document = known ?? readDocument(text);
  if (!document) return listOf(smallestEdit(text, writeJson(value)));
  const patch: Patch = { text, document, edits: [] };
  patchAt(patch, [], document.value, value);
  return patch.edits;
}

function readDocument(text: string): JsonDocument | null {
  const read = readJson(text);
  return read.ok ? read.value : null;
}

/** Whether two values are written the same: numbers by their text, keys in their order. */
export function isSameText(a: ConfigValue, b: ConfigValue): boolean {
  return a === b || compactTextOf(a) === compactTextOf(b);
}

/** Values are immutable, and one change leaves all but one of thousands of sub-configs as they were: each is written out once. */
const compactTexts = new WeakMap<ConfigObject, string>();

function compactTextOf(value: ConfigValue): string {
  if (isConfigList(value)) return `[${value.map(compactTextOf).join(',')}]`;
  if (!isConfigObject(value)) return writeCompactJson(value);
  const known = compactTexts.get(value);
  if (known !== undefined) return known;
  const text = writeCompactJson(value);
  compactTexts.set(value, text);
  return text;
}

interface Patch {
  readonly text: string;
  readonly document: JsonDocument;
  readonly edits: TextEdit[];
}

function patchAt(patch: Patch, path: KeyPath, before: ConfigValue, after: ConfigValue): void {
  if (isSameText(before, after)) return;
  if (isConfigObject(before) && isConfigObject(after) && haveSameKeys(before, after)) {
    for (const [key, value] of after.entries) patchAt(patch, [...path, key], getKey(before, key)!, value);
    return;
  }
  if (isConfigList(before) && isConfigList(after) && canPatchItems(before, after)) {
    after.forEach((item, index) => patchAt(patch, [...path, index], before[index]!, item));
    return;
  }
  const range = patch.document.locate(path);
  if (!range) return;
  const old = patch.text.slice(range.offset, range.offset + range.length);
  const margin = marginAt(patch.text, range.offset);
  const written =
    old === writeAt(before, margin, path) ? writeAt(after, margin, path) : rewrite(patch, path, before, after, margin);
  patch.edits.push(...listOf(smallestEdit(old, written, range.offset)));
}

/** Writes a changed object or list again, with the old text of every unchanged part. */
function rewrite(patch: Patch, path: KeyPath, before: ConfigValue, after: ConfigValue, margin: string): string {
  const inner = margin + step;
  if (isConfigObject(before) && isConfigObject(after) && before.entries.length > 0 && after.entries.length > 0) {
    const parts = after.entries.map(([key, value]) => {
      const old = getKey(before, key);
      const at = [...path, key];
      const kept = old !== undefined && isSameText(old, value) ? sliceAt(patch, at) : null;
      return `${JSON.stringify(key)}: ${kept ?? writeAt(value, inner, at)}`;
    });
    return join(patch, path, '{', parts, '}', margin);
  }
  if (isConfigList(before) && isConfigList(after) && before.length > 0 && after.length > 0) {
    const unused = indicesByText(before);
    const parts = after.map((item, index) => {
      const same = unused.get(compactTextOf(item))?.shift();
      const kept = same === undefined ? null : sliceAt(patch, [...path, same]);
      return kept ?? writeAt(item, inner, [...path, index]);
    });
    return join(patch, path, '[', parts, ']', margin);
  }
  return writeAt(after, margin, path);
}

function join(
  patch: Patch,
  path: KeyPath,
  open: string,
  parts: readonly string[],
  close: string,
  margin: string,
): string {
  const old = sliceAt(patch, path) ?? '';
  if (!old.includes('\n')) return `${open}${parts.join(', ')}${close}`;
  const inner = margin + step;
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${margin}${close}`;
}

function sliceAt({ text, document }: Patch, path: KeyPath): string | null {
  const range = document.locate(path);
  return range && text.slice(range.offset, range.offset + range.length);
}

/** As `writeJson` writes the value at `path` in lines that start with `margin`. */
function writeAt(value: ConfigValue, margin: string, path: KeyPath): string {
  const key = path.at(-1);
  if (typeof key !== 'string' || margin.length < step.length) {
    return writeJson(value, { width: width - margin.length }).replaceAll('\n', `\n${margin}`);
  }
  // Under a key, the room on the line depends on the key: the value is written with it, which is then cut off.
  const wrapped = writeJson(objectOf([[key, value]]), { width: width - margin.length + step.length });
  const start = `{\n${step}${JSON.stringify(key)}: `.length;
  return wrapped.slice(start, -'\n}'.length).replaceAll(`\n${step}`, `\n${margin}`);
}

function marginAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))![0];
}

function haveSameKeys(a: ConfigObject, b: ConfigObject): boolean {
  return a.entries.length === b.entries.length && a.entries.every(([key], index) => b.entries[index]![0] === key);
}

/** Item by item, unless items have moved or the list is one that may be on one line. */
function canPatchItems(before: ConfigList, after: ConfigList): boolean {
  if (before.length !== after.length || !holdsObject(before) || !holdsObject(after)) return false;
  const known = indicesByText(before);
  return after.every((item, index) => {
    const places = known.get(compactTextOf(item));
    return places === undefined || places.includes(index);
  });
}

function indicesByText(list: ConfigList): Map<string, number[]> {
  const indices = new Map<string, number[]>();
  list.forEach((item, index) => {
    const text = compactTextOf(item);
    const places = indices.get(text);
    if (places) places.push(index);
    else indices.set(text, [index]);
  });
  return indices;
}

function holdsObject(value: ConfigValue): boolean {
  if (isConfigObject(value)) return value.entries.length > 0;
  return isConfigList(value) && value.some(holdsObject);
}

function listOf(edit: TextEdit | null): readonly TextEdit[] {
  return edit ? [edit] : [];
}
