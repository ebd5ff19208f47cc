import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readJsonValue } from '../core/config/json-reader.ts';
import { readPython } from '../core/config/python-reader.ts';
import type { ConfigValue } from '../core/config/value.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { readPlan } from '../core/plan/plan-file.ts';
import type { Plan, SettingTemplate } from '../core/plan/plan.ts';
import type { FileSource } from '../core/readers/byte-source.ts';
import { inflateGzip, isGzip } from '../core/readers/gzip.ts';
import { defaultReadLimits } from '../core/readers/read-error.ts';
import { describeReadError } from '../core/readers/read-error-wording.ts';
import { decodeText } from '../core/readers/text-encoding.ts';
import { readTreeFromFiles } from '../core/readers/read-tree-files.ts';
import { succeed } from '../core/result.ts';
import { UnusableInput } from './command-line.ts';

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Reads a model from a file of any format, or a folder of files of one; large files are read in parts. */
export async function loadTree(path: string): Promise<ModuleTree> {
  try {
    const files = await Promise.all((await filesOf(path)).map(sourceOf));
    const tree = await readTreeFromFiles(files);
    if (tree.ok) return tree.value.tree;
    const { title, place, remedy } = describeReadError(tree.error);
    throw new UnusableInput([title, place, remedy].filter((part) => part !== '').join(' '));
  } catch (error) {
    if (error instanceof UnusableInput) throw error;
    throw new UnusableInput(`The model ${path} cannot be opened: ${reason(error)}.`);
  }
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

/** Parses the list of a file, which may be Python source with one list; `place` names the file for messages. */
function parseListFile(text: string, place: string): ConfigValue {
  // What begins like JSON is more likely meant as JSON: its error says more.
  if (/^\s*[[{]/.test(text) || readJsonValue(text).ok) return parseList(text, place);
  const source = readPython(text);
  if (!source.ok) {
    const [unread] = source.error.type === 'not-literal' ? source.error.unread : [];
    const [broken] = unread?.places ?? [];
    if (!broken) return parseList(text, place);
    throw new UnusableInput(`${place}, line ${broken.line}, column ${broken.column}: ${broken.message}`);
  }
  const [first, ...others] = source.value.lists;
  if (others.length > 0) {
    const names = source.value.lists.map(({ name, line }) => `${name === '' ? 'a list' : name} (line ${line})`);
    throw new UnusableInput(`${place} holds several config lists: ${names.join(', ')}. Leave the one that is meant.`);
  }
  return first?.list ?? [];
}

/** What `check` is given: a list, or the plan that holds it. */
export type Checked =
  | { readonly type: 'list'; readonly list: ConfigValue }
  | { readonly type: 'plan'; readonly plan: Plan };

/**
 * Reads a config list or a plan file, known by its content. What is neither JSON nor Python source is unusable;
 * anything else is for NNI to judge.
 */
export async function loadListOrPlan(path: string): Promise<Checked> {
  const text = await loadText(path, 'config list');
  const plan = readPlan(text);
  if (plan.ok) return { type: 'plan', plan: plan.value };
  switch (plan.error.type) {
    case 'not-json':
    case 'not-a-plan':
      return { type: 'list', list: parseListFile(text, path) };
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
