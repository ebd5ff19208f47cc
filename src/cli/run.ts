import { assertionsOfList, patternsOf } from '../core/checks/check-assertions.ts';
import { exportedList } from '../core/plan/export-list.ts';
import { readJsonValue } from '../core/config/json-reader.ts';
import { floatOf, intOf, objectOf, type ConfigValue } from '../core/config/value.ts';
import { wordFinding } from '../core/checks/word-finding.ts';
import type { Finding } from '../core/checks/finding.ts';
import type { Severity } from '../core/diagnostics/finding.ts';
import type { ModuleTree, SourceFormat } from '../core/module-tree/module-tree.ts';
import { loadCharacterNames } from '../core/python-re/unicode/load-character-names.ts';
import { compilePattern, needsUnicodeNames } from '../core/python-re/pattern.ts';
import { sweepNames } from '../core/python-re/sweep.ts';
import type { PythonVersion } from '../core/python-re/python-version.ts';
import { loadNamesOfList } from '../core/resolve/load-names-of-list.ts';
import { createResolver } from '../core/resolve/resolver.ts';
import { answerLines, jsonLine, wholeOrLines, type Streams } from './answer-lines.ts';
import { helpText, parseCommand, UnusableInput, type Command, type Options } from './command-line.ts';
import { answerGroups, answerRequests, demandGraph } from './graph-commands.ts';
import { loadListOrPlan, loadTemplates, loadTree, parseList, takesStdin, withinLimits, type Checked } from './inputs.ts';
import { printable, wordUnusable } from './printable.ts';
import { answerSpeedup } from './speedup-command.ts';
import { createTeachers, outcomeLines, readRequest } from './algorithm-request.ts';
import { judge, reportOf, type Setting } from './resolve-report.ts';

/** Runs one command and gives its exit code: 0, 1 (refused by NNI, `check` only) or 2 (unusable input). */
export async function runCommand(args: readonly string[], streams: Streams): Promise<number> {
  try {
    if (args[0] === 'open') {
      const { parseOpen } = await import('./open/open-options.ts');
      const asked = parseOpen(args.slice(1));
      if (asked) return await (await import('./open/open-command.ts')).runOpen(asked, streams);
    }
    const command = parseCommand(args);
    switch (command.type) {
      case 'help':
        await streams.print(helpText.trimEnd());
        return 0;
      case 'nothing':
        streams.complain(helpText.trimEnd());
        return 2;
      case 'version':
        await streams.print(streams.version);
        return 0;
      case 'match':
        return await runMatch(command.options, streams);
      case 'resolve':
        return await runResolve(command.options, streams);
      case 'check':
        return await runCheck(command.options, command.files, streams);
      case 'groups':
        return await runGroups(command, streams);
      case 'speedup':
        return await runSpeedup(command, streams);
    }
  } catch (error) {
    if (!(error instanceof UnusableInput)) throw error;
    streams.complain(wordUnusable(error));
    return 2;
  }
}

/** Standard input cannot hold the model and the lists or patterns. */
function refuseTwice({ tree, teacher }: Options, command: Command['type'], file: string | null): void {
  const isTwice = takesStdin(tree) && takesStdin(teacher);
  const wantsLines = file === null || takesStdin(file);
  if (!isTwice && !(wantsLines && (takesStdin(tree) || takesStdin(teacher)))) return;
  const way = command === 'resolve' ? 'give the list with --config FILE' : 'give the model as a file';
  throw new UnusableInput(`${command} reads standard input for two things, the model and more: ${way}.`);
}

async function runMatch(options: Options, streams: Streams): Promise<number> {
  const { tree: path, python, noLimits } = options;
  refuseTwice(options, 'match', null);
  const tree = await loadTree(path, { ...options, complain: streams.complain });
  return answerLines(streams, async (line, number) => {
    const read = readJsonValue(line);
    if (!read.ok || typeof read.value !== 'string') {
      throw new UnusableInput(`Line ${number} of standard input is no JSON string. A pattern is written "layer1\\\\..*".`);
    }
    withinLimits(read.value, `Line ${number} of standard input`, noLimits);
    if (needsUnicodeNames(read.value)) await loadCharacterNames();
    return matchPattern(read.value, python, tree);
  });
}

/** Files that list modules: an index is the place in the list. In all others it is that in `named_modules`. */
const listFormats: ReadonlySet<SourceFormat> = new Set([
  'module-tree', 'module-tree-nested', 'name-type-dump', 'state-dict-keys',
]);

function matchPattern(pattern: string, python: PythonVersion, tree: ModuleTree): ConfigValue {
  const compiled = compilePattern(pattern, python);
  if (!compiled.ok) {
    const { msg, pos } = compiled.error;
    return objectOf([['error', objectOf([['msg', msg], ['pos', pos === null ? null : intOf(pos)]])]]);
  }
  const swept = sweepNames(compiled.value, tree.names);
  if (swept.type === 'slow') return objectOf([['slow', objectOf([['seconds', floatOf(swept.seconds)]])]]);
  const isList = listFormats.has(tree.format);
  const matched: number[] = [];
  swept.mask.forEach((bit, module) => {
    const index = isList ? tree.sourceIndex[module]! : module;
    if (bit === 1 && index >= 0) matched.push(index);
  });
  return objectOf([['matched', matched.toSorted((a, b) => a - b).map(intOf)]]);
}

async function settingOf(options: Options, complain: Streams['complain']): Promise<Setting> {
  const how = { ...options, complain };
  const tree = await loadTree(options.tree, how);
  return {
    tree,
    resolver: createResolver(tree),
    teacher: options.teacher === null ? null : await loadTree(options.teacher, how),
    templates: options.templates === null ? [] : await loadTemplates(options.templates, options.noLimits),
    mode: options.mode ?? 'pruning',
    python: options.python,
    algorithm: options.algorithm,
    call: options.call,
    uncalled: [],
  };
}

async function runResolve(options: Options, streams: Streams): Promise<number> {
  refuseTwice(options, 'resolve', options.config);
  const given = await settingOf(options, streams.complain);
  if (options.config !== null) {
    const { list, setting } = settle(await loadListOrPlan(options.config, { ...given, set: options.set, noLimits: options.noLimits, complain: streams.complain }), given, options);
    await streams.print(jsonLine(await resolveOne(list, setting)));
    return 0;
  }
  const { lines, whole } = await wholeOrLines(streams.lines);
  const { noLimits } = options;
  const teachers = createTeachers({ ...options, complain: streams.complain });
  const answer = async (request: ConfigValue, place: string): Promise<ConfigValue> => {
    const { list, setting } = await readRequest(request, place, given, teachers);
    return resolveOne(list, setting);
  };
  if (whole !== null) {
    await streams.print(jsonLine(await answer(withinLimits(whole, 'Standard input', noLimits), 'Standard input')));
    return 0;
  }
  return answerLines({ ...streams, lines }, (line, number) => {
    const place = `Line ${number} of standard input`;
    return answer(parseList(line, { place, isLine: true, noLimits }), place);
  });
}

async function resolveOne(list: ConfigValue, setting: Setting): Promise<ConfigValue> {
  await loadNamesOfList(list);
  return reportOf(judge(list, setting), setting.resolver);
}

async function runGroups(
  { options, file, form }: Extract<Command, { readonly type: 'groups' }>,
  streams: Streams,
): Promise<number> {
  refuseTwice(options, 'groups', file);
  const { resolver, python } = await settingOf(options, streams.complain);
  demandGraph(resolver.tree);
  return answerRequests({ file, noLimits: options.noLimits }, streams, (request, place) => answerGroups(request, place, { resolver, python, form }));
}

async function runSpeedup(
  { options, file }: Extract<Command, { readonly type: 'speedup' }>,
  streams: Streams,
): Promise<number> {
  refuseTwice(options, 'speedup', file);
  const { resolver, python } = await settingOf(options, streams.complain);
  demandGraph(resolver.tree);
  return answerRequests({ file, noLimits: options.noLimits }, streams, (request, place) => answerSpeedup(request, place, { resolver, python }));
}

const severityWords: Readonly<Record<Severity, string>> = {
  refused: 'refused',
  later: 'later',
  silent: 'silent',
  'not-checked': 'not checked',
};

/** Checks every file; a file that cannot be used is reported and does not stop the others. */
async function runCheck(options: Options, files: readonly string[], streams: Streams): Promise<number> {
  const { complain } = streams;
  let exitCode = 0;
  for (const file of files) refuseTwice(options, 'check', file);
  const given = await settingOf(options, complain);
  for (const file of files) {
    try {
      exitCode = Math.max(exitCode, await checkFile(file, given, options, streams));
    } catch (error) {
      if (!(error instanceof UnusableInput)) throw error;
      complain(wordUnusable(error));
      exitCode = 2;
    }
  }
  return exitCode;
}

async function checkFile(
  file: string,
  given: Setting,
  options: Options,
  { print, complain }: Pick<Streams, 'print' | 'complain'>,
): Promise<number> {
  const { list, setting } = settle(await loadListOrPlan(file, { ...given, set: options.set, noLimits: options.noLimits, complain }), given, options);
  await loadNamesOfList(list, patternsOf(setting.assertions ?? []));
  const { resolution, findings, outcome, assertions } = judge(list, setting);
  for (const finding of findings) await print(lineOf(finding, file));
  const { verdict } = resolution;
  await print(
    printable(
      verdict.accepted
        ? `NNI 3.0 accepts ${file} for ${setting.tree.model}.`
        : `NNI 3.0 refuses ${file} for ${setting.tree.model}: ${verdict.error.type}: ${verdict.error.message}`,
    ),
  );
  for (const line of outcomeLines(outcome, setting.tree)) await print(printable(line));
  const holding = assertions.filter(({ outcome }) => outcome.type === 'holds').length;
  if (assertions.length > 0) await print(`${holding} of ${assertions.length} assertions hold.`);
  return verdict.accepted && outcome.accepted && holding === assertions.length ? 0 : 1;
}

/** The list, of a plan the one for the mode, and the setting with what else a plan says. */
function settle(
  checked: Checked,
  setting: Setting,
  options: Options,
): { readonly list: ConfigValue; readonly setting: Setting } {
  if (checked.type === 'list') return { list: checked.list, setting };
  const { plan } = checked;
  const { mode } = setting;
  return {
    list: withinLimits(exportedList(plan.lists[mode]), `The plan’s list for ${mode}`, options.noLimits),
    setting: {
      ...setting,
      templates: [...plan.templates, ...setting.templates],
      python: options.pythonGiven ? setting.python : plan.python,
      assertions: assertionsOfList(plan, mode),
    },
  };
}

/** `list.json [1].op_names_re[0]: refused: title (S2)` and the reason below it. */
function lineOf(finding: Finding, file: string): string {
  const { subConfig, path } = finding.where;
  const steps = subConfig === null ? path : [subConfig, ...path];
  const place = steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  const { title, why, rule } = wordFinding(finding);
  const head = `${file} ${place}: ${severityWords[finding.severity]}: ${title}${rule === '' ? '' : ` (${rule})`}`;
  return why === '' ? printable(head) : `${printable(head)}\n    ${printable(why)}`;
}
