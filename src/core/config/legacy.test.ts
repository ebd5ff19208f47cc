import { describe, expect, test } from 'vitest';
import { parseList } from '../testing/nni-vectors.ts';
import { writeCompactJson } from './json-writer.ts';
import { importLegacy, translateLegacy } from './legacy.ts';

function translated(text: string): string {
  const result = translateLegacy(parseList(text));
  if (!result.ok) return `${result.error.error.type}: ${result.error.error.message}`;
  return result.value === null ? 'not legacy' : writeCompactJson(result.value).replaceAll(/\s/g, '');
}

describe('L1–L6: lists of NNI 2.x', () => {
  test.each([
    ['L1 the first sub-config decides', '[{"op_types": []}, {"exclude": true}]', 'not legacy'],
    ['L1 whatever the value', '[{"exclude": false, "op_types": []}]', '[{"op_types":[]}]'],
    ['L2 partial names replace patterns',
      '[{"sparsity": null, "op_partial_names": ["a.b", 1], "op_names_re": ["x"]}]',
      '[{"op_names_re":[".*a.b.*",".*1.*"]}]'],
    ['L3 excludes go to every sub-config',
      '[{"op_types": ["A"], "sparsity": null, "exclude_op_types": ["B"]}, {"exclude": 1, "op_names": ["n"]}]',
      '[{"op_types":["A"],"exclude_op_types":[],"exclude_op_names":["n"],"exclude_op_names_re":[]},' +
        '{"op_names":["n"],"exclude_op_types":[],"exclude_op_names":["n"],"exclude_op_names_re":[]}]'],
    ['L4 total before per layer before sparsity',
      '[{"sparsity": 0.1, "sparsity_per_layer": 0.2, "max_sparsity_per_layer": 0.9}]',
      '[{"target_names":["weight","bias"],"target_settings":{"weight":' +
        '{"sparse_ratio":0.2,"granularity":"default","max_sparse_ratio":0.9}}}]'],
    ['L4 groups are numbered, also where the ratio is None', '[{"total_sparsity": null}, {"total_sparsity": 0.5}]',
      '[{},{"target_names":["weight","bias"],"target_settings":{"weight":' +
        '{"sparse_ratio":0.5,"granularity":"default","group_id":1}}}]'],
    ['L5 one width', '[{"quant_types": ["output", "input"], "quant_bits": 4}]',
      '[{"target_names":["_input_","_output_"],"target_settings":' +
        '{"_input_":{"quant_dtype":"int4"},"_output_":{"quant_dtype":"int4"}}}]'],
    ['L5 a width of None is written out', '[{"quant_types": ["input"], "quant_bits": {"input": null}}]',
      '[{"target_names":["_input_"],"target_settings":{"_input_":{"quant_dtype":"intNone"}}}]'],
    ['L6 no bits', '[{"quant_types": ["weight"]}]', "KeyError: 'quant_bits'"],
    ['L6 no bits for a type', '[{"quant_types": ["weight"], "quant_bits": {"input": 8}}]', "KeyError: 'weight'"],
    ['L6 a value that cannot be walked', '[{"exclude": true, "op_names": 3}]',
      "TypeError: 'int' object is not iterable"],
  ])('%s', (_, text, expected) => {
    expect(translated(text)).toBe(expected);
  });

  test.each<readonly [string, string, readonly string[], string]>([
    ['a word', '"quant_types": ["wieght", "outputs"], "quant_bits": 8', ['weight for wieght', 'output for outputs'], 'weight int8 _output_ int8'],
    ['keys of bits', '"quant_types": ["weight"], "quant_bits": {"wieght": "4"}', ['weight for wieght'], 'weight int4'],
    ['a target without bits', '"quant_types": ["weight", "input"], "quant_bits": {"weight": 4}', ['4 bits for input'], '_input_ int4 weight int4'],
    ['no bits', '"quant_types": ["weight"]', ['quant_bits 8'], 'weight int8'],
    ['no slip', '"quant_types": ["weight", "bias"], "quant_bits": 8', [], 'weight int8'],
  ])('L7: importing puts slips right, and says so: %s', (_, keys, slips, targets) => {
    const imported = importLegacy(parseList(`[{"op_types": ["Linear"], ${keys}}]`), 'quantization');
    if (!imported.ok || imported.value === null) throw new Error('not imported');
    expect(imported.value.changes.flatMap((change) => (change.type === 'respelled' ? change.slips : []))).toEqual(slips);
    const [config] = JSON.parse(writeCompactJson(imported.value.list)) as [{ target_names: string[]; target_settings: Record<string, { quant_dtype: string }> }];
    expect(Object.entries(config.target_settings).map(([target, { quant_dtype }]) => `${target} ${quant_dtype}`).join(' ')).toBe(targets);
  });

  test('L4, L5: importing writes what the schema of NNI 3.0 takes, and says what changed', () => {
    const pruning = importLegacy(parseList('[{"op_types": ["Linear"], "total_sparsity": 0.5}]'), 'pruning');
    expect(pruning).toMatchObject({
      ok: true,
      value: {
        changes: [
          { type: 'pruning-keys', subConfig: 0 },
          { type: 'global-group', subConfig: 0, id: 0 },
        ],
      },
    });
    const list = pruning.ok && pruning.value !== null ? writeCompactJson(pruning.value.list) : '';
    expect(list).toContain('global_group_id');
    expect(list).not.toContain('"group_id"');

    const quantization = importLegacy(
      parseList('[{"quant_types": ["weight"], "quant_bits": 4}, {"op_names": ["a"], "exclude": true}]'),
      'quantization',
    );
    expect(quantization).toMatchObject({
      ok: true,
      value: {
        changes: [
          { type: 'quantization-keys', subConfig: 0 },
          { type: 'quant-dtype-added', subConfig: 0, quantDtype: 'int4' },
          { type: 'excludes', subConfig: 1 },
          { type: 'quant-dtype-added', subConfig: 1, quantDtype: 'int8' },
        ],
      },
    });
  });
});
