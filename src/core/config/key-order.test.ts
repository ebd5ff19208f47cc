import { expect, it } from 'vitest';
import { readJsonValue } from './json-reader.ts';
import { writeCompactJson } from './json-writer.ts';
import { settingKeyNames } from './config-schema.ts';
import { modes } from './mode.ts';
import { orderKeys } from './key-order.ts';
import { isConfigObject, objectOf } from './value.ts';

it.each([
  [
    'pruning',
    '{"sparse_ratio":0.5,"foo":1,"target_settings":{"bias":{"align":null,"sparse_ratio":1.0},"weight":[]},"exclude_op_names_re":["b"],"op_types":["c"],"op_names_re":["a"],"target_names":["bias"]}',
    '{"op_names_re":["a"],"op_types":["c"],"exclude_op_names_re":["b"],"target_names":["bias"],"target_settings":{"bias":{"sparse_ratio":1.0,"align":null},"weight":[]},"sparse_ratio":0.5,"foo":1}',
  ],
  [
    'pruning',
    '{"apply_method":"mul","target_settings":{"bias":{"apply_method":"mul","align":null}},"internal_metric_block":4,"min_sparse_ratio":0.1,"sparse_threshold":0.1,"granularity":"default","max_sparse_ratio":0.9}',
    '{"target_settings":{"bias":{"align":null,"apply_method":"mul"}},"max_sparse_ratio":0.9,"min_sparse_ratio":0.1,"sparse_threshold":0.1,"granularity":"default","internal_metric_block":4,"apply_method":"mul"}',
  ],
  ['quantization', '{"fuse_names":[],"quant_dtype":"int8","op_names":[]}', '{"op_names":[],"quant_dtype":"int8","fuse_names":[]}'],
  ['distillation', '{"apply_method":"kl","lambda":1.0,"zzz":1,"aaa":2}', '{"lambda":1.0,"apply_method":"kl","zzz":1,"aaa":2}'],
] as const)('E8: keys are exported in the order of the specification (%s)', (mode, written, ordered) => {
  const read = readJsonValue(written);
  if (!read.ok || !isConfigObject(read.value)) throw new Error(written);
  expect(writeCompactJson(orderKeys(read.value, mode))).toBe(ordered);
});

it.each(modes)('E8: every setting of %s has its place', (mode) => {
  const entries = settingKeyNames(mode).map((key) => [key, null] as const);
  const ordered = orderKeys(objectOf([['zzz', null], ...entries]), mode).entries.map(([key]) => key);
  expect(ordered.at(-1)).toBe('zzz');
  expect(ordered.slice(0, -1).toSorted()).toEqual(settingKeyNames(mode).toSorted());
});
