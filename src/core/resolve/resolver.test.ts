import { describe, expect, test } from 'vitest';
import type { Mode } from '../config/mode.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import type { SettingTemplate } from '../config/setting-templates.ts';
import { defaultPythonVersion } from '../python-re/python-version.ts';
import { readText, smallTree, treeOf, weights } from '../testing/nni-trees.ts';
import { parseList } from '../testing/nni-vectors.ts';
import { fusedOf, listIgnored, selectedNames, settingsOf } from './report.ts';
import type { Resolution } from './resolution.ts';
import { createResolver } from './resolver.ts';

function resolve(
  list: string,
  mode: Mode = 'pruning',
  tree: ModuleTree = smallTree,
  templates: readonly SettingTemplate[] = [],
): Resolution {
  const resolver = createResolver(tree);
  return resolver.resolve({ mode, list: parseList(list), templates, python: defaultPythonVersion });
}

function selected(subConfig: string): readonly string[] {
  return selectedNames(resolve(`[${subConfig}]`), smallTree)[0]!;
}

function problems(resolution: Resolution): readonly string[] {
  return resolution.problems.map(({ rule, code, where }) =>
    [rule, code, where.subConfig, where.path.join('.')].join(' ').trim(),
  );
}

/** `module target` with one value of its setting. */
function valuesOf(resolution: Resolution, key: string, tree: ModuleTree = smallTree): readonly string[] {
  return [...settingsOf(resolution, tree)].flatMap(([module, targets]) =>
    [...targets].map(([target, setting]) => {
      const value = setting.entries.find(([name]) => name === key)?.[1];
      return `${module} ${target} ${value === undefined ? '-' : writeCompactJson(value)}`;
    }),
  );
}

describe('S1–S5: what a sub-config selects', () => {
  test.each([
    ['S1 names', '{"op_names": ["head", "layer1.conv"]}', ['layer1.conv', 'head']],
    ['S2 anchored at the start only', '{"op_names_re": ["layer1"]}',
      ['layer1', 'layer1.conv', 'layer1.bn', 'layer1.relu', 'layer10']],
    ['S2 the root and containers too', '{"op_names_re": ["$"]}', ['']],
    ['S3 types alone', '{"op_types": ["Linear"]}', ['layer10', 'head']],
    ['S3 types filter names', '{"op_names": ["head", "layer1.bn"], "op_types": ["Linear"]}', ['head']],
    ['S3 an empty list is not set', '{"op_names": [], "op_types": ["ReLU"]}', ['layer1.relu']],
    ['S3 exact case', '{"op_types": ["linear"]}', []],
    ['S4 excluded names, patterns, types', '{"op_names_re": [".*"], "exclude_op_names": ["head"], ' +
      '"exclude_op_names_re": ["layer"], "exclude_op_types": ["Net"]}', ['norm']],
  ] as const)('%s', (_, subConfig, expected) => {
    expect(selected(subConfig)).toEqual(expected);
  });

  test('S4: each exclude counts what it took, and each module knows which took it first', () => {
    const [selection] = resolve('[{"op_names_re": [".*"], "exclude_op_names": ["layer10"], ' +
      '"exclude_op_names_re": ["layer"]}]')
      .subConfigs;
    expect(selection!.entries.map(({ value, count, effect }) => [value, count, effect])).toEqual([
      ['.*', 8, 3],
      ['layer10', 1, 1],
      ['layer', 5, 4],
    ]);
    expect([...selection!.excludedBy]).toEqual([0, 3, 3, 3, 3, 2, 0, 0]);
  });

  test('S2: a pattern that does not compile is a problem, matches nothing, and the rest goes on', () => {
    const resolution = resolve('[{"op_names": ["head"], "op_names_re": ["x", "[b"]}]');
    expect(problems(resolution)).toEqual(['S2 bad-pattern 0 op_names_re.1']);
    expect(selectedNames(resolution, smallTree)).toEqual([['head']]);
  });

  test.each([
    ['a name is missing', '{"op_names": ["nope", "head"]}', ['S5 unknown-module 0 op_names.0']],
    ['a type filters it', '{"op_names": ["nope", "head"], "op_types": ["Linear"]}', []],
    ['a name excludes it', '{"op_names": ["nope", "head"], "exclude_op_names": ["nope"]}', []],
    ['a pattern does not', '{"op_names": ["nope", "head"], "exclude_op_names_re": ["nope"]}',
      ['S5 unknown-module 0 op_names.0']],
  ])('S5: %s', (_, subConfig, expected) => {
    expect(problems(resolve(`[${subConfig}]`))).toEqual(expected);
  });
});

describe('C1–C6: settings and where they come from', () => {
  test('C1: a type without a template is a problem; a registered template helps', () => {
    const list = '[{"op_types": ["LayerNorm"], "sparse_ratio": 0.5}]';
    expect(problems(resolve(list))).toEqual(['C1 unregistered-type 0']);
    const [template] = parseList('[{"weight": {"sparse_ratio": null}}]');
    const setting = template as SettingTemplate['setting'];
    const registered = resolve(list, 'pruning', smallTree,
      [{ mode: 'pruning', moduleType: 'LayerNorm', setting }]);
    expect(valuesOf(registered, 'sparse_ratio')).toEqual(['norm weight 0.5']);
  });

  test('C3, C4: shorthand reaches targets that have the key; target settings add', () => {
    const resolution = resolve(
      '[{"op_names": ["head"], "sparse_ratio": 0.5, "target_settings": {"bias": {"sparse_ratio": 0.2}, ' +
        '"_output_": {}}}]',
    );
    expect(valuesOf(resolution, 'sparse_ratio')).toEqual(['head weight 0.5', 'head bias 0.2', 'head _output_0 -']);
  });

  test('C3: the chain of a value, weakest first', () => {
    const [outcome] = resolve(
      '[{"op_names": ["head"], "apply_method": "add", "target_names": ["weight"], ' +
        '"target_settings": {"weight": {"apply_method": "bypass"}}}]',
    ).outcomes;
    const provenance = outcome!.targets[0]!.provenance;
    expect(provenance.find(({ key }) => key === 'apply_method')!.chain).toEqual([
      { source: 'template', subConfig: null, path: ['Linear', 'weight', 'apply_method'], value: 'mul',
        overridden: true },
      { source: 'shorthand', subConfig: 0, path: ['apply_method'], value: 'add', overridden: true },
      { source: 'target-setting', subConfig: 0, path: ['target_settings', 'weight', 'apply_method'],
        value: 'bypass', overridden: false },
    ]);
    const granularity = provenance.find(({ key }) => key === 'granularity')!;
    expect(granularity.chain.map(({ source, value }) => [source, value])).toEqual([
      ['template', 'default'],
      ['kernel', 'out_channel'],
    ]);
  });

  test.each([
    ['C5 in and out go last', '["_output_", "_input_", "weight"]', ['weight', '_input_0', '_output_0']],
    ['C5 only the first is renamed', '["_input_", "_input_"]', ['_input_', '_input_0']],
    ['C5 names repeat', '["weight", "weight"]', ['weight']],
    ['C5 none: all', '[]', ['weight', 'bias', '_input_0', '_output_0']],
    ['C6 an own setting, else that of the prefix', '["_input_x", "_output_3"]', ['_input_x', '_output_3']],
  ])('%s', (_, targets, expected) => {
    const list = `[{"op_names": ["head"], "quant_dtype": "int8", "target_names": ${targets}}]`;
    const [outcome] = resolve(list, 'quantization').outcomes;
    expect(outcome!.targets.map(({ target }) => target)).toEqual(expected);
  });

  test.each([
    ['C6 _input_ must exist for _input_x', '"target_names": ["_input_x"], "target_settings": {"_input_x": {}}',
      ['C6 unknown-target 0 target_names.0']],
    ['C5 a misspelt target', '"target_names": ["wieght", "weight"]', ['C5 unknown-target 0 target_names.0']],
  ])('%s', (_, keys, expected) => {
    expect(problems(resolve(`[{"op_names": ["head"], ${keys}}]`))).toEqual(expected);
  });
});

describe('R1–R6: registration', () => {
  test('R1: the first keeps a target, a later one adds others', () => {
    const resolution = resolve(
      '[{"op_names": ["head"], "sparse_ratio": 0.1, "target_names": ["weight"]}, {"op_types": ["Linear"], ' +
        '"sparse_ratio": 0.9}]',
    );
    expect(valuesOf(resolution, 'sparse_ratio')).toEqual([
      'layer10 weight 0.9', 'layer10 bias -', 'head weight 0.1', 'head bias -',
    ]);
    expect(listIgnored(resolution, smallTree)).toEqual([[1, 'head', 'weight']]);
    expect(resolution.subConfigs.map(({ wonTargets, lostTargets }) => [wonTargets, lostTargets])).toEqual([
      [1, []],
      [3, [{ to: 0, count: 1 }]],
    ]);
  });

  test('R2a a bias that is None is counted apart from the targets that a sub-config configures', () => {
    const resolution = resolve('[{"op_names": ["layer1.conv", "head"], "sparse_ratio": 0.5}]');
    expect(resolution.subConfigs.map(({ wonTargets, emptyTargets }) => [wonTargets, emptyTargets])).toEqual([[4, 1]]);
  });

  test.each<[string, Mode, string, readonly string[]]>([
    ['R2a no such parameter', 'quantization',
      '{"op_names": ["layer1.relu"], "quant_dtype": null, "target_settings": {"weight": {"quant_dtype": null}}}',
      ['R2 missing-parameter 0 target_settings.weight']],
    ['R2a a bias that is None is fine', 'pruning', '{"op_names": ["layer1.conv"], "sparse_ratio": 0.5}', []],
    ['R2a a buffer is fine', 'pruning', '{"op_names": ["layer1.bn"], "target_settings": {"running_mean": {}}}', []],
    ['R2b distillation takes no parameters', 'distillation',
      '{"op_names": ["head"], "target_settings": {"weight": {}}}',
      ['R2 parameter-not-distillable 0 target_settings.weight']],
    ['R2a a dot in an input', 'quantization',
      '{"op_names": ["head"], "quant_dtype": null, "target_names": ["_input_a.b"]}',
      ['R2 registration-failed 0 target_names.0']],
    ['R2d what NNI’s wrapper has, as every object does', 'pruning', '{"op_names": ["head"], "target_settings": {"__class__": {}}}', []],
    ['R2d the mask of an earlier target', 'pruning', '{"op_names": ["head"], "target_settings": {"weight_mask": {}}}', []],
    ['R2d the mask of a later target', 'pruning',
      '{"op_names": ["head"], "target_names": ["weight_mask", "weight"], "target_settings": {"weight_mask": {}}}',
      ['R2 missing-parameter 0 target_names.0']],
    ['R2d the scale of an earlier target, in its own mode', 'quantization',
      '{"op_names": ["head"], "quant_dtype": null, "target_names": ["weight", "weight_scale", "weight_mask"], ' +
      '"target_settings": {"weight_scale": {"quant_dtype": null}, "weight_mask": {"quant_dtype": null}}}',
      ['R2 missing-parameter 0 target_names.2']],
    ['R3 prefix', 'quantization', '{"op_names": ["head"], "quant_dtype": "float16", "target_names": ["weight"]}',
      ['R3 bad-quant-dtype 0 quant_dtype']],
    ['R3 number, where it is set', 'quantization',
      '{"op_names": ["head"], "quant_dtype": "int8", "target_names": ["weight"], ' +
      '"target_settings": {"weight": {"quant_dtype": "uint"}}}',
        ['R3 bad-quant-dtype 0 target_settings.weight.quant_dtype']],
    ['R6a out_channel of an input', 'pruning', '{"op_names": ["head"], "target_names": ["_input_"], ' +
      '"target_settings": {"_input_": {"granularity": "out_channel"}}}',
      ['R6 granularity-kind 0 target_settings._input_.granularity']],
    ['R6b four items', 'pruning',
      '{"op_names": ["head"], "granularity": [[1], "back", 1, 1], "target_names": ["weight"]}',
      ['R6 granularity-malformed 0 granularity']],
  ])('%s', (_, mode, subConfig, expected) => {
    expect(problems(resolve(`[${subConfig}]`, mode))).toEqual(expected);
  });

  test.each<[string, Mode, { readonly type: string; readonly class?: string }, string | null]>([
    ['scripted', 'distillation', { type: 'RecursiveScriptModule', class: 'torch.jit._script.RecursiveScriptModule' }, 'unsupported callable'],
    ['traced, of a type without a template', 'pruning', { type: 'TopLevelTracedModule' }, 'unsupported callable'],
    ['the name alone', 'distillation', { type: 'ScriptModule', class: 'own.ScriptModule' }, null],
  ])('R7: a module of TorchScript: %s', (_, mode, module, expected) => {
    const { verdict } = resolve('[{"op_names": ["a"]}]', mode, treeOf([{ name: '', type: 'Net' }, { name: 'a', ...module }]));
    expect(verdict.accepted ? null : verdict.error.message).toBe(expected);
  });

  test.each([
    ['bias', null],
    ['scale', null],
    ['out_features', { type: 'TypeError', message: "Type of out_features is <class 'int'>, can not register to a." }],
    ['device', { type: 'TypeError', message: "Type of device is <class 'torch.device'>, can not register to a." }],
    ['nope', { type: 'AssertionError', message: '' }],
  ])('R2c: %s of an own class that sets attributes which are no parameters', (target, error) => {
    const tree = treeOf([
      { name: '', type: 'Net' },
      {
        name: 'a', type: 'Linear', class: 'own.Linear', parameters: { weight: { shape: [4, 3], dtype: 'float32' } },
        attributes: { bias: null, scale: { shape: [4] }, out_features: 'int', device: 'torch.device' },
      },
    ]);
    const list = `[{"op_names": ["a"], "target_names": ["${target}"], "target_settings": {"${target}": {"sparse_ratio": 0.5, "granularity": "default"}}}]`;
    const { verdict, outcomes } = resolve(list, 'pruning', tree);
    expect(verdict).toMatchObject(error === null ? { accepted: true } : { accepted: false, error });
    expect(outcomes[0]!.targets.map(({ attribute, shape }) => [attribute, shape])).toEqual(
      error === null ? [target === 'scale' ? ['tensor', [4]] : ['empty', null]] : [],
    );
  });

  test('R2a: the root has no attribute without a name', () => {
    const tree = treeOf([{ name: '', type: 'Linear', class: 'torch.nn.modules.linear.Linear', parameters: weights([2, 2]) }]);
    const { verdict } = resolve('[{"op_names": [""], "target_settings": {"": {}}}]', 'pruning', tree);
    expect(verdict).toMatchObject({ accepted: false, error: { type: 'AssertionError', message: '' } });
  });

  test('R2b: a weight that torch computes again before each forward pass is one', () => {
    const tensor = (shape: readonly number[]) => ({ shape, dtype: 'float32' });
    const normed = { weight_g: tensor([4, 1]), weight_v: tensor([4, 6]) };
    const tree = treeOf([
      { name: '', type: 'Net' },
      { name: 'conv', type: 'Linear', class: 'torch.nn.modules.linear.Linear', parameters: normed },
    ]);
    const resolution = resolve('[{"op_names": ["conv"], "sparse_ratio": 0.5, "target_names": ["weight"]}]', 'pruning', tree);
    expect(resolution.verdict).toEqual({ accepted: true });
    expect(resolution.outcomes[0]!.targets).toMatchObject([{ attribute: 'tensor', shape: [4, 6] }]);
  });

  test('R2c, O1: of modules that lack a target, the first in the order of the set is reported', () => {
    const linear = 'torch.nn.modules.linear.Linear';
    const names = ['bert.encoder.layer.6.intermediate.dense', 'bert.encoder.layer.10.attention.self.query'];
    const tree = treeOf([
      { name: '', type: 'Net' },
      ...names.map((name) => ({ name, type: 'Linear', class: linear, parameters: weights([2, 2]) })),
    ]);
    const list = `[{"op_names": ${JSON.stringify(names.toReversed())}, "target_settings": {"in_features": {}}}]`;
    expect(resolve(list, 'pruning', tree).verdict).toMatchObject({
      error: { message: `Type of in_features is <class 'int'>, can not register to ${names[1]}.` },
    });
  });

  test.each([
    ['"default"', [1], 'back', -1],
    ['"in_channel"', [-1, 1], 'back', -1],
    ['[4, 4]', [4, 4], 'front', 1],
    ['[]', [], 'front', 1],
    ['[[1], "back"]', [1], 'back', 1],
    ['[[1], "back", -1]', [1], 'back', -1],
  ] as const)('R6a–b: granularity %s of a pruned weight', (granularity, sizes, padding, paddingValue) => {
    const list = `[{"op_names": ["head"], "granularity": ${granularity}, "target_names": ["weight"]}]`;
    expect(resolve(list).outcomes[0]!.targets[0]!.kernel).toEqual({ sizes, padding, paddingValue });
  });

  test('R6a: default sets no kernel in quantization', () => {
    const [outcome] = resolve('[{"op_names": ["head"], "quant_dtype": "int8"}]', 'quantization').outcomes;
    expect(outcome!.targets.map(({ kernel }) => kernel)).toEqual([null, null, null, null]);
  });

  const shared = treeOf([
    { name: '', type: 'Net' },
    { name: 'a', type: 'Linear', class: 'torch.nn.modules.linear.Linear', parameters: weights([2, 2]) },
    { name: 'b', type: 'Linear', class: 'torch.nn.modules.linear.Linear', parameters: weights([2, 2]),
      shared_with: 'a' },
    { name: 'c', type: 'ReLU', class: 'torch.nn.modules.activation.ReLU' },
    { name: 'd', type: 'Linear', class: 'mine.Linear', parameters: weights([2, 2]) },
  ]);

  test.each<[string, Mode, string, readonly string[]]>([
    ['R5a both names', 'pruning', '[{"op_names": ["a", "b"]}]', ['R5 wrapped-twice 0']],
    ['R5a one name', 'pruning', '[{"op_names": ["b"]}]', []],
    ['R4a fused', 'quantization',
      '[{"op_names": ["a"], "quant_dtype": null, "target_names": ["_output_"], "fuse_names": [["a", "c"]]}]', []],
    ['R4a too short', 'quantization', '[{"op_names": ["a"], "quant_dtype": null, "fuse_names": [["a"]]}]',
      ['R4 fuse-length 0 fuse_names.0']],
    ['R4a unknown', 'quantization', '[{"op_names": ["a"], "quant_dtype": null, "fuse_names": [["a", "x"]]}]',
      ['R4 fuse-unknown-module 0 fuse_names.0.1']],
    ['R4a head of a type that cannot', 'quantization',
      '[{"op_names": ["c"], "target_names": ["_output_"], "quant_dtype": null, "fuse_names": [["c", "a"]]}]',
      ['R4 fuse-head-type 0 fuse_names.0.0']],
    ['R4a a class of the same name from elsewhere', 'quantization',
      '[{"op_names": ["d"], "quant_dtype": null, "fuse_names": [["d", "a"]]}]',
      ['R4 fuse-head-type 0 fuse_names.0.0']],
    ['R4a ReLU without _output_', 'quantization',
      '[{"op_names": ["a"], "quant_dtype": null, "target_names": ["_output_0"], "fuse_names": [["a", "c"]]}]',
      ['R4 fuse-without-output 0 fuse_names.0.1']],
    ['R4a head not selected', 'quantization',
      '[{"op_names": ["d"], "quant_dtype": null, "fuse_names": [["a", "d"]]}]',
      ['R4 fuse-head-not-selected 0 fuse_names.0.0']],
    ['R4a head twice', 'quantization', '[{"op_names": ["a"], "quant_dtype": null, "fuse_names": [["a", "d"]]}, ' +
      '{"op_names": ["a"], "quant_dtype": null, "fuse_names": [["a", "d"]]}]',
        ['R4 fuse-head-twice 1 fuse_names.0.0']],
    ['R4b part selected elsewhere', 'quantization',
      '[{"op_names": ["a"], "quant_dtype": null, "fuse_names": [["a", "d"]]}, ' +
      '{"op_names": ["d"], "quant_dtype": null}]', ['R4 fuse-part-selected 0 fuse_names.0.1']],
    ['R4b part under its second name', 'quantization',
      '[{"op_names": ["a"], "quant_dtype": null, "fuse_names": [["a", "b"]]}]',
      ['R4 fuse-part-shared 0 fuse_names.0.1', 'R5 wrapped-twice 0']],
    ['R4b the root', 'quantization', '[{"op_names": ["a"], "quant_dtype": null, "fuse_names": [["a", ""]]}]',
      ['R4 fuse-root 0 fuse_names.0.1']],
  ])('%s', (_, mode, list, expected) => {
    expect(problems(resolve(list, mode, shared))).toEqual(expected);
  });

  test('R4a: fusions that stand', () => {
    const list = '[{"op_names": ["a"], "quant_dtype": null, "target_names": ["_output_"], "fuse_names": [["a", ' +
      '"d", "c"]]}]';
    expect([...fusedOf(resolve(list, 'quantization', shared))]).toEqual([['a', ['c', 'd']]]);
  });
});

describe('M2: types are compared by their bare names', () => {
  const tree = treeOf([
    { name: '', type: 'Net' },
    { name: 'a', type: 'Linear', class: 'torch.nn.modules.linear.Linear', parameters: weights([2, 2]) },
    { name: 'b', type: 'Linear', class: 'mine.Linear', parameters: weights([2, 2]) },
    { name: 'c', type: 'LinearReLU', class: 'mine.LinearReLU', parameters: weights([2, 2]) },
  ]);
  test.each([
    ['Linear', ['a', 'b']],
    ['linear', []],
    ['torch.nn.modules.linear.Linear', []],
    ['Lin', []],
    ['LinearReLU', ['c']],
  ])('op_types %s', (type, expected) => {
    expect(selectedNames(resolve(`[{"op_types": ["${type}"]}]`, 'pruning', tree), tree)[0]).toEqual(expected);
  });
});

describe('what is refused still resolves, and all of it is reported', () => {
  test('O1: problems in NNI’s order, the first is the verdict', () => {
    const resolution = resolve(
      '[{"op_names": ["nope", "norm", "head"], "sparse_ratio": 1}, {"op_names_re": ["(", "head"], "foo": 1}]',
    );
    expect(problems(resolution)).toEqual([
      'V3 wrong-value 0 sparse_ratio',
      'V2 unknown-key 1 foo',
      'S5 unknown-module 0 op_names.0',
      'C1 unregistered-type 0',
      'S2 bad-pattern 1 op_names_re.0',
    ]);
    expect(resolution.verdict).toMatchObject({ accepted: false, stage: 'schema', where: { subConfig: 0 } });
    expect(valuesOf(resolution, 'sparse_ratio')).toEqual(['head weight 1', 'head bias -']);
  });

  test('O2: a module that is wrapped twice comes before a kernel that cannot be made, whatever the list’s order', () => {
    const tree = treeOf([
      { name: '', type: 'Net' },
      { name: 'a', type: 'Linear', parameters: weights([2, 2]) },
      { name: 'b', type: 'Linear', parameters: weights([2, 2]), shared_with: 'a' },
      { name: 'c', type: 'Linear', parameters: weights([2, 2]) },
    ]);
    const kernel = '{"op_names": ["c"], "granularity": [[1], "back", 1, 1], "target_names": ["weight"]}';
    const twice = '{"op_names": ["a", "b"]}';
    expect(problems(resolve(`[${kernel}, ${twice}]`, 'pruning', tree))).toEqual([
      'R5 wrapped-twice 1',
      'R6 granularity-malformed 0 granularity',
    ]);
  });

  test.each([
    ['a part of a weight that bitsandbytes packs', '{"weight_map": {"net.fc.weight": "m.safetensors", "net.fc.weight.absmax": "m.safetensors", "net.fc.weight.quant_map": "m.safetensors"}}', 'net.fc.weight'],
    ['a part of a weight that quanto packs', '["net.fc.weight._data", "net.fc.weight._scale", "net.norm.weight"]', 'net.fc.weight'],
    ['a key below a packed weight', '{"weight_map": {"net.fc.weight": "m.safetensors", "net.fc.weight.absmax": "m.safetensors"}}', 'net.fc.weight.absmax'],
    ['a parameter that a loop prints with requires_grad', 'net.fc.weight True\nnet.fc.bias False', 'net.fc.weight'],
  ])('S5: %s is no module', (_, text, name) => {
    expect(resolve(`[{"op_names": ["${name}"], "sparse_ratio": 0.5}]`, 'pruning', readText(text)).verdict).toMatchObject({
      accepted: false,
      error: { type: 'KeyError', message: `'${name}'` },
    });
  });

  describe('R5b: a model that a compressor has wrapped already', () => {
    const printed = readText(
      'Net(\n  (fc1): Linear(\n    in_features=8, out_features=8, bias=True\n' +
        '    (_nni_wrapper): ModuleWrapper(module=Linear(in_features=8, out_features=8, bias=True), module_name=fc1)\n  )\n' +
        '  (head): Linear(in_features=8, out_features=4, bias=True)\n)',
    );
    const listed = readText('["fc1.weight", "fc1.bias", "fc1._nni_wrapper.weight_mask", "head.weight"]');
    const error = { type: 'AssertionError', message: 'fc1 is already wrapped by another wrapper, can not wrap it again.' };

    test('selected by type', () => {
      const resolution = resolve('[{"op_types": ["Linear"], "sparse_ratio": 0.5}]', 'pruning', printed);
      expect(problems(resolution)).toEqual(['R5 already-wrapped 0']);
      expect(resolution.verdict).toMatchObject({ accepted: false, stage: 'scaler', error });
    });
    test('a tree of tensor names', () => {
      const resolution = resolve('[{"op_names": ["fc1"]}]', 'distillation', listed);
      expect(resolution.verdict).toMatchObject({ accepted: false, error });
    });
    test('only modules that were left out are selected: nothing is wrapped twice', () => {
      expect(resolve('[{"op_names": ["head"], "sparse_ratio": 0.5}]', 'pruning', printed).verdict).toEqual({ accepted: true });
    });
    test('a target that cannot be comes first, a kernel that cannot be made later', () => {
      const list = '[{"op_names": ["head", "fc1"], "sparse_ratio": 0.5, "granularity": "per_channel"}]';
      expect(problems(resolve(list, 'pruning', printed))[0]).toBe('R5 already-wrapped 0');
      const target = '[{"op_types": ["Linear"], "sparse_ratio": 0.5, "target_names": ["bogus"]}]';
      expect(problems(resolve(target, 'pruning', printed))[0]).toBe('C5 unknown-target 0 target_names.0');
    });
  });

  test('M3, F4: unknown types match no op_types, have no template, and are reported as not checked', () => {
    const tree = readText('["a.weight", "b.weight"]');
    const resolution = resolve('[{"op_types": ["Linear"]}, {"op_names": ["a"]}]', 'pruning', tree);
    expect(resolution.verdict).toEqual({ accepted: true });
    expect(resolution.observations.filter(({ type }) => type === 'not-checked')).toMatchObject([
      { lack: 'types', rule: 'S3', subConfig: 0, count: 3 },
      { lack: 'types', rule: 'C1', subConfig: 1, count: 1 },
    ]);
    const distilled = resolve('[{"op_names": ["a"], "lambda": 1}]', 'distillation', tree);
    expect(valuesOf(distilled, 'lambda', tree)).toEqual(['a _output_0 1']);
  });

  test('R2, F4: unknown parameters are not checked', () => {
    const tree = readText('[{"name": "", "type": "Net"}, {"name": "a", "type": "Linear"}]');
    const resolution = resolve('[{"op_names": ["a"], "target_settings": {"wieght": {}}}]', 'pruning', tree);
    expect(resolution.verdict).toEqual({ accepted: true });
    expect(resolution.observations).toMatchObject([
      { type: 'not-checked', lack: 'parameters', rule: 'R2', count: 1 },
    ]);
  });
});

describe('silent facts', () => {
  test.each([
    ['R1', '[{"op_names": ["head"]}, {"op_names": ["head"], "target_names": ["weight"]}]',
      [{ type: 'wins-nothing', subConfig: 1, lost: 1 },
        { type: 'lost-targets', subConfig: 1, winner: 0, target: 'weight', count: 1, modules: [7] }]],
    ['R2a', '[{"op_names": ["layer1.conv"]}]',
      [{ type: 'empty-parameter', subConfig: 0, target: 'bias', count: 1, modules: [2] }]],
    ['C3', '[{"op_names": ["head"], "target_names": ["bias"], "sparse_ratio": 0.5}]',
      [{ type: 'shorthand-unused', subConfig: 0, key: 'sparse_ratio', moduleTypes: ['Linear'] }]],
    ['C5', '[{"op_types": ["Linear"], "target_names": ["bias"], "target_settings": {"weight": {"sparse_ratio": ' +
      '0.5}}}]',
      [{ type: 'dropped-target-setting', subConfig: 0, target: 'weight', count: 2, ofModules: 2,
        modules: [5, 7] }]],
    ['S2', '[{"op_names": ["head"], "op_names_re": ["x"], "exclude_op_names_re": ["layer"]}]',
      [{ type: 'entry-without-hit', subConfig: 0, key: 'op_names_re', index: 0, value: 'x' },
        { type: 'entry-without-effect', subConfig: 0, key: 'exclude_op_names_re', index: 0, value: 'layer',
          count: 5 }]],
    ['S3', '[{"op_types": ["Conv9d"]}]',
      [{ type: 'entry-without-hit', subConfig: 0, key: 'op_types', index: 0, value: 'Conv9d' },
        { type: 'selects-nothing', subConfig: 0 }]],
  ])('%s: %s', (_, list, expected) => {
    expect(resolve(list).observations).toEqual(expected);
  });

  test('M1: a tied parameter', () => {
    const tree = treeOf([
      { name: '', type: 'Net' },
      { name: 'wte', type: 'Embedding', parameters: { weight: { shape: [9, 4], dtype: 'float32' } } },
      { name: 'head', type: 'Linear',
        parameters: { weight: { shape: [9, 4], dtype: 'float32', tied_to: 'wte.weight' }, bias: null } },
    ]);
    expect(resolve('[{"op_types": ["Embedding"]}]', 'pruning', tree).observations).toEqual([
      { type: 'tied-parameter', subConfig: 0, parameter: 'head.weight', tiedTo: 'wte.weight', modules: [2, 1] },
    ]);
  });
});
