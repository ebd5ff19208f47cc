import { describe, expect, it } from 'vitest';
import { readJsonValue } from './json-reader.ts';
import { choosesNothing, settingsText, titleOfConfig, titleText } from './sub-config-words.ts';
import { isConfigObject, type ConfigObject } from './value.ts';

function configOf(text: string): ConfigObject {
  const read = readJsonValue(text);
  if (!read.ok || !isConfigObject(read.value)) throw new Error(text);
  return read.value;
}

describe('the title and the settings of a sub-config', () => {
  it.each([
    ['{}', ''],
    ['{"op_names_re": [], "sparse_ratio": 0.5}', ''],
    ['{"op_types": ["Conv2d"]}', 'Conv2d'],
    ['{"op_names_re": ["layer[34].*conv"], "op_types": ["Conv2d"]}', 'layer[34].*conv · Conv2d'],
    ['{"op_names": ["a", "b", "c"]}', 'a, b, c'],
    ['{"op_names": ["a", "b", "c", "d"]}', 'a, b, 2 more'],
    ['{"op_names": ["layer.2"], "link": "bert.encoder.layer.5"}', 'layer.2 → bert.encoder.layer.5'],
    ['{"op_names": ["layer.2"], "link": "auto"}', 'layer.2'],
    ['{"op_names": "x", "op_types": [1, "Conv2d"]}', 'Conv2d'],
    ['{"op_names": [""], "op_names_re": [""], "op_types": ["", "Conv2d"]}', '(root), (every module) · Conv2d'],
  ])('K1a: %s is titled %j', (text, title) => {
    expect(titleText(configOf(text))).toBe(title);
  });

  it('K1a: a title distinguishes patterns from names', () => {
    expect(titleOfConfig(configOf('{"op_names_re": ["a.*"], "op_types": ["Conv2d"]}'))).toEqual([
      { kind: 'pattern', text: 'a.*' },
      { kind: 'word', text: ' · ' },
      { kind: 'name', text: 'Conv2d' },
    ]);
  });

  it.each([
    ['pruning', '{"granularity": "out_channel", "target_names": ["weight"], "sparse_ratio": 0.50}', 'sparse_ratio 0.50 · out_channel · weight'],
    ['pruning', '{"align": {"module_name": "conv1", "target_name": "weight", "dims": [0]}}', 'follows conv1.weight'],
    ['pruning', '{"align": {"module_name": null, "target_name": "weight", "dims": [0, 1]}}', 'follows its own weight, dims [0,1]'],
    ['pruning', '{"granularity": [4, 1], "dependency_group_id": "r1", "sparse_ratio": null}', 'sparse_ratio null · dependency group r1 · 4 × 1'],
    ['pruning', '{"sparse_ratio": 0.5, "target_settings": {"bias": {"sparse_ratio": 0.75}, "weight": {}}}', 'sparse_ratio 0.5 · bias: sparse_ratio 0.75 · weight: as the template'],
    ['pruning', '{"target_names": ["weight", "bias"], "target_settings": {"weight": {"sparse_ratio": 0.5}, "bias": {"sparse_ratio": 0.5}}}', 'weight, bias: sparse_ratio 0.5'],
    ['quantization', '{"target_names": ["weight", "_output_"], "quant_dtype": "int8", "quant_scheme": "affine", "fuse_names": [["a", "b"]]}', 'int8 · affine · 1 fusion · weight, _output_'],
    ['pruning', '{"op_types": ["Conv2d"], "exclude_op_names_re": [".*downsample"], "exclude_op_names": ["conv1"]}', 'without conv1, .*downsample'],
    ['pruning', '{"sparse_ratio": "0.5", "dependency_group_id": "1", "global_group_id": "a"}', 'sparse_ratio "0.5" · global group a · dependency group "1"'],
    ['pruning', '{"sparse_ratio": "null", "granularity": "", "max_sparse_ratio": "True"}', 'sparse_ratio "null" · max_sparse_ratio "True" · ""'],
    ['distillation', '{"op_names": ["a"], "lambda": 0.5, "link": "b", "apply_method": "mse"}', 'lambda 0.5 · mse'],
    ['distillation', '{"op_types": ["A"], "lambda": 0.5, "link": "auto", "apply_method": "mse"}', 'lambda 0.5 · mse · link auto'],
  ] as const)('K1b: in %s, %s sets %j', (mode, text, words) => {
    expect(settingsText(configOf(text), mode)).toBe(words);
  });

  it.each([
    ['{}', true],
    ['{"op_names_re": [], "sparse_ratio": 0.5}', true],
    ['{"op_types": [""], "sparse_ratio": 0.5}', true],
    ['{"op_names_re": [""], "sparse_ratio": 0.5}', false],
    ['{"op_names": [""]}', false],
    ['{"op_types": ["a"]}', false],
    ['{"op_names": "x"}', false],
  ])('K1: %s chooses nothing: %s', (text, nothing) => {
    expect(choosesNothing(configOf(text))).toBe(nothing);
  });
});
