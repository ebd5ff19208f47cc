import type { ModuleSpec } from '../module-tree/module-tree.ts';
import { ownTensor } from '../module-tree/own-tensors.ts';

/** Layers of torch that are no layer that takes one tensor and gives one. */
const otherLayers: ReadonlySet<string> = new Set([
  'Module', 'Sequential', 'ModuleList', 'ModuleDict', 'ParameterList', 'ParameterDict', 'Container',
  'RNN', 'LSTM', 'GRU', 'RNNBase', 'RNNCell', 'LSTMCell', 'GRUCell', 'RNNCellBase',
  'MultiheadAttention', 'Transformer', 'TransformerEncoder', 'TransformerDecoder', 'TransformerEncoderLayer', 'TransformerDecoderLayer',
  'MaxUnpool1d', 'MaxUnpool2d', 'MaxUnpool3d', 'AdaptiveLogSoftmaxWithLoss', 'Bilinear', 'EmbeddingBag',
  'DataParallel', 'DistributedDataParallel', 'CosineSimilarity', 'PairwiseDistance',
]);

/** Layers whose name alone is trusted where the source gives no class path. */
const namedLayers =
  /^(Linear|Conv[123]d|ConvTranspose[123]d|BatchNorm[123]d|Embedding|ReLU6?|Hardtanh|MaxPool[123]d|AvgPool[123]d|Adaptive(Avg|Max)Pool[123]d|LayerNorm|GroupNorm|Dropout[123]?d?|Identity|GELU|Sigmoid|Tanh|SiLU|Softmax|Flatten|LeakyReLU|ELU|PReLU|Hardswish|Hardsigmoid)$/;

/** Containers whose own `forward` nothing calls. */
const uncallable: ReadonlySet<string> = new Set(['ModuleList', 'ModuleDict', 'ParameterList', 'ParameterDict']);

/** Whether it is a layer of torch that takes a tensor and gives one tensor. */
export function isTensorLayer({ type, className, extraRepr }: ModuleSpec): boolean {
  if (type === null || otherLayers.has(type) || /Loss/.test(type)) return false;
  // A pooling layer may give the places of the largest values as well.
  if (/MaxPool/.test(type) && /return_indices=True/.test(extraRepr ?? '')) return false;
  return className === null ? namedLayers.test(type) : className.startsWith('torch.nn.modules.');
}

/** Whether it is a layer of torch that gives a tensor or a plain tuple, which a wrapper makes again as it was. */
export function isTupleLayer(spec: ModuleSpec): boolean {
  return spec.className !== null && isTorchType(spec, /^(?:(?:RNN|LSTM|GRU)(?:Cell)?|MultiheadAttention|EmbeddingBag|Bilinear)$/);
}

/** Whether no forward pass can call it. */
export function isUncallable({ type, className }: ModuleSpec): boolean {
  return type !== null && uncallable.has(type) && (className === null || className.startsWith('torch.nn.'));
}

/** A class of torch of that name; of a module whose class path is not known the name decides. */
export function isTorchType({ type, className }: ModuleSpec, pattern: RegExp): boolean {
  return type !== null && pattern.test(type) && (className === null || className.startsWith('torch.nn.'));
}

/** Classes that DoReFa takes outputs of (rule A-Q4). */
export const activations =
  /^(ReLU|RReLU|LeakyReLU|PReLU|Softplus|ELU|CELU|SELU|GELU|ReLU6|Sigmoid|Tanh|Softsign|Hardtanh|Threshold|Tanhshrink|Softshrink|Hardshrink|LogSigmoid|Softmin|Softmax|LogSoftmax|Hardswish)$/;

/** A size of an input or output that the layer decides, and its place counted from the last dimension. */
export interface KnownSize {
  readonly fromLast: number;
  readonly size: number;
}

/** The width or the number of channels of a layer's input or output. */
export function knownSize(spec: ModuleSpec, target: string): KnownSize | null {
  const weight = ownTensor(spec, 'weight')?.shape ?? null;
  const isInput = target === '_input_0';
  if (!isInput && target !== '_output_0') return null;
  const at = (fromLast: number, size: number | undefined): KnownSize | null => (size === undefined ? null : { fromLast, size });
  if (isTorchType(spec, /^Linear$/)) return at(1, weight?.[isInput ? 1 : 0]);
  if (isTorchType(spec, /^Embedding$/)) return isInput ? null : at(1, weight?.[1]);
  if (isTorchType(spec, /^LayerNorm$/)) return at(1, weight?.at(-1));
  const dimensions = /([123])d$/.exec(spec.type ?? '')?.[1];
  if (dimensions === undefined) return null;
  const channels = Number(dimensions) + 1;
  if (isTorchType(spec, /^Conv[123]d$/)) return isInput ? null : at(channels, weight?.[0]);
  if (isTorchType(spec, /^ConvTranspose[123]d$/)) return isInput ? at(channels, weight?.[0]) : null;
  if (isTorchType(spec, /^BatchNorm[23]d$/)) return at(channels, (weight ?? ownTensor(spec, 'running_mean')?.shape)?.[0]);
  return null;
}
