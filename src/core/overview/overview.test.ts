import { describe, expect, it } from 'vitest';
import { predictMasks } from '../masks/predict-masks.ts';
import type { Mode } from '../config/mode.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName, sumParameters } from '../module-tree/tree-index.ts';
import { createResolver } from '../resolve/resolver.ts';
import { parseList, readSample } from '../testing/nni-vectors.ts';
import { dtypeBits } from './dtype-bits.ts';
import { type Overview, surveyList } from './overview.ts';

const trees = new Map<string, ModuleTree>();

function sampleOf(model: string): ModuleTree {
  const tree = trees.get(model) ?? readSample(model);
  trees.set(model, tree);
  return tree;
}

function survey(model: string, mode: Mode, list: string, mostNodes = 1500): Overview {
  const tree = sampleOf(model);
  const resolver = createResolver(tree);
  const resolution = resolver.resolve({ mode, list: parseList(list), templates: [], python: '3.11' });
  const masks = mode === 'pruning' ? predictMasks(resolution, resolver) : null;
  return surveyList(resolution, tree, masks, mostNodes);
}

const models = ['bert_base', 'resnet18', 'gpt2', 'mixtral_8x7b', 'oddities', 'deepseek_v3', 'spec_mlp'] as const;

describe('what a list does to the whole model', () => {
  it('W1: an empty list covers nothing of all parameters', () => {
    const overview = survey('resnet18', 'pruning', '[]');
    expect(overview.total).toMatchObject({ elements: 11_689_512, masked: 0, bitsBefore: 11_689_512 * 32 });
    expect(overview.covered.elements).toBe(0);
    expect(overview.complete).toBe(true);
  });

  it('W2b: masks that shapes decide are exact', () => {
    const { covered, total } = survey('spec_mlp', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":0.8}]');
    expect(covered.estimated + covered.open).toBe(0);
    expect(covered.elements).toBe(total.elements);
    expect(covered.masked / covered.elements).toBeCloseTo(0.8, 3);
  });

  it('W2b: a global group is reported by its ratio; a threshold, and a bias that follows, are left open', () => {
    const list = '[{"op_types":["Linear"],"sparse_ratio":0.5,"global_group_id":"a"},{"op_types":["Conv2d"],"sparse_threshold":0.1}]';
    const { subConfigs } = survey('resnet18', 'pruning', list);
    expect(subConfigs[0]).toMatchObject({ elements: 513_000, estimated: 512_000, masked: 256_000, open: 1000 });
    expect(subConfigs[1]).toMatchObject({ masked: 0, estimated: 0, open: subConfigs[1]!.elements });
  });

  it('W2c: quantized parameters take the bits of quant_dtype, the others their own', () => {
    const list = '[{"op_types":["Linear"],"target_names":["weight","_input_"],"quant_dtype":"int4"}]';
    const { covered, total, inputs, outputs } = survey('resnet18', 'quantization', list);
    expect(covered).toMatchObject({ elements: 512_000, bitsBefore: 512_000 * 32, bitsAfter: 512_000 * 4 });
    expect(total.bitsAfter).toBe(total.bitsBefore - 512_000 * 28);
    expect({ inputs, outputs }).toEqual({ inputs: 1, outputs: 0 });
  });

  it('W4: what leads to a distilled output is covered', () => {
    const list = '[{"op_names":["bert.encoder"],"lambda":1.0},{"op_names":["bert.encoder.layer.0"],"lambda":1.0}]';
    const { subConfigs, outputs } = survey('bert_base', 'distillation', list);
    expect(subConfigs[1]!.elements).toBe(7_087_872);
    expect(subConfigs[0]!.elements).toBe(11 * 7_087_872);
    expect(outputs).toBe(2);
  });

  it.each(models)('W1, W2a: on %s no parameter counts twice, whatever covers it', (model) => {
    const list = '[{"op_names_re":[".*a.*"],"sparse_ratio":0.25},{"op_names_re":[".*"],"sparse_ratio":0.5}]';
    const overview = survey(model, 'pruning', list);
    const { elements } = sumParameters(sampleOf(model));
    expect(overview.total.elements).toBe(elements.at(-1));
    expect(overview.covered.elements).toBeLessThanOrEqual(overview.total.elements);
    expect(overview.covered.masked).toBeLessThanOrEqual(overview.covered.elements);
  });

  it.each(models)('W3: the picture of %s loses nothing, and no band is larger than its part', (model) => {
    const { picture, total, covered } = survey(model, 'pruning', '[{"op_names_re":[".*"],"sparse_ratio":0.5}]', 400);
    expect(picture.length).toBeLessThanOrEqual(400);
    expect(picture[0]).toMatchObject({ parent: -1, module: 0, elements: total.elements });
    picture.forEach((node, index) => {
      const parts = picture.filter(({ parent }) => parent === index);
      if (node.split) expect(parts.reduce((sum, part) => sum + part.elements, 0)).toBe(node.elements);
      else expect(parts).toEqual([]);
      expect(node.bands.reduce((sum, band) => sum + band.elements, 0)).toBeLessThanOrEqual(node.elements);
    });
    const banded = picture.flatMap(({ bands }) => bands).reduce((sum, band) => sum + band.elements, 0);
    expect(banded).toBe(covered.elements);
  });

  it('W3: the picture by multiply-adds: the recorded forward pass decides, and without one parameters do', () => {
    const tree = sampleOf('resnet18');
    const resolution = createResolver(tree).resolve({ mode: 'pruning', list: parseList('[{"op_names":["layer1.0.conv1"],"sparse_ratio":0.5}]'), templates: [], python: '3.11' });
    const byMacs = surveyList(resolution, tree, null, 400, 'multiply-adds');
    expect([byMacs.pictureBy, byMacs.multiplyAdds]).toEqual(['multiply-adds', byMacs.picture[0]!.size]);
    const share = (name: string, { picture }: typeof byMacs): number => {
      const node = picture.find(({ module, end }) => moduleName(tree, module) === name && end > module)!;
      return node.size / picture[0]!.size;
    };
    // The first stage has few parameters and large maps.
    expect(share('layer1', byMacs)).toBeGreaterThan(0.2);
    expect(share('layer1', surveyList(resolution, tree, null, 400))).toBeLessThan(0.02);
    const noFlow = sampleOf('oddities');
    const empty = createResolver(noFlow).resolve({ mode: 'pruning', list: [], templates: [], python: '3.11' });
    expect(surveyList(empty, noFlow, null, 400, 'multiply-adds')).toMatchObject({ pictureBy: 'parameters', multiplyAdds: null });
  });

  it('W3: hundreds of small equal parts stay one', () => {
    const { picture } = survey('deepseek_v3', 'pruning', '[]');
    expect(Math.max(...picture.map(({ end, module, split }) => (split ? 0 : end - module)))).toBeGreaterThan(1000);
  });
});

it.each([
  ['float32', 32],
  ['torch.bfloat16', 16],
  ['float8_e4m3fn', 8],
  ['uint8', 8],
  ['quint4x2', 4],
  ['complex64', 64],
  ['bool', 8],
  ['half', 16],
  ['long', 64],
  ['opaque', null],
  [null, null],
] as const)('W2c: an element of %s takes %s bits', (dtype, bits) => {
  expect(dtypeBits(dtype)).toBe(bits);
});
