import { describe, expect, it } from 'vitest';
import { defaultPythonVersion } from '../python-re/python-version.ts';
import { selectedNames } from '../resolve/report.ts';
import { createResolver } from '../resolve/resolver.ts';
import { readSample } from '../testing/nni-vectors.ts';
import { readText, smallTree, treeOf, weights } from '../testing/nni-trees.ts';
import { writeCompactJson } from '../config/json-writer.ts';
import { instantiatePreset, wordMisfit } from './fit-preset.ts';
import { createPresetModel, type PresetModel } from './preset-model.ts';
import { presets, presetsOf } from './preset-table.ts';
import { createTemplateRegistry } from '../config/setting-templates.ts';
import { emptyObject, objectOf } from '../config/value.ts';

const samples = [
  'bert_base',
  'clip_vit_b32',
  'conv_bn_relu',
  'gpt2',
  'llama3_8b',
  'mixtral_8x7b',
  'mobilenet_v3_small',
  'nni_test',
  'oddities',
  'resnet18',
  'spec_mlp',
  'vit_b_16',
];
const models = new Map(samples.map((name) => [name, readSample(name)]));
const resolvers = new Map([...models].map(([name, tree]) => [name, createResolver(tree)]));
const facts = new Map([...models].map(([name, tree]) => [name, createPresetModel(tree)]));

/** The configs that a preset makes for a model, as JSON, or the reason why it does not fit. */
function made(id: string, model: PresetModel): string {
  const preset = presets.find((each) => each.id === id)!;
  const instance = instantiatePreset(preset, model, createTemplateRegistry(preset.mode, []));
  return instance.ok ? instance.value.configs.map(writeCompactJson).join('\n') : wordMisfit(instance.error);
}

const everyPair = presets.flatMap((preset) =>
  [...facts].map(([name, model]) => [preset.id, name, preset, model] as const),
);

describe('presets (V, S, C, R)', () => {
  it.each(everyPair)('%s on %s: NNI takes it, or it says why not', (_, name, preset, model) => {
    const instance = instantiatePreset(preset, model, createTemplateRegistry(preset.mode, []));
    const list = instance.ok ? instance.value.configs : [];
    const resolution = resolvers.get(name)!.resolve({
      mode: preset.mode,
      list,
      templates: [],
      python: defaultPythonVersion,
    });
    expect(resolution.verdict).toEqual({ accepted: true });
    const selected = new Set(selectedNames(resolution, model.tree).flat());
    expect(selected.size).toBe(instance.ok ? instance.value.selected : 0);
    expect(instance.ok ? selected.size > 0 : wordMisfit(instance.error) !== '').toBe(true);
  });

  it.each<[string, string, string]>([
    ['prune-linear', 'spec_mlp', '{"op_types":["Linear"],"exclude_op_names":["fc3"],"sparse_ratio":0.8}'],
    ['prune-linear', 'gpt2', 'NNI needs a setting template for Conv1D first.'],
    ['prune-channels', 'bert_base', 'This model has no convolutions.'],
    ['prune-linear', 'resnet18', 'The only Linear layers of this model are left alone by this preset.'],
    ['prune-global-linear', 'mobilenet_v3_small', 'A group needs several Linear layers: this model has only one that the preset prunes.'],
    ['prune-channels', 'resnet18', '{"op_types":["Conv2d"],"sparse_ratio":0.5,"granularity":"out_channel"}'],
    [
      'prune-feed-forward',
      'bert_base',
      '{"op_types":["Linear"],"op_names_re":[".*\\\\.intermediate\\\\.dense$"],"sparse_ratio":0.5,' +
        '"granularity":"out_channel"}',
    ],
    [
      'prune-feed-forward',
      'llama3_8b',
      '{"op_types":["Linear"],"op_names_re":[".*\\\\.mlp\\\\.(gate_proj|up_proj)$"],"sparse_ratio":0.5,' +
        '"granularity":"out_channel"}',
    ],
    ['prune-feed-forward', 'gpt2', 'NNI needs a setting template for Conv1D first.'],
    ['prune-feed-forward', 'resnet18', 'This model has no feed-forward layers of a transformer.'],
    ['distill-logits', 'llama3_8b', '{"op_names":["lm_head"],"lambda":0.9,"apply_method":"kl"}'],
    [
      'distill-blocks',
      'resnet18',
      '{"op_names_re":["layer1\\\\.\\\\d+$","layer2\\\\.\\\\d+$","layer3\\\\.\\\\d+$","layer4\\\\.\\\\d+$"],' +
        '"lambda":0.9,"apply_method":"mse"}\n{"op_names":["fc"],"lambda":0.9,"apply_method":"kl"}',
    ],
    [
      'quantize-fused',
      'conv_bn_relu',
      '{"op_types":["Conv2d"],"target_names":["_input_","weight","_output_"],"quant_dtype":"int8",' +
        '"fuse_names":[["conv","bn"]]}\n' +
        '{"op_types":["Linear"],"target_names":["_input_","weight","_output_"],"quant_dtype":"int8"}',
    ],
    ['distill-blocks', 'spec_mlp', 'This model has no repeated blocks.'],
  ])('%s on %s', (id, name, expected) => {
    expect(made(id, facts.get(name)!)).toBe(expected);
  });

  it('X1a: says which weight a block size does not divide', () => {
    const tree = treeOf([
      { name: '', type: 'Net' },
      { name: 'a', type: 'Linear', parameters: weights([256, 100]) },
      { name: 'b', type: 'Linear', parameters: weights([10, 256]) },
    ]);
    const said = made('quantize-weights-int4', createPresetModel(tree));
    expect(said).toBe('Blocks of 1 × 128 do not fit a (256 × 100).');
  });

  it('C1: fits once the type is registered', () => {
    const preset = presets.find(({ id }) => id === 'prune-feed-forward')!;
    const setting = objectOf([['weight', objectOf([['sparse_ratio', null]])]]);
    const templates = [{ mode: 'pruning', moduleType: 'Conv1D', setting }] as const;
    const instance = instantiatePreset(preset, facts.get('gpt2')!, createTemplateRegistry('pruning', templates));
    expect(instance.ok && instance.value.selected).toBe(12);
  });

  it('follows only norms of as many channels as their convolution', () => {
    const model = createPresetModel(smallTree);
    expect(model.convolutionsWithNorms.map((pair) => [...pair])).toEqual([[2, 3]]);
    const unequal = treeOf([
      { name: '', type: 'Net' },
      { name: 'conv', type: 'Conv2d', parameters: weights([8, 3, 3, 3]) },
      { name: 'bn', type: 'BatchNorm2d', parameters: weights([16]) },
    ]);
    expect(createPresetModel(unequal).convolutionsWithNorms).toEqual([]);
  });

  it('says so when types are not known', () => {
    const tree = readText(JSON.stringify(['encoder.layer.0.weight', 'encoder.layer.0.bias']));
    const model = createPresetModel(tree);
    const said = new Set(presets.map(({ id }) => made(id, model)));
    expect([...said]).toEqual(['The types of the modules are not known.']);
  });

  it('have ids of their own, and some for each mode', () => {
    expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
    const counts = (['pruning', 'quantization', 'distillation'] as const).map((mode) => presetsOf(mode).length);
    expect(counts).toEqual([8, 4, 3]);
    expect(presets.filter(({ parts }) => parts.some(({ settings }) => settings === emptyObject))).toEqual([]);
  });
});
