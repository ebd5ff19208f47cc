import { assert, constantFrom, jsonValue, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyListEdits } from '../config/list-edits.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import type { Mode } from '../config/mode.ts';
import { isConfigList, isConfigObject, type ConfigList, type ConfigValue } from '../config/value.ts';
import type { Severity } from '../diagnostics/severity.ts';
import { asResolved } from '../diagnostics/number-of.ts';
import { kindOfFix, wordFix } from '../diagnostics/fix.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { createResolver, type Resolver } from '../resolve/resolver.ts';
import { treeOf as nniTree } from '../testing/nni-trees.ts';
import { parseList, readNniVectors, readSample } from '../testing/nni-vectors.ts';
import { collectFindings } from './collect-findings.ts';
import type { Finding } from './finding.ts';
import { repairList } from './repair-list.ts';
import { listAfter } from './settle-fix.ts';
import { wordFinding } from './word-finding.ts';

const trees = new Map<string, ModuleTree>();

function treeOf(name: string): ModuleTree {
  const tree = trees.get(name) ?? readSample(name);
  trees.set(name, tree);
  return tree;
}

const resolvers = new Map<ModuleTree, Resolver>();

function findings(model: string, mode: Mode, list: ConfigList, teacher: ModuleTree | null = null) {
  const tree = treeOf(model);
  const resolver = resolvers.get(tree) ?? createResolver(tree);
  resolvers.set(tree, resolver);
  const resolution = resolver.resolve({ mode, list, templates: [], python: '3.11' });
  return collectFindings(resolution, tree, { resolver, list, templates: [], python: '3.11', teacher });
}

let recorded: readonly (readonly Finding[])[] | undefined;

/** The findings in every sixth of the recorded lists. */
function findingsOfRecorded() {
  recorded ??= readNniVectors('nni', 6).map(({ model, mode, list }) => findings(model, mode, list));
  return recorded;
}

describe('F1b–c, F2b findings', () => {
  it.each([
    ['V3a', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":1}]', 'wrong-value', 'Write 1.0'],
    ['V4', 'spec_mlp', 'quantization', '[{"op_types":["Linear"]}]', 'missing-key', 'Add quant_dtype: "int8"'],
    ['V2', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"sparsety":0.5}]', 'unknown-key', 'Remove sparsety'],
    ['V7', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"target_settings":{}}]', 'empty-dict', 'Remove target_settings'],
    ['S5', 'spec_mlp', 'pruning', '[{"op_names":["fc1","nope"]}]', 'unknown-module', 'Remove the entry'],
    ['S2', 'spec_mlp', 'pruning', '[{"op_names_re":["fc1","fc["]}]', 'bad-pattern', 'Remove the entry'],
    ['C1', 'spec_mlp', 'pruning', '[{"op_names_re":["relu1|fc"]}]', 'unregistered-type', 'Exclude ReLU'],
    [
      'C6',
      'spec_mlp',
      'pruning',
      '[{"op_types":["Linear"],"target_names":["weight","_output_"]}]',
      'unknown-target',
      'Add _output_ to target_settings',
    ],
    [
      'E3',
      'spec_mlp',
      'pruning',
      '[{"op_types":["Linear"],"sparse_ratio":0.5,"target_settings":{"weight":{"sparse_ratio":0.8}}}]',
      'exclusive-keys',
      'Move it into target_settings',
    ],
    [
      'C5',
      'spec_mlp',
      'pruning',
      '[{"op_types":["Linear"],"target_names":["weight"],"target_settings":{"bias":{"sparse_ratio":0.5}}}]',
      'dropped-target-setting',
      'Add bias to target_names',
    ],
    ['C3', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"target_names":["bias"],"sparse_ratio":0.5}]', 'shorthand-unused', 'Remove sparse_ratio'],
    ['S1', 'spec_mlp', 'pruning', '[{"op_types":["Linear","Conv2d"]}]', 'entry-without-hit', 'Remove the entry'],
    ['F9a', 'spec_mlp', 'pruning', '[{"op_types":["linear"]}]', 'entry-without-hit', 'Write Linear'],
    ['F9a', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"exclude_op_names":["FC1"]}]', 'entry-without-hit', 'Write fc1'],
    ['F9a', 'resnet18', 'pruning', '[{"op_names":["conv1","module.fc"]}]', 'unknown-module', 'Write fc'],
    ['F9a', 'spec_mlp', 'pruning', '[{"op_type":["Linear"],"sparse_ratio":0.5}]', 'missing-selector', 'Rename op_type to op_types'],
    ['F9a', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"target_settings":{"weight":{"sparse_ration":0.5}}}]', 'unknown-key', 'Rename sparse_ration to sparse_ratio'],
    ['F9a', 'resnet18', 'pruning', '[{"op_types":["Conv2d"],"target_settings":{"bias":{"align":{"module_name":"conv1","target_name":"weight","dim":[0]}}}}]', 'unknown-key', 'Rename dim to dims'],
    ['V3a', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"target_settings":{"weight":{"sparse_ratio":0.5,"sparse_threshold":0.1}}}]', 'exclusive-keys',
      'Keep sparse_ratio of weight, remove sparse_threshold of weight'],
    ['X4a', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":7.5}]', 'ratio-above-1', 'Write 1.0'],
    ['X4a', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":-0.5}]', 'ratio-below-0', 'Write 0.0'],
    ['V3a', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":0.5,"sparse_threshold":0.1}]', 'exclusive-keys', 'Keep sparse_ratio, remove sparse_threshold'],
    ['C1', 'spec_mlp', 'pruning', '[{"op_names_re":["relu1|fc"]}]', 'unregistered-type', 'Select only Linear'],
    ['S3', 'resnet18', 'pruning', '[{"op_names":["bn1","conv1"],"op_types":["Conv2d"]}]', 'entry-without-effect', 'Add BatchNorm2d to op_types'],
    ['S3', 'resnet18', 'pruning', '[{"op_names_re":["fc","conv1"],"op_types":["Conv2d"]}]', 'entry-without-effect', 'Add Linear to op_types'],
    ['R2a', 'resnet18', 'pruning', '[{"op_types":["Conv2d"],"target_settings":{"wait":{"sparse_ratio":0.5}}}]', 'missing-parameter', 'Remove wait'],
    ['R2b', 'resnet18', 'distillation', '[{"op_types":["Conv2d"],"target_settings":{"weight":{"lambda":1}}}]', 'parameter-not-distillable', 'Remove weight'],
    ['R3', 'resnet18', 'quantization', '[{"op_types":["Conv2d"],"quant_dtype":"float8"}]', 'bad-quant-dtype', 'Write "int8"'],
    ['R4a', 'resnet18', 'quantization', '[{"op_types":["Conv2d"],"quant_dtype":"int8","fuse_names":[["conv1"]]}]', 'fuse-length', 'Remove the group'],
    ['R4a', 'resnet18', 'quantization', '[{"op_names":["fc"],"quant_dtype":"int8","fuse_names":[["conv1","bn1"]]}]', 'fuse-head-not-selected', 'Add conv1 to op_names'],
    ['R4b', 'resnet18', 'quantization', '[{"op_types":["Conv2d","BatchNorm2d"],"quant_dtype":"int8","fuse_names":[["conv1","bn1"]]}]', 'fuse-part-selected', 'Exclude bn1'],
    ['R6a', 'resnet18', 'pruning', '[{"op_types":["Conv2d"],"target_names":["weight"],"sparse_ratio":0.5,"granularity":"per_channel"}]', 'granularity-kind', 'Remove granularity'],
    ['F3c', 'gpt2', 'distillation', String.raw`[{"op_names_re":["transformer\\.h\\.3$","transformer\\.h\\.0"],"apply_method":"mse"}]`, 'takes-containers', 'Select only Conv1D, Dropout, LayerNorm, NewGELUActivation'],
    ['X9', 'resnet18', 'quantization', '[{"op_types":["Linear"],"quant_dtype":"int8","target_names":["_input_input","weight"]}]', 'input-not-met', 'Write _input_0'],
    ['X1a', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"target_names":["weight"],"sparse_ratio":0.5,"granularity":[7,7]}]', 'mask-failure', 'Remove granularity'],
    ['X3a', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"target_names":["bias"],"sparse_ratio":0.5}]', 'mask-failure', 'Add weight to target_names'],
    ['X3a', 'conv_bn_relu', 'pruning', '[{"op_types":["BatchNorm2d"],"target_names":["weight"],"target_settings":{"weight":{"align":{"module_name":"conv","target_name":"weight","dims":[0]}}}}]', 'mask-failure', 'Prune conv.weight by 50 %, too'],
    ['F3e', 'spec_mlp', 'pruning', '[{"op_types":["Linear"],"target_names":["weight"],"granularity":"out_channel"}]', 'masks-nothing', 'Add sparse_ratio: 0.5'],
    ['F3e', 'conv_bn_relu', 'pruning', '[{"op_types":["Conv2d"],"sparse_ratio":0.5},{"op_types":["BatchNorm2d"],"target_names":["weight"],"sparse_ratio":0.5,"target_settings":{"weight":{"align":{"module_name":"conv","target_name":"weight","dims":[0]}}}}]', 'align-unused', 'Keep align, remove sparse_ratio'],
    ['F3e', 'conv_bn_relu', 'pruning', '[{"op_types":["BatchNorm2d"],"target_names":["weight"],"sparse_ratio":0.5,"target_settings":{"weight":{"align":{"module_name":"conv","target_name":"weight","dims":[0]}}}}]', 'align-unused', 'Keep align, remove sparse_ratio, then prune conv.weight by 50 %, too'],
    ['F3e', 'conv_bn_relu', 'pruning', '[{"op_types":["BatchNorm2d"],"target_names":["weight"],"sparse_ratio":0.5,"target_settings":{"weight":{"align":{"module_name":"conv","target_name":"weight","dims":[0]}}}}]', 'align-unused', 'Keep sparse_ratio, remove align'],
    ['X7b', 'resnet18', 'quantization', '[{"op_names":["conv1"],"quant_dtype":"int8","target_names":["weight","_output_"],"fuse_names":[["conv1","relu","bn1"]]}]', 'fusion-unsupported', 'Fuse only the first two'],
    ['X7b', 'resnet18', 'quantization', '[{"op_names":["conv1"],"quant_dtype":"int8","target_names":["weight","_output_"],"fuse_names":[["conv1","maxpool"]]}]', 'fusion-unsupported', 'Remove the group'],
    ['X7b', 'resnet18', 'quantization', '[{"op_names":["conv1"],"quant_dtype":"int8","target_names":["_output_"],"fuse_names":[["conv1","bn1","relu"]]}]', 'fusion-weight', 'Add weight to target_names'],
    ['X7b', 'resnet18', 'quantization', '[{"op_names":["conv1"],"quant_dtype":"int8","target_names":["weight"],"fuse_names":[["conv1","layer2.0.bn1"]]}]', 'fusion-channels', 'Remove the group'],
    ['X8', 'resnet18', 'quantization', '[{"op_types":["Conv2d","Linear"],"quant_dtype":"int8"}]', 'empty-quantized', 'Remove bias'],
  ] as const)('%s: %s %s %s is reported as %s, and "%s" settles it', (_rule, model, mode, text, code, label) => {
    const list = parseList(text);
    const found = findings(model, mode, list).find((finding) => finding.code === code);
    const fix = found?.fixes.find((candidate) => wordFix(candidate, asResolved) === label);
    expect(found?.fixes.map((fix) => wordFix(fix, asResolved))).toContain(label);
    if (!fix || fix.action.type !== 'edit-list') throw new Error('the fix edits the list');
    const edited = applyListEdits(list.filter(isConfigObject), fix.action.edits);
    if (!edited.ok) throw new Error(edited.error.message);
    const left = findings(model, mode, edited.value).filter((finding) => finding.code === code);
    const same = left.filter((finding) => wordFinding(finding, asResolved).title === wordFinding(found!, asResolved).title);
    expect(same).toEqual([]);
  });

  const alignWith = (settings: string) =>
    `[{"op_types":["Conv2d"],"sparse_ratio":0.5},{"op_types":["BatchNorm2d","Linear"],"target_names":["weight"],${settings}}]`;
  const follow = '"align":{"module_name":"conv","target_name":"weight","dims":[0]}';
  it.each([
    ['a ratio', `"target_settings":{"weight":{"sparse_ratio":0.5,${follow}}}`, 'align of weight has no effect: sparse_ratio decides its mask.'],
    ['a group', `"sparse_ratio":0.5,"dependency_group_id":"a","target_settings":{"weight":{${follow}}}`, 'align of weight has no effect: dependency_group_id decides its mask.'],
    ['nothing else', `"target_settings":{"weight":{${follow}}}`, undefined],
    ['the align of the template', '"sparse_ratio":0.5,"target_settings":{"weight":{"granularity":"default"}}', undefined],
  ])('F3e, X3a: align next to %s', (_what, settings, expected) => {
    const found = findings('conv_bn_relu', 'pruning', parseList(alignWith(settings))).find(({ code }) => code === 'align-unused');
    expect(found && wordFinding(found, asResolved).title).toBe(expected);
  });

  it.each([
    ['a sub-config without an amount', '[{"op_types":["Linear"],"target_names":["weight"]}]', ['Sub-config 1 masks nothing: it has no sparse_ratio, sparse_threshold or align.']],
    ['a ratio of one target', '[{"op_types":["Linear"],"target_settings":{"weight":{"sparse_ratio":0.5}}}]', []],
    ['a threshold', '[{"op_types":["Linear"],"sparse_threshold":0.1}]', []],
    ['one that wins no target', '[{"op_types":["Linear"],"sparse_ratio":0.5},{"op_names":["fc1"],"target_names":["weight"]}]', []],
    ['one that keeps a layer from the next', '[{"op_names":["fc3"],"target_names":["weight"]},{"op_types":["Linear"],"sparse_ratio":0.5}]', ['Sub-config 1 masks nothing: it has no sparse_ratio, sparse_threshold or align.']],
  ])('F3e, X4: what says no amount: %s', (_what, list, expected) => {
    const found = findings('spec_mlp', 'pruning', parseList(list)).filter(({ code }) => code === 'masks-nothing');
    expect(found.map((finding) => wordFinding(finding, asResolved).title)).toEqual(expected);
  });

  it('F3e: the ratio of a group is not removed for an align', () => {
    const list = parseList(`[{"op_types":["Conv2d","BatchNorm2d"],"global_group_id":"g","sparse_ratio":0.5,"target_settings":{"weight":{${follow}}}}]`);
    const found = findings('conv_bn_relu', 'pruning', list).find(({ code }) => code === 'align-unused');
    expect(found?.fixes.map((fix) => wordFix(fix, asResolved))).toEqual(['Keep global_group_id, remove align']);
  });

  it.each([
    ['[{"op_names":["fc1","nope"],"sparse_ratio":0.5}]', ['refused unknown-module']],
    ['[{"op_names":["fc1","nope"],"exclude_op_types":["ReLU6"],"sparse_ratio":0.5}]', ['refused unknown-module', 'silent entry-without-hit']],
    ['[{"op_names":["fc1","nope"],"op_types":["Linear"],"sparse_ratio":0.5}]', ['silent entry-without-hit']],
  ] as const)('S5, F9b: a name that the model lacks is reported once: %s', (text, expected) => {
    const found = findings('spec_mlp', 'pruning', parseList(text));
    expect(found.map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected);
  });

  it('F9a: a key is renamed in its place, unless the one that is meant is there already', () => {
    const list = parseList('[{"op_types":["Linear"],"op_type":["ReLU"],"sparse_ration":0.5,"target_names":["weight"]}]');
    const fixes = findings('spec_mlp', 'pruning', list).flatMap((finding) => finding.fixes);
    expect(fixes.map((fix) => wordFix(fix, asResolved))).toEqual(['Remove op_type', 'Rename sparse_ration to sparse_ratio', 'Remove sparse_ration']);
    const [, rename] = fixes;
    const edited = rename?.action.type === 'edit-list' ? applyListEdits(list.filter(isConfigObject), rename.action.edits) : null;
    expect(edited?.ok && writeCompactJson(edited.value)).toBe(
      '[{"op_types":["Linear"],"op_type":["ReLU"],"sparse_ratio":0.5,"target_names":["weight"]}]',
    );
  });

  it('V3a: keys that exclude each other over two levels are reported with their places', () => {
    const list = parseList('[{"op_types":["Linear"],"sparse_ratio":0.5,"target_settings":{"weight":{"sparse_ratio":0.8}}}]');
    expect(findings('spec_mlp', 'pruning', list).map((finding) => wordFinding(finding, asResolved).title)).toContain(
      'sparse_ratio and sparse_ratio of weight must not both be set.',
    );
  });

  it('S2: layer1 also takes layer10; the fix ends the pattern and is offered with what it leaves', () => {
    const list = parseList(String.raw`[{"op_names_re":["model\\.layers\\.1"],"op_types":["Linear"],"sparse_ratio":0.5}]`);
    const found = findings('llama3_8b', 'pruning', list).find((finding) => finding.code === 'cut-number');
    expect(found && wordFinding(found, asResolved).title).toMatch(/^model\\\.layers\\\.1 also takes model\.layers\.10/);
    const [fix] = found?.fixes ?? [];
    expect(fix?.action).toEqual({
      type: 'edit-list',
      edits: [{ type: 'set', path: [0, 'op_names_re', 0], value: String.raw`(?:model\.layers\.1)(?:\.|$)` }],
    });
  });

  it.each([
    ['conv1', 'bn1', 'relu', 'none'],
    ['conv1', 'bn1', null, 'none'],
    ['conv1', 'relu', null, 'none'],
    ['bn1', 'relu', null, 'none'],
    ['conv1', 'relu', 'bn1', 'fusion-unsupported TypeError'],
    ['bn1', 'layer1.0.bn1', null, 'fusion-unsupported TypeError'],
    ['fc', 'bn1', null, 'fusion-unsupported TypeError'],
    ['fc', 'relu', null, 'none'],
    ['conv1', 'layer1.0.conv1', null, 'fusion-unsupported TypeError'],
    ['conv1', 'layer2.0.bn1', null, 'fusion-channels AssertionError'],
  ] as const)('X7a–b: %s + %s + %s ends as NNI ends: %s', (head, second, third, expected) => {
    const group = [head, second, ...(third === null ? [] : [third])];
    const list = parseList(
      JSON.stringify([{ op_names: [head], quant_dtype: 'int8', target_names: ['weight', '_output_'], fuse_names: [group] }]),
    );
    const found = findings('resnet18', 'quantization', list).filter(({ severity }) => severity === 'later');
    expect(found.map(({ code, error }) => `${code} ${error?.type ?? ''}`).join() || 'none').toBe(expected);
  });

  it('X8: parameters that are None fail in quantization only, and not where a target leaves them out', () => {
    const codes = (mode: Mode, text: string): readonly string[] => findings('resnet18', mode, parseList(text)).map(({ code }) => code);
    expect(codes('quantization', '[{"op_types":["Conv2d"],"quant_dtype":"int8"}]')).toEqual(['empty-quantized']);
    expect(codes('quantization', '[{"op_types":["Linear"],"quant_dtype":"int8"}]')).toEqual([]);
    expect(codes('quantization', '[{"op_types":["Conv2d"],"quant_dtype":"int8","target_names":["weight"]}]')).toEqual([]);
    expect(codes('pruning', '[{"op_types":["Conv2d"],"sparse_ratio":0.5}]')).toEqual([]);
  });

  it.each([
    ['the root and 15 containers', 'resnet18', '.*'],
    ['1 container', 'gpt2', String.raw`transformer\.h\.0\.attn`],
    [null, 'gpt2', String.raw`transformer\.h\.\d+$`],
    [null, 'gpt2', String.raw`.*c_attn`],
  ])('S2: %s of %s by %s', (taken, model, pattern) => {
    const list = parseList(JSON.stringify([{ op_names_re: [pattern], apply_method: 'mse' }]));
    const found = findings(model, 'distillation', list).find(({ code }) => code === 'takes-containers');
    expect(found ? wordFinding(found, asResolved).title : null).toBe(
      taken === null ? null : `${pattern} also matches ${taken}, not only the modules inside.`,
    );
    const typed = parseList(JSON.stringify([{ op_names_re: [pattern], op_types: ['Conv1D', 'Conv2d'], apply_method: 'mse' }]));
    expect(findings(model, 'distillation', typed).map(({ code }) => code)).not.toContain('takes-containers');
  });

  it.each([
    ['model.layers.1', 'model.layers.10', String.raw`model\.layers\.1(?:\.|$)`],
    [String.raw`model\.layers\.(1|2)`, 'model.layers.10', String.raw`(?:model\.layers\.(1|2))(?:\.|$)`],
    [String.raw`model\.layers\.[0-3]`, 'model.layers.10', String.raw`(?:model\.layers\.[0-3])(?:\.|$)`],
    [String.raw`model\.layers\.3`, 'model.layers.30', String.raw`(?:model\.layers\.3)(?:\.|$)`],
  ])('S2: %s also takes %s, and the fix escapes and ends it', (pattern, name, ended) => {
    const list = parseList(JSON.stringify([{ op_names_re: [pattern], op_types: ['Linear'], sparse_ratio: 0.5 }]));
    const found = findings('deepseek_v3', 'pruning', list).find(({ code }) => code === 'cut-number');
    expect(found?.values).toMatchObject({ name });
    expect(found?.fixes[0]?.action).toMatchObject({ edits: [{ value: ended }] });
  });

  it('R1: an overlap is reported once for each target', () => {
    const [first, second] = findings('spec_mlp', 'pruning', parseList('[{"op_names":["fc1"]},{"op_types":["Linear"]}]')).filter(({ code }) => code === 'lost-targets');
    expect([first?.values, second?.values]).toMatchObject([
      { target: 'weight', winner: 1, count: 1, narrower: 1 },
      { target: 'bias', winner: 1, count: 1, narrower: 1 },
    ]);
  });

  it('R1, F12: a sub-config that loses all is reported once, and moving it up turns it round', () => {
    const found = findings('spec_mlp', 'pruning', parseList('[{"op_types":["Linear"]},{"op_names":["fc1"]}]'));
    const [first, ...others] = found.filter(({ where }) => where.subConfig === 1);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ code: 'wins-nothing', values: { subConfig: 2, lost: 2, winners: [1] } });
    expect(first && wordFinding(first, asResolved).title).toBe('Sub-config 2 has no effect: all its 2 targets are already taken by #1.');
    expect(first && wordFinding(first, asResolved).why).toContain('The specification also says that later ones overwrite');
    expect(first?.fixes).toEqual([
      {
        code: 'move-up',
        values: { subConfig: 2, winner: 1 },
        action: { type: 'edit-list', edits: [{ type: 'move', from: 1, to: 0 }] },
      },
    ]);
  });

  it.each([
    ['[{"op_names_re":["nothing.*"],"op_types":["Linear"],"sparse_ratio":0.5}]', ['entry-without-hit op_names_re.0 op_types.0']],
    ['[{"op_names_re":["nothing.*","zzz"],"op_types":["Conv2d"],"sparse_ratio":0.5}]', ['entry-without-hit op_names_re.0', 'entry-without-hit op_names_re.1', 'entry-without-hit op_types.0']],
    ['[{"op_names":["relu1"],"op_types":["Linear"],"sparse_ratio":0.5}]', ['selects-nothing  op_names.0 op_types.0']],
    ['[{"op_types":["Linear"],"exclude_op_names_re":["fc"],"sparse_ratio":0.5}]', ['selects-nothing  op_types.0']],
    ['[{"op_types":["Linear"],"exclude_op_names_re":["fc"],"exclude_op_names":["zzz"],"sparse_ratio":0.5}]', ['entry-without-hit exclude_op_names.0', 'selects-nothing  op_types.0']],
  ] as const)('F12: a sub-config that selects nothing is reported with its cause: %s', (text, expected) => {
    const found = findings('spec_mlp', 'pruning', parseList(text));
    const told = found.map(({ code, where: { path, also = [] } }) => [code, ...[path, ...also].map((place) => place.join('.'))].join(' '));
    expect(told).toEqual(expected);
    const all = found.filter(({ code, where }) => code === 'entry-without-hit' && !String(where.path[0]).startsWith('exclude'));
    for (const finding of all) expect(wordFinding(finding, asResolved).title).toMatch(/matches no module: sub-config 1 selects nothing\.$/);
  });

  it('X3a, F10g: a target that follows one without a mask names it; the fix that prunes it is offered, and never made by itself', () => {
    const list = parseList('[{"op_types":["BatchNorm2d"],"target_names":["weight"],"target_settings":{"weight":{"align":{"module_name":"conv","target_name":"weight","dims":[0]}}}}]');
    const [found] = findings('conv_bn_relu', 'pruning', list);
    expect(wordFinding(found!, asResolved).title).toBe('bn.weight follows conv.weight, which no sub-config prunes.');
    const [fix] = found!.fixes;
    expect(fix?.action).toMatchObject({ edits: [{ value: parseList('[{"op_names":["conv"],"target_names":["weight"],"sparse_ratio":0.5,"granularity":"out_channel"}]')[0] }] });
    const findingsOf = (changed: ConfigValue) => (isConfigList(changed) ? findings('conv_bn_relu', 'pruning', changed) : []);
    expect(repairList(list, 'pruning', { findingsOf, tryList: findingsOf }).repairs).toEqual([]);
  });

  it('X1a: a block that does not divide the target fails later, with the exception', () => {
    const list = parseList('[{"op_types":["Linear"],"target_names":["weight"],"sparse_ratio":0.5,"granularity":[7,7]}]');
    expect(findings('spec_mlp', 'pruning', list)).toMatchObject([
      { code: 'mask-failure', severity: 'later', error: { type: 'AssertionError' } },
    ]);
  });

  it.each([
    ['"lambda":1', [['lambda-int', ['lambda'], 'AssertionError', ['Write 1.0']]]],
    ['"lambda":0.5', []],
    ['"lambda":1,"target_settings":{"_output_":{"lambda":2.0}}', []],
    ['"target_settings":{"_output_":{"lambda":2}}', [['lambda-int', ['target_settings', '_output_', 'lambda'], 'AssertionError', ['Write 2.0']]]],
    ['"target_settings":{"_input_":{"apply_method":"mse"}}', [['distilled-input', [], 'KeyError', ['Remove _input_0']]]],
    ['"target_settings":{"_input_":{"apply_method":"mse","link":[]}}', []],
    ['"target_names":["_input_x"],"target_settings":{"_input_":{}}', [['distilled-input', [], 'KeyError', []]]],
    ['"link":["fc2","auto"]', [['link-missing', ['link'], 'KeyError', []]]],
    ['"link":"nope"', [['link-missing', ['link'], 'KeyError', []]]],
    ['"link":"auto"', []],
  ])('X6a–b: what the distiller fails on, with a teacher like the student: %s', (settings, expected) => {
    const list = parseList(`[{"op_names":["fc1"],"apply_method":"mse",${settings}}]`);
    const later = (made: readonly Finding[]): readonly Finding[] => made.filter(({ severity }) => severity === 'later');
    const found = later(findings('spec_mlp', 'distillation', list));
    expect(found.map(({ code, where, error, fixes }) => [code, where.path, error?.type, fixes.map((fix) => wordFix(fix, asResolved))])).toEqual(expected);
    for (const { action } of found.flatMap(({ fixes }) => fixes)) {
      const fixed = action.type === 'edit-list' ? applyListEdits(list.filter(isConfigObject), action.edits) : null;
      expect(fixed?.ok && later(findings('spec_mlp', 'distillation', fixed.value))).toEqual([]);
    }
  });

  it('X6a: a link that the teacher lacks', () => {
    const list = parseList('[{"op_types":["Conv2d"],"apply_method":"mse","link":"auto"}]');
    expect(findings('resnet18', 'distillation', list, treeOf('spec_mlp'))).toMatchObject([
      { code: 'link-missing', severity: 'later', values: { link: 'conv1', count: 20 } },
    ]);
  });

  it.each([
    ['["tail","head"]', ['head and tail are the same module']],
    ['["head","head"]', []],
    ['"tail"', []],
  ])('X6a: links to a module that the teacher has twice: %s', (link, expected) => {
    const teacher = nniTree([
      { name: '', type: 'Net' },
      { name: 'tail', type: 'Linear' },
      { name: 'head', type: 'Linear', shared_with: 'tail' },
    ]);
    const list = parseList(`[{"op_names":["fc1"],"apply_method":"mse","link":${link}}]`);
    const found = findings('spec_mlp', 'distillation', list, teacher).filter(({ severity }) => severity === 'later');
    expect(found.map((finding) => wordFinding(finding, asResolved).title)).toEqual(expected.map((text) => `In the teacher, ${text}.`));
    expect(found.map(({ error }) => error?.type)).toEqual(expected.map(() => 'AssertionError'));
  });

  it.each<[string, string, string, string, readonly string[]]>([
    ['as many blocks', 'bert_base', 'vit_b_16', '"op_names_re":["bert\\\\.encoder\\\\.layer\\\\.\\\\d+$"],"exclude_op_types":["Linear"]', [
      'Link each: encoder.layers.encoder_layer_0 … encoder.layers.encoder_layer_11',
    ]],
    ['a deeper teacher', 'bert_base', 'vit_b_16', '"op_names_re":["bert\\\\.encoder\\\\.layer\\\\.[0-3]$"]', [
      'Link each: encoder.layers.encoder_layer_2 … encoder.layers.encoder_layer_11',
    ]],
    ['a teacher that is not so deep', 'vit_b_16', 'spec_mlp', '"op_types":["EncoderBlock"]', []],
    ['no plain counterpart', 'bert_base', 'vit_b_16', '"op_names":["classifier"]', []],
  ])('X6a, F2c–d: links to %s', (_, model, teacher, selectors, expected) => {
    const first = '{"op_types":["LayerNorm"],"apply_method":"mse","link":"heads"}';
    const list = parseList(`[${first},{${selectors},"apply_method":"mse","lambda":0.5},${first}]`);
    const found = findings(model, 'distillation', list, treeOf(teacher)).filter(
      ({ code, where }) => code === 'link-missing' && where.subConfig === 1,
    );
    expect(found.flatMap(({ fixes }) => fixes.map((fix) => wordFix(fix, asResolved)))).toEqual(expected);
    for (const { action } of found.flatMap(({ fixes }) => fixes)) {
      const fixed = action.type === 'edit-list' ? applyListEdits(list.filter(isConfigObject), action.edits) : null;
      const after = fixed?.ok ? fixed.value : [];
      expect([after[0], after.at(-1)]).toEqual([list[0], list[2]]);
      expect(after.length).toBeGreaterThan(5);
      const left = findings(model, 'distillation', after, treeOf(teacher)).filter(({ code }) => code === 'link-missing');
      expect(left.map(({ where }) => where.subConfig).filter((at) => at !== 0 && at !== after.length - 1)).toEqual([]);
      expect(after.slice(1, -1).map((config) => writeCompactJson(config)).slice(0, 1)).toMatchObject([
        expect.stringMatching(/^\{"op_names": ?\["bert\.encoder\.layer\.0"\], ?"apply_method": ?"mse", ?"lambda": ?0\.5, ?"link": ?"enc/),
      ]);
    }
  });

  it('P20a: a pattern that would hang Python is reported with its seconds', () => {
    const list = parseList('[{"op_names_re":["(.*)*x$"]}]');
    const slow = findings('llama3_8b', 'pruning', list).find((finding) => finding.code === 'slow-pattern');
    expect(slow && wordFinding(slow, asResolved).title).toBe('The pattern (.*)*x$ would hang Python.');
  });

  it('F5: the gravest come first, within one severity by sub-config', () => {
    const severities: readonly Severity[] = ['refused', 'later', 'silent', 'not-checked'];
    const seen = new Set<Severity>();
    for (const found of findingsOfRecorded()) {
      const places = found.map(({ severity, where }) => {
        seen.add(severity);
        return [severities.indexOf(severity), where.subConfig ?? -1] as const;
      });
      expect(places).toEqual(places.toSorted(([a, first], [b, second]) => a - b || first - second));
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  it('F10a: types are not added for a name that is excluded, though they would select others', () => {
    const list = parseList('[{"op_names":["fc"],"op_names_re":[".*"],"op_types":["Conv2d"],"exclude_op_names":["fc","layer1.0.conv1"],"sparse_ratio":0.5}]');
    const finding = findings('resnet18', 'pruning', list).find(({ code, where }) => code === 'entry-without-effect' && where.path[0] === 'op_names')!;
    expect(finding.fixes.map((each) => wordFix(each, asResolved))).toEqual(['Remove the entry']);
  });

  it.each([
    ['pruning', '[{"op_types":["linear"],"sparsity":0.5}]', 'entry-without-hit', ['Write Linear, and translate the list from NNI 2.x'],
      '[{"op_types":["Linear"],"target_names":["weight","bias"],"target_settings":{"weight":{"sparse_ratio":0.5,"granularity":"default"}}}]'],
    ['pruning', '[{"op_types":["Linear"],"total_sparsity":0.5}]', 'unknown-key', ['Translate the list from NNI 2.x, as NNI 3.0 takes it'],
      '[{"op_types":["Linear"],"target_names":["weight","bias"],"target_settings":{"weight":{"sparse_ratio":0.5,"granularity":"default","global_group_id":0}}}]'],
    ['quantization', '[{"op_types":["Linear"],"quant_types":["weight"],"quant_bits":4}]', 'missing-key', ['Translate the list from NNI 2.x, as NNI 3.0 takes it'],
      '[{"op_types":["Linear"],"target_names":["weight"],"target_settings":{"weight":{"quant_dtype":"int4"}},"quant_dtype":"int4"}]'],
  ] as const)('F6: fixes of a list of NNI 2.x in %s write the translated list: %s', (mode, text, code, words, after) => {
    const list = parseList(text);
    const finding = findings('spec_mlp', mode, list).find((each) => each.code === code)!;
    expect(finding.fixes.map((each) => wordFix(each, asResolved)).slice(0, 1)).toEqual(words);
    expect(listAfter(list, finding.fixes[0]!)).toEqual(parseList(after));
  });

  it('F1a, F2a, F3a–d, F4: every finding on the recorded lists has words, none of them reads undefined, and repairs come before removals', () => {
    const codes = new Set<string>();
    for (const found of findingsOfRecorded()) {
      for (const finding of found) {
        codes.add(finding.code);
        const { title, why, rule } = wordFinding(finding, asResolved);
        expect(`${title} ${why}`).not.toMatch(/undefined|NaN|\[object/);
        expect([title === finding.code, rule === '']).toEqual([false, false]);
        for (const fix of finding.fixes) expect(wordFix(fix, asResolved)).not.toBe(fix.code);
        const kinds = finding.fixes.map(kindOfFix);
        expect(kinds.lastIndexOf('repair')).toBeLessThan(kinds.indexOf('remove') === -1 ? Infinity : kinds.indexOf('remove'));
      }
    }
    expect(codes.size).toBeGreaterThan(15);
  });

  it('L, V: any JSON as a list is survived (seed 7)', () => {
    assert(
      property(jsonValue({ maxDepth: 4 }), constantFrom<Mode>('pruning', 'quantization', 'distillation'), (json, mode) => {
        const list = parseList(writeCompactJson([]).replace('[]', JSON.stringify([json])));
        expect(isConfigList(list)).toBe(true);
        expect(Array.isArray(findings('spec_mlp', mode, list))).toBe(true);
      }),
      { seed: 7, numRuns: 150 },
    );
  });
});
