import { parseArgs } from 'node:util';
import { distillers, plainPruners, quantizers, readAlgorithm, scheduledPruners, type Algorithm } from '../core/algorithms/algorithm.ts';
import { readJsonValue } from '../core/config/json-reader.ts';
import { modes, type Mode } from '../core/config/mode.ts';
import { isConfigObject, type ConfigObject } from '../core/config/value.ts';
import type { DependencyForm } from '../core/resolve/dependency-list.ts';
import { defaultPythonVersion, pythonVersions, type PythonVersion } from '../core/python-re/python-version.ts';

/** What the command line asks for, checked. */
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
  /** Says on standard error what became of the lines of a model's text. */
  readonly report: boolean;
  /** Opens a model's text though lines inside it are not understood. */
  readonly acceptUnread: boolean;
  /** Python literals for what a script leaves open, by the expression. */
  readonly set: ReadonlyMap<string, string>;
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
}

export type Command =
  | { readonly type: 'help' }
  /** No command at all. */
  | { readonly type: 'nothing' }
  | { readonly type: 'version' }
  | { readonly type: 'match' | 'resolve'; readonly options: Options }
  | { readonly type: 'check'; readonly options: Options; readonly files: readonly string[]; readonly report: CheckReport }
  | { readonly type: 'fix'; readonly options: Options; readonly file: string; readonly write: boolean }
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

export const helpText = `Espalier: what NNI 3.0 does with a compression config list, without running it.

  espalier open [MODEL] [CONFIG] [--mode MODE] [--teacher FILE] [--set EXPR=VALUE] [--port PORT] [--no-open]
      The page with these files, in the browser; it answers this machine only. It follows the files, and Save (Ctrl+S)
      writes the list back in the file's own form. CONFIG is JSON, a plan, or a Python script, in which only the list is
      replaced; it may be new. Without --mode the list tells its mode. espalier open resnet18.json.gz pruning.py

  espalier match --tree FILE [--python 3.11]
      Patterns as JSON strings on standard input, one a line. For each a line:
      {"matched": [indices]}, {"error": {"msg", "pos"}} or {"slow": {"seconds"}}.
      Indices count the modules that the file lists, from 0; where it is no list, those of named_modules().

  espalier resolve --tree FILE --mode MODE [--config FILE] [--teacher FILE] [--templates PLAN]
                   [--algorithm NAME] [--call JSON] [--fixes]
      A config list from the file, or on standard input: one a line, or one over several lines. A line may also be
      {"config_list": […], "algorithm", "call", "teacher", "uncalled"}.
      For each a line of JSON: accepted, stage, error, translated, selected, settings, ignored, fused,
      findings, for pruning masks and later, and outcome: what becomes of the list when the algorithm runs it,
      with accepted, error {type, message, moment}, masks, targets, losses, forward_after. Where more than the tree
      decides, outcome has needs (calls, shapes, outputs, parameters, steps) and nothing that is guessed.
      verdict is refused, fails-when-it-runs, runs-with-warnings or ready. With --fixes each finding has
      fixes: [{title, kind, list}], the likeliest first; list is the whole list after that fix.

  espalier check FILE… --tree FILE --mode MODE [--teacher FILE] [--templates PLAN] [--algorithm NAME] [--call JSON]
                 [--format text|json|github|sarif] [--max-warnings N]
      Findings for people. FILE is a config list (JSON, YAML, or Python source that makes one) or a plan file; of a plan
      the list of that mode is checked, with its templates, its version of Python and its assertions.
      Exit code 1 if NNI would refuse a list, if it fails when it runs, if an assertion fails, or if there are more
      warnings than --max-warnings. Of several files each is checked.

  espalier fix FILE --tree FILE --mode MODE [--write]
      Applies fixes to a config list until none is left, and prints the list as JSON; standard error says what was done.
      What NNI refuses and what fails when it runs is repaired, narrowed or removed; of what happens without an error
      only slips are repaired. With --write the list goes back to the file. Exit code 0 if NNI gets through with the
      result, 1 if not.

  espalier groups [FILE] --tree FILE [--literal]
      Pruning lists with the dependency groups that NNI's auto_set_denpendency_group_ids would set: {"result": […]},
      or {"error": {"type", "message"}}. From the file, or on standard input: one a line, or one over several lines.
      The model's file needs the data flow (export_module_tree.py with an input). Ids are g0, g1, … in model order.
      One sub-config per group; with --literal one per module, as NNI writes it.

  espalier speedup [FILE] --tree FILE
      What NNI's ModelSpeedup leaves after pruning: {"result": {module: {tensor: shape}}, "params", "params_before",
      "macs", "macs_before", "exact"}, and "error": {"stage", "type", "message"} where pruning, speedup or the small
      model's forward pass fails. Lists as for groups, or {"config_list": […], "rows": {module: "0110…"}} with 1 for
      each row of a weight that is kept. Without rows "exact" is false where the weights decide; "range" is then given.
      Multiply-adds are those of the recorded input.

  A line of standard input that cannot be used gives {"unusable": {"message"}}; the others are answered.
  Exit code 2 whenever input cannot be used; standard error says why.

  --tree FILE       a model in any format that the page reads, or a folder of such files; a pipe or /dev/stdin, too
  --mode MODE       pruning, quantization or distillation
  --algorithm NAME  the class that runs the list, as in "AGPPruner(L1NormPruner)"; it tells the mode, too
                    (L1NormPruner, QATQuantizer, DynamicLayerwiseDistiller)
  --call JSON       its arguments and those of compress: {"interval_steps": 10, "total_times": 3, "max_steps": 30};
                    one that is left out counts as one that lets it run through
  --python VERSION  ${pythonVersions.join(', ')} (${defaultPythonVersion})
  --templates PLAN  a plan file whose registered setting templates are used
  --set EXPR=VALUE  a Python literal for what a script does not decide, as in --set args.sparsity=0.5 (repeatable)
  --report          also say on standard error what became of each line of the model's text
  --accept-unread   open a model's text though more than three lines inside it are not understood
  --no-limits       go past the limits that keep answers quick: 2,000,000 modules, 1,000 levels and 500 MB of a model;
                    100,000 sub-configs, 100,000 characters of one name or pattern and 100 MB of a list
  --help, --version
`;

const commands = ['match', 'resolve', 'check', 'fix', 'groups', 'speedup'] as const;

/** Reads the arguments; throws `UnusableInput` that says which one is wrong and what is allowed. */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help === true) return { type: 'help' };
  if (values.version === true) return { type: 'version' };
  const [named, ...files] = positionals;
  if (named === undefined) return { type: 'nothing' };
  const command = commands.find((candidate) => candidate === named);
  if (command === undefined) {
    throw new UnusableInput(`There is no command ${named}: use open, match, resolve, check, fix, groups or speedup (--help shows how).`);
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
  if (command !== 'check') {
    if (files.length > 0) throw new UnusableInput(`${command} takes no file ${files[0]}: lists come with --config or on standard input.`);
    return { type: command, options };
  }
  if (files.length === 0) throw new UnusableInput('check needs the file of a config list: espalier check FILE --tree FILE --mode MODE.');
  return { type: 'check', options, files, report: checkReport(values) };
}

function checkReport({ format = 'text', 'max-warnings': most }: ReturnType<typeof parse>['values']): CheckReport {
  const known = checkFormats.find((candidate) => candidate === format);
  if (known === undefined) throw new UnusableInput(`There is no format ${format}: use ${checkFormats.join(', ')}.`);
  if (most !== undefined && !/^\d+$/.test(most)) throw new UnusableInput(`--max-warnings ${most}: write a whole number from 0.`);
  return { format: known, maxWarnings: most === undefined ? null : Number(most) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        tree: { type: 'string' },
        teacher: { type: 'string' },
        config: { type: 'string' },
        templates: { type: 'string' },
        mode: { type: 'string' },
        algorithm: { type: 'string' },
        call: { type: 'string' },
        python: { type: 'string' },
        literal: { type: 'boolean' },
        report: { type: 'boolean' },
        'accept-unread': { type: 'boolean' },
        set: { type: 'string', multiple: true },
        'no-limits': { type: 'boolean' },
        fixes: { type: 'boolean' },
        format: { type: 'string' },
        'max-warnings': { type: 'string' },
        write: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UnusableInput(wordArgumentError(error));
  }
}

export function wordArgumentError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const unknown = /^Unknown option '([^']*)'/.exec(message)?.[1];
  if (unknown !== undefined) return `There is no option ${unknown} (--help shows all).`;
  const lacking = /^Option '(--\w+) <value>' argument (missing|is ambiguous)/.exec(message)?.[1];
  return lacking === undefined ? message : `${lacking} needs a value behind it (--help shows which).`;
}

function checkOptions(command: string, values: ReturnType<typeof parse>['values']): Options {
  if (values.tree === undefined) throw new UnusableInput(`${command} needs the model: --tree FILE.`);
  const algorithm = values.algorithm === undefined ? null : demandAlgorithm(values.algorithm, '--algorithm');
  const given = modes.find((candidate) => candidate === values.mode) ?? null;
  const mode = given ?? (values.mode === undefined ? (algorithm?.mode ?? null) : null);
  if (algorithm !== null && mode !== null && algorithm.mode !== mode) {
    throw new UnusableInput(`--algorithm ${values.algorithm} is for ${algorithm.mode}, and --mode says ${mode}.`);
  }
  if ((command === 'resolve' || command === 'check' || command === 'fix') && mode === null) {
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
    fixes: values.fixes === true,
    noLimits: values['no-limits'] === true,
  };
}

/** The class of that name; `place` says where the name stands. */
export function demandAlgorithm(text: string, place: string): Algorithm {
  const algorithm = readAlgorithm(text);
  if (algorithm !== null) return algorithm;
  const schedules = scheduledPruners.map((name) => `${name}(…)`);
  const names = [...plainPruners, ...schedules, ...quantizers, ...distillers].join(', ');
  throw new UnusableInput(`${place}: NNI 3.0 has no ${text}. Use one of ${names}.`);
}

function parseCall(text: string): ConfigObject {
  const read = readJsonValue(text);
  if (read.ok && isConfigObject(read.value)) return read.value;
  throw new UnusableInput(`--call ${text}: write the arguments as a JSON object, as in {"training_steps": 100}.`);
}

/** `args.sparsity=0.5`, for each `--set`. */
export function parseSettings(settings: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    settings.map((setting) => {
      // A comparison in the expression holds `==`: the first `=` that stands alone separates.
      const [, key, value] = /^(.*?[^=!<>])=(?!=)(.*)$/s.exec(setting) ?? [];
      if (key === undefined || value === undefined) throw new UnusableInput(`--set ${setting}: write an expression of the script and a Python literal, as in --set args.sparsity=0.5.`);
      return [key.trim(), value.trim()] as const;
    }),
  );
}
