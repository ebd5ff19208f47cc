import type { FactOf } from '../diagnostics/problem-values.ts';
import type { RaisedError } from '../python/raised-error.ts';
import type { ModuleSpec, ModuleTree } from '../module-tree/module-tree.ts';
import { ownTensor } from '../module-tree/own-tensors.ts';
import type { Fusion, Resolution } from '../resolve/resolution.ts';

/** The types that may follow a head, by the type of the head, where NNI fuses at run time (rule X7). */
const fusers: Readonly<Record<string, readonly string[]>> = {
  Conv1d: ['BatchNorm1d', 'BatchNorm1d ReLU', 'ReLU'],
  Conv2d: ['BatchNorm2d', 'BatchNorm2d ReLU', 'ReLU'],
  Conv3d: ['BatchNorm3d', 'BatchNorm3d ReLU', 'ReLU'],
  Linear: ['BatchNorm1d', 'BatchNorm1d ReLU', 'ReLU'],
  BatchNorm1d: ['ReLU'],
  BatchNorm2d: ['ReLU'],
  BatchNorm3d: ['ReLU'],
};

/** The values that describe each failure of a fusion, by code. */
export interface FusionFailureValues {
  readonly 'fusion-unsupported': { readonly types: string };
  readonly 'fusion-weight': object;
  readonly 'fusion-channels': { readonly given: number; readonly taken: number };
}

/** Why NNI cannot carry out a fusion in the first forward pass. */
export type FusionFailure = FactOf<FusionFailureValues> & {
  readonly error: RaisedError;
  /** Whether the first two alone would be fused. */
  readonly pairFits: boolean;
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

/** Whether a head with a bias is folded into a BatchNorm that follows it. */
export function foldsBias(head: ModuleSpec, parts: readonly ModuleSpec[]): boolean {
  const isNorm = ({ type }: ModuleSpec): boolean => type?.startsWith('BatchNorm') === true;
  const bias = ownTensor(head, 'bias');
  return !isNorm(head) && parts.some(isNorm) && bias !== undefined && !bias.isNone;
}

/** The error of a registered fusion in the first forward pass; `null` where it works or a type is not known. */
export function fusionFailure(
  { head, rest }: Fusion,
  { outcomes, outcomeId }: Pick<Resolution, 'outcomes' | 'outcomeId'>,
  tree: ModuleTree,
  indexOf: (name: string) => number | undefined,
): FusionFailure | null {
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
  const targets = outcomes[outcomeId[indexOf(head)!]!]?.targets ?? [];
  const hasWeight = targets.some(({ target }) => target === 'weight');
  const failures = [hasWeight ? null : weightFailure(head, first), channelFailure(first, norm)];
  // A convolution counts its channels before it looks for its weight, a Linear after that.
  if (first.type !== 'Linear') failures.reverse();
  return failures.find((failure) => failure !== null) ?? null;
}

function weightFailure(head: string, { type }: ModuleSpec): FusionFailure {
  const kind = type === 'Linear' ? 'linear_bn' : 'conv_bn';
  const message = `In the fusion process of ${kind}, the weight of ${head} needs to be quantized`;
  return { code: 'fusion-weight', error: { type: 'ValueError', message }, values: {}, pairFits: false };
}

function channelFailure(first: ModuleSpec, norm: ModuleSpec): FusionFailure | null {
  const given = ownTensor(first, 'weight')?.shape?.[0];
  const taken = (ownTensor(norm, 'weight')?.shape ?? ownTensor(norm, 'running_mean')?.shape)?.[0];
  if (given === undefined || taken === undefined || given === taken) return null;
  const message =
    first.type === 'Linear'
      ? 'the output features of Linear must match num_features of BatchNorm'
      : 'The output channel of Conv must match num_features of BatchNorm';
  return { code: 'fusion-channels', error: { type: 'AssertionError', message }, values: { given, taken }, pairFits: false };
}

/** NNI compares classes: one of the same name from elsewhere does not count. */
function isTorch({ className }: ModuleSpec): boolean {
  return className === null || className.startsWith('torch.nn.');
}
