import { pythonTupleRepr } from '../config/python-repr.ts';
import { pythonStringRepr } from '../python/string-repr.ts';
import { type ConfigObject, getKey, isConfigList } from '../config/value.ts';
import type { RaisedError } from '../python/raised-error.ts';
import { createPythonSet } from '../python/set.ts';
import type { Fusion, Problem } from './resolution.ts';
import type { ProblemCode, ProblemValues } from '../diagnostics/problem-values.ts';
import type { SelectionIndex } from './selection-index.ts';

/** Types that may head a fusion (rule R4). */
const fusionHeadTypes: ReadonlySet<string> = new Set([
  'Linear', 'Conv1d', 'Conv2d', 'Conv3d', 'ConvTranspose1d', 'ConvTranspose2d', 'ConvTranspose3d',
  'BatchNorm1d', 'BatchNorm2d', 'BatchNorm3d',
]);

const activationTypes: ReadonlySet<string> = new Set(['ReLU']);

/** The fusions of one sub-config, and their errors. */
export interface SubConfigFusions {
  /** By index in `fuse_names`: tuples that pass NNI's own check. */
  readonly valid: readonly Fusion[];
  readonly problems: readonly Problem[];
}

/** Reads `fuse_names` and checks each tuple as NNI does before it registers anything (rule R4). */
export function readFusions(index: SelectionIndex, config: ConfigObject, subConfig: number): SubConfigFusions {
  const value = getKey(config, 'fuse_names');
  const valid: Fusion[] = [];
  const problems: Problem[] = [];
  const targets = getKey(config, 'target_names');
  const hasOutput = isConfigList(targets) && targets.includes('_output_');
  (isConfigList(value) ? value : []).forEach((tuple, at) => {
    if (!isConfigList(tuple)) return;
    const names = tuple.filter((name) => typeof name === 'string');
    if (names.length !== tuple.length) return;
    const problem = tupleProblem(index, names, hasOutput, subConfig, at);
    if (problem !== null) problems.push(problem);
    else valid.push({ subConfig, index: at, head: names[0]!, rest: names.slice(1) });
  });
  return { valid, problems };
}

/** A tuple of `fuse_names`, or one name of it and the module of that name. */
export interface FusePlace {
  readonly subConfig: number;
  readonly tuple: number;
  readonly name?: number;
  readonly module?: number | undefined;
}

type FuseCode = Extract<ProblemCode, `fuse-${string}`>;

/** Builds a problem of rule R4. */
export function fuseProblem<Code extends FuseCode>(
  code: Code,
  error: RaisedError,
  at: FusePlace,
  values: ProblemValues[Code],
): Problem<Code> {
  const path = at.name === undefined ? ['fuse_names', at.tuple] : ['fuse_names', at.tuple, at.name];
  const modules = at.module === undefined ? {} : { modules: [at.module] };
  const where = { subConfig: at.subConfig, path, ...modules };
  return { code, rule: 'R4', stage: 'register', error, where, values };
}

function tupleProblem(
  index: SelectionIndex,
  names: readonly string[],
  hasOutput: boolean,
  subConfig: number,
  tuple: number,
): Problem | null {
  if (names.length < 2 || names.length > 3) {
    const message = `Only 2 or 3 modules are supported for fusion, but got ${names.length}`;
    const error = { type: 'AssertionError', message };
    return fuseProblem('fuse-length', error, { subConfig, tuple }, { count: names.length });
  }
  for (const [at, module] of names.entries()) {
    const found = index.indexOf(module);
    if (found === undefined) {
      const error = { type: 'AssertionError', message: `${module} doesn't exist in the model` };
      return fuseProblem('fuse-unknown-module', error, { subConfig, tuple, name: at }, { module });
    }
    const place = { subConfig, tuple, name: at, module: found };
    if (at === 0 && !isTorchType(index, found, fusionHeadTypes)) {
      const advice = 'please register it in the FUSED_MODULES_TYPES_LIST';
      // The source breaks the text over two lines, and the indentation became part of it.
      const message = `${module} is not supported for module fusion, ${' '.repeat(33)}${advice}`;
      const values = { module, type: index.typeOf(found) ?? '' };
      return fuseProblem('fuse-head-type', { type: 'ValueError', message }, place, values);
    }
    if (at > 0 && !hasOutput && isTorchType(index, found, activationTypes)) {
      const need = 'If you need to fuse activation functions, a quantization setting for the output';
      const message = `${need} in the config_list should be provided`;
      const values = { module, type: index.typeOf(found) ?? '' };
      return fuseProblem('fuse-without-output', { type: 'AssertionError', message }, place, values);
    }
  }
  return null;
}

/** NNI compares classes, not names: a class of the same name from elsewhere does not count. Unknown types pass. */
function isTorchType(index: SelectionIndex, module: number, types: ReadonlySet<string>): boolean {
  const type = index.typeOf(module);
  if (type === null) return types === fusionHeadTypes;
  const { className } = index.tree.specs[index.tree.specId[module]!]!;
  return types.has(type) && (className === null || className.startsWith('torch.nn.'));
}

/** The tuples of a sub-config that found no head to fuse into: one problem each, with the message for all. */
export function unfusedProblems(
  index: SelectionIndex,
  unfused: readonly Fusion[],
  selected: readonly number[],
): readonly Problem[] {
  if (unfused.length === 0) return [];
  const tuples = unfused.map(({ head, rest }) => pythonTupleRepr([head, ...rest])).join(', ');
  const keys = selected.map((number) => pythonStringRepr(index.texts.textOf(number))).join(', ');
  const error = { type: 'ValueError', message: `[${tuples}] can't be fused with dict_keys([${keys}])` };
  return unfused.map(({ subConfig, index: tuple, head }) => {
    const at = { subConfig, tuple, name: 0, module: index.indexOf(head) };
    return fuseProblem('fuse-head-not-selected', error, at, { module: head });
  });
}

/**
 * Checks that follow the whole list: parts of a fusion must not be selected anywhere, and must be found under the
 * name under which a shared module appears first (rule R4).
 */
export function partProblems(
  index: SelectionIndex,
  fusions: readonly Fusion[],
  isSelected: (module: number) => boolean,
  selectedCount: number,
): readonly Problem[] {
  if (fusions.length === 0) return [];
  const { texts } = index;
  const parts = createPythonSet(texts);
  for (const fusion of fusions) for (const name of fusion.rest) parts.add(texts.numberOf(name));
  const selected = parts.keys().filter(isSelected);
  const selectedParts = selected.map(texts.textOf);
  // NNI walks the smaller of the two sets, which decides the order; with one name there is none.
  const rebuilt = createPythonSet(texts, selected).keys().map(texts.textOf);
  const listed = selectedCount < parts.size() ? selectedParts : rebuilt;
  const selectedError = {
    type: 'ValueError',
    message: `Don't provide quantization settings for identity modules:${setRepr(listed)}`,
  };
  const shared = parts.keys().filter((module) => index.tree.sharedWith.has(module)).map(texts.textOf);
  const sharedError = { type: 'AssertionError', message: `${setRepr(shared)} do not exist in the model` };
  return [
    ...atParts('fuse-part-selected', selectedError, selectedParts),
    ...atParts('fuse-part-shared', sharedError, shared),
  ];

  function atParts(code: 'fuse-part-selected' | 'fuse-part-shared', error: RaisedError, names: readonly string[]): readonly Problem[] {
    return names.map((name) => {
      const fusion = fusions.find(({ rest }) => rest.includes(name))!;
      const at = { subConfig: fusion.subConfig, tuple: fusion.index, name: fusion.rest.indexOf(name) + 1 };
      return fuseProblem(code, error, { ...at, module: index.indexOf(name) }, { module: name, head: fusion.head });
    });
  }
}

function setRepr(names: readonly string[]): string {
  return `{${names.map(pythonStringRepr).join(', ')}}`;
}
