import { open, readFile, stat } from 'node:fs/promises';
import { readJsonValue } from '../core/config/json-reader.ts';
import type { ConfigValue } from '../core/config/value.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { readPlan } from '../core/plan/plan-file.ts';
import type { Plan, SettingTemplate } from '../core/plan/plan.ts';
import { describeReadError } from '../core/readers/read-error-wording.ts';
import { readTreeFromFiles } from '../core/readers/read-tree-files.ts';
import { UnusableInput } from './command-line.ts';

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Reads a model from a file of any format; large files are read in parts. */
export async function loadTree(path: string): Promise<ModuleTree> {
  let handle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    throw new UnusableInput(`The model ${path} cannot be opened: ${reason(error)}.`);
  }
  try {
    const { size } = await stat(path);
    const file = handle;
    const read = async (offset: number, length: number): Promise<Uint8Array> => {
      const bytes = new Uint8Array(length);
      const { bytesRead } = await file.read(bytes, 0, length, offset);
      return bytes.subarray(0, bytesRead);
    };
    const tree = await readTreeFromFiles([{ name: path, size, read }]);
    if (tree.ok) return tree.value.tree;
    const { title, place, remedy } = describeReadError(tree.error);
    throw new UnusableInput([title, place, remedy].filter((part) => part !== '').join(' '));
  } finally {
    await handle.close();
  }
}

async function loadText(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UnusableInput(`The ${what} ${path} cannot be read: ${reason(error)}.`);
  }
}

/** Reads a config list; what is no JSON is unusable, anything else is for NNI to judge. */
export async function loadList(path: string): Promise<ConfigValue> {
  return parseList(await loadText(path, 'config list'), path);
}

/** Parses a list; `place` names the file or line for messages. */
export function parseList(text: string, place: string): ConfigValue {
  const read = readJsonValue(text);
  if (read.ok) return read.value;
  const { line, column, message, remedy } = read.error;
  throw new UnusableInput(`${place}, line ${line}, column ${column}: ${message} ${remedy}`);
}

/** What `check` is given: a list, or the plan that holds it. */
export type Checked =
  | { readonly type: 'list'; readonly list: ConfigValue }
  | { readonly type: 'plan'; readonly plan: Plan };

/** Reads a config list or a plan file, known by its content. */
export async function loadListOrPlan(path: string): Promise<Checked> {
  const text = await loadText(path, 'config list');
  const plan = readPlan(text);
  if (plan.ok) return { type: 'plan', plan: plan.value };
  switch (plan.error.type) {
    case 'not-json':
    case 'not-a-plan':
      return { type: 'list', list: parseList(text, path) };
    case 'newer-version':
      throw new UnusableInput(`The plan ${path} has version ${plan.error.version}, which is newer than this espalier. Update it.`);
    case 'malformed':
      throw new UnusableInput(`The plan ${path} is damaged at ${plan.error.place}: ${plan.error.expected} is expected there.`);
  }
}

/** Setting templates of a plan. */
export async function loadTemplates(path: string): Promise<readonly SettingTemplate[]> {
  const plan = readPlan(await loadText(path, 'plan'));
  if (plan.ok) return plan.value.templates;
  throw new UnusableInput(`${path} is not a plan that can be read (${plan.error.type}). Save it anew from the page.`);
}
