import { getKey, isConfigList, type ConfigObject, type ConfigValue } from '../../config/value.ts';
import { fix, type Fix } from '../../diagnostics/fix.ts';
import { shortened } from '../../diagnostics/phrases.ts';
import type { ProblemCode, ProblemValues } from '../../diagnostics/problem-values.ts';
import { respellInGroup } from '../fixes/group-fixes.ts';
import { excludeEverywhere } from '../fixes/exclude-fixes.ts';
import type { FixProblem, ProblemAt } from '../finding-context.ts';
import type { FindingKind } from '../finding-kind.ts';
import { setTargetNames } from '../fixes/target-fixes.ts';

type FuseCode = Extract<ProblemCode, `fuse-${string}`>;

/** Groups of `fuse_names` that NNI refuses (rule R4). */
export const fuseProblems: { readonly [Code in FuseCode]: FindingKind<ProblemValues[Code]> } = {
  'fuse-root': {
    words: () => ({
      title: 'fuse_names: the root of the model cannot be fused.',
      why: 'NNI splits the name at its last dot, and the root has none.',
    }),
  },
  'fuse-length': {
    words: () => ({
      title: 'A group of fuse_names must have two or three names.',
      why: 'NNI fuses a layer with a batch norm, an activation, or both.',
    }),
  },
  'fuse-unknown-module': {
    words: ({ module }) => ({
      title: `fuse_names: the model has no module ${shortened(module)}.`,
      why: 'Every name of a group is looked up in the model.',
    }),
  },
  'fuse-head-type': {
    words: ({ module, type }) => ({
      title: `fuse_names: ${shortened(module)} is a ${type}, which cannot lead a fusion.`,
      why: 'The first of a group must be a Linear, a convolution or a batch norm.',
    }),
  },
  'fuse-without-output': {
    words: ({ module }) => ({
      title: `fuse_names: with the ReLU ${shortened(module)} target_names must hold _output_.`,
      why: 'NNI asks for exactly this word.',
    }),
  },
  'fuse-head-not-selected': {
    words: ({ module }) => ({
      title: `fuse_names: ${shortened(module)} leads a group but is not selected here.`,
      why: 'The first of a group must be selected by the same sub-config.',
    }),
  },
  'fuse-part-selected': {
    words: ({ module }) => ({
      title: `fuse_names: ${shortened(module)} is fused into another module and selected as well.`,
      why: 'Only the first of a group may be selected, anywhere in the list.',
    }),
  },
  'fuse-part-shared': {
    words: ({ module }) => ({
      title: `fuse_names: ${shortened(module)} is known to the model under another name first.`,
      why: 'NNI finds a shared module under its first name only.',
    }),
  },
  'fuse-head-twice': {
    words: ({ module }) => ({
      title: `fuse_names: ${shortened(module)} leads two groups.`,
      why: 'A module can lead one fusion.',
    }),
  },
};

export const fuseProblemFixes: { readonly [Code in FuseCode]: FixProblem<Code> } = {
  'fuse-root': removeGroup,
  'fuse-length': removeGroup,
  'fuse-unknown-module': (problem) => [...respellInGroup(problem.path, problem.values.module, problem.input), ...removeGroup(problem)],
  'fuse-head-type': removeGroup,
  'fuse-part-shared': removeGroup,
  'fuse-head-twice': removeGroup,
  'fuse-without-output': ({ config, subConfig }) => {
    const names = getKey(config, 'target_names');
    const list: readonly ConfigValue[] = isConfigList(names) ? names : ['_input_', 'weight'];
    return [fix('add-output', null, setTargetNames(subConfig, [...list, '_output_']))];
  },
  'fuse-head-not-selected': (problem) => [...addHead(problem.config, problem.subConfig, problem.values.module), ...removeGroup(problem)],
  'fuse-part-selected': (problem) => {
    const index = problem.where.modules?.[0];
    const exclude = index === undefined ? [] : excludeEverywhere(index, problem.values.module, problem.input.resolution);
    return [...exclude, ...removeGroup(problem)];
  },
};

function removeGroup({ where, subConfig }: Pick<ProblemAt<FuseCode>, 'where' | 'subConfig'>): readonly Fix[] {
  return [fix('remove-groups', { count: 1 }, { type: 'remove', path: [subConfig, ...where.path.slice(0, 2)] })];
}

function addHead(config: ConfigObject, subConfig: number, module: string): readonly Fix[] {
  const names = getKey(config, 'op_names');
  const list = names === undefined ? [] : names;
  // With types alone, naming a module would narrow the selection down to it.
  if (!isConfigList(list) || (list.length === 0 && getKey(config, 'op_types') !== undefined) || list.includes(module)) return [];
  return [fix('add-name', { module }, { type: 'set', path: [subConfig, 'op_names'], value: [...list, module] })];
}
