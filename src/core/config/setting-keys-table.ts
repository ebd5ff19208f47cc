import type { SelectorKey } from './selector-keys.ts';
import type { Mode } from './mode.ts';

/** The kind of a value, which decides the field that edits it. */
export type SettingKind =
  /** A float; useful from 0 to 1. */
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
  | 'link';

/** The description that every key has. */
export interface KeyDescription {
  /** The effect of the key, in one or two sentences. */
  readonly meaning: string;
  /** NNI's behaviour when the key is missing. */
  readonly fallback: string;
  /** The values that NNI accepts, in words. */
  readonly accepts: string;
  /** An example as JSON, which NNI takes. */
  readonly example: string;
  /** Ids of the rules in SPEC.md. */
  readonly rule: string;
}

/** One of the words that a key takes. */
export interface KeyChoice {
  readonly value: string;
  readonly meaning: string;
}

/** A setting key as the table has it. */
export interface SettingKeyRow extends KeyDescription {
  readonly key: string;
  readonly kind: SettingKind;
  /** Keys of one section are together in a form. */
  readonly section: 'amount' | 'groups' | 'shape' | 'method';
  readonly words?: readonly KeyChoice[];
  /** Only at the top level of a sub-config. */
  readonly topLevelOnly?: boolean;
}

/** A key that every mode has. */
export interface CommonKey extends KeyDescription {
  readonly key: SelectorKey | 'target_names' | 'target_settings';
}

/** A key inside `align`. */
export interface AlignKey extends KeyDescription {
  readonly key: 'module_name' | 'target_name' | 'dims';
}

const names = 'a list of strings, which may be empty';
const patterns = "a list of patterns of Python's re";

/** The keys that every mode has, in the order of a form. */
export const commonKeys: readonly CommonKey[] = [
  {
    key: 'op_names',
    meaning:
      'Full names of modules to select. NNI stops at a name that the model lacks, unless op_types sorts it out.',
    fallback: 'no module is selected by name',
    accepts: names,
    rule: 'S1, S5',
    example: '["layer1.0.conv1"]',
  },
  {
    key: 'op_names_re',
    meaning:
      'Patterns of module names to select. Each must fit from the start of the name, but may end early: ' +
      'layer1 also takes layer10.conv.',
    fallback: 'no module is selected by pattern',
    accepts: patterns,
    rule: 'S2',
    example: '["layer[12]\\\\..*conv\\\\d$"]',
  },
  {
    key: 'op_types',
    meaning:
      'With names or patterns, keeps only modules of these types; alone, selects every module of these types. ' +
      'A type is compared exactly: a subclass is another type.',
    fallback: 'modules of every type stay selected; an empty list means the same',
    accepts: names,
    rule: 'S3',
    example: '["Linear", "Conv2d"]',
  },
  {
    key: 'exclude_op_names',
    meaning: 'Full names of modules to take out of the selection.',
    fallback: 'nothing is taken out by name',
    accepts: names,
    rule: 'S4',
    example: '["fc"]',
  },
  {
    key: 'exclude_op_names_re',
    meaning: 'Patterns of module names to take out of the selection; they match as the patterns of op_names_re do.',
    fallback: 'nothing is taken out by pattern',
    accepts: patterns,
    rule: 'S4',
    example: '[".*downsample"]',
  },
  {
    key: 'exclude_op_types',
    meaning: 'Takes every module of these types out of the selection.',
    fallback: 'nothing is taken out by type',
    accepts: names,
    rule: 'S4',
    example: '["BatchNorm2d"]',
  },
  {
    key: 'target_names',
    meaning:
      'The parts of each selected module to compress: names of its parameters, _input_ and _output_, or one input or ' +
      'output alone (_input_0, _input_mask, _output_1). Targets that are not named are dropped.',
    fallback: "every target of the type's template, and of target_settings",
    accepts: names,
    rule: 'C5, C6',
    example: '["weight", "bias"]',
  },
  {
    key: 'target_settings',
    meaning:
      'Settings of one target each. They go over the template key by key and may add keys and targets, which ' +
      'a key at the top cannot.',
    fallback: "every target has the template's settings, changed by the keys at the top",
    accepts: 'an object from target names to objects of setting keys',
    rule: 'C4, V2',
    example: '{"weight": {"granularity": "out_channel"}}',
  },
];

/** The keys inside `align`. */
export const alignKeys: readonly AlignKey[] = [
  {
    key: 'module_name',
    meaning: 'The module whose mask is followed; null means the module itself.',
    fallback: 'NNI refuses the list: the key must be there',
    accepts: 'a string or null',
    rule: 'V3, X3',
    example: '"layer1.0.conv1"',
  },
  {
    key: 'target_name',
    meaning: 'The target of that module whose mask is followed; it must be masked in this list.',
    fallback: 'NNI refuses the list: the key must be there',
    accepts: 'a string',
    rule: 'V3, X3',
    example: '"weight"',
  },
  {
    key: 'dims',
    meaning:
      'Dimensions of that target which are followed, counted from 0. Where sizes do not fit, nothing is masked ' +
      'and nothing is said.',
    fallback: 'NNI refuses the list: the key must be there',
    accepts: 'a list of ints',
    rule: 'V3, X3',
    example: '[0]',
  },
];

const bypass: KeyChoice = { value: 'bypass', meaning: 'Leave the target as it is.' };

const pruningKeys: readonly SettingKeyRow[] = [
  {
    key: 'sparse_ratio',
    kind: 'ratio',
    section: 'amount',
    meaning:
      'The share of the target, or of its whole group, that is masked: 0.8 masks 80 %. Values outside 0 to 1 ' +
      'are accepted, and mask everything or nothing.',
    fallback: 'the target is not masked, unless a threshold or align says so',
    accepts: 'a float: 1.0, not 1. Not together with sparse_threshold, nor at two levels of one sub-config',
    rule: 'V3, X4',
    example: '0.5',
  },
  {
    key: 'sparse_threshold',
    kind: 'float',
    section: 'amount',
    meaning:
      'Masks parts with a score below this number, so the amount depends on the weights. The meaning ' +
      'of the scores differs from pruner to pruner.',
    fallback: 'nothing is masked by threshold',
    accepts: 'a float: 1.0, not 1. Not together with sparse_ratio',
    rule: 'V3, X4',
    example: '0.1',
  },
  {
    key: 'max_sparse_ratio',
    kind: 'ratio',
    section: 'amount',
    meaning: 'The most that may be masked of one target; keeps small layers of a group or a threshold alive.',
    fallback: 'all of a target may be masked',
    accepts: 'a number above 0 and up to 1',
    rule: 'V3, X4',
    example: '0.9',
  },
  {
    key: 'min_sparse_ratio',
    kind: 'ratio',
    section: 'amount',
    meaning: 'The least share that is masked of one target, even if its group or threshold would mask less.',
    fallback: 'a target may stay whole',
    accepts: 'a number from 0 on and below 1',
    rule: 'V3, X4',
    example: '0.1',
  },
  {
    key: 'global_group_id',
    kind: 'group',
    section: 'groups',
    meaning:
      'Targets of one id share one sparse_ratio: it is reached over all of them together, unevenly. All must ' +
      'set the same ratio.',
    fallback: 'the target reaches its ratio by itself',
    accepts: 'an int or a string',
    rule: 'V3, X2',
    example: '"group_1"',
  },
  {
    key: 'dependency_group_id',
    kind: 'group',
    section: 'groups',
    meaning:
      'Targets of one id are masked at the same positions, as layers need whose outputs are added. They need ' +
      'the same ratio and the same number of positions.',
    fallback: 'the target is masked by its own scores',
    accepts: 'an int or a string',
    rule: 'V3, X2',
    example: '"residual_1"',
  },
  {
    key: 'internal_metric_block',
    kind: 'int',
    section: 'groups',
    meaning:
      'Cuts the positions of a dependency group into this many blocks and masks the same share of each, as ' +
      'grouped convolutions and attention heads need.',
    fallback: 'one block',
    accepts: 'an int; the least common multiple within a group must divide the number of positions',
    rule: 'V3, X2',
    example: '4',
  },
  {
    key: 'granularity',
    kind: 'granularity',
    section: 'shape',
    meaning: 'The piece that is masked or kept as one: single values, whole channels, or blocks of a given size.',
    fallback: 'default: whole output channels of parameters, and channels of inputs and outputs',
    accepts: 'one of the words or a list of block sizes, -1 for a whole dimension',
    rule: 'V3, R6, X1',
    example: '[4, 4]',
    words: [
      { value: 'default', meaning: 'The choice of the pruner.' },
      { value: 'out_channel', meaning: 'Whole output channels: dimension 0 of a parameter.' },
      { value: 'in_channel', meaning: 'Whole input channels: dimension 1 of a parameter.' },
      { value: 'per_channel', meaning: 'Whole channels of an input or output: dimension 1 in NNI 3.0.' },
    ],
  },
  {
    key: 'align',
    kind: 'align',
    section: 'shape',
    meaning:
      'Follows the mask of another target instead of making its own: a bias goes where the whole row of its ' +
      'weight went.',
    fallback: 'a bias follows the weight of its own module; other targets make their own mask',
    accepts: 'an object with exactly module_name, target_name and dims',
    rule: 'V3, X3',
    example: '{"module_name": null, "target_name": "weight", "dims": [0]}',
  },
  {
    key: 'apply_method',
    kind: 'choice',
    section: 'method',
    meaning: 'How the mask is put on the target.',
    fallback: 'mul',
    accepts: 'one of the words',
    rule: 'V3',
    example: '"mul"',
    words: [
      { value: 'mul', meaning: 'Multiply: masked values become 0.' },
      { value: 'add', meaning: 'Add: masked values get -1000, as the input of a softmax needs.' },
      bypass,
    ],
  },
];

const quantizationKeys: readonly SettingKeyRow[] = [
  {
    key: 'quant_dtype',
    kind: 'quant-dtype',
    section: 'amount',
    meaning: 'The integers that values are rounded to: int or uint with a number of bits.',
    fallback: 'NNI refuses the list: the key must be at the top and in every target of target_settings',
    accepts: 'a string such as int8 or uint4, or null for int8',
    rule: 'V4, R3',
    example: '"int8"',
  },
  {
    key: 'quant_scheme',
    kind: 'choice',
    section: 'method',
    meaning: 'Whether the range is centred on zero or shifted to where the values lie.',
    fallback: 'the quantizer chooses; most are symmetric',
    accepts: 'one of the words',
    rule: 'V4',
    example: '"affine"',
    words: [
      { value: 'symmetric', meaning: 'Centred on zero: no zero point.' },
      { value: 'affine', meaning: 'Shifted by a zero point, so that the range is used in full.' },
    ],
  },
  {
    key: 'granularity',
    kind: 'granularity',
    section: 'shape',
    meaning: 'The piece that has a scale and zero point of its own.',
    fallback: 'default: one scale for the whole tensor',
    accepts: 'one of the words or a list of block sizes, -1 for a whole dimension',
    rule: 'V4, R6',
    example: '"out_channel"',
    words: [
      { value: 'default', meaning: 'One scale for the whole tensor.' },
      { value: 'out_channel', meaning: 'One for each output channel of a parameter.' },
      { value: 'in_channel', meaning: 'One for each input channel of a parameter.' },
      { value: 'per_channel', meaning: 'One for each channel (dimension 1) of an input or output.' },
    ],
  },
  {
    key: 'apply_method',
    kind: 'choice',
    section: 'method',
    meaning: 'How values are rounded. Quantizers that need another way set it themselves.',
    fallback: 'clamp_round',
    accepts: 'one of the words',
    rule: 'V4',
    example: '"clamp_round"',
    words: [
      { value: 'clamp_round', meaning: 'Clamp to the range, then round.' },
      { value: 'qat_clamp_round', meaning: 'The same with the gradients that training with quantization needs.' },
      bypass,
    ],
  },
  {
    key: 'fuse_names',
    kind: 'fuse-names',
    section: 'shape',
    meaning:
      'Modules that are quantized as one: the first, which this sub-config must select, with the one or two ' +
      'that follow it. NNI fuses convolutions and Linear with BatchNorm and ReLU.',
    fallback: 'nothing is fused',
    accepts: 'a list of tuples of two or three module names; JSON writes them as lists',
    rule: 'V4, R4, E2',
    example: '[["conv1", "bn1", "relu"]]',
    topLevelOnly: true,
  },
];

const distillationKeys: readonly SettingKeyRow[] = [
  {
    key: 'lambda',
    kind: 'float',
    section: 'amount',
    meaning: 'The weight of this loss in the sum of all losses.',
    fallback: '1.0',
    accepts: 'a float: 1.0; an int as well, but every distiller fails on it later',
    rule: 'V5, X6',
    example: '0.5',
  },
  {
    key: 'apply_method',
    kind: 'choice',
    section: 'method',
    meaning: "How the student's output is compared with the teacher's.",
    fallback: 'mse',
    accepts: 'one of the words',
    rule: 'V5, A-D1',
    example: '"mse"',
    words: [
      { value: 'mse', meaning: 'Mean squared error, for hidden states.' },
      { value: 'kl', meaning: 'Kullback-Leibler divergence of the softened outputs, for logits.' },
    ],
  },
  {
    key: 'link',
    kind: 'link',
    section: 'method',
    meaning: 'The module of the teacher to learn from, or several.',
    fallback: "auto: the teacher's module of the same name",
    accepts: 'a string or a list of strings',
    rule: 'V5, X6',
    example: '"auto"',
  },
];

/** The setting keys of each mode, in the order of a form. */
export const settingKeyRows: Readonly<Record<Mode, readonly SettingKeyRow[]>> = {
  pruning: pruningKeys,
  quantization: quantizationKeys,
  distillation: distillationKeys,
};
