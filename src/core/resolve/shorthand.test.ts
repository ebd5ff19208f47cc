import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonValue } from '../config/json-reader.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import type { Mode } from '../config/mode.ts';
import { builtInTemplate } from '../config/setting-templates.ts';
import { expandShorthand, shorthandReach, toShorthand, writeOutDefaults } from './shorthand.ts';
import { validateSubConfig } from '../config/validate.ts';
import { floatOf, isConfigObject, objectOf } from '../config/value.ts';
import type { ConfigEntry, ConfigObject, ConfigValue } from '../config/value.ts';

const seed = 4106;

function configOf(text: string): ConfigObject {
  const read = readJsonValue(text);
  if (!read.ok || !isConfigObject(read.value)) throw new Error(text);
  return read.value;
}

function templatesOf(mode: Mode, ...types: readonly string[]): readonly ConfigObject[] {
  return types.map((type) => builtInTemplate(mode, type)!);
}

/** No entry, or this one. */
function entry(key: string, value: ConfigValue): fc.Arbitrary<readonly ConfigEntry[]> {
  return fc.constantFrom([], [[key, value] as const]);
}

function sorted(object: ConfigObject): readonly string[] {
  return object.entries.map((each) => writeCompactJson([...each])).toSorted();
}

const linear = templatesOf('pruning', 'Linear');
const quantized = templatesOf('quantization', 'Linear');

describe('writing shorthand out (C3, E3)', () => {
  it.each<[string, Mode, readonly ConfigObject[], string, string]>([
    [
      'a ratio reaches the weight only',
      'pruning',
      linear,
      '{"op_types":["Linear"],"sparse_ratio":0.8}',
      '{"op_types":["Linear"],"target_settings":{"weight":{"sparse_ratio":0.8}}}',
    ],
    [
      'apply_method reaches both, align the bias only',
      'pruning',
      linear,
      '{"op_types":["Linear"],"apply_method":"add","align":{"module_name":"a","target_name":"weight","dims":[0]}}',
      '{"op_types":["Linear"],"target_settings":{"weight":{"apply_method":"add"},"bias":{"apply_method":"add",' +
        '"align":{"module_name":"a","target_name":"weight","dims":[0]}}}}',
    ],
    [
      'E3: a ratio at both levels becomes one that NNI accepts; the one inside holds',
      'pruning',
      linear,
      '{"op_types":["Linear"],"sparse_ratio":0.8,"target_settings":{"weight":{"sparse_ratio":0.5}},' +
        '"granularity":"in_channel"}',
      '{"op_types":["Linear"],"target_settings":{"weight":{"granularity":"in_channel","sparse_ratio":0.5}}}',
    ],
    [
      'C5: only the targets that target_names leaves',
      'pruning',
      linear,
      '{"op_types":["Linear"],"target_names":["weight"],"sparse_ratio":0.8,"apply_method":"mul"}',
      '{"op_types":["Linear"],"target_names":["weight"],"target_settings":' +
        '{"weight":{"sparse_ratio":0.8,"apply_method":"mul"}}}',
    ],
    [
      'V4: quant_dtype stays at the top as well; C6: _input_0 takes what _input_ has',
      'quantization',
      quantized,
      '{"op_types":["Linear"],"target_names":["_input_0","weight"],"quant_dtype":"int8","quant_scheme":"affine"}',
      '{"op_types":["Linear"],"target_names":["_input_0","weight"],"quant_dtype":"int8","target_settings":' +
        '{"_input_":{"quant_dtype":"int8","quant_scheme":"affine"},' +
        '"weight":{"quant_dtype":"int8","quant_scheme":"affine"}}}',
    ],
    ['nothing to write out', 'pruning', linear, '{"op_types":["Linear"]}', '{"op_types":["Linear"]}'],
    [
      'keys that NNI does not know stay',
      'pruning',
      linear,
      '{"op_types":["Linear"],"colour":"red","sparse_ratio":0.5}',
      '{"op_types":["Linear"],"colour":"red","target_settings":{"weight":{"sparse_ratio":0.5}}}',
    ],
  ])('%s', (_, mode, templates, before, after) => {
    const conversion = expandShorthand(configOf(before), mode, templates);
    expect(writeCompactJson(conversion.config)).toBe(after);
    expect(conversion.equal).toBe(true);
    expect(conversion.changed).toBe(before !== after);
  });

  it('is not equal where a module lacks a target that another has (C4)', () => {
    const both = templatesOf('pruning', 'Linear', 'Embedding');
    const conversion = expandShorthand(configOf('{"op_names":["a"],"apply_method":"add"}'), 'pruning', both);
    expect(conversion.equal).toBe(false);
    const ratio = expandShorthand(configOf('{"op_names":["a"],"sparse_ratio":0.5}'), 'pruning', both);
    expect(ratio.equal).toBe(true);
  });

  it('names keys that reach nothing', () => {
    const config = configOf('{"op_names":["a"],"target_names":["bias"],"sparse_ratio":0.5}');
    const conversion = expandShorthand(config, 'pruning', linear);
    expect(conversion).toMatchObject({ equal: true, unreached: ['sparse_ratio'] });
    expect(writeCompactJson(conversion.config)).toBe('{"op_names":["a"],"target_names":["bias"]}');
    expect(shorthandReach(config, linear)).toEqual([{ key: 'sparse_ratio', value: floatOf(0.5), targets: [] }]);
  });

  it('leaves a sub-config alone when no template is known', () => {
    const config = configOf('{"op_names":["a"],"sparse_ratio":0.5}');
    expect(expandShorthand(config, 'pruning', [])).toEqual({
      config,
      changed: false,
      equal: true,
      unreached: ['sparse_ratio'],
    });
    expect(toShorthand(config, 'pruning', []).config).toBe(config);
  });
});

describe('lifting to shorthand (C3, E3)', () => {
  it.each<[string, Mode, readonly ConfigObject[], string, string]>([
    [
      'what the only target has',
      'pruning',
      linear,
      '{"op_types":["Linear"],"target_settings":{"weight":{"sparse_ratio":0.8}}}',
      '{"op_types":["Linear"],"sparse_ratio":0.8}',
    ],
    [
      'not what one of two targets has',
      'pruning',
      linear,
      '{"op_types":["Linear"],"target_settings":{"weight":{"apply_method":"add","sparse_ratio":0.5}}}',
      '{"op_types":["Linear"],"sparse_ratio":0.5,"target_settings":{"weight":{"apply_method":"add"}}}',
    ],
    [
      'not what would reach a new target only',
      'pruning',
      linear,
      '{"op_types":["Linear"],"target_settings":{"_output_":{"sparse_ratio":0.5}}}',
      '{"op_types":["Linear"],"target_settings":{"_output_":{"sparse_ratio":0.5}}}',
    ],
    [
      'V4: everything of a quantization, quant_dtype included',
      'quantization',
      quantized,
      '{"op_types":["Linear"],"target_names":["_input_","weight"],"quant_dtype":"int8","target_settings":' +
        '{"_input_":{"quant_dtype":"int8","quant_scheme":"affine"},' +
        '"weight":{"quant_dtype":"int8","quant_scheme":"affine"}}}',
      '{"op_types":["Linear"],"target_names":["_input_","weight"],"quant_dtype":"int8","quant_scheme":"affine"}',
    ],
    [
      'V4: what stays inside keeps its quant_dtype',
      'quantization',
      quantized,
      '{"op_types":["Linear"],"quant_dtype":"int8","target_settings":{"weight":{"quant_dtype":"int8",' +
        '"granularity":"out_channel"},"bias":{"quant_dtype":"int8"}}}',
      '{"op_types":["Linear"],"quant_dtype":"int8","target_settings":{"weight":{"quant_dtype":"int8",' +
        '"granularity":"out_channel"}}}',
    ],
  ])('%s', (_, mode, templates, before, after) => {
    const conversion = toShorthand(configOf(before), mode, templates);
    expect(writeCompactJson(conversion.config)).toBe(after);
    expect(conversion.changed).toBe(before !== after);
  });

  it(`gives back what was written out (seed ${seed})`, () => {
    const configs = fc
      .tuple(
        fc.oneof(entry('target_names', ['weight']), entry('target_names', ['weight', 'bias'])),
        entry('sparse_ratio', floatOf(0.5)),
        entry('granularity', 'out_channel'),
        entry('apply_method', 'add'),
        entry('global_group_id', 'g'),
      )
      .map((parts) => objectOf([['op_types', ['Linear']], ...parts.flat()]));
    fc.assert(
      fc.property(configs, (config) => {
        const full = expandShorthand(config, 'pruning', linear);
        expect([full.equal, validateSubConfig(full.config, 'pruning')]).toEqual([true, []]);
        const back = toShorthand(full.config, 'pruning', linear).config;
        expect(sorted(back)).toEqual(sorted(config));
      }),
      { seed, numRuns: 200 },
    );
  });
});

describe('writing the defaults out (C2)', () => {
  const align = '"align":{"module_name":null,"target_name":"weight","dims":[0]}';
  it.each<[string, Mode, readonly ConfigObject[], string, string]>([
    [
      'the standard_config of the specification, without the None that NNI refuses',
      'pruning',
      linear,
      '{"op_names":["fc1","fc2"],"sparse_ratio":0.8}',
      '{"op_names":["fc1","fc2"],"target_names":["weight","bias"],"target_settings":{' +
        `"weight":{"sparse_ratio":0.8,"granularity":"default","apply_method":"mul"},"bias":{${align},"apply_method":"mul"}}}`,
    ],
    [
      'only targets that are named, and values that are set stay',
      'pruning',
      linear,
      '{"op_types":["Linear"],"target_names":["weight"],"granularity":"out_channel","target_settings":{"weight":{"sparse_ratio":0.5}}}',
      '{"op_types":["Linear"],"target_names":["weight"],"target_settings":{' +
        '"weight":{"sparse_ratio":0.5,"granularity":"out_channel","apply_method":"mul"}}}',
    ],
    [
      'a type without bias leaves the targets unnamed',
      'pruning',
      templatesOf('pruning', 'Linear', 'Embedding'),
      '{"op_types":["Linear","Embedding"],"sparse_ratio":0.5}',
      '{"op_types":["Linear","Embedding"],"sparse_ratio":0.5}',
    ],
    [
      'V4: quant_dtype stays at the top, and is in each target',
      'quantization',
      templatesOf('quantization', 'ReLU'),
      '{"op_types":["ReLU"],"quant_dtype":"int8"}',
      '{"op_types":["ReLU"],"quant_dtype":"int8","target_names":["_input_","_output_"],"target_settings":{' +
        '"_input_":{"quant_dtype":"int8","granularity":"default","apply_method":"clamp_round"},' +
        '"_output_":{"quant_dtype":"int8","granularity":"default","apply_method":"clamp_round"}}}',
    ],
    ['a distillation has no defaults', 'distillation', templatesOf('distillation', 'Linear'), '{"op_types":["Linear"],"lambda":0.5}', '{"op_types":["Linear"],"lambda":0.5}'],
    ['no template', 'pruning', [], '{"op_types":["ReLU"],"sparse_ratio":0.5}', '{"op_types":["ReLU"],"sparse_ratio":0.5}'],
  ])('%s', (_, mode, templates, before, after) => {
    const conversion = writeOutDefaults(configOf(before), mode, templates);
    const shown = conversion.changed && conversion.equal ? conversion.config : configOf(before);
    expect(writeCompactJson(shown)).toBe(after);
    expect(validateSubConfig(shown, mode)).toEqual([]);
  });
});
