import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readJson } from '../core/config/json-reader.ts';
import { writeCompactJson } from '../core/config/json-writer.ts';
import { modes } from '../core/config/mode.ts';
import { isConfigList, isConfigNumber, isConfigObject, numberOf, type ConfigObject, type ConfigValue } from '../core/config/value.ts';
import { UnusableInput } from './command-line.ts';

/** The name of the project file, which is looked for in the folder that `check` runs in and in the folders above. */
const fileName = 'espalier.json';

/** One list of a project with the inputs of its check, as arguments of `check`. */
export interface ProjectCheck {
  readonly files: readonly string[];
  readonly args: readonly string[];
}

export interface Project {
  readonly path: string;
  readonly checks: readonly ProjectCheck[];
  /** `null` for no limit. */
  readonly maxWarnings: number | null;
}

/** Reads the project file of a folder; `null` where neither it nor a folder above has one. Throws `UnusableInput`. */
export async function readProject(folder: string): Promise<Project | null> {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, fileName);
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
      throw new UnusableInput(`${path} cannot be read: ${error.message}.`);
    });
    if (text !== null) return parseProject(text, path);
    if (dirname(at) === at) return null;
  }
}

/** Options that one check can have, each with its argument on the command line; paths lead to files. */
const options: Readonly<Record<string, { readonly argument: string; readonly isPath: boolean }>> = {
  tree: { argument: '--tree', isPath: true },
  teacher: { argument: '--teacher', isPath: true },
  templates: { argument: '--templates', isPath: true },
  mode: { argument: '--mode', isPath: false },
  algorithm: { argument: '--algorithm', isPath: false },
  python: { argument: '--python', isPath: false },
};

/** Reads the text of a project file; paths in it start at its folder. Throws `UnusableInput` that names the place. */
export function parseProject(text: string, path: string): Project {
  const refuse = (place: string, expected: string): never => {
    throw new UnusableInput(`${path}: ${place === '' ? 'the file' : place} must be ${expected}.`);
  };
  const read = readJson(text);
  if (!read.ok) throw new UnusableInput(`${path}, line ${read.error.line}, column ${read.error.column}: ${read.error.message} ${read.error.remedy}`);
  const project = read.value.value;
  if (!isConfigObject(project)) return refuse('', 'an object with "checks"');
  const known = new Set(['$schema', 'checks', 'maxWarnings', ...Object.keys(options)]);
  for (const [key] of project.entries) if (!known.has(key)) refuse(key, `left out: a project has ${[...known].slice(1).join(', ')}`);
  const { $schema: _schema, checks, maxWarnings = null, ...shared } = Object.fromEntries(project.entries) as Readonly<Record<string, ConfigValue>>;
  if (!isConfigList(checks) || checks.length === 0) return refuse('checks', 'a list of one or more checks');
  const isLimit = maxWarnings === null || (isConfigNumber(maxWarnings) && maxWarnings.type === 'int' && numberOf(maxWarnings) >= 0);
  if (!isLimit) refuse('maxWarnings', 'a whole number from 0');
  return {
    path,
    checks: checks.map((check, at) => {
      const place = `checks[${at}]`;
      return isConfigObject(check) ? readCheck({ check, shared, place, folder: dirname(path), refuse }) : refuse(place, 'an object with "list" and "tree"');
    }),
    maxWarnings: isConfigNumber(maxWarnings) ? numberOf(maxWarnings) : null,
  };
}

interface CheckGiven {
  readonly check: ConfigObject;
  /** Options next to `checks`: they hold for every check that does not set them. */
  readonly shared: Readonly<Record<string, ConfigValue>>;
  readonly place: string;
  readonly folder: string;
  readonly refuse: (place: string, expected: string) => never;
}

function readCheck({ check, shared, place, folder, refuse }: CheckGiven): ProjectCheck {
  const { list, set, call, ...own } = Object.fromEntries(check.entries) as Readonly<Record<string, ConfigValue>>;
  const lists = isConfigList(list) ? list : [list ?? null];
  const files = lists.map((one) => (typeof one === 'string' && one !== '' ? join(folder, one) : refuse(`${place}.list`, 'the path of a config list, or a list of paths')));
  const args: string[] = [];
  for (const [key, value] of Object.entries({ ...shared, ...own })) {
    const option = options[key];
    if (!option) return refuse(`${place}.${key}`, `left out: a check has list, ${Object.keys(options).join(', ')}, call and set`);
    if (typeof value !== 'string') return refuse(`${place}.${key}`, 'a text');
    if (key === 'mode' && !modes.some((mode) => mode === value)) refuse(`${place}.mode`, `one of ${modes.join(', ')}`);
    args.push(option.argument, option.isPath ? join(folder, value) : value);
  }
  if (!args.includes('--tree')) refuse(`${place}.tree`, 'the path of the model');
  if (call !== undefined) args.push('--call', writeCompactJson(isConfigObject(call) ? call : refuse(`${place}.call`, 'an object of arguments')));
  if (set !== undefined && !isConfigObject(set)) refuse(`${place}.set`, 'an object of Python literals, as in {"args.sparsity": "0.5"}');
  for (const [key, value] of isConfigObject(set) ? set.entries : []) {
    args.push('--set', `${key}=${typeof value === 'string' ? value : refuse(`${place}.set["${key}"]`, 'a Python literal as a text')}`);
  }
  return { files, args };
}
