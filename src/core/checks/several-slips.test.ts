import { describe, expect, it } from 'vitest';
import { writeCompactJson } from '../config/json-writer.ts';
import type { Mode } from '../config/mode.ts';
import type { ConfigValue } from '../config/value.ts';
import { asResolved } from '../diagnostics/number-of.ts';
import { wordFix, type Fix } from '../diagnostics/fix.ts';
import { readAlgorithm } from '../algorithms/algorithm.ts';
import { createResolver } from '../resolve/resolver.ts';
import { parseList, readSample } from '../testing/nni-vectors.ts';
import { judgeList, judgeOf, type ListSetting } from './judge-list.ts';
import { repairList } from './repair-list.ts';
import { settleFix } from './settle-fix.ts';

// Without the data flow, which no case here needs and which takes long to follow.
const resolvers = { resnet18: createResolver({ ...readSample('resnet18'), graph: null }), spec_mlp: createResolver(readSample('spec_mlp')), bert_base: createResolver({ ...readSample('bert_base'), graph: null }) };

function settingOf(model: keyof typeof resolvers, mode: Mode): ListSetting {
  const tries = { sure: 100, hasTime: () => false };
  return { resolver: resolvers[model], teacher: null, templates: [], mode, python: '3.11', algorithm: null, call: null, tries };
}

type Row = readonly [what: string, model: keyof typeof resolvers, mode: Mode, list: string, first: string, repaired: string];

describe('F10a: a fix that shows the next slip takes its repair along', () => {
  it.each<Row>([
    ['a type hides a target', 'resnet18', 'pruning', '[{"op_types":["Conv2D"],"target_names":["wieght"],"sparse_ratio":0.5}]',
      'Write Conv2d, then write weight', '[{"op_types":["Conv2d"],"target_names":["weight"],"sparse_ratio":0.5}]'],
    ['a type hides settings', 'resnet18', 'pruning', '[{"op_types":["Conv2D"],"sparse_ratio":50,"target_settings":{"wieght":{"granularity":"out_chanel"}}}]',
      'Write 0.5', '[{"op_types":["Conv2d"],"sparse_ratio":0.5,"target_settings":{"weight":{"granularity":"out_channel"}}}]'],
    ['bits, a type and two targets', 'resnet18', 'quantization', '[{"op_types":["conv2d"],"target_names":["wieght","output"],"quant_bits":8}]',
      'Rename quant_bits to quant_dtype', '[{"op_types":["Conv2d"],"target_names":["weight","_output_"],"quant_dtype":"int8"}]'],
    ['a number hides a granularity', 'resnet18', 'quantization', '[{"op_types":["Conv2d"],"quant_dtype":8,"target_names":["weight"],"granularity":"per_channel"}]',
      'Write "int8", then write "out_channel"', '[{"op_types":["Conv2d"],"quant_dtype":"int8","target_names":["weight"],"granularity":"out_channel"}]'],
    ['a key hides a name', 'resnet18', 'pruning', '[{"op_name":["conv2"],"sparsity_ratio":"50%"}]',
      String.raw`Rename op_name to op_names, then write .*\.conv2$ in op_names_re (matches 8)`, String.raw`[{"op_names_re":[".*\\.conv2$"],"sparse_ratio":0.5}]`],
    ['a name without its number', 'resnet18', 'pruning', '[{"op_names":["fc1"],"sparse_ratio":0.5}]', 'Write fc', '[{"op_names":["fc"],"sparse_ratio":0.5}]'],
  ])('%s', (_, model, mode, text, first, repaired) => {
    const setting = settingOf(model, mode);
    const list = parseList(text);
    expect(wordFix(judgeList(list, setting).findings[0]!.fixes[0]!, asResolved)).toBe(first);
    const after = repairList(list, mode, judgeOf(setting)).list;
    expect(writeCompactJson(after)).toBe(repaired);
    expect(judgeList(after, setting).verdict.state).toBe('ready');
  });

  it.each([
    ['[{"op_types":["Conv2d"],"target_names":["_output"],"sparse_ratio":0.5}]', 'Add _output_ to target_settings'],
    ['[{"op_types":["Conv2D"],"target_names":["outputs"],"sparse_ratio":0.5}]', 'Write Conv2d, then add _output_ to target_settings'],
  ])('F9: a target that no template has is added under the name that was meant: %s', (text, first) => {
    const setting = settingOf('resnet18', 'pruning');
    const list = parseList(text);
    expect(wordFix(judgeList(list, setting).findings[0]!.fixes[0]!, asResolved)).toBe(first);
    const after = repairList(list, 'pruning', judgeOf(setting)).list;
    expect(writeCompactJson(after)).toBe('[{"op_types":["Conv2d"],"target_names":["_output_"],"sparse_ratio":0.5,"target_settings":{"_output_":{}}}]');
  });

  it('F9: a null under the right name gives way to the misspelled selector', () => {
    const setting = settingOf('resnet18', 'pruning');
    const list = parseList('[{"op_type":["Conv2d"],"op_types":null,"op_names":null,"sparse_ratio":0.5}]');
    const repaired = repairList(list, 'pruning', judgeOf(setting)).list;
    expect(writeCompactJson(repaired)).toBe('[{"op_types":["Conv2d"],"sparse_ratio":0.5}]');
  });

  it('F10c: the same slip of many sub-configs is one step', () => {
    const list = parseList(`[${Array.from({ length: 20 }, () => '{"op_types":["Linear"],"sparsity_ratio":1}').join(',')}]`);
    const { tries: _, ...setting } = settingOf('spec_mlp', 'pruning');
    const { findingsOf, tryList } = judgeOf(setting);
    let [tried, judged] = [0, 0];
    const judge = {
      findingsOf: (changed: ConfigValue) => {
        judged++;
        return findingsOf(changed);
      },
      tryList: (changed: ConfigValue) => {
        tried++;
        return tryList(changed);
      },
    };
    const { list: after, repairs } = repairList(list, 'pruning', judge);
    // The list itself, and the list with all repairs, whose data flow alone is followed.
    expect([repairs.length, tried, judged]).toEqual([20, 2, 1]);
    expect(writeCompactJson(after)).toBe(`[${Array.from({ length: 20 }, () => '{"op_types":["Linear"],"sparse_ratio":1.0}').join(',')}]`);
  });
});

describe('F9c: an unknown key with a list of texts is the selector that is near, or that takes such values', () => {
  it.each<readonly [string, string, string]>([
    ['two slips in a short key', '[{"opype":["Conv2d"],"sparse_ratio":0.5}]', '[{"op_types":["Conv2d"],"sparse_ratio":0.5}]'],
    ['two misspelled selectors', '[{"opype":["Conv2d"],"op_nmaes":["conv1"],"sparse_ratio":0.5}]', '[{"op_types":["Conv2d"],"op_names":["conv1"],"sparse_ratio":0.5}]'],
    ['a word of another tool', '[{"layers":["layer1.0.conv1"],"sparse_ratio":0.5}]', '[{"op_names":["layer1.0.conv1"],"sparse_ratio":0.5}]'],
    ['a pattern as text', '[{"modules":"layer1.*conv1","sparse_ratio":0.5}]', '[{"op_names_re":["layer1.*conv1"],"sparse_ratio":0.5}]'],
    ['names to leave alone', '[{"op_types":["Conv2d"],"exclude_layers":["conv1"],"sparse_ratio":0.5}]', '[{"op_types":["Conv2d"],"exclude_op_names":["conv1"],"sparse_ratio":0.5}]'],
    ['no selector', '[{"op_types":["Conv2d"],"tags":["first"],"sparse_ratio":0.5}]', '[{"op_types":["Conv2d"],"sparse_ratio":0.5}]'],
  ])('%s', (_, text, repaired) => {
    const setting = settingOf('resnet18', 'pruning');
    const after = repairList(parseList(text), 'pruning', judgeOf(setting)).list;
    expect(writeCompactJson(after)).toBe(repaired);
  });

  it('F9d: and is never removed by itself where nothing else selects, or where it names modules', () => {
    const setting = settingOf('resnet18', 'pruning');
    for (const text of ['[{"zzz":["Conv9d"],"sparse_ratio":0.5}]', '[{"op_types":["Conv2d"],"but_not":["conv1"],"sparse_ratio":0.5}]']) {
      const fixes = judgeList(parseList(text), setting).findings.flatMap((finding) => finding.fixes);
      expect(fixes.filter(({ code }) => code === 'remove-key')).toEqual([]);
    }
  });
});

describe('F13d: containers, and names below a label that wraps the model', () => {
  it.each<readonly [string, string, string]>([
    ['a container', '[{"op_names":["encoder"],"sparse_ratio":0.5}]', String.raw`[{"op_names_re":["bert\\.encoder\\..*"],"op_types":["Linear"],"sparse_ratio":0.5}]`],
    ['two blocks', '[{"op_names":["encoder.layer.0","encoder.layer.1"],"sparse_ratio":0.5}]',
      String.raw`[{"op_names_re":["bert\\.encoder\\.layer\\.0\\..*","bert\\.encoder\\.layer\\.1\\..*"],"op_types":["Linear"],"sparse_ratio":0.5}]`],
    ['a glob', '[{"op_names":["encoder.layer.*.attention.self.query"],"sparse_ratio":0.5}]', String.raw`[{"op_names_re":[".*\\.encoder\\.layer\\..*\\.attention\\.self\\.query$"],"sparse_ratio":0.5}]`],
    ['a glob with a slip', '[{"op_names":["bert.encodr.layer.*.output.dense"],"sparse_ratio":0.5}]', String.raw`[{"op_names_re":["bert\\.encoder\\.layer\\..*\\.output\\.dense$"],"sparse_ratio":0.5}]`],
    ['a pattern with a slip', String.raw`[{"op_names_re":["bert\\.encodr\\.layer\\.\\d+\\.output\\.dense"],"sparse_ratio":0.5}]`, String.raw`[{"op_names_re":["bert\\.encoder\\.layer\\.\\d+\\.output\\.dense"],"sparse_ratio":0.5}]`],
    ['a tensor of a tensor', '[{"op_names":["classifier.weight.weight"],"sparse_ratio":0.5}]', '[{"op_names":["classifier"],"sparse_ratio":0.5}]'],
    ['a container to leave alone', '[{"op_types":["Linear"],"exclude_op_names":["bert.encoder.layer.11"],"sparse_ratio":0.5}]', String.raw`[{"op_types":["Linear"],"exclude_op_names_re":["bert\\.encoder\\.layer\\.11\\..*"],"sparse_ratio":0.5}]`],
    ['which the model has below a label', '[{"op_types":["Linear"],"exclude_op_names":["encoder.layer.11"],"sparse_ratio":0.5}]', String.raw`[{"op_types":["Linear"],"exclude_op_names_re":["bert\\.encoder\\.layer\\.11\\..*"],"sparse_ratio":0.5}]`],
  ])('%s', (_, text, repaired) => {
    const setting = settingOf('bert_base', 'pruning');
    const { list } = repairList(parseList(text), 'pruning', judgeOf(setting));
    expect([writeCompactJson(list), judgeList(list, setting).verdict.state]).toEqual([repaired, 'ready']);
  });
});

describe('F10a: a fix leaves nothing behind that is refused', () => {
  it.each<readonly [string, Mode, string, string]>([
    ['a type that stands there twice', 'pruning', '[{"op_types":["ReLU","Linear","ReLU"],"sparse_ratio":0.5}]', '[{"op_types":["Linear"],"sparse_ratio":0.5}]'],
    ['settings of one target that are no dict', 'quantization', '[{"op_types":["Linear"],"quant_dtype":"int8","target_settings":{"weight":3}}]', '[{"op_types":["Linear"],"quant_dtype":"int8"}]'],
    ['a key of align', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":0.5,"target_settings":{"bias":{"align":{"module_name":true,"target_name":"weight","dims":[0]}}}}]',
      '[{"op_types":["Linear"],"sparse_ratio":0.5,"target_settings":{"bias":{"align":{"module_name":null,"target_name":"weight","dims":[0]}}}}]'],
  ])('%s', (_, mode, text, repaired) => {
    const setting = settingOf('spec_mlp', mode);
    const { list } = repairList(parseList(text), mode, judgeOf(setting));
    expect([writeCompactJson(list), judgeList(list, setting).verdict.state]).toEqual([repaired, 'ready']);
  });

  it('A-P7: a module that is never called is excluded, and the others keep their targets', () => {
    const setting = { ...settingOf('spec_mlp', 'pruning'), algorithm: readAlgorithm('TaylorPruner'), uncalled: ['fc2'] };
    const { list } = repairList(parseList('[{"op_types":["Linear"],"sparse_ratio":0.5,"target_names":["weight","bias"]}]'), 'pruning', judgeOf(setting));
    expect(writeCompactJson(list)).toBe('[{"op_types":["Linear"],"sparse_ratio":0.5,"target_names":["weight","bias"],"exclude_op_names":["fc2"]}]');
  });

  it('F10d: the first fix that is offered for a type is the one that is made: a list alone cannot register it', () => {
    const setting = settingOf('spec_mlp', 'pruning');
    const list = parseList('[{"op_types":["Linear","ReLU"],"sparse_ratio":0.5}]');
    const [found] = judgeList(list, setting).findings;
    expect(found!.fixes.map((fix) => wordFix(fix, asResolved))).toEqual(['Remove the entry', 'Register ReLU']);
    expect(repairList(list, 'pruning', judgeOf(setting)).repairs.map(({ fix }) => wordFix(fix, asResolved))).toEqual(['Remove the entry']);
  });

  it('F10a: a sub-config that selects again may not leave another without modules', () => {
    const setting = settingOf('resnet18', 'pruning');
    const list = parseList('[{"op_names":["conv1"],"op_types":["Linear"],"sparse_ratio":0.5}]');
    const [nothing] = judgeList(list, setting).findings;
    const fix: Fix = { code: 'add-types', values: { types: 'Conv2d' }, action: { type: 'edit-list', edits: [
      { type: 'set', path: [0, 'op_types'], value: ['Conv2d'] }, { type: 'set', path: [1], value: parseList('[{"op_names":["fc"],"op_types":["Conv2d"],"sparse_ratio":0.5}]')[0]! },
    ] } };
    expect(nothing!.code).toBe('selects-nothing');
    expect(settleFix(list, nothing!, fix, [nothing!], judgeOf(setting).tryList)).toBeNull();
  });
});

describe('F13c: types that lack a target', () => {
  it.each<readonly [string, string, string]>([
    ['get a sub-config of their own', '[{"op_types":["Conv2d","ReLU"],"quant_dtype":"int8","target_names":["_input_","weight","_output_"]}]',
      '[{"op_types":["Conv2d"],"quant_dtype":"int8","target_names":["_input_","weight","_output_"]},{"op_types":["ReLU"],"quant_dtype":"int8","target_names":["_input_","_output_"]}]'],
    ['without a parameter that is None', '[{"op_types":["Conv2d","ReLU"],"quant_dtype":"int8"}]',
      '[{"op_types":["Conv2d"],"quant_dtype":"int8","target_names":["_input_","weight","_output_"]},{"op_types":["ReLU"],"quant_dtype":"int8","target_names":["_input_","_output_"]}]'],
    ['are left out where nothing else is asked for', '[{"op_types":["Conv2d","ReLU"],"quant_dtype":"int8","target_names":["weight"]}]',
      '[{"op_types":["Conv2d"],"quant_dtype":"int8","target_names":["weight"]}]'],
    ['and names of one fusion get their group', '[{"op_types":["Conv2d"],"quant_dtype":"int8","target_names":["weight","_output_"],"fuse_names":["conv1","bn_1","relu"]}]',
      '[{"op_types":["Conv2d"],"quant_dtype":"int8","target_names":["weight","_output_"],"fuse_names":[["conv1","bn1","relu"]]}]'],
  ])('%s', (_, text, repaired) => {
    expect(writeCompactJson(repairList(parseList(text), 'quantization', judgeOf(settingOf('resnet18', 'quantization'))).list)).toBe(repaired);
  });
});

describe('F10b: a sub-config of another mode', () => {
  const textsOf = (mode: Mode, text: string) =>
    judgeList(parseList(text), settingOf('resnet18', mode)).findings.map(({ severity, fixes }) => [severity, ...fixes.map((fix) => wordFix(fix, asResolved))]);

  it.each<readonly [string, Mode, string, string]>([
    ['by its keys', 'quantization', '[{"op_types":["Conv2d"],"sparse_ratio":0.5}]', 'Move #1 to the pruning list'],
    ['with a slip', 'quantization', '[{"op_types":["Conv2d"],"sparse_ration":1}]', 'Move #1 to the pruning list'],
    ['with targets of that mode', 'pruning', '[{"op_types":["Conv2d"],"quant_dtype":"int8","target_names":["_input_","weight"]}]', 'Move #1 to the quantization list'],
    ['by a word that only it has', 'pruning', '[{"op_names":["layer1"],"apply_method":"mse","link":"layer1"}]', 'Move #1 to the distillation list'],
  ])('is one finding, and only moves: %s', (_, mode, text, move) => {
    expect(textsOf(mode, text)).toEqual([['refused', move]]);
    const list = parseList(text);
    const repaired = repairList(list, mode, judgeOf(settingOf('resnet18', mode)));
    expect([repaired.list, repaired.moves.map(({ subConfig }) => subConfig)]).toEqual([list, [0]]);
  });
});

describe('F12a: one cause is one finding', () => {
  it.each<readonly [string, Mode, string, readonly string[]]>([
    ['a name that the model lacks', 'pruning', '[{"op_names":["layer9"],"sparse_ratio":0.5}]', ['unknown-module']],
    ['a misspelled selector', 'pruning', '[{"op_type":["Conv2d"],"sparse_ratio":0.5}]', ['missing-selector']],
    ['a type as text', 'pruning', '[{"op_types":"Conv2d","sparse_ratio":0.5}]', ['wrong-value']],
    ['bits as a number', 'quantization', '[{"op_types":["Linear"],"quant_dtype":8}]', ['wrong-value']],
    ['bits under another key', 'quantization', '[{"op_types":["Linear"],"quant_bits":8}]', ['missing-key']],
    ['a target of two types', 'pruning', '[{"op_types":["Conv2d","Linear"],"sparse_ratio":0.5,"target_names":["wieght"]}]', ['unknown-target']],
  ])('%s', (_, mode, text, codes) => {
    const { findings } = judgeList(parseList(text), settingOf('resnet18', mode));
    expect(findings.map(({ code }) => code)).toEqual(codes);
  });
});
