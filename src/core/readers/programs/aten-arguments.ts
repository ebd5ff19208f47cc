import { isAddition } from '../../graph/channel-sets.ts';
import type { ProgramItem } from './program.ts';

/** An argument of an operation: its name in torch's schema, and its default. */
type Argument = readonly [name: string, otherwise?: null | boolean | number];

/** Operations whose arguments the engine looks at, in the order in which torch.jit.trace writes them. */
const orders: Readonly<Record<string, readonly Argument[]>> = {
  linear: [['input'], ['weight'], ['bias', null]],
  embedding: [['weight'], ['indices']],
  cat: [['tensors'], ['dim', 0]],
  stack: [['tensors'], ['dim', 0]],
  chunk: [['self'], ['chunks'], ['dim', 0]],
  split: [['self'], ['split_size'], ['dim', 0]],
  split_with_sizes: [['self'], ['split_sizes'], ['dim', 0]],
  unbind: [['self'], ['dim', 0]],
  slice: [['self'], ['dim', 0], ['start', null], ['end', null], ['step', 1]],
  flatten: [['self'], ['start_dim', 0], ['end_dim', -1]],
  glu: [['self'], ['dim', -1]],
  batch_norm: [['input'], ['weight', null], ['bias', null], ['running_mean', null], ['running_var', null]],
  layer_norm: [['input'], ['normalized_shape'], ['weight', null], ['bias', null]],
  group_norm: [['input'], ['num_groups'], ['weight', null], ['bias', null]],
  native_group_norm: [['input'], ['group'], ['weight', null], ['bias', null]],
};

/** Decomposed operations and their names in torch.jit.trace. */
const composed: Readonly<Record<string, string>> = {
  native_layer_norm: 'layer_norm', native_group_norm: 'group_norm', _native_batch_norm_legit_no_training: 'batch_norm',
  _native_batch_norm_legit: 'batch_norm', native_batch_norm: 'batch_norm', _batch_norm_with_update: 'batch_norm',
  _softmax: 'softmax', _log_softmax: 'log_softmax', _adaptive_avg_pool2d: 'adaptive_avg_pool2d', max_pool2d_with_indices: 'max_pool2d',
  native_dropout: 'dropout', _unsafe_view: 'view', _to_copy: 'to', sym_size: 'size', relu6_: 'hardtanh_',
};

/** The names that argument has elsewhere. */
const aliases: Readonly<Record<string, readonly string[]>> = { split_size: ['split_sizes'], tensors: ['self'] };

/** Named arguments as the file gives them, in its order. */
export type NamedItems = ReadonlyMap<string, ProgramItem>;

const nothing: ProgramItem = { type: 'constant', value: null };

/** The operation and inputs of a node of ATen, as torch.jit.trace has them. */
export function asTraced(name: string, given: NamedItems): { readonly op: string; readonly items: readonly ProgramItem[] } {
  const base = name.replace(/(?<=[a-z0-9])_$/, '');
  const convolution = asConvolution(base, given);
  if (convolution !== null) return { op: 'aten::_convolution', items: convolution };
  const traced = composed[name] ?? name;
  const order = orders[name === 'native_group_norm' ? name : traced] ?? orders[base];
  const op = `aten::${traced}`;
  if (order === undefined) return { op, items: [...given.values()] };
  const find = ([argument, otherwise]: Argument): ProgramItem => {
    const found = [argument, ...(aliases[argument] ?? [])].map((key) => given.get(key)).find((item) => item !== undefined);
    return found ?? { type: 'constant', value: otherwise ?? null };
  };
  return { op, items: order.map(find) };
}

/** Functions that are written in Python and add by themselves: torch.jit.trace records what is inside of them. */
const openFunctions: ReadonlySet<string> = new Set(['multi_head_attention_forward', 'normalize', 'local_response_norm', 'lp_pool1d', 'lp_pool2d', 'lp_pool3d', 'gumbel_softmax']);

/**
 * The operation that torch.jit.trace records where an addition of two values is a step of another function, such as an `einsum` that
 * `run_decompositions` took apart; null where it is an addition of the code.
 * @param torchFunction `torch_fn` of the node: `einsum_1;function.einsum`
 */
export function functionAround(op: string, items: readonly ProgramItem[], torchFunction: string): string | null {
  if (!isAddition(op) || items.filter(({ type }) => type === 'value').length < 2) return null;
  const name = /;[^;]*\.(\w+)$/.exec(torchFunction)?.[1];
  return name === undefined || name.startsWith('_') || openFunctions.has(name) || isAddition(`aten::${name.replace(/^true_|^[ir](?=add|sub|mul|div)/, '')}`) ? null : `aten::${name}`;
}

const plainConvolution = /^conv[123]d$/;
const transposedConvolution = /^conv_transpose[123]d$/;

/** Inputs of `aten::_convolution`; null for another operation. */
function asConvolution(base: string, given: NamedItems): readonly ProgramItem[] | null {
  if (base !== 'convolution' && !plainConvolution.test(base) && !transposedConvolution.test(base)) return null;
  const take = (name: string, otherwise: ProgramItem): ProgramItem => given.get(name) ?? otherwise;
  const constant = (value: boolean | number | readonly number[]): ProgramItem => ({ type: 'constant', value });
  const transposed = take('transposed', constant(transposedConvolution.test(base)));
  return [
    take('input', nothing), take('weight', nothing), take('bias', nothing),
    take('stride', constant([1])), take('padding', constant([0])), take('dilation', constant([1])),
    transposed, take('output_padding', constant([0])), take('groups', constant(1)),
    constant(false), constant(false), constant(true), constant(true),
  ];
}
