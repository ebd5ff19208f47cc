import { commonKeys } from './config-schema.ts';
import type { Mode } from './mode.ts';
import { isConfigObject, objectOf, type ConfigEntry, type ConfigObject } from './value.ts';

/**
 * A sub-config with its keys as the specification lists them (rule E8): selectors, excludes, targets, settings; keys
 * that NNI does not know at the end. The order of targets stays, as nothing else orders them. It means the same.
 */
export function orderKeys(config: ConfigObject, mode: Mode): ConfigObject {
  const order = [...selecting, ...commonKeys.filter((key) => !selecting.includes(key)), ...settingOrder[mode]];
  const entries = config.entries.map(([key, value]): ConfigEntry => {
    if (key !== 'target_settings' || !isConfigObject(value)) return [key, value];
    return [key, objectOf(value.entries.map(([target, setting]): ConfigEntry => [
      target,
      isConfigObject(setting) ? sorted(setting, settingOrder[mode]) : setting,
    ]))];
  });
  return sorted(objectOf(entries), order);
}

/** As in the examples and the headings of the specification; NNI's schema has another order. */
const settingOrder: Readonly<Record<Mode, readonly string[]>> = {
  pruning: [
    'sparse_ratio', 'max_sparse_ratio', 'min_sparse_ratio', 'sparse_threshold', 'global_group_id', 'dependency_group_id',
    'granularity', 'internal_metric_block', 'align', 'apply_method',
  ],
  quantization: ['quant_dtype', 'quant_scheme', 'fuse_names', 'granularity', 'apply_method'],
  distillation: ['lambda', 'link', 'apply_method'],
};

/** Names first: people look for them. */
const selecting = ['op_names', 'op_names_re', 'op_types'];

function sorted({ entries }: ConfigObject, order: readonly string[]): ConfigObject {
  const rank = ([key]: ConfigEntry): number => {
    const at = order.indexOf(key);
    return at < 0 ? order.length : at;
  };
  return objectOf(entries.toSorted((a, b) => rank(a) - rank(b)));
}
