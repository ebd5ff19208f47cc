import { relative, resolve } from 'node:path';
import { judgeList } from '../core/checks/judge-list.ts';
import { readJsonValue } from '../core/config/json-reader.ts';
import { floatOf, intOf, objectOf, type ConfigValue } from '../core/config/value.ts';
import type { ModuleTree, SourceFormat } from '../core/module-tree/module-tree.ts';
import { loadCharacterNames } from '../core/python-re/unicode/load-character-names.ts';
import { compilePattern, needsUnicodeNames } from '../core/python-re/pattern.ts';
import { sweepNames } from '../core/python-re/sweep.ts';
import type { PythonVersion } from '../core/python-re/python-version.ts';
import { loadNamesOfList } from '../core/resolve/load-names-of-list.ts';
import { answerLines, jsonLine, wholeOrLines, type Streams } from './answer-lines.ts';
import { parseCommand, UnusableInput, type Command, type Options } from './command-line.ts';
import { runCheck } from './check-command.ts';
import { loadTree, takesStdin } from './inputs.ts';
import { parseList, withinLimits } from './list-inputs.ts';
import { loadChecked, openSetting } from './list-setting.ts';
import { printable, wordUnusable } from './printable.ts';
import { createTeachers, readRequest } from './algorithm-request.ts';
import { reportOf, triesOfList, type Setting } from './resolve-report.ts';

/** Runs one command and gives its exit code: 0, 1 (`check` and `fix`: NNI does not get through with the list) or 2 (unusable input). */
export async function runCommand(args: readonly string[], streams: Streams): Promise<number> {
  try {
    if (args[0] === 'open') {
      const { parseOpen } = await import('./open/open-options.ts');
      const asked = parseOpen(args.slice(1));
      if (asked) return await (await import('./open/open-command.ts')).runOpen(asked, streams);
      await streams.print((await import('./help-text.ts')).helpOf('open'));
      return 0;
    }
    const command = parseCommand(args);
    switch (command.type) {
      case 'help':
        await streams.print((await import('./help-text.ts')).helpOf(command.command));
        return 0;
      case 'nothing':
        streams.complain((await import('./help-text.ts')).helpText);
        return 2;
      case 'version':
        await streams.print(streams.version);
        return 0;
      case 'match':
        return await runMatch(command.options, streams);
      case 'resolve':
        return await runResolve(command.options, streams);
      case 'check':
        for (const file of command.files) refuseTwice(command.options, 'check', file);
        return await runCheck([command], command.report, streams);
      case 'check-project':
        return await runProject(command, streams);
      case 'fix':
        refuseTwice(command.options, 'fix', command.file);
        return await (await import('./fix-command.ts')).runFix(command, streams);
      case 'report': {
        refuseTwice(command.options, 'report', command.file);
        const given = await openSetting(command.options, streams.complain);
        const { writeReport } = await import('./report/write-report.ts');
        return await writeReport(command, given, streams);
      }
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

/** Checks the lists that the project file names. */
async function runProject(
  { files, noLimits, report }: Extract<Command, { readonly type: 'check-project' }>,
  streams: Streams,
): Promise<number> {
  const { readProject } = await import('./project-file.ts');
  const project = await readProject(process.cwd());
  if (project === null) {
    throw new UnusableInput('check needs the model, --tree FILE, or a project file: there is no espalier.json in this folder or above it (docs/ci.md).');
  }
  const meant = new Set(files.map((file) => resolve(file)));
  const groups = project.checks.flatMap((check) => {
    const named = check.files.filter((file) => meant.size === 0 || meant.has(file)).map((file) => relative(process.cwd(), file) || file);
    if (named.length === 0) return [];
    const command = parseCommand(['check', ...named, ...check.args, ...(noLimits ? ['--no-limits'] : [])]);
    // A check of several lists may be left with one of them here.
    return command.type === 'check' ? [{ ...command, options: { ...command.options, setIsShared: check.files.length > 1 } }] : [];
  });
  const strangers = [...meant].filter((file) => !project.checks.some((check) => check.files.includes(file)));
  for (const file of strangers) streams.complain(printable(`espalier: ${relative(process.cwd(), file)} is no list of ${project.path}: it was not checked.`));
  return runCheck(groups, { ...report, maxWarnings: report.maxWarnings ?? project.maxWarnings }, streams);
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

async function runResolve(options: Options, streams: Streams): Promise<number> {
  refuseTwice(options, 'resolve', options.config);
  const given = await openSetting(options, streams.complain);
  if (options.config !== null) {
    const { list, setting } = await loadChecked(options.config, given, options, streams.complain);
    await streams.print(jsonLine(await resolveOne(list, setting, options)));
    return 0;
  }
  const { lines, whole } = await wholeOrLines(streams.lines);
  const { noLimits } = options;
  const teachers = createTeachers({ ...options, complain: streams.complain });
  const answer = async (request: ConfigValue, place: string): Promise<ConfigValue> => {
    const { list, setting } = await readRequest(request, place, given, teachers);
    return resolveOne(list, setting, options);
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

async function resolveOne(list: ConfigValue, setting: Setting, { fixes }: Options): Promise<ConfigValue> {
  await loadNamesOfList(list);
  return reportOf(judgeList(list, fixes ? { ...setting, tries: triesOfList() } : setting), setting.resolver, fixes ? list : null);
}

async function runGroups(
  { options, file, form }: Extract<Command, { readonly type: 'groups' }>,
  streams: Streams,
): Promise<number> {
  refuseTwice(options, 'groups', file);
  const { resolver, python } = await openSetting(options, streams.complain);
  const { answerGroups, answerRequests, demandGraph } = await import('./graph-commands.ts');
  demandGraph(resolver.tree, streams.complain);
  return answerRequests({ file, noLimits: options.noLimits }, streams, (request, place) => answerGroups(request, place, { resolver, python, form }));
}

async function runSpeedup(
  { options, file }: Extract<Command, { readonly type: 'speedup' }>,
  streams: Streams,
): Promise<number> {
  refuseTwice(options, 'speedup', file);
  const { resolver, python } = await openSetting(options, streams.complain);
  const [{ answerRequests, demandGraph }, { answerSpeedup, warnOfUncheckedCode }] = await Promise.all([import('./graph-commands.ts'), import('./speedup-command.ts')]);
  demandGraph(resolver.tree, streams.complain);
  warnOfUncheckedCode(resolver.tree, streams.complain);
  return answerRequests({ file, noLimits: options.noLimits }, streams, (request, place) => answerSpeedup(request, place, { resolver, python }));
}
