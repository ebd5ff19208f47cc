import type { TensorInfo } from '../../module-tree/module-tree.ts';
import { parseReprArguments, type ReprArguments, type ReprValue } from '../literals/repr-arguments.ts';

/** A module's own tensors, as far as its type and its printed arguments decide them. */
export interface LayerTensors {
  readonly parameters: readonly TensorInfo[] | null;
  readonly buffers: readonly TensorInfo[] | null;
}

const unknown: LayerTensors = { parameters: null, buffers: null };
const none: LayerTensors = { parameters: [], buffers: [] };

type Describe = (args: ReprArguments, type: string) => LayerTensors;

/**
 * Parameters and buffers of a layer of torch.nn (and of transformers' Conv1D) from what `print` shows of it
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

/** What has no dimensions, such as the counter of batch norm, is there from the start. */
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

/** What a scripted or traced module prints of itself. */
export const originalName = /^original_name=(\w+)$/m;

/** Quantized layers of torch that print no scale or number format; other libraries have none of these names. */
const quantizedWithoutArguments: ReadonlySet<string> = new Set(
  (
    'Dropout BatchNorm2d BatchNorm3d LayerNorm GroupNorm InstanceNorm1d InstanceNorm2d InstanceNorm3d ReLU6 Hardswish ' +
    'ELU LeakyReLU PReLU Softmax LSTM MultiheadAttention BNReLU2d BNReLU3d'
  ).split(' '),
);

function tensor(name: string, shape: readonly (number | null)[], dtype: string | null = null): TensorInfo {
  const known = shape.every((size): size is number => size !== null && Number.isSafeInteger(size) && size >= 0);
  return { name, shape: known ? shape : null, dtype, isNone: false };
}

function optional(present: boolean, name: string, shape: readonly (number | null)[]): TensorInfo {
  return present ? tensor(name, shape) : { name, shape: null, dtype: null, isNone: true };
}

function sizeAt(args: ReprArguments, place: number, key: string): number | null {
  const value = args.named.get(key) ?? args.positional[place];
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

function flag(args: ReprArguments, key: string, otherwise: boolean): boolean {
  const value = args.named.get(key);
  return typeof value === 'boolean' ? value : otherwise;
}

function sizes(value: ReprValue | undefined): number[] | null {
  if (typeof value === 'number') return [value];
  if (!Array.isArray(value)) return null;
  const list: readonly ReprValue[] = value;
  return list.every((size): size is number => typeof size === 'number') ? [...list] : null;
}

const linear: Describe = (args) => {
  const inputs = sizeAt(args, 0, 'in_features');
  const outputs = sizeAt(args, 1, 'out_features');
  // torchao prints how the weight is packed, and not whether there is a bias.
  if (outputs === null || (args.named.has('weight') && !args.named.has('bias'))) return unknown;
  return {
    parameters: [tensor('weight', [outputs, inputs]), optional(flag(args, 'bias', true), 'bias', [outputs])],
    buffers: [],
  };
};

const bilinear: Describe = (args) => {
  const outputs = sizeAt(args, 2, 'out_features');
  const weight = [outputs, sizeAt(args, 0, 'in1_features'), sizeAt(args, 1, 'in2_features')];
  return {
    parameters: [tensor('weight', weight), optional(flag(args, 'bias', true), 'bias', [outputs])],
    buffers: [],
  };
};

const convolution: Describe = (args, type) => {
  const inputs = sizeAt(args, 0, 'in_channels');
  const outputs = sizeAt(args, 1, 'out_channels');
  const kernel = sizes(args.named.get('kernel_size') ?? args.positional[2]);
  const groups = sizeAt(args, 99, 'groups') ?? 1;
  if (kernel === null || groups < 1) return unknown;
  const [rows, columns] = type.includes('Transpose') ? [inputs, outputs] : [outputs, inputs];
  const weight = [rows, columns === null ? null : columns / groups, ...kernel];
  return {
    parameters: [tensor('weight', weight), optional(flag(args, 'bias', true), 'bias', [outputs])],
    buffers: [],
  };
};

const transformersConv1d: Describe = (args) => {
  const outputs = sizeAt(args, 0, 'nf');
  const inputs = sizeAt(args, 1, 'nx');
  if (outputs === null) return unknown;
  return { parameters: [tensor('weight', [inputs, outputs]), tensor('bias', [outputs])], buffers: [] };
};

const batchNorm: Describe = (args, type) => {
  const features = sizeAt(args, 0, 'num_features');
  const affine = flag(args, 'affine', !type.includes('InstanceNorm'));
  const tracks = flag(args, 'track_running_stats', !type.includes('InstanceNorm'));
  const counter: TensorInfo = tracks
    ? tensor('num_batches_tracked', [], 'int64')
    : { name: 'num_batches_tracked', shape: null, dtype: null, isNone: true };
  return {
    parameters: [
      optional(affine, 'weight', [features]),
      optional(affine && flag(args, 'bias', true), 'bias', [features]),
    ],
    buffers: [optional(tracks, 'running_mean', [features]), optional(tracks, 'running_var', [features]), counter],
  };
};

const groupNorm: Describe = (args) => {
  const channels = sizeAt(args, 1, 'num_channels');
  const affine = flag(args, 'affine', true);
  return {
    parameters: [
      optional(affine, 'weight', [channels]),
      optional(affine && flag(args, 'bias', true), 'bias', [channels]),
    ],
    buffers: [],
  };
};

const layerNorm: Describe = (args) => {
  const shape = sizes(args.positional[0] ?? args.named.get('normalized_shape'));
  if (shape === null) return unknown;
  const affine = flag(args, 'elementwise_affine', true);
  return {
    parameters: [optional(affine, 'weight', shape), optional(affine && flag(args, 'bias', true), 'bias', shape)],
    buffers: [],
  };
};

const rmsNorm: Describe = (args) => {
  const shape = sizes(args.positional[0] ?? args.named.get('normalized_shape'));
  if (shape === null) return unknown;
  return { parameters: [optional(flag(args, 'elementwise_affine', true), 'weight', shape)], buffers: [] };
};

/** transformers' norms print `tuple(self.weight.shape)` first. */
const printedRmsNorm: Describe = (args) => {
  const first = args.positional[0];
  const shape = Array.isArray(first) ? sizes(first) : null;
  return shape === null ? unknown : { parameters: [tensor('weight', shape)], buffers: null };
};

const embedding: Describe = (args) => {
  const rows = sizeAt(args, 0, 'num_embeddings');
  const width = sizeAt(args, 1, 'embedding_dim');
  return rows === null || width === null ? unknown : {
    parameters: [tensor('weight', [rows, width])],
    buffers: [],
  };
};

const prelu: Describe = (args) => {
  const count = sizeAt(args, 0, 'num_parameters');
  return count === null ? unknown : { parameters: [tensor('weight', [count])], buffers: [] };
};

function gatesOf(type: string): number {
  if (type.startsWith('LSTM')) return 4;
  return type.startsWith('GRU') ? 3 : 1;
}

const maxRecurrentLayers = 1000;

const recurrent: Describe = (args, type) => {
  const inputs = sizeAt(args, 0, 'input_size');
  const hidden = sizeAt(args, 1, 'hidden_size');
  const layerCount = sizeAt(args, 99, 'num_layers') ?? 1;
  if (inputs === null || hidden === null || layerCount > maxRecurrentLayers) return unknown;
  const directions = flag(args, 'bidirectional', false) ? ['', '_reverse'] : [''];
  const projection = sizeAt(args, 99, 'proj_size') ?? 0;
  const output = projection > 0 ? projection : hidden;
  const rows = gatesOf(type) * hidden;
  const parameters: TensorInfo[] = [];
  for (let layer = 0; layer < layerCount; layer++) {
    for (const direction of directions) {
      const end = `_l${layer}${direction}`;
      parameters.push(
        tensor(`weight_ih${end}`, [rows, layer === 0 ? inputs : output * directions.length]),
        tensor(`weight_hh${end}`, [rows, output]),
      );
      if (flag(args, 'bias', true)) {
        parameters.push(tensor(`bias_ih${end}`, [rows]), tensor(`bias_hh${end}`, [rows]));
      }
      if (projection > 0) parameters.push(tensor(`weight_hr${end}`, [projection, hidden]));
    }
  }
  return { parameters, buffers: [] };
};

const recurrentCell: Describe = (args, type) => {
  const inputs = sizeAt(args, 0, 'input_size');
  const hidden = sizeAt(args, 1, 'hidden_size');
  if (inputs === null || hidden === null) return unknown;
  const rows = gatesOf(type) * hidden;
  const hasBias = flag(args, 'bias', true);
  return {
    parameters: [
      tensor('weight_ih', [rows, inputs]),
      tensor('weight_hh', [rows, hidden]),
      optional(hasBias, 'bias_ih', [rows]),
      optional(hasBias, 'bias_hh', [rows]),
    ],
    buffers: [],
  };
};

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
