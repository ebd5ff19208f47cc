import { expect, test } from 'vitest';
import { createTemplateRegistry } from './setting-templates.ts';
import { type ConfigObject, type ConfigValue, isConfigObject, objectOf } from './value.ts';

function keysOf(setting: ConfigValue): string {
  return isConfigObject(setting) ? setting.entries.map(([key]) => key).join(' ') : '?';
}

function shape(template: ConfigObject | null): string {
  if (template === null) return 'none';
  return template.entries.map(([target, setting]) => `${target}: ${keysOf(setting)}`).join('; ');
}

const weight =
  'weight: sparse_ratio max_sparse_ratio min_sparse_ratio sparse_threshold global_group_id dependency_group_id ' +
  'granularity internal_metric_block apply_method';
const quantized = 'quant_dtype quant_scheme granularity apply_method';

test.each([
  ['pruning', 'Conv3d', `${weight}; bias: align apply_method`],
  ['pruning', 'Embedding', weight],
  ['pruning', 'LayerNorm', 'none'],
  ['pruning', 'linear', 'none'],
  ['quantization', 'BatchNorm3d', 'none'],
  ['quantization', 'BatchNorm2d',
    `_input_: ${quantized}; weight: ${quantized}; bias: ${quantized}; _output_: ${quantized}`],
  ['quantization', 'Hardtanh', `_input_: ${quantized}; _output_: ${quantized}`],
  ['distillation', 'Anything', '_output_: lambda link apply_method'],
] as const)('C1, C2: %s of %s', (mode, type, expected) => {
  expect(shape(createTemplateRegistry(mode, [])(type))).toBe(expected);
});

test('C1: of the user’s templates for one type the later holds, over NNI’s own, in its mode only', () => {
  const first = objectOf([['weight', objectOf([])]]);
  const second = objectOf([['bias', objectOf([])]]);
  const find = createTemplateRegistry('pruning', [
    { mode: 'pruning', moduleType: 'Linear', setting: first },
    { mode: 'pruning', moduleType: 'Linear', setting: second },
    { mode: 'quantization', moduleType: 'Conv1D', setting: first },
  ]);
  expect([find('Linear'), find('Conv1D')]).toEqual([second, null]);
});
