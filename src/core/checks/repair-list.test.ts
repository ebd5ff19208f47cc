import { describe, expect, test } from 'vitest';
import { writeCompactJson } from '../config/json-writer.ts';
import type { Mode } from '../config/mode.ts';
import type { ConfigValue } from '../config/value.ts';
import { createResolver } from '../resolve/resolver.ts';
import { parseList, readSample } from '../testing/nni-vectors.ts';
import { collectFindings } from './collect-findings.ts';
import type { Finding } from './finding.ts';
import { repairList } from './repair-list.ts';

const resolver = createResolver(readSample('spec_mlp'));

function findingsOf(mode: Mode): (list: ConfigValue) => readonly Finding[] {
  return (list) => {
    const resolution = resolver.resolve({ mode, list, templates: [], python: '3.11' });
    return collectFindings(resolution, resolver.tree, { resolver, list, templates: [], python: '3.11', teacher: null });
  };
}

function repaired(text: string, mode: Mode = 'pruning'): string {
  return writeCompactJson(repairList(parseList(text), mode, { findingsOf: findingsOf(mode), tryList: findingsOf(mode) }).list);
}

describe('F10c: a list is repaired', () => {
  test.each<[string, string, string]>([
    ['what was meant first', '[{"op_type":["linear"],"sparse_ration":1}]', '[{"op_types":["Linear"],"sparse_ratio":1.0}]'],
    ['a list of NNI 2.x is translated', '[{"op_types":["Linear"],"sparsity":0.5}]',
      '[{"op_types":["Linear"],"target_names":["weight","bias"],"target_settings":{"weight":{"sparse_ratio":0.5,"granularity":"default"}}}]'],
    ['what runs and loses targets is left to the person', '[{"op_types":["Linear"],"sparse_ratio":0.5},{"op_names":["fc1"],"sparse_ratio":0.2}]',
      '[{"op_types":["Linear"],"sparse_ratio":0.5},{"op_names":["fc1"],"sparse_ratio":0.2}]'],
  ])('%s', (_, text, expected) => {
    expect(repaired(text)).toBe(expected);
  });

  test.each<[string, Mode, string, string]>([
    ['words of quant_types', 'quantization', '[{"op_types":["Linear"],"quant_types":["wieght","outputs"],"quant_bits":{"weight":8,"outputs":4}}]',
      '[{"op_types":["Linear"],"target_names":["weight","_output_"],"target_settings":{"weight":{"quant_dtype":"int8"},"_output_":{"quant_dtype":"int4"}},"quant_dtype":"int8"}]'],
    ['in a list that is half of NNI 3.0', 'quantization', '[{"op_names":["fc1"],"quant_dtype":"int8","target_names":["weight"]},{"op_names":["fc2"],"quant_types":["wieght"],"quant_bits":4}]',
      '[{"op_names":["fc1"],"quant_dtype":"int8","target_names":["weight"]},{"op_names":["fc2"],"target_names":["weight"],"target_settings":{"weight":{"quant_dtype":"int4"}},"quant_dtype":"int4"}]'],
    ['a sub-config that only excludes', 'pruning', '[{"op_types":["Linear"],"sparsity":0.5},{"op_names":["fc3"],"exclude":true}]',
      '[{"op_types":["Linear"],"exclude_op_names":["fc3"],"target_names":["weight","bias"],"target_settings":{"weight":{"sparse_ratio":0.5,"granularity":"default"}}}]'],
  ])('L7, F16: a list of NNI 2.x: %s', (_, mode, text, expected) => {
    expect(repaired(text, mode)).toBe(expected);
  });

  test.each<[string, string, readonly string[]]>([
    ['selects nothing on purpose', '[{"op_types":["Linear"],"sparsity":0.5},{"op_names":["fc3"],"exclude":true}]', []],
    ['so does its translation', '[{"op_types":["Linear"],"sparse_ratio":0.5,"exclude_op_names":["fc3"]},{"op_names":["fc3"],"exclude_op_names":["fc3"],"sparse_ratio":0.5}]', []],
    ['has its effect in one of the others', '[{"op_names":["fc1"],"sparsity":0.5},{"op_names":["fc2","fc3"],"sparsity":0.2},{"op_names":["fc3"],"exclude":true}]', ['entry-without-effect 1']],
    ['has none', '[{"op_names":["fc1"],"sparsity":0.5},{"op_names":["fc2"],"sparsity":0.2},{"op_names":["fc3"],"exclude":true}]', ['entry-without-effect 0', 'entry-without-effect 1']],
    ['is no exclude of all', '[{"op_types":["Linear"],"sparse_ratio":0.5},{"op_names":["fc3"],"exclude_op_names":["fc3"],"sparse_ratio":0.5}]', ['selects-nothing 1']],
  ])('F16: a sub-config that only excludes %s', (_, text, found) => {
    expect(findingsOf('pruning')(parseList(text)).map(({ code, where }) => `${code} ${where.subConfig}`)).toEqual(found);
  });

  test.each<[string, Mode, string, string]>([
    ['an amount of the sub-config', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":0.5,"target_names":["_input_x"]}]',
      '[{"op_types":["Linear"],"target_names":["_input_"],"target_settings":{"_input_":{"sparse_ratio":0.5}}}]'],
    ['settings of its own', 'pruning', '[{"op_types":["Linear"],"target_names":["_input_x"],"target_settings":{"_input_x":{"sparse_ratio":0.5}}}]',
      '[{"op_types":["Linear"],"target_names":["_input_"],"target_settings":{"_input_":{"sparse_ratio":0.5}}}]'],
    ['the only input', 'quantization', '[{"op_types":["Linear"],"quant_dtype":"int8","target_names":["_input_x","_output_"]}]',
      '[{"op_types":["Linear"],"quant_dtype":"int8","target_names":["_input_0","_output_"]}]'],
    ['its settings go with it', 'quantization', '[{"op_types":["Linear"],"quant_dtype":"int8","target_names":["_input_x"],"target_settings":{"_input_x":{"quant_dtype":"int4"}}}]',
      '[{"op_types":["Linear"],"quant_dtype":"int8","target_names":["_input_0"],"target_settings":{"_input_0":{"quant_dtype":"int4"}}}]'],
  ])('X9, F9a: an input that forward does not have is the one that it takes: %s', (_, mode, text, expected) => {
    expect(repaired(text, mode)).toBe(expected);
    expect(findingsOf(mode)(parseList(expected)).filter(({ code }) => code === 'input-not-met' || code === 'unknown-target')).toEqual([]);
  });
});
