import { parseArgs, type ParseArgsConfig } from 'node:util';
import { distillers, plainPruners, quantizers, readAlgorithm, scheduledPruners, type Algorithm } from '../core/algorithms/algorithm.ts';
import { callProblem } from '../core/algorithms/check-call.ts';
import { suggestAlgorithm } from '../core/algorithms/suggest-algorithm.ts';
import { readJsonValue } from '../core/config/json-reader.ts';
import { modes, type Mode } from '../core/config/mode.ts';
import { isConfigObject, type ConfigObject } from '../core/config/value.ts';
import type { DependencyForm } from '../core/resolve/dependency-list.ts';
import { nearestText } from '../core/text/near-text.ts';
import { defaultPythonVersion, pythonVersions, type PythonVersion } from '../core/python-re/python-version.ts';
import { commandNames, inWords, optionTypes, wordStranger, type CommandName } from './option-table.ts';

/** The options of a command, checked. */
export interface Options {
  readonly tree: string;
  readonly teacher: string | null;
  readonly config: string | null;
  readonly templates: string | null;
  readonly mode: Mode | null;
  /** The class that runs the list (`--algorithm`); `null` for the one of its mode. */
  readonly algorithm: Algorithm | null;
  /** Its arguments (`--call`). */
  readonly call: ConfigObject | null;
  readonly python: PythonVersion;
  /** The version was given; else a plan file's own counts. */
  readonly pythonGiven: boolean;
  /** Reports on standard error how each line of a model's text was used. */
  readonly report: boolean;
  /** Opens a model's text though lines inside it are not understood. */
  readonly acceptUnread: boolean;
  /** Python literals for the values that a script leaves open, by the expression. */
  readonly set: ReadonlyMap<string, string>;
  /** `set` is for several lists: one that leaves no such value open is no fault. */
  readonly setIsShared: boolean;
  /** Gives each finding of `resolve` its fixes, with the list after each. */
  readonly fixes: boolean;
  /** Take inputs past the limits that keep an answer quick (`--no-limits`). */
  readonly noLimits: boolean;
}

const checkFormats = ['text', 'json', 'github', 'sarif'] as const;
export type CheckFormat = (typeof checkFormats)[number];

/** How `check` reports. */
export interface CheckReport {
  readonly format: CheckFormat;
  /** More warnings than this make the exit code 1; `null` for no limit. */
  readonly maxWarnings: number | null;
  /** A file that a table in Markdown is added to; `null` for none. */
  readonly summary: string | null;
}

export type Command =
  /** `command` is null for all of them. */
  | { readonly type: 'help'; readonly command: string | null }
  /** No command at all. */
  | { readonly type: 'nothing' }
  | { readonly type: 'version' }
  | { readonly type: 'match' | 'resolve'; readonly options: Options }
  | { readonly type: 'check'; readonly options: Options; readonly files: readonly string[]; readonly report: CheckReport }
  /** Without a model: the project file lists the checks; `files` picks some of its files, all where it is empty. */
  | { readonly type: 'check-project'; readonly files: readonly string[]; readonly noLimits: boolean; readonly report: CheckReport }
  | { readonly type: 'fix'; readonly options: Options; readonly file: string; readonly write: boolean }
  /** `output` is null for standard output. */
  | { readonly type: 'report'; readonly options: Options; readonly file: string; readonly output: string | null }
  /** `file` is null for standard input. */
  | { readonly type: 'groups'; readonly options: Options; readonly file: string | null; readonly form: DependencyForm }
  | { readonly type: 'speedup'; readonly options: Options; readonly file: string | null };

/** Input that cannot be used: a message on stderr, exit code 2. */
export class UnusableInput extends Error {
  /** Lines that go below the message. */
  readonly details: readonly string[];
  constructor(message: string, details: readonly string[] = []) {
    super(message);
    this.details = details;
  }
}

/** Reads the arguments; throws `UnusableInput` that names the wrong one and the allowed values. */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help === true) return { type: 'help', command: positionals[0] ?? null };
  if (values.version === true) return { type: 'version' };
  const [named, ...files] = positionals;
  if (named === undefined) return { type: 'nothing' };
  if (named === 'help') return { type: 'help', command: files[0] ?? null };
  const command = commandNames.find((candidate) => candidate === named);
  if (command === undefined || command === 'open') {
    if (command === 'open') throw new UnusableInput('open comes before its options: espalier open [MODEL] [CONFIG].');
    const near = nearestText(named, commandNames);
    const way = near === null ? `: use ${inWords(commandNames, 'or')} (--help shows how).` : `. Did you mean ${near}?`;
    throw new UnusableInput(`There is no command ${named}${way}`);
  }
  refuseStrangers(command, values);
  if (command === 'check' && values.tree === undefined) {
    const alone = (['teacher', 'templates', 'mode', 'algorithm', 'call', 'python', 'set', 'report', 'accept-unread'] as const).find((name) => values[name] !== undefined);
    if (alone !== undefined) throw new UnusableInput(`check needs the model for --${alone}: --tree FILE.`);
    return { type: 'check-project', files, noLimits: values['no-limits'] === true, report: checkReport(values) };
  }
  const options = checkOptions(command, values);
  if (command === 'groups' || command === 'speedup') {
    const [file = null, other] = files;
    if (other !== undefined) throw new UnusableInput(`${command} takes one file; ${other} is a second.`);
    if (command === 'speedup') return { type: command, options, file };
    return { type: command, options, file, form: values.literal === true ? 'literal' : 'readable' };
  }
  if (command === 'fix') {
    const [file, other] = files;
    if (file === undefined) throw new UnusableInput('fix needs the file of a config list: espalier fix FILE --tree FILE --mode MODE.');
    if (other !== undefined) throw new UnusableInput(`fix takes one file; ${other} is a second.`);
    return { type: 'fix', options, file, write: values.write === true };
  }
  if (command === 'report') {
    const [file, other] = files;
    if (file === undefined) throw new UnusableInput('report needs the file of a config list: espalier report FILE --tree FILE --mode MODE -o report.html.');
    if (other !== undefined) throw new UnusableInput(`report takes one file; ${other} is a second.`);
    return { type: command, options, file, output: values.output ?? null };
  }
  if (command !== 'check') {
    if (files.length > 0) throw new UnusableInput(`${command} takes no file ${files[0]}: lists come with --config or on standard input.`);
    return { type: command, options };
  }
  if (files.length === 0) throw new UnusableInput('check needs the file of a config list: espalier check FILE --tree FILE --mode MODE.');
  return { type: 'check', options: { ...options, setIsShared: files.length > 1 }, files, report: checkReport(values) };
}

function checkReport({ format = 'text', 'max-warnings': most, summary }: ReturnType<typeof parse>['values']): CheckReport {
  const known = checkFormats.find((candidate) => candidate === format);
  if (known === undefined) throw new UnusableInput(`There is no format ${format}: use ${checkFormats.join(', ')}.`);
  if (most !== undefined && !/^\d+$/.test(most)) throw new UnusableInput(`--max-warnings ${most}: write a whole number from 0.`);
  return { format: known, maxWarnings: most === undefined ? null : Number(most), summary: summary ?? null };
}

function parse(args: readonly string[]) {
  const { values, positionals } = readArguments({ args: [...args], allowPositionals: true, options: optionTypes });
  const files = (['tree', 'teacher', 'config', 'templates'] as const).filter((name) => values[name] === '-');
  return { values: { ...values, ...Object.fromEntries(files.map((name) => [name, stdin])) }, positionals: positionals.map((file) => (file === '-' ? stdin : file)) };
}

/** Standard input as a file, which `-` stands for. */
const stdin = '/dev/stdin';

/** Refuses options of other commands: they would have no effect. */
export function refuseStrangers(command: CommandName, values: object): void {
  const stranger = wordStranger(command, Object.keys(values));
  if (stranger !== null) throw new UnusableInput(stranger);
}

/** `parseArgs` of Node; throws `UnusableInput` that says which argument is wrong. */
export function readArguments<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UnusableInput(wordArgumentError(error));
  }
}

function wordArgumentError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const unknown = /^Unknown option '([^']*)'/.exec(message)?.[1];
  if (unknown !== undefined) {
    const near = nearestText(unknown.replace(/^--?/, ''), Object.keys(optionTypes));
    return `There is no option ${unknown}${near === null ? ' (--help shows all).' : `. Did you mean --${near}?`}`;
  }
  const lacking = /^Option '(?:-\w, )?(--?[\w-]+)(?: <value>)?' argument (?:missing|is ambiguous)/.exec(message)?.[1];
  if (lacking !== undefined) return `${lacking} needs a value after it (--help shows which).`;
  const flag = /^Option '(?:-\w, )?(--?[\w-]+)' does not take an argument/.exec(message)?.[1];
  return flag === undefined ? message : `${flag} takes no value.`;
}

function checkOptions(command: string, values: ReturnType<typeof parse>['values']): Options {
  if (values.tree === undefined) throw new UnusableInput(`${command} needs the model: --tree FILE.`);
  const algorithm = values.algorithm === undefined ? null : demandAlgorithm(values.algorithm, '--algorithm');
  const given = modes.find((candidate) => candidate === values.mode) ?? null;
  const mode = given ?? (values.mode === undefined ? (algorithm?.mode ?? null) : null);
  if (algorithm !== null && mode !== null && algorithm.mode !== mode) {
    throw new UnusableInput(`--algorithm ${values.algorithm} is for ${algorithm.mode}, and --mode says ${mode}.`);
  }
  if ((command === 'resolve' || command === 'check' || command === 'fix' || command === 'report') && mode === null) {
    const allowed = 'use pruning, quantization or distillation';
    throw new UnusableInput(
      values.mode === undefined
        ? `${command} needs the mode of the list, --mode MODE: ${allowed}.`
        : `There is no mode ${values.mode}: ${allowed}.`,
    );
  }
  const python = pythonVersions.find((version) => version === (values.python ?? defaultPythonVersion));
  if (!python) throw new UnusableInput(`--python ${values.python} is not known: use one of ${pythonVersions.join(', ')}.`);
  return {
    tree: values.tree,
    teacher: values.teacher ?? null,
    config: values.config ?? null,
    templates: values.templates ?? null,
    mode,
    algorithm,
    call: values.call === undefined ? null : parseCall(values.call),
    python,
    pythonGiven: values.python !== undefined,
    report: values.report === true,
    acceptUnread: values['accept-unread'] === true,
    set: parseSettings(values.set ?? []),
    setIsShared: false,
    fixes: values.fixes === true,
    noLimits: values['no-limits'] === true,
  };
}

/** The class of that name; `place` is the place of the name. */
export function demandAlgorithm(text: string, place: string): Algorithm {
  const algorithm = readAlgorithm(text);
  if (algorithm !== null) return algorithm;
  const schedules = scheduledPruners.map((name) => `${name}(…)`);
  const names = [...plainPruners, ...schedules, ...quantizers, ...distillers].join(', ');
  const meant = suggestAlgorithm(text);
  const problem = text.trim() === '' ? 'the algorithm is empty.' : `NNI 3.0 has no ${text}.`;
  throw new UnusableInput(`${place}: ${problem}${meant === null ? '' : ` Did you mean ${meant}?`} Use one of ${names}.`);
}

function parseCall(text: string): ConfigObject {
  const read = readJsonValue(text);
  if (read.ok && isConfigObject(read.value)) {
    const problem = callProblem(read.value);
    if (problem === null) return read.value;
    throw new UnusableInput(`--call ${text}: ${problem}`);
  }
  throw new UnusableInput(`--call ${text}: write the arguments as a JSON object, as in {"training_steps": 100}.`);
}

/** `args.sparsity=0.5`, for each `--set`. */
export function parseSettings(settings: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    settings.map((setting) => {
      // A comparison in the expression holds `==`: the first single `=` separates.
      const [, key, value] = /^(.*?[^=!<>])=(?!=)(.*)$/s.exec(setting) ?? [];
      if (key === undefined || value === undefined) throw new UnusableInput(`--set ${setting}: write an expression of the script and a Python literal, as in --set args.sparsity=0.5.`);
      return [key.trim(), value.trim()] as const;
    }),
  );
}
