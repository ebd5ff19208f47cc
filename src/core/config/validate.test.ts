import { describe, expect, test } from 'vitest';
import { parseList } from '../testing/nni-vectors.ts';
import type { Mode } from './mode.ts';
import { validateSubConfig } from './validate.ts';

function faults(text: string, mode: Mode): readonly string[] {
  const [subConfig] = parseList(`[${text}]`);
  return validateSubConfig(subConfig!,
    mode).map(({ rule, code, path }) => `${rule} ${code} ${path.join('.')}`.trimEnd());
}

function firstError(text: string, mode: Mode): string {
  const [subConfig] = parseList(`[${text}]`);
  const [fault] = validateSubConfig(subConfig!, mode);
  return fault === undefined ? '' : `${fault.error.type}: ${fault.error.message}`;
}

describe('V1–V7: which sub-configs are taken, and where the others are wrong', () => {
  test.each<[string, Mode, string, readonly string[]]>([
    ['V1 a selector is enough', 'pruning', '{"op_names": []}', []],
    ['V1 no selector', 'pruning', '{"sparse_ratio": 0.5}', ['V1 missing-selector']],
    ['V1 not a dict', 'pruning', '3', ['V1 not-a-dict']],
    ['V1 a text for a list', 'pruning', '{"op_types": "Linear"}', ['V1 wrong-value op_types']],
    ['V1 every bad item', 'pruning', '{"op_types": [1, "a", null]}',
      ['V1 wrong-value op_types.0', 'V1 wrong-value op_types.2']],
    ['V2 unknown key', 'pruning', '{"op_types": [], "sparsity_ratio": 0.5}', ['V2 unknown-key sparsity_ratio']],
    ['V2 key of another mode', 'quantization', '{"op_types": [], "quant_dtype": null, "lambda": 1}',
      ['V2 unknown-key lambda']],
    ['V2 unknown key of a target', 'pruning', '{"op_types": [], "target_settings": {"weight": {"foo": 1}}}',
      ['V2 unknown-key target_settings.weight.foo']],
    ['V3a float', 'pruning', '{"op_types": [], "sparse_ratio": 1.0}', []],
    ['V3a an int is no float', 'pruning', '{"op_types": [], "sparse_ratio": 1}', ['V3 wrong-value sparse_ratio']],
    ['V3a no range is checked', 'pruning', '{"op_types": [], "sparse_ratio": 7.5}', []],
    ['V3a a pair', 'pruning', '{"op_types": [], "sparse_ratio": 0.5, "sparse_threshold": 0.1}',
      ['V3 exclusive-keys sparse_threshold']],
    ['V3a a pair over two levels', 'pruning',
      '{"op_types": [], "sparse_ratio": 0.5, "target_settings": {"weight": {"sparse_ratio": 0.4}}}',
      ['V3 exclusive-keys target_settings.weight.sparse_ratio']],
    ['V3a a pair over two levels, but not with the first target', 'pruning',
      '{"op_types": [], "sparse_ratio": 0.5, "target_settings": {"bias": {}, "weight": {"sparse_ratio": ' +
        '0.4}}}', []],
    ['V3a one in each target', 'pruning',
      '{"op_types": [], "target_settings": {"bias": {"sparse_ratio": 0.4}, "weight": {"sparse_threshold": ' +
        '0.4}}}', []],
    ['V3b align lacks a key', 'pruning', '{"op_types": [], "align": {"target_name": "weight", "dims": [0]}}',
      ['V3 missing-key align.module_name']],
    ['V3b bounds of the ratios', 'pruning', '{"op_types": [], "max_sparse_ratio": 0, "min_sparse_ratio": 1.0}',
      ['V3 wrong-value max_sparse_ratio', 'V3 wrong-value min_sparse_ratio']],
    ['V3b None', 'pruning', '{"op_types": [], "max_sparse_ratio": null, "granularity": null}',
      ['V3 wrong-value max_sparse_ratio', 'V3 wrong-value granularity']],
    ['V4 quant_dtype is required', 'quantization', '{"op_types": [], "target_settings": {"weight": {}}}',
      ['V4 missing-key target_settings.weight.quant_dtype', 'V4 missing-key quant_dtype']],
    ['V4 lists stand for tuples', 'quantization',
      '{"op_types": [], "quant_dtype": "int8", "fuse_names": [["a", "b"]]}', []],
    ['V4 no tuple', 'quantization', '{"op_types": [], "quant_dtype": "int8", "fuse_names": ["a", ["b", 1]]}',
      ['V4 wrong-value fuse_names.0', 'V4 wrong-value fuse_names.1.1']],
    ['V5 distillation', 'distillation', '{"op_types": [], "lambda": 1, "link": ["a"], "apply_method": "kl"}', []],
    ['V5 apply_method', 'distillation', '{"op_types": [], "apply_method": "mae"}',
      ['V5 wrong-value apply_method']],
    ['V6 a bool is no int', 'pruning', '{"op_types": [], "global_group_id": true}',
      ['V3 wrong-value global_group_id']],
    ['V6 a bool is a number where one is compared', 'pruning', '{"op_types": [], "max_sparse_ratio": true}', []],
    ['V7 empty target_settings', 'pruning', '{"op_types": [], "target_settings": {}}',
      ['V2 empty-dict target_settings']],
    ['V9 dicts last, missing before unknown', 'quantization', '{"foo": 1, "target_settings": 1, "quant_dtype": 2}',
      ['V2 wrong-value target_settings', 'V4 wrong-value quant_dtype', 'V1 missing-selector',
        'V2 unknown-key foo']],
  ])('%s', (_, mode, text, expected) => {
    expect(faults(text, mode)).toEqual(expected);
  });
});

describe('V: the words of NNI', () => {
  test.each<[string, Mode, string, string]>([
    ['V3a float', 'pruning', '{"op_types": [], "sparse_ratio": 1}',
      "SchemaError: Key 'sparse_ratio' error:\n1 should be instance of 'float'"],
    ['V1 two missing keys', 'quantization', '{}',
      "SchemaMissingKeyError: Missing keys: 'quant_dtype', Or('op_types', 'op_names', 'op_names_re')"],
    ['V2 quotes the dict', 'pruning', String.raw`{"op_types": ["it's", "层\n"], "b": {"x": [1.50, true, null]}}`,
      "SchemaWrongKeyError: Wrong key 'b' in " +
        String.raw`{'op_types': ["it's", '层\n'], 'b': {'x': [1.5, True, None]}}`],
    ['V3b comparing a text', 'pruning', '{"op_types": [], "min_sparse_ratio": "x"}',
      "SchemaError: Key 'min_sparse_ratio' error:\n<lambda>('x') raised TypeError(" +
        `"'<=' not supported between instances of 'int' and 'str'")`],
    ['V4 tuples are quoted as such', 'quantization',
      '{"op_types": [], "quant_dtype": "int8", "fuse_names": [["a", 1]]}',
      "SchemaError: Key 'fuse_names' error:\nOr((<class 'str'>,)) did not validate ('a', 1)\n" +
        "Or(<class 'str'>) did not validate 1\n1 should be instance of 'str'"],
    ['V9 a pair goes before a wrong value in target_settings', 'pruning',
      '{"op_types": [], "target_settings": {"a": [], "b": {"c": 1}}, "sparse_ratio": 0.5, "sparse_threshold": 0.1}',
      'SchemaOnlyOneAllowedError: There are multiple keys present from the ' +
        "Or('sparse_ratio', 'sparse_threshold') condition"],
    ['V9 a pair goes before a wrong value behind it', 'pruning',
      '{"op_types": [], "sparse_ratio": 0.5, "sparse_threshold": 0.1, "granularity": 1}',
      'SchemaOnlyOneAllowedError: There are multiple keys present from the ' +
        "Or('sparse_ratio', 'sparse_threshold') condition"],
  ])('%s', (_, mode, text, expected) => {
    expect(firstError(text, mode)).toBe(expected);
  });
});
