import { parseReprArguments, type ReprValue } from '../../readers/literals/repr-arguments.ts';
import type { ModuleSpec, TensorInfo } from '../../module-tree/module-tree.ts';
import { NotSupported } from './exceptions.ts';
import { decided, PyBuiltin, PyClass, PyInstance, PyNamedTuple, PyReference, PyTuple } from './values.ts';
import type { PyValue } from './values.ts';

/** Attributes that layers of torch print by name. */
const printed: ReadonlySet<string> = new Set(
  `in_features out_features kernel_size stride padding output_padding dilation groups ceil_mode affine track_running_stats elementwise_affine
  batch_first bidirectional num_layers inplace start_dim end_dim`.split(/\s+/),
);

/** Attributes that layers of torch print in front, without a name. */
const inFront: readonly (readonly [type: RegExp, names: readonly string[]])[] = [
  [/^Conv(?:Transpose)?[123]d$/, ['in_channels', 'out_channels']],
  [/^(?:BatchNorm[123]d|SyncBatchNorm|InstanceNorm[123]d)$/, ['num_features']],
  [/^Embedding$/, ['num_embeddings', 'embedding_dim']],
  [/^GroupNorm$/, ['num_groups', 'num_channels']],
  [/^LayerNorm$/, ['normalized_shape']],
  [/^(?:RNN|LSTM|GRU)$/, ['input_size', 'hidden_size']],
];

/** An attribute of a layer of torch, from the text that it prints between its parentheses; `undefined` where that does not say it. */
export function layerAttribute({ type, extraRepr }: ModuleSpec, name: string): PyValue | undefined {
  if (type === null || extraRepr === null || extraRepr === '') return undefined;
  const { positional, named } = parseReprArguments(extraRepr);
  const found = printed.has(name) ? named.get(name) : undefined;
  if (found !== undefined) return valueOf(found);
  const names = inFront.find(([kind]) => kind.test(type))?.[1] ?? [];
  const at = names.indexOf(name);
  const given = at < 0 ? undefined : positional[at];
  if (at >= 0) return given === undefined ? undefined : valueOf(given);
  return /^Conv[123]d$/.test(type) ? notPrinted(type, name) : undefined;
}

/** What a convolution does not print: its usual padding, dilation and groups. */
function notPrinted(type: string, name: string): PyValue | undefined {
  const sizes = Number(type[4]);
  if (name === 'groups') return 1n;
  if (name === 'dilation' || name === 'padding') return new PyTuple(Array.from({ length: sizes }, () => (name === 'padding' ? 0n : 1n)));
  return undefined;
}

function valueOf(given: ReprValue): PyValue | undefined {
  if (typeof given === 'number') return Number.isInteger(given) ? BigInt(given) : undefined;
  if (given === null || typeof given === 'boolean' || typeof given === 'string') return given;
  const items = given.map(valueOf);
  return items.every((item) => item !== undefined) ? new PyTuple(items) : undefined;
}

const tensorClass = new PyClass('Tensor', new Map(), [new PyReference('torch.Tensor')]);

/** `torch.Size` prints otherwise than a tuple, so that its text is not worked out. */
const sizeClass = new PyClass('Size', new Map([['__repr__', null]]), []);

/** A parameter of the open model, with its shape where the tree has it. */
export function tensorOf({ shape }: TensorInfo): PyInstance {
  const made = new PyInstance(tensorClass);
  if (shape === null) return made;
  const size = new PyNamedTuple(sizeClass, [], shape.map(BigInt));
  const count = shape.reduce((product, length) => product * BigInt(length), 1n);
  const set = (name: string, value: PyValue) => made.attributes.set(name, value);
  set('shape', size);
  set('ndim', BigInt(shape.length));
  for (const name of ['numel', 'nelement']) set(name, new PyBuiltin(name, () => count));
  for (const name of ['dim', 'ndimension']) set(name, new PyBuiltin(name, () => BigInt(shape.length)));
  set('size', new PyBuiltin('size', ({ positional: [given] }) => {
    if (given === undefined) return size;
    const at = decided(given);
    const length = typeof at === 'bigint' ? shape.at(Number(at)) : undefined;
    if (length === undefined) throw new NotSupported();
    return BigInt(length);
  }));
  return made;
}
