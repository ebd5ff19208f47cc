import { getKey, isConfigList } from '../config/value.ts';
import type { Finding, Fix } from '../diagnostics/finding.ts';
import type { ListEdit } from '../config/list-edits.ts';
import type { RaisedError } from '../python/raised-error.ts';
import type { ModuleSpec, ModuleTree } from '../module-tree/module-tree.ts';
import { ownTensor } from '../module-tree/own-tensors.ts';
import type { Fusion, Resolution } from '../resolve/resolution.ts';

/** What follows a head, by the type of the head, where NNI fuses at run time (rule X7). */
const fusers: Readonly<Record<string, readonly string[]>> = {
  Conv1d: ['BatchNorm1d', 'BatchNorm1d ReLU', 'ReLU'],
  Conv2d: ['BatchNorm2d', 'BatchNorm2d ReLU', 'ReLU'],
  Conv3d: ['BatchNorm3d', 'BatchNorm3d ReLU', 'ReLU'],
  Linear: ['BatchNorm1d', 'BatchNorm1d ReLU', 'ReLU'],
  BatchNorm1d: ['ReLU'],
  BatchNorm2d: ['ReLU'],
  BatchNorm3d: ['ReLU'],
};

/**
 * Whether NNI fuses modules of these specs in this order (rules R4, X7): the types go together and the channels are
 * as many. Whether `weight` and `_output_` are quantized is not looked at.
 */
export function canFuse(specs: readonly ModuleSpec[]): boolean {
  const [first, ...others] = specs;
  if (!first || first.type === null || !specs.every(isTorch)) return false;
  if (!(fusers[first.type] ?? []).includes(others.map(({ type }) => type).join(' '))) return false;
  return others[0]?.type === 'ReLU' || first.type.startsWith('BatchNorm') || channelFailure(first, others[0]!) === null;
}

interface Failure {
  readonly code: 'fusion-unsupported' | 'fusion-weight' | 'fusion-channels';
  readonly error: RaisedError;
  readonly values: Finding['values'];
  /** Whether the first two alone would be fused. */
  readonly pairFits: boolean;
}

/**
 * Fusions that register and that NNI cannot carry out in the first forward pass (rule X7). Those of one sub-config
 * that fail alike are one finding.
 */
export function findFusionFailures(
  { fusions, outcomes, outcomeId, effective }: Resolution,
  tree: ModuleTree,
  indexOf: (name: string) => number | undefined,
): readonly Finding[] {
  const groups = new Map<string, { readonly failure: Failure; readonly fusions: Fusion[] }>();
  for (const fusion of fusions) {
    const failure = failureOf(fusion);
    if (failure === null) continue;
    const key = JSON.stringify([fusion.subConfig, failure.code, failure.values, failure.pairFits]);
    const group = groups.get(key) ?? { failure, fusions: [] };
    groups.set(key, group);
    group.fusions.push(fusion);
  }
  return [...groups.values()].map(({ failure: { code, error, values, pairFits }, fusions: members }): Finding => {
    const { subConfig, index, head } = members[0]!;
    return {
      code,
      severity: 'later',
      where: { subConfig, path: ['fuse_names', index], modules: members.map((fusion) => indexOf(fusion.head)!) },
      values: { subConfig: subConfig + 1, module: head, count: members.length, ...values },
      error,
      fixes: [
        ...(code === 'fusion-weight' ? [addWeight(subConfig)] : []),
        ...(pairFits ? [keepPairs(members)] : []),
        removeGroups(members),
      ],
    };
  });

  function failureOf({ head, rest }: Fusion): Failure | null {
    const [first, ...others] = [head, ...rest].map((name) => tree.specs[tree.specId[indexOf(name)!]!]!);
    const types = others.map(({ type }) => type);
    if (!first || first.type === null || types.includes(null)) return null;
    const known = fusers[first.type] ?? [];
    if (!known.includes(types.join(' ')) || !others.every(isTorch)) {
      const classes = [first, ...others].map(({ className, type }) => `<class '${className ?? String(type)}'>`);
      const message = `(${classes.join(', ')}) is not supported for model fusion`;
      const pairFits = others.length === 2 && known.includes(String(types[0])) && isTorch(others[0]!);
      const values = { types: [first.type, ...types].join(' + ') };
      return { code: 'fusion-unsupported', error: { type: 'TypeError', message }, values, pairFits };
    }
    const norm = others[0]!;
    if (norm.type === 'ReLU' || first.type.startsWith('BatchNorm')) return null;
    const failures = [weightFailure(head, first), channelFailure(first, norm)];
    // A convolution counts its channels before it looks for its weight, a Linear after that.
    if (first.type !== 'Linear') failures.reverse();
    return failures.find((failure) => failure !== null) ?? null;
  }

  function weightFailure(head: string, { type }: ModuleSpec): Failure | null {
    const targets = outcomes[outcomeId[indexOf(head)!]!]?.targets ?? [];
    if (targets.some(({ target }) => target === 'weight')) return null;
    const kind = type === 'Linear' ? 'linear_bn' : 'conv_bn';
    const message = `In the fusion process of ${kind}, the weight of ${head} needs to be quantized`;
    return { code: 'fusion-weight', error: { type: 'ValueError', message }, values: {}, pairFits: false };
  }

  function addWeight(subConfig: number): Fix {
    const names = getKey(effective[subConfig]!, 'target_names');
    const value = [...(isConfigList(names) ? names : []), 'weight'];
    const edit: ListEdit = { type: 'set', path: [subConfig, 'target_names'], value };
    return { code: 'add-target-name', values: { target: 'weight' }, action: { type: 'edit-list', edits: [edit] } };
  }
}

function channelFailure(first: ModuleSpec, norm: ModuleSpec): Failure | null {
  const given = ownTensor(first, 'weight')?.shape?.[0];
  const taken = (ownTensor(norm, 'weight')?.shape ?? ownTensor(norm, 'running_mean')?.shape)?.[0];
  if (given === undefined || taken === undefined || given === taken) return null;
  const message =
    first.type === 'Linear'
      ? 'the output features of Linear must match num_features of BatchNorm'
      : 'The output channel of Conv must match num_features of BatchNorm';
  const error = { type: 'AssertionError', message };
  return { code: 'fusion-channels', error, values: { given, taken }, pairFits: false };
}

/** NNI compares classes: one of the same name from elsewhere does not count. */
function isTorch({ className }: ModuleSpec): boolean {
  return className === null || className.startsWith('torch.nn.');
}

function removeGroups(members: readonly Fusion[]): Fix {
  // From the last on, so that the places of those before stay.
  const edits = members
    .map(({ subConfig, index }): ListEdit => ({ type: 'remove', path: [subConfig, 'fuse_names', index] }))
    .toReversed();
  return { code: 'remove-groups', values: { count: members.length }, action: { type: 'edit-list', edits } };
}

function keepPairs(members: readonly Fusion[]): Fix {
  const edits = members.map(
    ({ subConfig, index }): ListEdit => ({ type: 'remove', path: [subConfig, 'fuse_names', index, 2] }),
  );
  return { code: 'keep-pairs', values: { count: members.length }, action: { type: 'edit-list', edits } };
}
