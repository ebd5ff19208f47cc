import type { Mode } from '../config/mode.ts';
import { floatOf, intOf, objectOf, type ConfigEntry, type ConfigObject } from '../config/value.ts';

/** The subject of a part of a preset; the loaded model decides which modules belong to it. */
export type PresetSubject =
  /** Modules of these types, as far as the model has them. */
  | { readonly type: 'types'; readonly types: readonly string[]; readonly noun: string }
  /** Layers that do one thing in a transformer's block, found by how libraries name them. */
  | { readonly type: 'role'; readonly role: PresetRole; readonly noun: string }
  /** The last Linear outside all blocks. */
  | { readonly type: 'head' }
  /** The blocks that the model repeats. */
  | { readonly type: 'blocks' }
  /** Each BatchNorm that follows a convolution, one sub-config each. */
  | { readonly type: 'norms-after-convolutions' }
  /** Convolutions, each fused with the BatchNorm that follows it. */
  | { readonly type: 'convolutions-with-norms' };

export type PresetRole = 'attention-inputs' | 'attention-outputs' | 'feed-forward-inputs';

/** One sub-config of a preset, or several alike. */
export interface PresetPart {
  readonly subject: PresetSubject;
  readonly settings: ConfigObject;
  /** Modules that it leaves out. */
  readonly spares?: readonly ('head' | 'first-convolution')[];
  /** The preset makes sense without this part. */
  readonly optional?: boolean;
}

/** A recipe to start from. */
export interface Preset {
  readonly id: string;
  readonly mode: Mode;
  readonly title: string;
  readonly description: string;
  readonly parts: readonly PresetPart[];
}

const convolutions: PresetSubject = {
  type: 'types',
  types: ['Conv1d', 'Conv2d', 'Conv3d'],
  noun: 'convolutions',
};
const linears: PresetSubject = { type: 'types', types: ['Linear'], noun: 'Linear layers' };
const weighted: PresetSubject = {
  type: 'types',
  types: ['Linear', 'Conv1d', 'Conv2d', 'Conv3d'],
  noun: 'Linear layers or convolutions',
};
const activations: PresetSubject = {
  type: 'types',
  types: ['ReLU', 'ReLU6', 'Hardtanh', 'MaxPool2d'],
  noun: 'activations',
};

function settings(...entries: readonly ConfigEntry[]): ConfigObject {
  return objectOf(entries);
}

function blocksOf(...sizes: readonly number[]): ConfigEntry {
  return ['granularity', sizes.map((size) => intOf(size))];
}

const half: ConfigEntry = ['sparse_ratio', floatOf(0.5)];
const outChannel: ConfigEntry = ['granularity', 'out_channel'];
const int8: ConfigEntry = ['quant_dtype', 'int8'];
const weightOnly: ConfigEntry = ['target_names', ['weight']];
const followsConvolution: ConfigEntry = ['target_names', ['weight', 'bias']];
const everyTensor: ConfigEntry = ['target_names', ['_input_', 'weight', '_output_']];

/** The recipes, the ones for any model first (examples of the specification, and common lists). */
export const presets: readonly Preset[] = [
  {
    id: 'prune-linear',
    mode: 'pruning',
    title: '80 % of each Linear layer',
    description: 'As in the example of the specification, each layer alike; the last one stays.',
    parts: [{ subject: linears, settings: settings(['sparse_ratio', floatOf(0.8)]), spares: ['head'] }],
  },
  {
    id: 'prune-single-weights',
    mode: 'pruning',
    title: '50 % of weights, unstructured',
    description: 'Each layer loses half of its weights at any place; the first and the last stay.',
    parts: [
      {
        subject: weighted,
        settings: settings(weightOnly, half, blocksOf(1)),
        spares: ['first-convolution', 'head'],
      },
    ],
  },
  {
    id: 'prune-global-linear',
    mode: 'pruning',
    title: 'Half of all Linear layers together',
    description: 'One global group: layers that matter less lose more, none more than 90 %; the last one stays.',
    parts: [
      {
        subject: linears,
        settings: settings(half, ['max_sparse_ratio', floatOf(0.9)], ['global_group_id', 'linear_group_1']),
        spares: ['head'],
      },
    ],
  },
  {
    id: 'prune-channels',
    mode: 'pruning',
    title: 'Half of the output channels of each convolution',
    description: 'Whole channels, so that the model can be made smaller afterwards.',
    parts: [{ subject: convolutions, settings: settings(half, outChannel) }],
  },
  {
    id: 'prune-global-channels',
    mode: 'pruning',
    title: 'Half of all channels together',
    description: 'One global group of all convolutions but the first; none loses more than 80 % of its channels.',
    parts: [
      {
        subject: convolutions,
        settings: settings(half, ['max_sparse_ratio', floatOf(0.8)], ['global_group_id', 'channels'], outChannel),
        spares: ['first-convolution'],
      },
    ],
  },
  {
    id: 'prune-channels-and-norms',
    mode: 'pruning',
    title: 'Channels, and the BatchNorm that follows',
    description: 'As above in each layer, and every BatchNorm loses the channels that its convolution lost.',
    parts: [
      { subject: convolutions, settings: settings(half, outChannel) },
      { subject: { type: 'norms-after-convolutions' }, settings: settings(followsConvolution) },
    ],
  },
  {
    id: 'prune-feed-forward',
    mode: 'pruning',
    title: 'Half of the feed-forward neurons',
    description: 'Output channels of the first feed-forward layer of each transformer block.',
    parts: [
      {
        subject: { type: 'role', role: 'feed-forward-inputs', noun: 'feed-forward layers of a transformer' },
        settings: settings(half, outChannel),
      },
    ],
  },
  {
    id: 'prune-attention-blocks',
    mode: 'pruning',
    title: 'Attention in blocks of 64 × 64',
    description: 'Blocks as large as a head, taken away below a threshold, as movement pruning does it.',
    parts: [
      {
        subject: { type: 'role', role: 'attention-inputs', noun: 'attention layers of a transformer' },
        settings: settings(['sparse_threshold', floatOf(0.1)], blocksOf(64, 64)),
      },
      {
        subject: { type: 'role', role: 'attention-outputs', noun: 'attention layers of a transformer' },
        settings: settings(['sparse_threshold', floatOf(0.1)], blocksOf(64, 64)),
        optional: true,
      },
    ],
  },
  {
    id: 'quantize-int8',
    mode: 'quantization',
    title: 'Everything in 8 bits',
    description: 'Inputs, weights and outputs of all layers, and the outputs of activations.',
    parts: [
      { subject: weighted, settings: settings(everyTensor, int8, ['quant_scheme', 'affine']) },
      {
        subject: activations,
        settings: settings(['target_names', ['_output_']], int8, ['quant_scheme', 'affine']),
        optional: true,
      },
    ],
  },
  {
    id: 'quantize-weights-int8',
    mode: 'quantization',
    title: 'Weights in 8 bits, a scale for each channel',
    description: 'Nothing but the weights, so that no data is needed to find the scales.',
    parts: [{ subject: weighted, settings: settings(weightOnly, int8, outChannel), spares: ['head'] }],
  },
  {
    id: 'quantize-weights-int4',
    mode: 'quantization',
    title: 'Weights in 4 bits, in groups of 128',
    description: 'The usual recipe for large language models: each group of 128 weights has a scale of its own.',
    parts: [
      {
        subject: linears,
        settings: settings(weightOnly, ['quant_dtype', 'int4'], blocksOf(1, 128)),
        spares: ['head'],
      },
    ],
  },
  {
    id: 'quantize-fused',
    mode: 'quantization',
    title: '8 bits with BatchNorm fused',
    description: 'Each convolution is quantized together with the BatchNorm that follows, as it will run.',
    parts: [
      { subject: { type: 'convolutions-with-norms' }, settings: settings(everyTensor, int8) },
      { subject: linears, settings: settings(everyTensor, int8), optional: true },
    ],
  },
  {
    id: 'distill-logits',
    mode: 'distillation',
    title: 'Learn the logits',
    description: "The last layer's output, by Kullback-Leibler divergence.",
    parts: [
      { subject: { type: 'head' }, settings: settings(['lambda', floatOf(0.9)], ['apply_method', 'kl']) },
    ],
  },
  {
    id: 'distill-blocks',
    mode: 'distillation',
    title: 'Learn every block and the logits',
    description: 'The hidden states that each block gives, by mean squared error, and the last layer by divergence.',
    parts: [
      { subject: { type: 'blocks' }, settings: settings(['lambda', floatOf(0.9)], ['apply_method', 'mse']) },
      {
        subject: { type: 'head' },
        settings: settings(['lambda', floatOf(0.9)], ['apply_method', 'kl']),
        optional: true,
      },
    ],
  },
  {
    id: 'distill-convolutions',
    mode: 'distillation',
    title: 'Learn every convolution',
    description: 'The output of each convolution by mean squared error, with a small weight next to the training loss.',
    parts: [
      { subject: convolutions, settings: settings(['lambda', floatOf(0.1)], ['apply_method', 'mse']) },
    ],
  },
];

/** The recipes of a mode. */
export function presetsOf(mode: Mode): readonly Preset[] {
  return presets.filter((preset) => preset.mode === mode);
}
