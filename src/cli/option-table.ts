import type { ParseArgsConfig } from 'node:util';

/** Every option of the command line: the type of its value, as `parseArgs` of Node takes it. */
export const optionTypes = {
  tree: { type: 'string' },
  teacher: { type: 'string' },
  config: { type: 'string' },
  templates: { type: 'string' },
  mode: { type: 'string' },
  algorithm: { type: 'string' },
  call: { type: 'string' },
  python: { type: 'string' },
  output: { type: 'string', short: 'o' },
  literal: { type: 'boolean' },
  report: { type: 'boolean' },
  'accept-unread': { type: 'boolean' },
  set: { type: 'string', multiple: true },
  'no-limits': { type: 'boolean' },
  fixes: { type: 'boolean' },
  format: { type: 'string' },
  'max-warnings': { type: 'string' },
  summary: { type: 'string' },
  write: { type: 'boolean' },
  port: { type: 'string' },
  'no-open': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options'];

export type OptionName = keyof typeof optionTypes;

/** Options that say how a model is read. */
const ofModel: readonly OptionName[] = ['tree', 'python', 'report', 'accept-unread', 'no-limits'];
/** Options that say how a list is judged. */
const ofList: readonly OptionName[] = [...ofModel, 'mode', 'algorithm', 'teacher', 'call', 'templates', 'set'];

/** The options of each command: the one table behind the arguments that it takes, its help, and docs/commands.md. */
export const optionsOf = {
  open: ['mode', 'algorithm', 'teacher', 'set', 'port', 'no-open'],
  match: ofModel,
  resolve: [...ofList, 'config', 'fixes'],
  check: [...ofList, 'format', 'max-warnings', 'summary'],
  fix: [...ofList, 'write'],
  report: [...ofList, 'output'],
  groups: [...ofModel, 'literal'],
  speedup: ofModel,
} as const satisfies Readonly<Record<string, readonly OptionName[]>>;

export type CommandName = keyof typeof optionsOf;

/** All commands, in the order of the help. */
export const commandNames = Object.keys(optionsOf) as readonly CommandName[];

/** Options of every command. */
const ofAll: ReadonlySet<string> = new Set(['help', 'version'] satisfies OptionName[]);

/** Why the command takes one of the options that were given not, and which commands do; `null` where it takes all. */
export function wordStranger(command: CommandName, given: Iterable<string>): string | null {
  const own: readonly string[] = optionsOf[command];
  for (const name of given) {
    if (own.includes(name) || ofAll.has(name)) continue;
    const takers = commandNames.filter((other) => (optionsOf[other] as readonly string[]).includes(name));
    return `--${name} is an option of ${inWords(takers)}, not of ${command} (espalier ${command} --help shows its own).`;
  }
  return null;
}

/** `resolve, check and fix`. */
export function inWords(texts: readonly string[], word = 'and'): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} ${word} ${texts.at(-1)}`;
}
