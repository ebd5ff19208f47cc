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
