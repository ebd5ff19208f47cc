import { optionsOf, type CommandName } from './option-table.ts';
import { defaultPythonVersion, pythonVersions } from '../core/python-re/python-version.ts';

/** The purpose of one command. A command that works in two ways has two entries. */
interface CommandHelp {
  readonly name: CommandName;
  /** Lines. */
  readonly usage: readonly string[];
  readonly about: readonly string[];
  readonly example?: string;
}

/** The table behind --help and docs/commands.md. */
const commandHelps: readonly CommandHelp[] = [
  {
    name: 'open',
    usage: [
      'espalier open [MODEL] [CONFIG] [--mode MODE] [--algorithm NAME] [--teacher FILE] [--set EXPR=VALUE]',
      '[--port PORT] [--no-open]',
    ],
    about: [
      'The page with these files, in the browser; it answers this machine only. It follows the files, and Save (Ctrl+S)',
      "writes the list back in the file's own form. CONFIG is JSON, a plan, or a Python script, in which only the list is",
      'replaced; it may be new. Without --mode the list decides the mode.',
    ],
    example: 'espalier open resnet18.json.gz pruning.py',
  },
  {
    name: 'match',
    usage: [
      'espalier match --tree FILE [--python 3.11]',
    ],
    about: [
      'Patterns as JSON strings on standard input, one a line. For each a line:',
      '{"matched": [indices]}, {"error": {"msg", "pos"}} or {"slow": {"seconds"}}.',
      'Indices count the modules that the file lists, from 0; where it is no list, the entries of named_modules().',
    ],
    example: `echo '"layer[34]"' | espalier match --tree resnet18.json.gz`,
  },
  {
    name: 'resolve',
    usage: [
      'espalier resolve --tree FILE --mode MODE [--config FILE] [--teacher FILE] [--templates PLAN]',
      '[--algorithm NAME] [--call JSON] [--fixes]',
    ],
    about: [
      'A config list from the file, or on standard input: one a line, or one over several lines. A line may also be',
      '{"config_list": […], "algorithm", "call", "teacher", "uncalled"}.',
      'For each a line of JSON: accepted, stage, error, translated, selected, settings, ignored, fused,',
      'findings, for pruning masks and later, and outcome: the result when the algorithm runs the list,',
      'with accepted, error {type, message, moment}, masks, targets, losses, forward_after. Where more than the tree',
      'decides, outcome has needs (calls, shapes, outputs, parameters, steps) and no guesses.',
      'verdict is refused, fails-when-it-runs, runs-with-warnings or ready. With --fixes each finding has',
      'fixes: [{title, kind, list}], the likeliest first; list is the whole list after that fix.',
    ],
    example: 'espalier resolve --tree resnet18.json.gz --mode pruning --config pruning.json',
  },
  {
    name: 'check',
    usage: [
      'espalier check FILE… --tree FILE --mode MODE [--teacher FILE] [--templates PLAN] [--algorithm NAME] [--call JSON]',
      '[--format text|json|github|sarif] [--max-warnings N]',
    ],
    about: [
      'Findings for people. FILE is a config list (JSON, YAML, or Python source that makes one) or a plan file; of a plan',
      'the list of that mode is checked, with its templates, its version of Python and its assertions.',
      'Exit code 1 if NNI would refuse a list, if it fails when it runs, if an assertion fails, or if there are more',
      'warnings than --max-warnings. Of several files each is checked. --summary FILE adds a table in Markdown to a file.',
    ],
    example: 'espalier check pruning.json --tree resnet18.json.gz --mode pruning',
  },
  {
    name: 'check',
    usage: [
      'espalier check [FILE…] [--format …] [--max-warnings N] [--summary FILE]',
    ],
    about: [
      'Without --tree: runs the checks of the project file espalier.json, in this folder or the nearest one above it.',
    ],
    example: 'espalier check --format github --max-warnings 0',
  },
  {
    name: 'fix',
    usage: [
      'espalier fix FILE --tree FILE --mode MODE [--write]',
    ],
    about: [
      'Applies fixes to a config list until none is left, and prints the list as JSON; standard error lists the changes.',
      'Refusals and failures when it runs are repaired, narrowed or removed; of silent findings',
      'only slips are repaired. With --write the list is put in its place in the file (JSON, a Python script or a plan),',
      'as Save does: everything else stays. Exit code 0 if NNI gets through with the result, 1 if not.',
    ],
    example: 'espalier fix pruning.json --tree resnet18.json.gz --mode pruning --write',
  },
  {
    name: 'report',
    usage: [
      'espalier report FILE --tree FILE --mode MODE [--teacher FILE] [-o report.html]',
    ],
    about: [
      'One file with the model, the list, Resolved, Overview and the findings, to read. It opens from disk, needs no',
      'connection and asks for nothing. Without -o it goes to standard output.',
    ],
    example: 'espalier report pruning.json --tree resnet18.json.gz --mode pruning -o report.html',
  },
  {
    name: 'groups',
    usage: [
      'espalier groups [FILE] --tree FILE [--literal]',
    ],
    about: [
      `Pruning lists with the dependency groups that NNI's auto_set_denpendency_group_ids would set: {"result": […]},`,
      'or {"error": {"type", "message"}}. From the file, or on standard input: one a line, or one over several lines.',
      "The model's file needs the data flow (export_module_tree.py with an input). Ids are g0, g1, … in model order.",
      'One sub-config per group; with --literal one per module, as NNI writes it.',
    ],
    example: 'espalier groups pruning.json --tree resnet18.json.gz',
  },
  {
    name: 'speedup',
    usage: [
      'espalier speedup [FILE] --tree FILE',
    ],
    about: [
      `The model after pruning and NNI's ModelSpeedup: {"result": {module: {tensor: shape}}, "params", "params_before",`,
      '"macs", "macs_before", "exact"}, and "error": {"stage", "type", "message"} where pruning, speedup or the small',
      `model's forward pass fails. Lists as for groups, or {"config_list": […], "rows": {module: "0110…"}} with 1 for`,
      'each row of a weight that is kept. Without rows "exact" is false where the weights decide; "range" is then given.',
      '"may_fail" is an error that some choices of the weights lead to. All of it holds for the recorded "input".',
    ],
    example: 'espalier speedup pruning.json --tree resnet18.json.gz',
  },
];

/** Options of several commands, each with lines about its meaning. */
const optionHelps: readonly (readonly [option: string, ...about: string[]])[] = [
  ['--tree FILE', 'a model in any format that the page reads, or a folder of such files; a pipe or - (standard input), too'],
  ['--mode MODE', 'pruning, quantization or distillation'],
  [
    '--algorithm NAME',
    'the class that runs the list, as in "AGPPruner(L1NormPruner)"; it decides the mode, too',
    '(L1NormPruner, QATQuantizer, DynamicLayerwiseDistiller)',
  ],
  ['--teacher FILE', 'the model that a distillation learns from'],
  [
    '--call JSON',
    'its arguments and the arguments of compress: {"interval_steps": 10, "total_times": 3, "max_steps": 30};',
    'one that is left out counts as one that lets it run through',
  ],
  ['--python VERSION', `the Python that runs NNI: ${pythonVersions.join(', ')} (${defaultPythonVersion})`],
  ['--templates PLAN', 'a plan file whose registered setting templates are used'],
  ['--set EXPR=VALUE', 'a Python literal for a value that a script leaves open, as in --set args.sparsity=0.5 (repeatable)'],
  ['--config FILE', 'of resolve: the file of the list (standard input)'],
  ['--fixes', 'of resolve: each finding with its fixes, and the whole list after each'],
  ['--format FORMAT', 'of check: text, json, github (annotations) or sarif (text)'],
  ['--max-warnings N', 'of check: exit code 1 with more warnings than this (no limit)'],
  ['--summary FILE', 'of check: add a table in Markdown to this file'],
  ['--write', 'of fix: write the list into its file, in the form of the file'],
  ['-o, --output FILE', 'of report: the file to write (standard output)'],
  ['--literal', 'of groups: one sub-config per module, as NNI writes it'],
  ['--port PORT', 'of open: the first port that is tried (4747)'],
  ['--no-open', 'of open: print the address and start no browser'],
  ['--report', "also list on standard error how each line of the model's text was read, and the notes of the page"],
  ['--accept-unread', "open a model's text though more than three lines inside it are not understood"],
  [
    '--no-limits',
    'go past the limits that keep answers quick: 2,000,000 modules, 1,000 levels and 500 MB of a model;',
    '100,000 sub-configs, 100,000 characters of one name or pattern and 100 MB of a list',
  ],
  ['--help, --version'],
];

const notes: readonly string[] = [
  'A line of standard input that cannot be used gives {"unusable": {"message"}}; the others are answered.',
  'Exit code 2 whenever input cannot be used; standard error says why.',
];

const intro = 'Espalier: the behaviour of NNI 3.0 for a compression config list, without running it.';

function commandLines({ usage: [first = '', ...rest], about, example, name }: CommandHelp): readonly string[] {
  const margin = ' '.repeat(`  espalier ${name} `.length);
  const lines = [`  ${first}`, ...rest.map((line) => margin + line), ...about.map((line) => `      ${line}`)];
  return example === undefined ? lines : [...lines, `      Example: ${example}`];
}

/** `command`: the options stand below the help of that command alone. */
function optionLines(command: CommandName | null): readonly string[] {
  const own: readonly string[] = command === null ? [] : [...optionsOf[command], 'help'];
  return optionHelps
    .filter(([option]) => command === null || own.includes(/--([\w-]+)/.exec(option)?.[1] ?? ''))
    .flatMap(([option, ...about]) => {
      const lines = about.map((line) => (command === null ? line : line.replace(`of ${command}: `, '')));
      return lines.length === 0 ? [`  ${option}`] : lines.map((line, at) => `  ${(at === 0 ? option : '').padEnd(17)} ${line}`);
    });
}

/** Commands that answer each line of standard input. */
const answersLines: ReadonlySet<string> = new Set(['match', 'resolve', 'groups', 'speedup']);

function pageOf(helps: readonly CommandHelp[], command: CommandName | null): string {
  const said = notes.filter((_, at) => at > 0 || command === null || answersLines.has(command));
  return [[intro], ...helps.map(commandLines), said.map((line) => `  ${line}`), optionLines(command)].map((lines) => lines.join('\n')).join('\n\n');
}

/** All commands and options. */
export const helpText = pageOf(commandHelps, null);

/** One command, with its options; all commands where there is none of that name. */
export function helpOf(command: string | null): string {
  const own = commandHelps.filter(({ name }) => name === command);
  return own[0] === undefined ? helpText : pageOf(own, own[0].name);
}
