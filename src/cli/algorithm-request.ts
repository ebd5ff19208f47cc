import { promises } from 'node:fs';
import { dirname, join } from 'node:path';
import { callProblem } from '../core/algorithms/check-call.ts';
import { writeAlgorithm } from '../core/algorithms/algorithm.ts';
import type { Moment, Need, Outcome } from '../core/algorithms/outcome.ts';
import { writeCompactPythonJson } from '../core/config/json-writer.ts';
import { getKey, isConfigList, isConfigObject, type ConfigValue } from '../core/config/value.ts';
import type { ModuleTree } from '../core/module-tree/module-tree.ts';
import { moduleName } from '../core/module-tree/tree-index.ts';
import { demandAlgorithm, UnusableInput } from './command-line.ts';
import { loadTree, type InputOptions } from './inputs.ts';
import type { Setting } from './resolve-report.ts';

/** Opens the teachers that lines of standard input name; each once. */
export interface Teachers {
  readonly find: (value: ConfigValue, place: string) => Promise<ModuleTree>;
}

/** How teachers are opened: those next to the student’s file are found by name. */
export interface TeacherOptions extends InputOptions {
  readonly tree: string;
}

/** Creates a shelf of teachers. */
export function createTeachers(options: TeacherOptions): Teachers {
  const opened = new Map<string, Promise<ModuleTree>>();
  return {
    find(value, place) {
      if (typeof value !== 'string') return treeIn(value, place);
      const known = opened.get(value) ?? openNamed(value, place, options);
      opened.set(value, known);
      return known;
    },
  };
}

/** A tree that is written in the line itself. */
async function treeIn(value: ConfigValue, place: string): Promise<ModuleTree> {
  const { readTree } = await import('../core/readers/read-tree.ts');
  const bytes = new TextEncoder().encode(writeCompactPythonJson(value));
  const read = readTree({ name: 'teacher.json', bytes });
  if (read.ok) return read.value;
  throw new UnusableInput(`${place}: its teacher is no model. Give the path of a file, or a tree.`);
}

/** The file of that path, or of that name next to the student’s. */
async function openNamed(name: string, place: string, options: TeacherOptions): Promise<ModuleTree> {
  const beside = dirname(options.tree);
  const candidates = [name, ...['', '.json', '.json.gz'].map((ending) => join(beside, `${name}${ending}`))];
  for (const path of candidates) {
    const exists = await promises.access(path).then(
      () => true,
      () => false,
    );
    if (exists) return loadTree(path, options);
  }
  throw new UnusableInput(`${place}: there is no teacher ${name}, as a path or next to ${options.tree}.`);
}

/** A list as it is, or `{"config_list": …}` with the algorithm that runs it and known facts about the run. */
export async function readRequest(
  request: ConfigValue,
  place: string,
  given: Setting,
  teachers: Teachers,
): Promise<{ readonly list: ConfigValue; readonly setting: Setting }> {
  if (!isConfigObject(request)) return { list: request, setting: given };
  const list = getKey(request, 'config_list');
  if (list === undefined) {
    const key = ['algorithm', 'call', 'teacher', 'uncalled'].find((one) => getKey(request, one) !== undefined);
    if (key === undefined) return { list: request, setting: given };
    throw new UnusableInput(`${place}: it has ${key}, and no config_list.`);
  }
  const named = getKey(request, 'algorithm');
  const algorithm = typeof named === 'string' ? demandAlgorithm(named, place) : given.algorithm;
  const call = getKey(request, 'call');
  const teacher = getKey(request, 'teacher') ?? null;
  const uncalled = getKey(request, 'uncalled');
  if (named !== undefined && named !== null && typeof named !== 'string') throw new UnusableInput(`${place}: its algorithm is no name of a class.`);
  if (call !== undefined && call !== null && !isConfigObject(call)) throw new UnusableInput(`${place}: its call is no object of arguments.`);
  const problem = isConfigObject(call) ? callProblem(call) : null;
  if (problem !== null) throw new UnusableInput(`${place}: ${problem}`);
  const isNames = isConfigList(uncalled) && uncalled.every((name) => typeof name === 'string');
  if (uncalled !== undefined && uncalled !== null && !isNames) throw new UnusableInput(`${place}: its uncalled is no list of module names.`);
  return {
    list,
    setting: {
      ...given,
      mode: algorithm?.mode ?? given.mode,
      algorithm,
      call: isConfigObject(call) ? call : given.call,
      teacher: teacher === null ? given.teacher : await teachers.find(teacher, place),
      uncalled: isConfigList(uncalled) ? uncalled.filter((name) => typeof name === 'string') : given.uncalled,
    },
  };
}

const momentWords: Readonly<Record<Moment, string>> = {
  constructor: 'in its constructor',
  compress: 'in compress()',
  'first-forward': 'in the first forward pass',
};

const needWords: Readonly<Record<Need, string>> = {
  calls: 'which modules the forward pass calls',
  shapes: 'shapes of inputs and outputs',
  outputs: 'inputs and outputs of modules',
  parameters: 'parameters of modules',
  steps: 'how long the training runs',
};

/** The lines of `check` about the run: none where it runs to the end. */
export function outcomeLines({ algorithm, accepted, error, needs, forwardAfter }: Outcome, tree: ModuleTree): readonly string[] {
  const name = writeAlgorithm(algorithm);
  if (error !== null) {
    // A list that every algorithm refuses has been reported already.
    if (!accepted && !error.rule.startsWith('A-')) return [];
    const at = error.module < 0 ? '' : ` at ${[moduleName(tree, error.module), error.target].filter((part) => part !== '').join('.') || 'the root'}`;
    return [`${name} fails ${momentWords[error.moment]}${at}: ${error.type}${error.message === '' ? '' : `: ${error.message}`} (${error.rule})`];
  }
  if (needs.length > 0) return [`Whether ${name} runs through is not known: ${needs.map((need) => needWords[need]).join(', ')} would decide.`];
  if (forwardAfter === undefined && algorithm.mode === 'quantization') {
    return ['The forward pass after compress() fails in training mode, as quantization starts with the last step; in eval mode it works.'];
  }
  if (forwardAfter === undefined) return [`Whether the forward pass after compress() works is not known: shapes of inputs and outputs would decide.`];
  return forwardAfter === null ? [] : [`The forward pass after compress() fails: ${forwardAfter.type}: ${forwardAfter.message}`];
}
