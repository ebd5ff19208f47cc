import type { Mode } from './mode.ts';
import { type ConfigValue, isConfigList, isConfigNumber, isConfigObject, numberOf } from './value.ts';

/** A rule for a value: data without code, so that forms and the JSON schema are made from it too. */
export type ValueRule =
  | { readonly type: 'exactly'; readonly value: string | null }
  | { readonly type: 'kind'; readonly kind: PythonKind }
  /** Between two bounds; which of them count is in the name. */
  | { readonly type: 'range'; readonly range: 'above-0-to-1' | '0-to-below-1' }
  /** `list-as-tuple`: Python wants a tuple, and a list of JSON is written as one (rule E2). */
  | { readonly type: 'list'; readonly container: 'list' | 'tuple' | 'list-as-tuple'; readonly item: ValueRule }
  | { readonly type: 'any-of'; readonly options: readonly ValueRule[] }
  | { readonly type: 'dict'; readonly keys: DictRule };

export type PythonKind = 'int' | 'float' | 'str' | 'list' | 'dict' | 'tuple';

/** The keys of a dict: listed ones, or any key with one rule for all values. */
export type DictRule =
  | { readonly type: 'listed'; readonly keys: readonly KeyRule[] }
  | { readonly type: 'any-key'; readonly value: ValueRule };

/** A key, or several that one rule covers. */
export interface KeyRule {
  readonly names: readonly string[];
  readonly required: boolean;
  /** At most one of `names` in all of a sub-config (rule V3). */
  readonly onlyOne: boolean;
  readonly value: ValueRule;
}

const text: ValueRule = { type: 'kind', kind: 'str' };
const integer: ValueRule = { type: 'kind', kind: 'int' };
const float: ValueRule = { type: 'kind', kind: 'float' };
const list: ValueRule = { type: 'kind', kind: 'list' };
const none: ValueRule = { type: 'exactly', value: null };
const texts: ValueRule = { type: 'list', container: 'list', item: text };
const textTuple: ValueRule = { type: 'list', container: 'tuple', item: text };

function anyOf(...options: readonly ValueRule[]): ValueRule {
  return { type: 'any-of', options };
}

function words(...values: readonly string[]): readonly ValueRule[] {
  return values.map((value) => ({ type: 'exactly', value }));
}

function optional(name: string, value: ValueRule): KeyRule {
  return { names: [name], required: false, onlyOne: false, value };
}

function required(name: string, value: ValueRule): KeyRule {
  return { names: [name], required: true, onlyOne: false, value };
}

const granularity = optional(
  'granularity',
  anyOf(...words('default', 'in_channel', 'out_channel', 'per_channel'), list),
);

/** Setting keys of each mode, at top level and inside `target_settings` alike (rules V3–V5). */
const settingKeys: Readonly<Record<Mode, readonly KeyRule[]>> = {
  pruning: [
    { names: ['sparse_ratio', 'sparse_threshold'], required: false, onlyOne: true, value: float },
    optional('max_sparse_ratio', { type: 'range', range: 'above-0-to-1' }),
    optional('min_sparse_ratio', { type: 'range', range: '0-to-below-1' }),
    optional('global_group_id', anyOf(integer, text)),
    optional('dependency_group_id', anyOf(integer, text)),
    optional('internal_metric_block', integer),
    granularity,
    optional('apply_method', anyOf(...words('bypass', 'mul', 'add'))),
    optional('align', {
      type: 'dict',
      keys: {
        type: 'listed',
        keys: [required('module_name', anyOf(text, none)), required('target_name', text), required('dims', list)],
      },
    }),
  ],
  quantization: [
    required('quant_dtype', anyOf(text, none)),
    optional('quant_scheme', anyOf(...words('affine', 'symmetric'))),
    granularity,
    optional('apply_method', anyOf(...words('bypass', 'clamp_round', 'qat_clamp_round'))),
    optional('fuse_names', {
      type: 'list',
      container: 'list',
      item: { type: 'list', container: 'list-as-tuple', item: text },
    }),
  ],
  distillation: [
    optional('lambda', anyOf(integer, float)),
    optional('link', anyOf(text, texts, textTuple)),
    optional('apply_method', anyOf(...words('mse', 'kl'))),
  ],
};

/** Keys that every mode has (rules V1, V2). */
export const commonKeys: readonly string[] = [
  'op_types',
  'op_names',
  'op_names_re',
  'exclude_op_names',
  'exclude_op_types',
  'exclude_op_names_re',
  'target_names',
  'target_settings',
];

/** The setting keys of a mode, in NNI's order (rule V2). */
export function settingKeyNames(mode: Mode): readonly string[] {
  return settingKeys[mode].flatMap((key) => key.names);
}

/** The rule for a sub-config of a mode (rules V1–V5). */
export function subConfigRule(mode: Mode): ValueRule {
  return subConfigRules[mode];
}

const subConfigRules: Readonly<Record<Mode, ValueRule>> = {
  pruning: buildSubConfigRule('pruning'),
  quantization: buildSubConfigRule('quantization'),
  distillation: buildSubConfigRule('distillation'),
};

function buildSubConfigRule(mode: Mode): ValueRule {
  const setting: ValueRule = { type: 'dict', keys: { type: 'listed', keys: settingKeys[mode] } };
  return {
    type: 'dict',
    keys: {
      type: 'listed',
      keys: [
        { names: ['op_types', 'op_names', 'op_names_re'], required: true, onlyOne: false, value: texts },
        optional('exclude_op_names', texts),
        optional('exclude_op_types', texts),
        optional('exclude_op_names_re', texts),
        optional('target_names', texts),
        optional('target_settings', { type: 'dict', keys: { type: 'any-key', value: setting } }),
        ...settingKeys[mode],
      ],
    },
  };
}

/** Whether a value is of a Python kind. A bool is no int here: the checker that NNI uses says so (rule V6). */
export function isOfKind(value: ConfigValue, kind: PythonKind): boolean {
  switch (kind) {
    case 'int':
    case 'float':
      return isConfigNumber(value) && value.type === kind;
    case 'str':
      return typeof value === 'string';
    case 'list':
      return isConfigList(value);
    case 'dict':
      return isConfigObject(value);
    case 'tuple':
      // JSON has no tuples.
      return false;
  }
}

/** Whether a number lies in a range; bools count as 0 and 1, as in Python. `null`: not comparable. */
export function isInRange(value: ConfigValue, range: 'above-0-to-1' | '0-to-below-1'): boolean | null {
  let number: number;
  if (typeof value === 'boolean') number = value ? 1 : 0;
  else if (isConfigNumber(value)) number = numberOf(value);
  else return null;
  return range === 'above-0-to-1' ? number > 0 && number <= 1 : number >= 0 && number < 1;
}
