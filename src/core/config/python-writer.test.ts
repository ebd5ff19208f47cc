import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryObject, arbitraryValue } from '../testing/arbitrary-config.ts';
import { evaluateInPython, hasPython, parsesInPython } from '../testing/run-python.ts';
import { writeExportJson } from '../plan/export-list.ts';
import { readJsonValue } from './json-reader.ts';
import { readScript } from '../script/read-script.ts';
import { writePythonScript } from './python-script.ts';
import { writePythonList, writePythonValue } from './python-writer.ts';
import { builtInTemplate } from './setting-templates.ts';
import {
  emptyObject,
  isConfigList,
  isConfigObject,
  objectOf,
  valuesEqual,
  type ConfigObject,
  type ConfigValue,
} from './value.ts';

const seed = 4108;

function listOf(text: string): readonly ConfigObject[] {
  const read = readJsonValue(text);
  if (!read.ok || !isConfigList(read.value)) throw new Error(text);
  return read.value.filter(isConfigObject);
}

describe('writing Python', () => {
  it.each<[string, string]>([
    ['null', 'None'],
    ['[true, false]', '[True, False]'],
    ['1', '1'],
    ['1.0', '1.0'],
    ['1e-3', '0.001'],
    ['1E22', '1e+22'],
    ['1e999', '1e999'],
    ['"a\'b"', '"a\'b"'],
    ['"\\n\\u0000\\\\"', "'\\n\\x00\\\\'"],
    ['{}', '{}'],
    ['[]', '[]'],
    ['[[4, 4], []]', '[[4, 4], []]'],
  ])('%s is %s', (json, expected) => {
    const read = readJsonValue(json);
    expect(read.ok && writePythonValue(read.value)).toBe(expected);
  });

  it('E1, E2: lays a list out with floats, None, tuples and raw patterns', () => {
    const list = listOf(
      '[{"op_names_re":["layer1\\\\..*", "it\'s\\\\d"], "target_settings": {"weight": {"sparse_ratio": 1.0}}},' +
        '{"op_names":["conv1"],"quant_dtype":null,"fuse_names":[["conv1","bn1"],["a"]],"x":["a\\\\b"]}]',
    );
    expect(writePythonList(list).split('\n')).toEqual([
      'config_list = [',
      '    {',
      "        'op_names_re': [r'layer1\\..*', \"it's\\\\d\"],",
      "        'target_settings': {",
      "            'weight': {",
      "                'sparse_ratio': 1.0,",
      '            },',
      '        },',
      '    },',
      '    {',
      "        'op_names': ['conv1'],",
      "        'quant_dtype': None,",
      "        'fuse_names': [('conv1', 'bn1'), ('a',)],",
      "        'x': ['a\\\\b'],",
      '    },',
      ']',
      '',
    ]);
  });

  it('breaks what is too wide, tuples stay whole', () => {
    const names = Array.from({ length: 8 }, (_, index) => `features.${index}.convolution`);
    const config = objectOf([
      ['op_names', names],
      ['fuse_names', [names.slice(0, 3), names.slice(3, 5), names.slice(5, 8)]],
    ]);
    const lines = writePythonList([config]).split('\n');
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect(lines).toContain("            'features.7.convolution',");
    expect(lines).toContain("            ('features.3.convolution', 'features.4.convolution'),");
  });

  it(`is read back as it was (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.array(arbitraryObject, { maxLength: 3 }), (list) => {
        const read = readScript(writePythonList(list));
        expect(read.ok && valuesEqual(read.value.lists[0]!.list, list)).toBe(true);
      }),
      { seed, numRuns: 300 },
    );
  });

  it(`means the same to Python (seed ${seed}, python3 ${hasPython ? 'present' : 'absent'})`, () => {
    const fuse = fc.array(fc.array(fc.constantFrom('conv1', 'bn1', 'π'), { maxLength: 3 }), { maxLength: 3 });
    const values = fc.oneof(
      arbitraryValue,
      fc.constantFrom<ConfigValue>({ type: 'float', text: '1e999' }, { type: 'float', text: '-1e400' }),
      fuse.map((tuples) => objectOf([['fuse_names', tuples], ['op_names_re', ['a\\d', '\\', "'\\'", '\n\\']]])),
    );
    const sample = fc.sample(values, { seed, numRuns: 300 });
    const expected = sample.map((value) => ({ value: asPython(value, false) }));
    const found = hasPython ? evaluateInPython(sample.map((value) => writePythonValue(value))) : expected;
    expect(found.map(withNumbers)).toEqual(expected.map(withNumbers));
  });
});

/** Values that are easily damaged: very long, very deep, or odd. */
const difficult: readonly string[] = [
  '[{"a": 1e400, "b": -1e400, "c": -0.0, "d": 5e-324, "e": 1.7976931348623157e308, "f": 0.1e-7, "g": 1E5}]',
  `[{"a": ${'9'.repeat(4000)}, "b": -${'1'.repeat(400)}, "c": 9007199254740993, "d": 1.0, "e": 1}]`,
  '[{"a": "\\ud800", "\\udfff": "\\ud83d\\ude00\\ud83d", "層": "\\u2028\\u0000\\u007f\\ufeff", "": "\'\\"\\\\"}]',
  `[{"a": ${'[{"b": '.repeat(40)}[]${'}]'.repeat(40)}, "c": {"d": {"e": {"f": {}}}}}]`,
  '[{"__proto__": {"constructor": null}, "fuse_names": [["a", "b"], ["c"], []], "toString": [true, false, []]}]',
  '[{"op_names_re": ["\\\\", "a\\\\d\\\\", "\'\\"", "\\n\\\\", "\\r"], "align": {"dims": [[0], [-1]]}}]',
];

describe('there and back', () => {
  const chain = (list: readonly ConfigObject[]): readonly (readonly ConfigValue[])[] => {
    const python = readScript(writePythonList(list));
    const fromPython = python.ok ? python.value.lists[0]!.list : [];
    const json = readJsonValue(writeExportJson(fromPython));
    return [fromPython, json.ok && isConfigList(json.value) ? json.value : []];
  };

  it.each(difficult)('E1, E2: %.60s', (text) => {
    const list = listOf(text);
    for (const back of chain(list)) expect(valuesEqual(back, list)).toBe(true);
  });

  it(`list → Python → list → JSON → list (seed ${seed + 1})`, () => {
    fc.assert(
      fc.property(fc.array(arbitraryObject, { minLength: 1, maxLength: 3 }), (list) => {
        for (const back of chain(list)) expect(valuesEqual(back, list)).toBe(true);
      }),
      { seed: seed + 1, numRuns: 300 },
    );
  });

  it(`means the same to Python's json and ast (seed ${seed + 2}, python3 ${hasPython ? 'present' : 'absent'})`, () => {
    const random = fc.sample(fc.array(arbitraryObject, { maxLength: 3 }), { seed: seed + 2, numRuns: 300 });
    const lists = [...difficult.map(listOf), ...random];
    const expected = lists.map((list) => ({ value: list.map((config) => asPython(config, false)) }));
    const asLiterals = lists.map((list) => writePythonList(list).replace('config_list = ', ''));
    const found = hasPython ? evaluateInPython(asLiterals) : expected;
    expect(found.map(withNumbers)).toEqual(expected.map(withNumbers));
    const read = hasPython ? evaluateInPython(lists.map(writeExportJson), 'json') : expected;
    expect(read.map(withNumbers)).toEqual(expected.map(withNumbers).map(withoutTuples));
  });
});

describe('the script', () => {
  const lists = {
    pruning: listOf('[{"op_types": ["Conv1D"], "sparse_ratio": 0.5}]'),
    quantization: listOf('[{"op_names": ["conv1"], "quant_dtype": "int8", "fuse_names": [["conv1", "bn1"]]}]'),
    distillation: listOf('[{"op_types": ["Linear"], "lambda": 0.5, "apply_method": "mse"}]'),
  };
  const templates = [
    { mode: 'pruning', moduleType: 'Conv1D', setting: builtInTemplate('pruning', 'Embedding') ?? emptyObject },
    { mode: 'distillation', moduleType: 'X\n"Y', setting: emptyObject },
  ] as const;

  it('C1, E2: registers, lists and calls what is used', () => {
    const used = { ...lists, distillation: [] };
    const script = writePythonScript({ model: 'gpt2', lists: used, templates: [templates[0]], imports: ['from nni.compression.pruning import L1NormPruner'], functions: ['def prune(model):\n    return L1NormPruner(model, pruning_config_list)'] });
    expect(script.split('\n')).toEqual([
      '# Compression of gpt2 with NNI 3.0, made with Espalier.',
      '',
      'from nni.compression.base.setting import PruningSetting',
      'from nni.compression.pruning import L1NormPruner',
      '',
      "PruningSetting.register('Conv1D', {",
      "    'weight': {",
      "        'sparse_ratio': None,",
      "        'max_sparse_ratio': None,",
      "        'min_sparse_ratio': None,",
      "        'sparse_threshold': None,",
      "        'global_group_id': None,",
      "        'dependency_group_id': None,",
      "        'granularity': 'default',",
      "        'internal_metric_block': None,",
      "        'apply_method': 'mul',",
      '    },',
      '})',
      '',
      'pruning_config_list = [',
      '    {',
      "        'op_types': ['Conv1D'],",
      "        'sparse_ratio': 0.5,",
      '    },',
      ']',
      '',
      'quantization_config_list = [',
      '    {',
      "        'op_names': ['conv1'],",
      "        'quant_dtype': 'int8',",
      "        'fuse_names': [('conv1', 'bn1')],",
      '    },',
      ']',
      '',
      '',
      'def prune(model):',
      '    return L1NormPruner(model, pruning_config_list)',
      '',
    ]);
  });

  it.each([
    ['everything', { model: 'a\n"""evil', lists, templates, imports: ['import nni'], functions: ['def f():\n    pass'] }],
    ['nothing', { model: '', lists: { pruning: [], quantization: [], distillation: [] }, templates: [], imports: [], functions: [] }],
  ])('is Python with %s in it', (_, parts) => {
    const script = writePythonScript(parts);
    expect(script.startsWith('# Compression of ')).toBe(true);
    expect(hasPython ? parsesInPython(script) : script.endsWith('\n')).toBe(true);
    const read = readScript(script);
    const found = read.ok ? read.value.lists.map(({ list }) => list) : [];
    const expected = [parts.lists.pruning, parts.lists.quantization, parts.lists.distillation];
    expect(found).toEqual(expected.filter((list) => list.length > 0));
  });
});

/** A written value as Python reads it: strings as UTF-16 units, tuples marked. */
function asPython(value: ConfigValue, isFuseNames: boolean): unknown {
  if (typeof value === 'string') return { units: value.split('').map((unit) => unit.charCodeAt(0)) };
  if (isConfigList(value)) {
    return value.map((item) =>
      isFuseNames && isConfigList(item)
        ? { tuple: item.map((inner) => asPython(inner, false)) }
        : asPython(item, false),
    );
  }
  if (!isConfigObject(value)) return value;
  const { entries } = value;
  return { type: 'object', entries: entries.map(([key, item]) => [key, asPython(item, key === 'fuse_names')]) };
}

/** JSON has no tuples. */
function withoutTuples(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTuples);
  if (typeof value !== 'object' || value === null) return value;
  if ('tuple' in value) return withoutTuples(value.tuple);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutTuples(item)]));
}

/** Numbers by their value, as two notations of one are the same. */
function withNumbers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNumbers);
  if (typeof value !== 'object' || value === null) return value;
  if ('text' in value && 'type' in value && typeof value.text === 'string') {
    // Ints of any length, as both write them.
    const number = value.type === 'int' ? BigInt(value.text) : Number(value.text.replace('inf', 'Infinity'));
    return { type: value.type, number };
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withNumbers(item)]));
}
