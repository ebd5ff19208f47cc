import { looksLikeConfigList, looksLikePointer, looksLikeWebPage } from './kind-of-text.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { succeed, type Result } from '../result.ts';
import { parseKey, parseSlice, skipSpace, skipString, skipValue } from './literals/json-cursor.ts';
import { placeInText } from '../text/line-and-column.ts';
import { asRecord, describeValue, ownField } from './literals/record.ts';
import { jsonObjectItems, listItems, pythonItems } from './literals/named-items.ts';
import { parsePythonLiteral, type PythonValue } from './literals/python-literal.ts';
import { readFailure, shorten, type ReadError } from './messages/read-error.ts';
import { readDrawing, readOutline } from './listings/read-drawing.ts';
import { foreignText, isGraphDump } from './listings/foreign-texts.ts';
import { readGraphText } from './listings/read-graph-text.ts';
import { loggedText, readJsonLines } from './listings/read-json-lines.ts';
import { readLines } from './listings/read-lines.ts';
import { readLoadError } from './listings/read-load-error.ts';
import { newSideOfDiff } from './lines/diff-text.ts';
import { plainForms, withoutSigns } from './lines/plain-forms.ts';
import { withoutMarkup } from './lines/markup.ts';
import { readListInText } from './listings/read-list-in-text.ts';
import { readModuleTree } from './tree-json/read-module-tree.ts';
import type { TextSource } from './lines/text-source.ts';
import { syntaxFailure } from './literals/syntax-failure.ts';
import { readNamedItems } from './listings/read-named-items.ts';
import { readTable } from './listings/read-table.ts';
import { readNotebookTexts } from './notebook.ts';
import { indentOf, isWholeModule, outermost, parsePrintedModels, splitPrintedText } from './printed/print-lines.ts';
import type { PrintedModule } from './printed/printed-module.ts';
import { readPrint } from './printed/read-print.ts';
import { readSummaryTable } from './listings/read-summary-table.ts';
import { readWeightIndex } from './folders/read-weight-index.ts';

/** Forms that are tried for one text, those inside of others (a quoted comment in a web page) included. */
const mostForms = 10;

/** Errors of texts that may be something else in another form. */
const formErrors: ReadonlySet<ReadError['code']> = new Set([
  'not-recognised', 'print-syntax', 'lines-not-understood', 'python-syntax', 'json-syntax', 'duplicate-name', 'is-html', 'is-python', 'lines-without-names',
]);

/**
 * Recognises a text by its content and reads it (rule T1). Where lines of it are not understood, it is also read as it
 * was before a tool changed it (rule T7g), and that is taken where every line is understood then.
 */
export function readText(given: TextSource, tries = { left: mostForms }): Result<ModuleTree, ReadError> {
  const source = { ...given, text: withoutSigns(given.text) };
  const read = readPlainText(source);
  const failed = read.ok ? null : read.error.code;
  const side = failed === null || failed === 'is-pointer' ? null : newSideOfDiff(source.text);
  const renewed = side === null ? null : readPlainText({ ...source, text: side.text });
  if (renewed?.ok === true) return succeed({ ...renewed.value, notes: [{ type: 'new-side-of-diff', removed: side!.removed }, ...renewed.value.notes] });
  if (read.ok ? isUnderstood(read.value) : !formErrors.has(read.error.code)) return read;
  const marked = withoutMarkup(source.text);
  const forms = [...(marked === null ? [] : [{ text: marked }]), ...plainForms(source.text)];
  for (const { text, mixed } of forms) {
    if (tries.left-- <= 0) break;
    const other = readText({ ...source, text }, tries);
    if (!other.ok || (read.ok ? !isUnderstood(other.value) || other.value.size < read.value.size : false)) continue;
    if (mixed === undefined) return other;
    const note = { type: 'several-prints', count: mixed, firstLine: 1, lastLine: source.text.split('\n').length } as const;
    return succeed({ ...other.value, notes: [note, ...other.value.notes] });
  }
  return read;
}

/** Whether every line of a model was understood. */
function isUnderstood({ notes }: ModuleTree): boolean {
  return notes.every((note) => note.type !== 'reading' || (note.report.unread.count === 0 && !note.report.isFragment));
}

/** How many lines of a text belong to no model. */
function linesBeside({ notes }: ModuleTree): number {
  return notes.reduce((count, note) => count + (note.type === 'reading' ? note.report.beside.count : 0), 0);
}

function readPlainText(source: TextSource): Result<ModuleTree, ReadError> {
  const { text } = source;
  const start = skipSpace(text, 0);
  if (start >= text.length) return readFailure('empty-file');
  const beginning = text.slice(start, start + 4000);
  const known = recogniseFile(beginning);
  if (known !== null) return known;
  const foreign = foreignText(beginning);
  if (foreign !== null) return readFailure('is-foreign', { kind: foreign });
  if (isGraphDump(beginning)) return readFailure('is-graph-text', { start: firstLine(beginning) });
  if (/^<\?xml[^>]*>\s*<net\s/.test(beginning)) return readFailure('is-foreign', { kind: 'OpenVINO' });
  const first = text[start];
  const quoted = quotedText(text, start);
  if (quoted !== null) return readText({ ...source, text: quoted });
  const isText = first === '"' && skipSpace(text, skipString(text, start)) >= text.length;
  if (first === '{' || (first === '[' && !logStart.test(beginning)) || isText) {
    const read = readJson(source, start);
    if (read.ok) return read;
    const logged = first === '{' ? readLoggedJson(source) : null;
    if (logged !== null) return logged;
    if (read.error.code !== 'json-syntax') return read;
    const python = pythonStart.test(text) ? readPython(source) : null;
    if (python?.ok === true) return python;
    const among = readListInText(source, start);
    if (among !== null) return among;
    if (python !== null) return python;
    // A text may start with a bracket and be no JSON: log lines begin with `[INFO]`, prompts with `[1]:`.
    const printed = unnamedModules(text) ?? readPrint(source);
    return printed.ok || printed.error.code !== 'not-recognised' ? printed : (readLoadError(source) ?? readLines(source) ?? read);
  }
  const collected = collection.test(beginning) ? readPython(source) : null;
  if (collected?.ok === true) return collected;
  const table = readSummaryTable(source) ?? readTable(source);
  const printed = readPrint(source);
  if (table !== null) return printed.ok && (!table.ok || printed.value.size > table.value.size) ? printed : table;
  // A value that prints itself on one line, or on a few, is no model where the other lines list one.
  const isSmall = printed.ok && (printed.value.size === 1 || linesBeside(printed.value) > printed.value.size * 2);
  const listing = isSmall ? (readLines(source) ?? readListInText(source)) : null;
  if (listing?.ok === true && printed.ok && listing.value.size > printed.value.size) return listing;
  if (printed.ok || printed.error.code !== 'not-recognised') return printed;
  const otherForm = readGraphText(source) ?? readLoadError(source) ?? readDrawing(source);
  if (otherForm !== null) return otherForm;
  const code = recogniseCode(beginning);
  if (code !== null) return code;
  if (/^(?:\(|[A-Za-z_][\w.]*\(|\w+\s*=\s*[[({])/.test(beginning)) {
    const python = readPython(source);
    if (python?.ok === true) return python;
    const among = readLines(source) ?? readListInText(source) ?? withoutNames(text) ?? python;
    if (among !== null) return among;
  }
  const lines = readLines(source) ?? readListInText(source) ?? readOutline(source);
  if (lines !== null) return lines;
  return withoutNames(text) ?? readFailure('not-recognised', { start: firstLine(beginning) });
}

/** Types that hooks and loops over `modules()` print, one a line, numbered or not; null for other texts. */
function withoutNames(text: string): Result<never, ReadError> | null {
  const lines = splitPrintedText(text);
  const edge = outermost(lines);
  const shown = [...lines.entries()].filter(([, line]) => (isWholeModule(line) && indentOf(line) === edge) || numberedType.test(line));
  const first = shown[0]?.[0];
  return first === undefined || shown.length < 2 ? null : readFailure('lines-without-names', { line: first + 1, count: shown.length });
}

/** A list of modules without names, as `list(model.children())` prints; null where the first of them is the whole model. */
function unnamedModules(text: string): Result<never, ReadError> | null {
  const literal = text.trimStart().startsWith('[') ? parsePythonLiteral(text) : null;
  const items = literal?.ok === true && Array.isArray(literal.value) ? (literal.value as readonly PythonValue[]) : [];
  const texts = items.flatMap((item) => (typeof item === 'object' && item !== null && 'text' in item && moduleText.test(item.text) ? [item.text] : []));
  if (texts.length < 2 || texts.length < items.length) return null;
  // `list(model.modules())` begins with the model itself, which shows all others by name.
  const [whole] = parsePrintedModels(splitPrintedText(texts[0]!)).models;
  if (whole !== undefined && countPrinted(whole.root) >= items.length) return null;
  return readFailure('lines-without-names', { line: 1, count: items.length });
}

const moduleText = /^[\p{L}_][\p{L}\p{N}_]*\([^]*\)$/u;

function countPrinted(module: PrintedModule): number {
  return module.children.reduce((count, child) => count + countPrinted(child) * (child.run?.count ?? 1), 1);
}

const numberedType = /^\s*\d+[:.)]?\s+(?:<class '(?:\w+\.)*nn\.|(?:nn\.)?(?:Conv[123]d|Linear|ReLU6?|BatchNorm[123]d|LayerNorm|Dropout|MaxPool2d|Sequential|Embedding)\b)|^\s*(?:Inside )?(?:nn\.)?(?:Conv[123]d|Linear|ReLU6?|BatchNorm[123]d|LayerNorm|Dropout|MaxPool2d|Sequential|Embedding)\b[\w ]{0,30}[:>|-]*\s*(?:\(|\[|torch\.Size|forward\s*$)/;

/** JSON that is no list or document of modules: one object a line, or the message of a logger. */
function readLoggedJson(source: TextSource): Result<ModuleTree, ReadError> | null {
  const lines = readJsonLines(source);
  if (lines !== null) return lines;
  const text = loggedText(source.text);
  const logged = text === null ? null : readText({ ...source, text });
  return logged?.ok === true ? logged : null;
}

function firstLine(beginning: string): string {
  return shorten(visible(beginning.trim().split('\n', 1)[0]!), 60);
}

/** A text whose control characters are written as codes. */
function visible(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/**
 * The text inside quotes, as a cell of a notebook or a log in JSON holds it: one string with `\n` for its line ends, or
 * a list of lines. Null where it is something else, such as a list of names.
 */
function quotedText(text: string, start: number): string | null {
  const first = text[start]!;
  let value: unknown = null;
  if (first === '"') {
    const end = skipString(text, start);
    if (end < 0 || skipSpace(text, end) < text.length) return null;
    value = parseSlice(text, start, end);
  } else if (first === '[' && /^\[\s*"(?:[^"\\]|\\.)*\\n"/.test(text.slice(start, start + 2000))) {
    value = parseSlice(text, start, text.length);
    if (Array.isArray(value) && value.every((line) => typeof line === 'string')) value = value.join('');
  } else if (first === "'") {
    const literal = parsePythonLiteral(text.slice(start));
    value = literal.ok ? literal.value : null;
  }
  return typeof value === 'string' && value.includes('\n') ? value : null;
}

/** A notebook: the model that its outputs show, printed or in a table or list, or else one that is printed in its words and code. */
function readNotebook(source: TextSource, start: number): Result<ModuleTree, ReadError> {
  const notebook = asRecord(parseSlice(source.text, start, source.text.length));
  if (notebook === null) return syntaxFailure(source.text);
  const texts = readNotebookTexts(notebook);
  const [shown, words, code] = [texts?.outputs, texts?.words, texts?.code].map((parts) => ({ ...source, text: (parts ?? []).join('\n') }));
  const printed = readPrint(shown!);
  if (!printed.ok && printed.error.code !== 'not-recognised') return printed;
  if (printed.ok && printed.value.size > 1) return printed;
  const listed = readSummaryTable(shown!) ?? readTable(shown!) ?? readLines(shown!) ?? readListInText(shown!);
  if (listed?.ok === true) return listed;
  if (printed.ok) return printed;
  for (const other of [words, code]) {
    const written = readPrint(other!);
    if (written.ok || written.error.code !== 'not-recognised') return written;
  }
  return listed ?? readFailure('is-notebook');
}

/** How Python prints a dictionary that is none of its own. */
const collection = /^(?:OrderedDict|o?dict_items|dict)\(/;

/** Log lines begin with a bracket, too, which closes before the message: `[2024-02-10 17:02:26] INFO …`. */
const logStart = /^\[[^\]"'{[(<\n]*[^\]"'{[(<\n\d,.\s-][^\]"'{[(<\n]*\][^\n]*\S|^\[\d[\d-]*[ T][\d:.,]+\]|^\[\d+\][ \t]*[^\s,]/;

/** Files that people take for a model, and that are none. */
function recogniseFile(beginning: string): Result<never, ReadError> | null {
  if (looksLikeWebPage(beginning)) return readFailure('is-html', { start: firstLine(beginning) });
  if (looksLikePointer(beginning)) return readFailure('is-pointer');
  return null;
}

/** Python source in which no model is printed. */
function recogniseCode(beginning: string): Result<never, ReadError> | null {
  if (graphCode.test(beginning)) return readFailure('is-graph-code', { start: firstLine(beginning) });
  const isAssigned = /^\w+\s*=\s*\[/.test(beginning);
  if (!isAssigned && !pythonSource.test(beginning)) return null;
  if (looksLikeConfigList(beginning)) return readFailure('is-config-list');
  return isAssigned ? null : readFailure('is-python', { start: firstLine(beginning) });
}

const graphCode = /^graph\(\):\s*\n\s*%(?:p|b|c)_\w+ :|^class GraphModule\(torch\.nn\.Module\):\s*\n\s*def forward\(self, (?:p|b|c)_\w+/m;

const pythonSource =
  /^(?:#!.*python|"""|import \w|from [\w.]+ import )|^class \w+\((?:torch\.)?nn\.Module\)|^def \w+\(/m;

const keysLookedAt = 64;

/** JSON: the first keys or the first element decide the form. */
function readJson(source: TextSource, start: number): Result<ModuleTree, ReadError> {
  const { text } = source;
  if (text[start] === '"') return readFailure('not-recognised', { start: shorten(text.slice(start), 60) });
  if (text[start] === '[') return readJsonList(source, start);
  const values = new Map<string, string>();
  let at = skipSpace(text, start + 1);
  while (text[at] === '"' && values.size < keysLookedAt) {
    const found = parseKey(text, at);
    if (found === null) return syntaxFailure(text);
    const { key } = found;
    at = found.value;
    const opening = text[at]!;
    if (key === 'modules' && opening === '[') return readModuleTree(source);
    if (key === 'weight_map' && opening === '{') return readWeightIndex(source, start);
    if (key === 'format' && text.startsWith('"compression-plan"', at)) return readFailure('is-plan');
    if ((key === 'cells' || key === 'worksheets') && opening === '[') return readNotebook(source, start);
    if (key === 'children' && (opening === '[' || opening === '{')) return readModuleTree(source);
    const end = skipValue(text, at);
    if (end < 0) return syntaxFailure(text);
    values.set(key, text.slice(at, Math.min(end, at + 40)));
    at = skipSpace(text, end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
    else if (text[at] === '}') break;
    else return syntaxFailure(text);
  }
  const isDescribed = values.get('format') === '"module-tree"';
  if (isDescribed) return readFailure('no-modules');
  if (values.has('architectures') || values.has('model_type') || values.has('transformers_version')) {
    return readFailure('is-model-config');
  }
  if (isConfig(values)) return readFailure('is-config-list');
  if (values.size <= 8 && values.has('name') && values.has('type')) return readModuleTree(source);
  const items = jsonObjectItems(text, start);
  if (items === null) return syntaxFailure(text);
  if (skipSpace(text, skipValue(text, start)) < text.length) return syntaxFailure(text);
  return readNamedItems(items.filter(({ name }) => name !== '__metadata__'), source);
}

function isConfig(keys: { readonly has: (key: string) => boolean }): boolean {
  return ['op_types', 'op_names', 'op_names_re', 'op_partial_names', 'sparse_ratio', 'quant_dtype'].some(
    (key) => keys.has(key),
  );
}

function readJsonList(source: TextSource, start: number): Result<ModuleTree, ReadError> {
  const { text } = source;
  const at = skipSpace(text, start + 1);
  if (text[at] === ']') {
    return skipSpace(text, at + 1) < text.length ? syntaxFailure(text) : readFailure('no-modules');
  }
  if (text[at] === '{') {
    const end = skipValue(text, at);
    const record = end < 0 ? null : asRecord(parseSlice(text, at, end));
    if (record !== null) {
      const type = ownField(record, 'type');
      if (typeof type === 'string' && type.startsWith('sentence_transformers.')) return readFailure('is-model-config');
      if (isConfig({ has: (key) => Object.hasOwn(record, key) })) return readFailure('is-config-list');
      if (typeof ownField(record, 'name') === 'string' && !Object.hasOwn(record, 'type')) {
        return readListedItems(source, start);
      }
    }
    return readModuleTree(source);
  }
  return readListedItems(source, start);
}

function readListedItems(source: TextSource, start: number): Result<ModuleTree, ReadError> {
  const list = parseSlice(source.text, start, source.text.length);
  if (!Array.isArray(list)) return syntaxFailure(source.text);
  if (list.length > 0 && typeof list[0] !== 'string' && !Array.isArray(list[0]) && asRecord(list[0]) === null) {
    return readFailure('entry-not-object', { entry: 0, found: describeValue(list[0]) });
  }
  const items = listItems(list);
  return items.ok ? readNamedItems(items.value, source) : items;
}

/** Python quotes texts with one stroke, and has tuples: JSON has neither. */
const pythonStart = /^\s*[[{]\s*[('<]/;

/** Reads text that Python printed; null where the text is not that either. */
function readPython(source: TextSource): Result<ModuleTree, ReadError> | null {
  const assigned = /^\s*\w+\s*=\s*/.exec(source.text)?.[0].length ?? 0;
  const value = parsePythonLiteral(source.text.slice(assigned));
  if (!value.ok) {
    const offset = value.error.offset + assigned;
    const { line, column } = placeInText(source.text, offset);
    const found =
      offset >= source.text.length ? 'the end of the file' : `“${source.text.slice(offset, offset + 12)}”`;
    return readFailure('python-syntax', { line, column, expected: value.error.expected, found });
  }
  const items = pythonItems(value.value);
  if (items === null) return null;
  if (!items.ok) return items;
  // `list(model.named_modules())` prints every module as a whole: the first holds all others.
  const root = items.value.find(({ name }) => name === '')?.value;
  if (typeof root === 'string' && root.endsWith(')')) {
    const printed = readPrint({ ...source, text: root });
    if (printed.ok) return printed;
  }
  return readNamedItems(items.value, source);
}
