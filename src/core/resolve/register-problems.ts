import type { Mode } from '../config/mode.ts';
import { pythonStringRepr } from '../python/string-repr.ts';
import type { ConfigObject } from '../config/value.ts';
import type { FactOf, FailureCode, FailureFact, FailureValues, OfModules } from '../diagnostics/problem-values.ts';
import type { PythonVersion } from '../python-re/python-version.ts';
import { partProblems, fuseProblem, readFusions, unfusedProblems } from './fusion.ts';
import { createModuleOrder, type ModuleOrder } from './module-order.ts';
import type { InternedOutcomes } from './intern-outcomes.ts';
import { plainAttribute } from './wrapper-attributes.ts';
import type { Fusion, OutcomeFailure, Problem } from './resolution.ts';
import type { Selection } from './selection.ts';
import type { SelectionIndex } from './selection-index.ts';
import { wrapProblems } from './wrap-problems.ts';

/** The input of registration. */
export interface RegisterInput extends InternedOutcomes {
  readonly index: SelectionIndex;
  readonly mode: Mode;
  readonly python: PythonVersion;
  readonly effective: readonly ConfigObject[];
  readonly selections: readonly Selection[];
}

/** Most module indices in a problem's place. */
const shownModules = 16;
/** At most this many names of a sub-config that the model lacks are reported. */
const shownNames = 100;

/**
 * Everything that NNI raises from selection to kernels, in the order in which it would meet it (rules S, C, R, O),
 * and the valid fusions.
 */
export function registerProblems(given: RegisterInput): {
  readonly problems: readonly Problem[];
  readonly fusions: readonly Fusion[];
} {
  const input = { ...given, failures: failuresOf(given), firstModules: firstModulesOf(given) };
  const order = createModuleOrder(input.index, input.effective, input.selections, input.python);
  const problems: (readonly Problem[])[] = [];
  const fusions: Fusion[] = [];
  const heads = new Set<string>();
  input.effective.forEach((config, subConfig) => {
    const selection = input.selections[subConfig]!;
    problems.push(patternProblems(selection, subConfig), unknownNames(selection, subConfig, order));
    const read = input.mode === 'quantization' ? readFusions(input.index, config, subConfig) : noFusions;
    problems.push(read.problems);
    const { joined, unfused, blocked } = joinFusions(input.index, read.valid, selection, heads);
    for (const fusion of joined) fusions.push(fusion);
    problems.push(moduleProblems(input, subConfig, 'register', order, blocked));
    if (unfused.length > 0) problems.push(unfusedProblems(input.index, unfused, order.numbers(subConfig)));
  });
  const isSelected = (module: number): boolean => input.outcomeId[module] !== -1;
  const selectedCount = input.outcomes.reduce((sum, { moduleCount }) => sum + moduleCount, 0);
  problems.push(partProblems(input.index, fusions, isSelected, selectedCount));
  problems.push(wrapProblems(input.index, input.outcomeId, fusions, input.effective.length, order));
  input.effective.forEach((_, subConfig) => {
    problems.push(moduleProblems(input, subConfig, 'scaler', order, noneBlocked));
  });
  return { problems: problems.flat(), fusions };
}

const noFusions = { valid: [], problems: [] };
const noneBlocked: ReadonlyMap<string, Problem> = new Map();

function patternProblems(selection: Selection, subConfig: number): readonly Problem[] {
  return selection.badPatterns.map(({ entry, error }): Problem => {
    const { key, index, value } = selection.entries[entry]!;
    const range = error.position === null ? {} : { range: rangeAt(value, error.position) };
    return {
      code: 'bad-pattern',
      rule: 'S2',
      stage: 'register',
      error: { type: error.type, message: error.message },
      where: { subConfig, path: [key, index], ...range },
      values: { pattern: value, message: error.message, key },
    };
  });
}

/** One character at a position that counts code points, as UTF-16 units; empty at the end of the pattern. */
function rangeAt(pattern: string, position: number): readonly [number, number] {
  const characters = Array.from(pattern);
  const start = characters.slice(0, position).join('').length;
  return [start, start + (characters[position]?.length ?? 0)];
}

function unknownNames(selection: Selection, subConfig: number, order: ModuleOrder): readonly Problem[] {
  const entries = selection.unknownNames.map((entry) => selection.entries[entry]!);
  const sorted = entries.length > 1 ? order.sort(subConfig, entries, (entry) => entry.value) : entries;
  return sorted.slice(0, shownNames).map(({ key, index, value }): Problem => ({
    code: 'unknown-module',
    rule: 'S5',
    stage: 'register',
    error: { type: 'KeyError', message: pythonStringRepr(value) },
    where: { subConfig, path: [key, index] },
    values: { module: value },
  }));
}

/** Sorts the valid tuples of a sub-config into those that fuse, find no head, or fail at their head (rule R4). */
function joinFusions(
  index: SelectionIndex,
  valid: readonly Fusion[],
  selection: Selection,
  heads: Set<string>,
): { joined: readonly Fusion[]; unfused: readonly Fusion[]; blocked: ReadonlyMap<string, Problem> } {
  const joined: Fusion[] = [];
  const unfused: Fusion[] = [];
  const blocked = new Map<string, Problem>();
  const here = new Set<string>();
  for (const fusion of valid) {
    const { head, rest } = fusion;
    if (selection.selected[index.indexOf(head)!] !== 1 || here.has(head)) {
      unfused.push(fusion);
      continue;
    }
    here.add(head);
    if (head === '' || rest.includes('')) blocked.set(head, rootProblem(index, fusion));
    else if (heads.has(head)) blocked.set(head, twiceProblem(index, fusion));
    else joined.push(fusion);
  }
  for (const head of here) heads.add(head);
  return { joined, unfused, blocked };
}

function twiceProblem(index: SelectionIndex, { head, subConfig, index: tuple }: Fusion): Problem {
  const error = { type: 'ValueError', message: `Using two fused_modules_pair for ${head} is not supported` };
  const at = { subConfig, tuple, name: 0, module: index.indexOf(head) };
  return fuseProblem('fuse-head-twice', error, at, { module: head });
}

function rootProblem(index: SelectionIndex, { head, rest, subConfig, index: tuple }: Fusion): Problem {
  const message = `'${index.typeOf(0) ?? ''}' object has no attribute ''`;
  const at = { subConfig, tuple, name: [head, ...rest].indexOf(''), module: 0 };
  return fuseProblem('fuse-root', { type: 'AttributeError', message }, at, { head });
}

interface ModuleInput extends RegisterInput {
  /** For each sub-config: the errors that it makes NNI raise, each with its outcome. */
  readonly failures: readonly (readonly { readonly failure: OutcomeFailure; readonly outcome: number }[])[];
  /** The first modules of each outcome, at most `shownModules`. */
  readonly firstModules: readonly (readonly number[])[];
}

function failuresOf(input: RegisterInput): ModuleInput['failures'] {
  const failures = input.effective.map((): { failure: OutcomeFailure; outcome: number }[] => []);
  input.outcomes.forEach((outcome, id) => {
    for (const failure of outcome.failures) failures[failure.subConfig]!.push({ failure, outcome: id });
  });
  return failures;
}

/** One walk over the model for all problems: each of thousands of sub-configs can have its own. */
function firstModulesOf({ outcomeId, outcomes }: RegisterInput): ModuleInput['firstModules'] {
  const first = outcomes.map((): number[] => []);
  for (let module = 0; module < outcomeId.length; module++) {
    const own = first[outcomeId[module]!];
    if (own && own.length < shownModules) own.push(module);
  }
  return first;
}

/** Failures of one sub-config that say the same, over all modules. */
interface Group {
  readonly failure: OutcomeFailure;
  readonly outcomes: Set<number>;
}

/** The errors that NNI raises module by module for one sub-config. */
function moduleProblems(
  input: ModuleInput,
  subConfig: number,
  stage: 'register' | 'scaler',
  order: ModuleOrder,
  blocked: ReadonlyMap<string, Problem>,
): readonly Problem[] {
  const groups = new Map<string, Group>();
  for (const { failure, outcome } of input.failures[subConfig]!) {
    if (failure.stage !== stage) continue;
    const { code, error, target, values } = failure;
    const key = JSON.stringify([code, error.message, target, values.type]);
    const group = groups.get(key) ?? { failure, outcomes: new Set<number>() };
    groups.set(key, group);
    group.outcomes.add(outcome);
  }
  const listed = [...groups.values()];
  if (listed.length + blocked.size < 2) return [...listed.map(groupProblem), ...blocked.values()];

  // Which comes first is up to the order in which NNI walks the modules, and then to the order of the targets.
  const sorted: Problem[] = [];
  const left = new Set<Group>(listed);
  const blockedHeads = new Map([...blocked].map(([head, problem]) => [input.index.texts.numberOf(head), problem] as const));
  const groupsOfOutcome = new Map<number, Group[]>();
  for (const group of listed) {
    for (const outcome of group.outcomes) groupsOfOutcome.set(outcome, [...(groupsOfOutcome.get(outcome) ?? []), group]);
  }
  for (const number of order.numbers(subConfig)) {
    const fusion = blockedHeads.size > 0 && blockedHeads.get(number);
    if (fusion) sorted.push(fusion);
    const outcome = number < input.index.tree.size ? input.outcomeId[number]! : -1;
    if (outcome !== -1) {
      for (const group of groupsOfOutcome.get(outcome) ?? []) if (left.delete(group)) sorted.push(groupProblem(group));
    }
    if (left.size === 0 && sorted.length === listed.length + blocked.size) break;
  }
  return sorted;

  function groupProblem({ failure, outcomes }: Group): Problem {
    const { modules, count } = modulesOf(input, outcomes);
    // The text can differ between modules: take the first module that NNI walks to.
    const isEach = failure.code === 'missing-parameter' && count > 1;
    const first = isEach ? firstWalked(outcomes) ?? modules[0]! : modules[0]!;
    const error = failure.code === 'missing-parameter' ? missingError(failure, first) : failure.error;
    const where = { subConfig, path: failure.path, modules };
    const fact = ofModules(failure, { module: input.index.nameOf(modules[0]!), count });
    return { ...fact, rule: failure.rule, stage, error, where };
  }

  function firstWalked(outcomes: ReadonlySet<number>): number | undefined {
    const isOne = (number: number): boolean => number < input.index.tree.size && outcomes.has(input.outcomeId[number]!);
    return order.numbers(subConfig).find(isOne);
  }

  /** A child module of that name, or a plain value, is an attribute, but no tensor. */
  function missingError({ error, target }: OutcomeFailure, module: number): Problem['error'] {
    const name = input.index.nameOf(module);
    const { specs, specId } = input.index.tree;
    const own = specs[specId[module]!]!;
    const plain = own.attributes?.find((attribute) => attribute.name === target)?.type ?? plainAttribute(own.type, own.className, target!);
    const child = input.index.indexOf(name === '' ? target! : `${name}.${target!}`);
    if (plain === null && (child === undefined || target === '' || target!.includes('.'))) return error;
    const type = plain ?? specs[specId[child!]!]!.className ?? input.index.typeOf(child!) ?? '?';
    const message = `Type of ${target!} is <class '${type}'>, can not register to ${name}.`;
    return { type: 'TypeError', message };
  }
}

/** A failure as a fact about modules. */
function ofModules<Code extends FailureCode>({ code, values }: FactOf<FailureValues, Code>, of: OfModules): FailureFact<Code> {
  return { code, values: { ...values, ...of } };
}

/** The first modules of several outcomes, and how many they have together. */
function modulesOf({ firstModules, outcomes }: ModuleInput, ids: ReadonlySet<number>): { readonly modules: readonly number[]; readonly count: number } {
  const modules = [...ids].flatMap((id) => firstModules[id]!).toSorted((a, b) => a - b);
  const count = [...ids].reduce((sum, id) => sum + outcomes[id]!.moduleCount, 0);
  return { modules: modules.slice(0, shownModules), count };
}
