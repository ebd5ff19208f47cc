import { parsePython } from '../config/python-source.ts';
import { readJson, type JsonError } from '../config/json-reader.ts';
import { getKey, isConfigObject, type ConfigValue } from '../config/value.ts';
import { asRecord } from '../readers/literals/record.ts';
import { readNotebookTexts } from '../readers/notebook.ts';
import { fail, succeed, type Result } from '../result.ts';
import { withoutMarkup } from '../readers/lines/markup.ts';
import { plainCharacters } from './text-forms/plain-characters.ts';
import { bracketedPieces, markdownCode, restructuredCode, unquoted } from './text-forms/quoted-text.ts';
import { readScript, type ScriptError, type ScriptOptions, type ScriptReading } from './read-script.ts';
import { withoutComments } from './text-forms/relaxed-json.ts';
import { readYamlList, type YamlList } from './text-forms/yaml-list.ts';

/** The content of a text that should hold a config list. */
export type ListText =
  /**
   * JSON, with comments or not, or YAML: any value. `text` is a list inside of a text of another form: below a key
   * of a JSON file, one sub-config a line, or with typographic quotes. `yaml` finds places in the text of a list in YAML.
   */
  | { readonly type: 'value'; readonly format: 'json' | 'yaml' | 'text'; readonly value: ConfigValue; readonly yaml?: YamlList }
  /** Python source with lists, or lists that are printed between other words. */
  | { readonly type: 'script'; readonly script: ScriptReading };

export type ListTextError =
  | { readonly type: 'not-json'; readonly error: JsonError }
  /** Neither JSON nor Python nor YAML, and no list is in it. */
  | { readonly type: 'no-list'; readonly beginning: string }
  | Extract<ScriptError, { readonly type: 'bad-value' | 'too-large' }>;

/**
 * Reads a config list from JSON (with comments and last commas or not), Python source, YAML, a quoted reply, a notebook
 * or shell session, or a log (rules E1, E5, E6). Nothing is run.
 */
export function readListText(given: string, options: ScriptOptions = {}): Result<ListText, ListTextError> {
  // A line end of old Macs counts as one, at the same offset.
  const text = given.replaceAll(/\r(?!\n)/g, '\n');
  const read = readUsualText(text, options);
  if (read.ok && (read.value.type === 'value' || isWhole(read.value.script))) return read;
  if (!read.ok && read.error.type === 'bad-value') return read;
  const plain = plainCharacters(text);
  const again = plain === null ? null : readUsualText(plain, options);
  if (again?.ok === true && again.value.type === 'value') return value('text', again.value.value);
  if (again?.ok === true && again.value.type === 'script' && isWhole(again.value.script)) {
    const { script } = again.value;
    return succeed({ type: 'script', script: { ...script, assumed: [...script.assumed, assumedPlain] } });
  }
  const words = /^\s*</.test(text) ? withoutMarkup(text) : null;
  const shown = words === null ? null : readUsualText(words, options);
  return shown?.ok === true ? shown : read;
}

const assumedPlain = 'Typographic quotes, full-width punctuation and odd spaces were read as plain ones.';

function readUsualText(text: string, options: ScriptOptions): Result<ListText, ListTextError> {
  const json = readJson(text);
  if (json.ok) {
    const code = notebookCode(text, json.value.value);
    if (code !== null) return readListText(code, options);
    const below = listBelow(json.value.value);
    return below === null ? value('json', json.value.value) : value('text', below);
  }
  const bare = withoutComments(text);
  const relaxed = bare === null ? null : readJson(bare);
  if (relaxed?.ok) return value('json', relaxed.value.value);
  const dicts = listOfDicts(bare ?? text);
  if (dicts !== null) return value('text', dicts);

  const fenced = markdownCode(text);
  if (fenced !== null) {
    const inner = readListText(fenced, options);
    if (inner.ok) return inner;
  }
  const blocks = restructuredCode(text);
  const told = blocks === null ? null : scriptOf(blocks, options);
  if (told?.ok === true && isWhole(told.value)) return told;
  const script = scriptOf(text, options);
  if (script?.ok === true && isWhole(script.value)) return script;
  if (script?.ok === false) return script;
  // Python throughout: a statement that is not worked out is no reason to take the lists in it alone.
  if (script?.ok === true && script.value.script.lists.some(({ name }) => name !== '') && isPython(text)) return script;
  const yaml = readYamlList(text);
  if (yaml !== null) return succeed({ type: 'value', format: 'yaml', value: yaml.value, yaml });

  const plain = unquoted(text);
  if (plain !== null && plain !== text) {
    const inner = readListText(plain, options);
    if (inner.ok && !(inner.value.type === 'script' && !isWhole(inner.value.script))) return inner;
  }
  const pieces = piecesOf(text, options);
  if (pieces) return pieces;
  // Text that begins like JSON is more likely meant as JSON: the JSON error is more helpful.
  if (/^\s*(?:\[\s*[[{"\]]|\{\s*["}])/.test(text)) return fail({ type: 'not-json', error: json.error });
  if (script) return script;
  return fail({ type: 'no-list', beginning: text.trim().split('\n', 1)[0]!.slice(0, 60) });
}

/** Sub-configs without the brackets of a list: one a line, or with commas between them. */
function listOfDicts(text: string): ConfigValue | null {
  if (!/^\s*\{[^]*\}\s*,?\s*$/.test(text)) return null;
  const joined = readJson(`[${text.trim().replace(/,$/, '').replaceAll(/\}\s*\n\s*\{/g, '},\n{')}]`);
  if (!joined.ok || !Array.isArray(joined.value.value) || joined.value.value.length < 2) return null;
  return joined.value.value.every(isSubConfig) ? joined.value.value : null;
}

const deepestList = 4;

/** The one list of sub-configs that a JSON document holds below its keys; `null` where there is none, or more than one. */
function listBelow(document: ConfigValue): ConfigValue | null {
  if (!isConfigObject(document) || isSubConfig(document) || getKey(document, 'format')) return null;
  const found: ConfigValue[] = [];
  const look = (value: ConfigValue, depth: number): void => {
    if (Array.isArray(value) && value.length > 0 && value.every(isSubConfig)) found.push(value);
    else if (isConfigObject(value) && depth < deepestList) for (const [, item] of value.entries) look(item, depth + 1);
  };
  look(document, 0);
  return found.length === 1 ? found[0]! : null;
}

function isSubConfig(value: ConfigValue): boolean {
  return isConfigObject(value) && value.entries.some(([key]) => /^op_(?:names|names_re|types|partial_names)$/.test(key));
}

/** The code cells of a notebook, one script; `null` for all other JSON. */
function notebookCode(text: string, found: ConfigValue): string | null {
  if (!isConfigObject(found) || !(getKey(found, 'cells') || getKey(found, 'worksheets'))) return null;
  const notebook = asRecord(JSON.parse(text));
  const texts = notebook && readNotebookTexts(notebook);
  return texts && texts.code.join('\n\n');
}

function value(format: 'json' | 'text', read: ConfigValue): Result<ListText, never> {
  return succeed({ type: 'value', format, value: read });
}

/** `null` when nothing in the text makes a list. */
function scriptOf(text: string, options: ScriptOptions): Result<{ type: 'script'; script: ScriptReading } & ScriptParts, ListTextError> | null {
  const read = readScript(text, options);
  if (read.ok) return succeed({ type: 'script', script: read.value, lists: read.value.lists });
  return read.error.type === 'no-list' ? null : fail(read.error);
}

/** Whether Python would read the text without an error. */
function isPython(text: string): boolean {
  let isWhole = true;
  parsePython(text).cursor().iterate(({ type }) => {
    if (type.isError) isWhole = false;
    return isWhole;
  });
  return isWhole;
}

type ScriptParts = Pick<ScriptReading, 'lists'>;

/** Whether a list was read without meeting something that is no Python. */
function isWhole({ lists }: ScriptParts): boolean {
  // A text that exceeds the work limit is still Python source.
  if (lists.some(({ holes }) => holes.some(({ root }) => root.reason === 'too-large'))) return true;
  return lists.some(({ holes, list, call }) => (list.length > 0 || (call && holes.length > 0)) && holes.every(({ root }) => root.reason !== 'syntax' && root.reason !== 'unsupported'));
}

/** Lists between other words, as in a log. Lines count in the whole text. */
function piecesOf(text: string, options: ScriptOptions): Result<ListText, never> | null {
  const lists = bracketedPieces(text).flatMap(({ offset, piece }) => {
    const before = text.slice(0, offset).split('\n').length - 1;
    const read = readScript(piece, options);
    if (!read.ok || !isWhole(read.value)) {
      const json = readJson(piece);
      if (!json.ok) return [];
    }
    return read.ok
      ? read.value.lists.map((list) => ({
          ...list,
          line: list.line + before,
          lines: list.lines.map((line) => line && line + before),
          holes: list.holes.map((hole) => ({ ...hole, root: { ...hole.root, from: hole.root.from + offset, to: hole.root.to + offset } })),
        }))
      : [];
  });
  if (lists.length === 0) return null;
  return succeed({ type: 'script', script: { source: text, lists, assumed: [], raised: [], unmet: [] } });
}
