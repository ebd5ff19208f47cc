import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readJsonValue } from '../core/config/json-reader.ts';
import type { Mode } from '../core/config/mode.ts';
import type { ConfigValue } from '../core/config/value.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { readPlan } from '../core/plan/plan-file.ts';
import type { Plan, SettingTemplate } from '../core/plan/plan.ts';
import type { FileSource } from '../core/readers/byte-source.ts';
import { inflateGzip, isGzip } from '../core/readers/gzip.ts';
import { defaultReadLimits, readCeilings } from '../core/readers/read-error.ts';
import { describeReadError } from '../core/readers/read-error-wording.ts';
import { countReading, describeReading } from '../core/readers/reading-wording.ts';
import { decodeText } from '../core/readers/text-encoding.ts';
import { readTreeFromFiles } from '../core/readers/read-tree-files.ts';
import { succeed } from '../core/result.ts';
import { readListText } from '../core/script/read-list-text.ts';
import type { ScriptList } from '../core/script/read-script.ts';
import { lineAt } from '../core/script/run.ts';
import { UnusableInput, type Options } from './command-line.ts';

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** How the command line reads a model. */
type TreeReading = Pick<Options, 'report' | 'acceptUnread'>;

/** Reads a model from a file of any format, or a folder of files of one; large files are read in parts. */
export async function loadTree(path: string, reading: TreeReading, complain: (line: string) => void): Promise<ModuleTree> {
  try {
    const files = await Promise.all((await filesOf(path)).map(sourceOf));
    const limits = reading.acceptUnread ? { maxUnreadLines: readCeilings.maxUnreadLines } : {};
    const tree = await readTreeFromFiles(files, { limits });
    if (tree.ok) {
      if (reading.report) for (const line of reportLines(tree.value.tree)) complain(`${path}: ${line}`);
      return tree.value.tree;
    }
    const { title, place, remedy } = describeReadError(tree.error);
    const isQuestion = tree.error.code === 'lines-not-understood';
    const parts = isQuestion ? [title, `\n${place}\n`, remedy, 'Use --accept-unread to open it as it is.'] : [title, place, remedy];
    throw new UnusableInput(parts.filter((part) => part !== '').join(' '));
  } catch (error) {
    if (error instanceof UnusableInput) throw error;
    throw new UnusableInput(`The model ${path} cannot be opened: ${reason(error)}.`);
  }
}

/** What became of the lines of a model's text; other files have none. */
function reportLines(tree: ModuleTree): readonly string[] {
  const reports = tree.notes.flatMap((note) => (note.type === 'reading' ? [note.report] : []));
  if (reports.length === 0) return ['everything in the file was understood.'];
  return reports.flatMap((report) => [countReading(report), ...describeReading(report)]);
}

/** Far more than any model has; a home directory that was given by mistake ends here. */
const mostFiles = 5000;

/** The file itself, or the files in and below a folder, by name; what is hidden is left out but for `.metadata`. */
async function filesOf(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names: string[] = [];
  const waiting = [path];
  for (let folder = waiting.shift(); folder !== undefined && names.length < mostFiles; folder = waiting.shift()) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.name.startsWith('.') && entry.name !== '.metadata') continue;
      if (entry.isDirectory()) waiting.push(join(folder, entry.name));
      else names.push(join(folder, entry.name));
    }
  }
  if (names.length === 0) throw new UnusableInput(`The model ${path} is a folder without files.`);
  return names.toSorted();
}

/** A file that is open only while a part of it is read: a folder may hold more than may be open at once. */
async function sourceOf(name: string): Promise<FileSource> {
  return {
    name,
    size: (await stat(name)).size,
    read: async (offset, length) => {
      const handle = await open(name, 'r');
      try {
        const bytes = new Uint8Array(length);
        const { bytesRead } = await handle.read(bytes, 0, length, offset);
        return bytes.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
  };
}

async function loadText(path: string, what: string): Promise<string> {
  let bytes;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new UnusableInput(`The ${what} ${path} cannot be read: ${reason(error)}.`);
  }
  const inflated = isGzip(bytes) ? inflateGzip(bytes, defaultReadLimits.maxBytes) : succeed<Uint8Array>(bytes);
  const text = inflated.ok ? decodeText(inflated.value) : inflated;
  if (text.ok) return text.value;
  const { code, values } = text.error;
  const { title, place, remedy } = describeReadError({ ...text.error, values: { ...values, file: path } });
  // What else could be done is said of models.
  const way = code === 'not-utf8' ? 'Save it again as UTF-8.' : remedy;
  throw new UnusableInput([`The ${what} cannot be read: ${title}`, place, way].filter((part) => part !== '').join(' '));
}

/** Parses a list; `place` names the file for messages, or the line, `isLine`. */
export function parseList(text: string, place: string, isLine = false): ConfigValue {
  const read = readJsonValue(text);
  if (read.ok) return read.value;
  const { line, column, message, remedy } = read.error;
  throw new UnusableInput(`${place}${isLine ? '' : `, line ${line}`}, column ${column}: ${message} ${remedy}`);
}

/** What is given for reading a list from a script. */
export interface ListGiven {
  readonly mode: Mode | null;
  readonly tree: ModuleTree | null;
  /** Python literals for what the script leaves open, by the expression. */
  readonly set: ReadonlyMap<string, string>;
}

const forPruning: ListGiven = { mode: 'pruning', tree: null, set: new Map() };

/** Parses the list of a file: JSON, YAML, or Python source with one list for the mode; `place` names the file for messages. */
function parseListFile(text: string, place: string, { mode, tree, set }: ListGiven): ConfigValue {
  const read = readListText(text, { tree, given: set });
  if (!read.ok) {
    const { error } = read;
    if (error.type === 'bad-value') throw new UnusableInput(`--set ${error.key}=${error.value}: ${error.value} is not a Python literal.`);
    if (error.type === 'too-large') throw new UnusableInput(`${place}, line ${error.line}: the script takes more work than is done here. Give the list that it makes.`);
    if (error.type === 'no-list' && text.trim() !== '') {
      throw new UnusableInput(`${place} holds no config list. It begins: ${error.beginning}`);
    }
    return parseList(text, place);
  }
  if (read.value.type === 'value') {
    if (set.size > 0) throw new UnusableInput(`--set is for Python source, and ${place} is ${read.value.format.toUpperCase()}.`);
    return read.value.value;
  }
  const { lists, unmet } = read.value.script;
  if (unmet.length > 0) throw new UnusableInput(`--set ${unmet[0]}: ${place} leaves no such value open.`);
  const chosen = chosenList(lists, mode, place);
  const [hole] = chosen.holes;
  if (hole) {
    const open = chosen.holes.map(({ root }) => `${root.key} (line ${lineAt(text, root.from)})`);
    const { key, suggestion } = hole.root;
    throw new UnusableInput(`${place} does not decide ${open.join(', ')}. Give a Python literal: --set '${key}=${suggestion ?? '0.5'}'.`);
  }
  const [misfit] = chosen.misfits;
  if (misfit) throw new UnusableInput(`${place}, line ${chosen.line}: a value of type ${misfit.found} stands in the list.`);
  return chosen.list;
}

/** The list that is meant: of several, the one whose class is of the mode. */
function chosenList(lists: readonly ScriptList[], mode: Mode | null, place: string): ScriptList {
  const sure = lists.filter((list) => list.mode !== null && list.mode === mode);
  const open = lists.filter((list) => list.mode === null);
  const meant = sure.length > 0 ? sure : open.length > 0 ? open : lists;
  if (meant.length === 1) return meant[0]!;
  const names = meant.map(({ name, line }) => `${name === '' ? 'a list' : name} (line ${line})`);
  throw new UnusableInput(`${place} holds several config lists: ${names.join(', ')}. Leave the one that is meant.`);
}

/** What `check` is given: a list, or the plan that holds it. */
export type Checked =
  | { readonly type: 'list'; readonly list: ConfigValue }
  | { readonly type: 'plan'; readonly plan: Plan };

/**
 * Reads a config list or a plan file, known by its content. What is neither JSON nor Python source is unusable;
 * anything else is for NNI to judge.
 */
export async function loadListOrPlan(path: string, given: ListGiven = forPruning): Promise<Checked> {
  const text = await loadText(path, 'config list');
  const plan = readPlan(text);
  if (plan.ok) return { type: 'plan', plan: plan.value };
  switch (plan.error.type) {
    case 'not-json':
    case 'not-a-plan':
      return { type: 'list', list: parseListFile(text, path, given) };
    case 'newer-version':
      throw new UnusableInput(`The plan ${path} has version ${plan.error.version}, which is newer than this espalier. Update it.`);
    case 'malformed':
      throw new UnusableInput(`The plan ${path} is damaged at ${plan.error.place}: ${plan.error.expected} is expected there.`);
  }
}

/** Every line of a file that holds one JSON value on each of several lines; null for every other file. */
export async function loadLines(path: string): Promise<readonly string[] | null> {
  const lines = (await loadText(path, 'config list')).split('\n').filter((line) => line.trim() !== '');
  return lines.length > 1 && lines.every((line) => readJsonValue(line).ok) ? lines : null;
}

/** Setting templates of a plan. */
export async function loadTemplates(path: string): Promise<readonly SettingTemplate[]> {
  const plan = readPlan(await loadText(path, 'plan'));
  if (plan.ok) return plan.value.templates;
  throw new UnusableInput(`${path} is not a plan that can be read (${plan.error.type}). Save it anew from the page.`);
}
