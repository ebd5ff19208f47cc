import type { Mode } from './mode.ts';
import type { SelectorKey } from '../resolve/resolution.ts';

/** What a value is, for the field that edits it and for the JSON schema. */
export type SettingKind =
  /** A float of which 0 to 1 makes sense. */
  | 'ratio'
  | 'float'
  | 'int'
  /** A name or a whole number that several targets share. */
  | 'group'
  | 'granularity'
  | 'align'
  | 'choice'
  | 'quant-dtype'
  /** Groups of module names. */
  | 'fuse-names'
  /** A module of the teacher, or several. */
  | 'link'
  /** An int or a float. */
  | 'number';

/** One setting key of a mode: what everything that edits, explains or checks keys is made from. */
export interface SettingKey {
  readonly key: string;
  readonly mode: Mode;
  readonly kind: SettingKind;
  /** What it does, in one or two sentences. */
  readonly meaning: string;
  /** What NNI does without it. */
  readonly fallback: string;
  /** Targets whose template has the key, which a shorthand therefore reaches (rules C2, C3). */
  readonly reaches: readonly string[];
  readonly choices?: readonly string[];
  /** An example as JSON. */
  readonly example: string;
  /** Ids of the rules in SPEC.md. */
  readonly rule: string;
  /** Only at the top level of a sub-config. */
  readonly topLevelOnly?: boolean;
}

const weight = ['weight'];
const everyQuantized = ['_input_', 'weight', 'bias', '_output_'];

const pruningKeys: readonly SettingKey[] = [
  {
    key: 'sparse_ratio',
    mode: 'pruning',
    kind: 'ratio',
    meaning: 'The part of the target that is masked: 0.8 masks 80 %. In a group, the part of the whole group.',
    fallback: 'not set',
    reaches: weight,
    example: '0.5',
    rule: 'V3, X4',
  },
  {
    key: 'max_sparse_ratio',
    mode: 'pruning',
    kind: 'ratio',
    meaning: 'No single target loses more than this part. Used with a threshold or a global group.',
    fallback: 'no upper bound',
    reaches: weight,
    example: '0.9',
    rule: 'V3, X4',
  },
  {
    key: 'min_sparse_ratio',
    mode: 'pruning',
    kind: 'ratio',
    meaning: 'Every single target loses at least this part. Used with a threshold or a global group.',
    fallback: 'no lower bound',
    reaches: weight,
    example: '0.1',
    rule: 'V3, X4',
  },
  {
    key: 'sparse_threshold',
    mode: 'pruning',
    kind: 'float',
    meaning: 'Positions whose metric is below this number are masked. What fits depends on the pruner.',
    fallback: 'not set',
    reaches: weight,
    example: '0.01',
    rule: 'V3, X4',
  },
  {
    key: 'global_group_id',
    mode: 'pruning',
    kind: 'group',
    meaning: 'Targets with the same id share one ratio over all of them; single ones may lose more or less.',
    fallback: 'no group',
    reaches: weight,
    example: '"group_1"',
    rule: 'X2',
  },
  {
    key: 'dependency_group_id',
    mode: 'pruning',
    kind: 'group',
    meaning: 'Targets with the same id lose the same positions, as layers joined by an addition must.',
    fallback: 'no group',
    reaches: weight,
    example: '"block_1"',
    rule: 'X2',
  },
  {
    key: 'granularity',
    mode: 'pruning',
    kind: 'granularity',
    meaning: 'What is masked as one: an output channel, an input channel, or a block given as a list of sizes (-1 spans a dimension).',
    fallback: 'default: output channels of parameters, channels of inputs and outputs',
    reaches: weight,
    choices: ['default', 'in_channel', 'out_channel', 'per_channel'],
    example: '"out_channel"',
    rule: 'R6, X1',
  },
  {
    key: 'internal_metric_block',
    mode: 'pruning',
    kind: 'int',
    meaning: 'Positions are ranked within blocks of this many, not all together.',
    fallback: 'no blocks',
    reaches: weight,
    example: '4',
    rule: 'X2',
  },
  {
    key: 'align',
    mode: 'pruning',
    kind: 'align',
    meaning: 'The mask is not worked out but taken from another target, along the given dimensions.',
    fallback: 'a bias follows the weight of its own module',
    reaches: ['bias'],
    example: '{"module_name": null, "target_name": "weight", "dims": [0]}',
    rule: 'V3, X3',
  },
  {
    key: 'apply_method',
    mode: 'pruning',
    kind: 'choice',
    meaning: 'How the mask acts: mul multiplies by 0 or 1, add adds -1000 or 0 (before a softmax), bypass does nothing.',
    fallback: 'mul',
    reaches: ['weight', 'bias'],
    choices: ['mul', 'add', 'bypass'],
    example: '"mul"',
    rule: 'V3',
  },
];

const quantizationKeys: readonly SettingKey[] = [
  {
    key: 'quant_dtype',
    mode: 'quantization',
    kind: 'quant-dtype',
    meaning: 'The integer type: int or uint with a number of bits. NNI wants the key at top level and in every target setting.',
    fallback: 'null counts as int8; leaving the key out is refused',
    reaches: everyQuantized,
    example: '"int8"',
    rule: 'V4, R3',
  },
  {
    key: 'quant_scheme',
    mode: 'quantization',
    kind: 'choice',
    meaning: 'Symmetric keeps zero at zero; affine shifts the range to the values that occur.',
    fallback: 'chosen by the quantizer',
    reaches: everyQuantized,
    choices: ['affine', 'symmetric'],
    example: '"affine"',
    rule: 'V4',
  },
  {
    key: 'granularity',
    mode: 'quantization',
    kind: 'granularity',
    meaning: 'What shares one scale and zero point: the whole tensor, a channel, or a block given as a list of sizes.',
    fallback: 'default: the whole tensor',
    reaches: everyQuantized,
    choices: ['default', 'in_channel', 'out_channel', 'per_channel'],
    example: '"out_channel"',
    rule: 'R6',
  },
  {
    key: 'apply_method',
    mode: 'quantization',
    kind: 'choice',
    meaning: 'How quantization is simulated: clamp_round clamps and rounds, qat_clamp_round passes gradients through, bypass does nothing.',
    fallback: 'clamp_round',
    reaches: everyQuantized,
    choices: ['clamp_round', 'qat_clamp_round', 'bypass'],
    example: '"clamp_round"',
    rule: 'V4',
  },
  {
    key: 'fuse_names',
    mode: 'quantization',
    kind: 'fuse-names',
    meaning: 'Groups of two or three modules that run as one, e.g. a convolution with its batch norm. The first must be selected here.',
    fallback: 'nothing is fused',
    reaches: [],
    example: '[["conv1", "bn1"]]',
    rule: 'R4, E2',
    topLevelOnly: true,
  },
];

const distillationKeys: readonly SettingKey[] = [
  {
    key: 'lambda',
    mode: 'distillation',
    kind: 'number',
    meaning: 'Weight of the loss of this target in the sum.',
    fallback: '1',
    reaches: ['_output_'],
    example: '0.5',
    rule: 'V5, X6',
  },
  {
    key: 'link',
    mode: 'distillation',
    kind: 'link',
    meaning: 'Module of the teacher, or several, that this one learns from; auto is the one of the same name.',
    fallback: 'the module of the same name',
    reaches: ['_output_'],
    example: '"auto"',
    rule: 'V5, X6',
  },
  {
    key: 'apply_method',
    mode: 'distillation',
    kind: 'choice',
    meaning: 'The loss: mse for hidden states, kl for logits.',
    fallback: 'none: the layer-wise distillers then add no loss for the target',
    reaches: ['_output_'],
    choices: ['mse', 'kl'],
    example: '"mse"',
    rule: 'V5, X6',
  },
];

/** The setting keys of each mode, in the order in which people think of them. */
export const settingKeys: Readonly<Record<Mode, readonly SettingKey[]>> = {
  pruning: pruningKeys,
  quantization: quantizationKeys,
  distillation: distillationKeys,
};

/** The catalogue's entry of a key, or `undefined` for a key that the mode does not have. */
export function findSettingKey(mode: Mode, key: string): SettingKey | undefined {
  return settingKeys[mode].find((entry) => entry.key === key);
}

/** A key that every mode has. */
export interface CommonKey {
  readonly key: SelectorKey | 'target_names' | 'target_settings';
  readonly meaning: string;
  readonly example: string;
  readonly rule: string;
}

/** The six selectors, `target_names` and `target_settings`. */
export const commonKeys: readonly CommonKey[] = [
  {
    key: 'op_names',
    meaning: 'Full names of modules to select.',
    example: '["layer1.0.conv1"]',
    rule: 'S1, S5',
  },
  {
    key: 'op_names_re',
    meaning:
      'Patterns of Python’s re module. A pattern selects the names that begin with a match, so layer1 also takes layer10.',
    example: '["layer1\\\\..*conv"]',
    rule: 'S2',
  },
  {
    key: 'op_types',
    meaning: 'Class names. Beside names or patterns they keep only those types; alone they select all modules of the types.',
    example: '["Linear", "Conv2d"]',
    rule: 'S3',
  },
  {
    key: 'exclude_op_names',
    meaning: 'Full names of modules to take away again.',
    example: '["fc"]',
    rule: 'S4',
  },
  {
    key: 'exclude_op_names_re',
    meaning: 'Patterns; what begins with a match is taken away again.',
    example: '[".*downsample"]',
    rule: 'S4',
  },
  { key: 'exclude_op_types', meaning: 'Class names to take away again.', example: '["Embedding"]', rule: 'S4' },
  {
    key: 'target_names',
    meaning: 'Which tensors of a module are meant: weight, bias, _input_, _output_. Left out, all that the module type has a template for.',
    example: '["weight"]',
    rule: 'C5',
  },
  {
    key: 'target_settings',
    meaning: 'Settings of single targets; they go before the ones at top level.',
    example: '{"weight": {"sparse_ratio": 0.8}}',
    rule: 'C4',
  },
];
