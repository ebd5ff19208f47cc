import type { TensorInfo } from '../../module-tree/module-tree.ts';
import { parseReprArguments } from '../literals/repr-arguments.ts';
import { batchNorm, bilinear, convolution, type Describe, embedding, groupNorm, layerNorm, type LayerTensors, linear, none, prelu, printedRmsNorm, recurrent, recurrentCell, rmsNorm, transformersConv1d, unknown } from './layer-tensors.ts';

/**
 * Parameters and buffers of a layer of torch.nn (and of transformers' Conv1D) from its printed arguments
 * (rule T8). Layers that are not listed here are unknown, and so are listed ones whose arguments are not shown.
 */
export function describeLayer(type: string, printedArguments: string): LayerTensors {
  if (withoutTensors.has(type)) return none;
  if (losses.has(type)) return { parameters: [], buffers: null };
  const describe = layers.get(type) ?? (type.endsWith('RMSNorm') ? printedRmsNorm : undefined);
  if (describe === undefined || printedArguments === '') return unknown;
  const described = describe(parseReprArguments(printedArguments), type);
  return type.startsWith('Lazy') ? withoutShapes(described) : described;
}

/** Lazy layers get their shapes with the first forward pass, and are no longer lazy then. */
function withoutShapes({ parameters, buffers }: LayerTensors): LayerTensors {
  return { parameters: parameters?.map(withoutShape) ?? null, buffers: buffers?.map(withoutShape) ?? null };
}

/** A tensor without dimensions, such as the counter of batch norm, exists from the start. */
function withoutShape(tensor: TensorInfo): TensorInfo {
  return tensor.shape?.length === 0 ? tensor : { ...tensor, shape: null };
}

/**
 * The class behind a printed name. torch's quantized layers print `QuantizedLinear` for a class called `Linear`,
 * and peft puts `lora.` before the name: NNI compares the class's own name (rule M2).
 */
export function classOfPrintedName(printed: string, printedArguments: string): string {
  // Scripted and traced modules print `RecursiveScriptModule(original_name=Conv2d)`.
  const original = originalName.exec(printedArguments)?.[1];
  if (original !== undefined) return original;
  const name = printed.replace(/\(Reference\)$/, '').replace(/^.*\.(?=[^.])/, '');
  const quantized = /^(?:Dynamic|Sparse)?Quantized(?:Dynamic(?=Linear$))?([A-Z]\w*)$/.exec(name)?.[1];
  if (quantized === undefined) return /^Quantizable(LSTM|LSTMCell|MultiheadAttention)$/.exec(name)?.[1] ?? name;
  const isTorch =
    printed.endsWith('(Reference)') ||
    /\bzero_point=|\bqscheme=|\bdtype=torch\.q/.test(printedArguments) ||
    /^(?:Dynamic|Sparse)/.test(name) ||
    quantizedWithoutArguments.has(quantized);
  // torch 1 misspelled it.
  return isTorch ? quantized.replace('Tranpose', 'Transpose') : name;
}

/** The line in which a scripted or traced module prints its class. */
export const originalName = /^original_name=(\w+)$/m;

/** Quantized layers of torch that print no scale or number format; other libraries have none of these names. */
const quantizedWithoutArguments: ReadonlySet<string> = new Set(
  (
    'Dropout BatchNorm2d BatchNorm3d LayerNorm GroupNorm InstanceNorm1d InstanceNorm2d InstanceNorm3d ReLU6 Hardswish ' +
    'ELU LeakyReLU PReLU Softmax LSTM MultiheadAttention BNReLU2d BNReLU3d'
  ).split(' '),
);

const dimensions = ['1d', '2d', '3d'] as const;

const layers: ReadonlyMap<string, Describe> = new Map<string, Describe>([
  ['Linear', linear],
  ['LazyLinear', linear],
  ['NonDynamicallyQuantizableLinear', linear],
  ['_LinearWithBias', linear],
  ['Bilinear', bilinear],
  ['Conv1D', transformersConv1d],
  ...dimensions.flatMap((dimension): [string, Describe][] => [
    [`Conv${dimension}`, convolution],
    [`ConvTranspose${dimension}`, convolution],
    [`LazyConv${dimension}`, convolution],
    [`LazyConvTranspose${dimension}`, convolution],
    [`BatchNorm${dimension}`, batchNorm],
    [`LazyBatchNorm${dimension}`, batchNorm],
    [`InstanceNorm${dimension}`, batchNorm],
    [`LazyInstanceNorm${dimension}`, batchNorm],
  ]),
  ['SyncBatchNorm', batchNorm],
  ['GroupNorm', groupNorm],
  ['LayerNorm', layerNorm],
  ['RMSNorm', rmsNorm],
  ['Embedding', embedding],
  ['EmbeddingBag', embedding],
  ['PReLU', prelu],
  ['RNN', recurrent],
  ['LSTM', recurrent],
  ['GRU', recurrent],
  ['RNNCell', recurrentCell],
  ['LSTMCell', recurrentCell],
  ['GRUCell', recurrentCell],
]);

/** Layers of torch.nn that have no tensors of their own. */
const withoutTensors: ReadonlySet<string> = new Set(
  [
    'Sequential ModuleList ModuleDict Identity Flatten Unflatten Fold Unfold',
    'ELU Hardshrink Hardsigmoid Hardtanh Hardswish LeakyReLU LogSigmoid ReLU ReLU6 RReLU SELU CELU GELU Sigmoid',
    'SiLU Mish Softplus Softshrink Softsign Tanh Tanhshrink Threshold GLU Softmin Softmax Softmax2d LogSoftmax',
    'Dropout Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout CosineSimilarity PairwiseDistance',
    'PixelShuffle PixelUnshuffle Upsample UpsamplingNearest2d UpsamplingBilinear2d ChannelShuffle',
    'LocalResponseNorm CrossMapLRN2d Transformer TransformerEncoder TransformerDecoder TransformerEncoderLayer',
    'TransformerDecoderLayer DataParallel ZeroPad2d',
    ...dimensions.map((dimension) =>
      [
        'MaxPool', 'MaxUnpool', 'AvgPool', 'LPPool', 'AdaptiveMaxPool', 'AdaptiveAvgPool', 'ReflectionPad',
        'ReplicationPad', 'ConstantPad', 'ZeroPad', 'CircularPad', 'FractionalMaxPool',
      ]
        .map((name) => name + dimension)
        .join(' '),
    ),
  ]
    .join(' ')
    .split(' '),
);

/** Losses have no parameters; some keep a weight in a buffer, which is not printed. */
const losses: ReadonlySet<string> = new Set(
  (
    'L1Loss NLLLoss KLDivLoss MSELoss BCELoss BCEWithLogitsLoss CrossEntropyLoss HuberLoss SmoothL1Loss CTCLoss ' +
    'HingeEmbeddingLoss MarginRankingLoss CosineEmbeddingLoss MultiMarginLoss SoftMarginLoss TripletMarginLoss ' +
    'PoissonNLLLoss GaussianNLLLoss MultiLabelMarginLoss MultiLabelSoftMarginLoss'
  ).split(' '),
);

/** Whether torch has a layer of this name, with tensors or without. */
export function isLayer(type: string): boolean {
  return layers.has(type) || withoutTensors.has(type);
}

/** Whether a word is the end of the name of a layer that has lost its first letters: `orm2d`, `near`. */
export function isEndOfLayer(word: string): boolean {
  return word.length > 2 && [...layers.keys(), ...withoutTensors].some((type) => type.length > word.length && type.endsWith(word));
}
