import { describe, expect, it } from 'vitest';
import { createNameLookup } from '../module-tree/tree-index.ts';
import { readSample } from '../testing/nni-vectors.ts';
import { nearestModule } from './near-names.ts';
import { nearestText } from '../text/near-text.ts';

describe('F9a–b: what was likely meant', () => {
  it.each<[string, readonly string[], string | null]>([
    ['conv2D', ['Conv2d', 'Conv1d'], 'Conv2d'],
    ['op_name', ['op_names', 'op_types', 'op_names_re'], 'op_names'],
    ['op_nmaes', ['op_names', 'op_types'], 'op_names'],
    ['sparse-ratio', ['sparse_ratio', 'max_sparse_ratio'], 'sparse_ratio'],
    ['sparse_ration', ['sparse_ratio', 'sparse_threshold'], 'sparse_ratio'],
    ['Linaer', ['Linear', 'LayerNorm'], 'Linear'],
    // Another number is another thing, and of several none is taken.
    ['Conv3d', ['Conv2d', 'Conv1d'], null],
    ['conv', ['conva', 'convb'], null],
    // Short texts bear no slip, and long ones two.
    ['fc', ['fd'], null],
    ['quant_dtypeabc', ['quant_dtype'], null],
    ['', ['a'], null],
    ['Linear', ['Linear'], null],
  ])('%s among %j: %s', (text, candidates, expected) => {
    expect(nearestText(text, candidates)).toBe(expected);
  });

  it.each<[string, string, string | null]>([
    ['resnet18', 'module.layer1.0.conv1', 'layer1.0.conv1'],
    ['resnet18', '_orig_mod.module.fc', 'fc'],
    ['resnet18', 'layer1.0.Conv1', 'layer1.0.conv1'],
    ['resnet18', 'layr1.0.conv1', 'layer1.0.conv1'],
    ['resnet18', 'layer1.0.downsample', null],
    ['resnet18', 'layer9.0.conv1', null],
    ['resnet18', 'layer1.0.conv3', null],
    ['gpt2', 'h.3.mlp.c_fc', 'transformer.h.3.mlp.c_fc'],
    ['gpt2', 'transformer.h.3.mpl.cfc', 'transformer.h.3.mlp.c_fc'],
    ['gpt2', 'transformer.h.12', null],
    ['gpt2', '', null],
    ['gpt2', '....', null],
  ])('of %s by %j: %s', (model, name, expected) => {
    const tree = readSample(model);
    const { rowOf } = createNameLookup(tree);
    const indexOf = (text: string): number | undefined => (rowOf(text) < 0 ? undefined : rowOf(text));
    expect(nearestModule(name, tree, indexOf)).toBe(expected);
  });
});
