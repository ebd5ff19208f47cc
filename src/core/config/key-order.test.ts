import { expect, it } from 'vitest';
import { readJsonValue } from './json-reader.ts';
import { writeCompactJson } from './json-writer.ts';
import { orderKeys } from './key-order.ts';
import { isConfigObject } from './value.ts';

it.each([
  [
    'pruning',
    '{"sparse_ratio":0.5,"foo":1,"target_settings":{"bias":{"align":null,"sparse_ratio":1.0},"weight":[]},"exclude_op_names_re":["b"],"op_types":["c"],"op_names_re":["a"],"target_names":["bias"]}',
    '{"op_names_re":["a"],"op_types":["c"],"exclude_op_names_re":["b"],"target_names":["bias"],"target_settings":{"bias":{"sparse_ratio":1.0,"align":null},"weight":[]},"sparse_ratio":0.5,"foo":1}',
  ],
  ['quantization', '{"fuse_names":[],"quant_dtype":"int8","op_names":[]}', '{"op_names":[],"quant_dtype":"int8","fuse_names":[]}'],
  ['distillation', '{"apply_method":"kl","lambda":1.0,"zzz":1,"aaa":2}', '{"lambda":1.0,"apply_method":"kl","zzz":1,"aaa":2}'],
] as const)('E8: keys are exported in the order of the specification (%s)', (mode, written, ordered) => {
  const read = readJsonValue(written);
  if (!read.ok || !isConfigObject(read.value)) throw new Error(written);
  expect(writeCompactJson(orderKeys(read.value, mode))).toBe(ordered);
});
