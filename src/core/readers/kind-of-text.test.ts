import { expect, it } from 'vitest';
import { looksLikeConfigList } from './kind-of-text.ts';

it.each<[string, boolean]>([
  ['[{"op_types": ["Linear"], "sparse_ratio": 0.5}]', true],
  ["\uFEFF[\n  {'op_names_re': ['a']}]", true],
  ["import torch\nconfig_list = [{'op_types': ['Linear']}]\n", true],
  ['[{"name": "fc", "type": "Linear"}]', false],
  ['["op_types", "op_names"]', false],
  ['{"op_types": ["Conv2d"], "sparse_ratio": 0.5}', true],
  ["{'sparse_ratio': 0.5, 'op_types': ['Conv2d']}", true],
  ['{"max_sparse_ratio": 0.9, "op_types": ["Conv2d"]}', true],
  ['{ // of the first layers\n  "lambda": 0.5, "target_settings": {"_output_": {"lambda": 1}},\n  "exclude_op_names": ["a"], "op_names_re": ["a.*"]\n}', true],
  ['{"weights": {"op_types": [1]}, "note": "{\\"op_types\\": [1]}", "other": "op_types"}', false],
  ['{"": "Net", "op_types": "Linear"}', false],
  ['{"format": "compression-plan", "lists": {"pruning": [{"op_types": []}]}}', false],
  ['{"cells": [{"source": ["config_list = [{\'op_types\': []}]"]}]}', false],
  ["config_list = [{'op_types': ['Linear']}]\nNet(\n  (fc): Linear(in_features=2, out_features=2, bias=True)\n)", false],
  ['', false],
])('%j: %s', (text, expected) => {
  expect(looksLikeConfigList(text)).toBe(expected);
});
