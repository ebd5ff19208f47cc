import { describe, expect, it } from 'vitest';
import { readJsonValue } from '../../../core/config/json-reader.ts';
import type { Mode } from '../../../core/config/mode.ts';
import { createTemplateRegistry } from '../../../core/config/setting-templates.ts';
import type { ConfigValue } from '../../../core/config/value.ts';
import { createNameLookup, moduleName, moduleType } from '../../../core/module-tree/tree-index.ts';
import { readSample } from '../../../core/testing/nni-vectors.ts';
import { smallTree } from '../../../core/testing/nni-trees.ts';
import type { ModuleTree } from '../../../core/module-tree/module-tree.ts';
import { fitGranularity, isDivided } from '../../../core/offers/fit-granularity.ts';
import { canFuseRows, offerFusions } from '../../../core/offers/offer-fusions.ts';
import { selectedSpecs, typeCounts, typesOf } from '../../../core/offers/selected-specs.ts';
import { offerTargets } from '../settings/target-offers.ts';

function select(tree: ModuleTree, ...names: readonly string[]): Uint8Array {
  return Uint8Array.from({ length: tree.size }, (_, row) => (names.includes(moduleName(tree, row)) ? 1 : 0));
}

function selectType(tree: ModuleTree, type: string): Uint8Array {
  return Uint8Array.from({ length: tree.size }, (_, row) => (moduleType(tree, row) === type ? 1 : 0));
}

function json(text: string): ConfigValue {
  const read = readJsonValue(text);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

const resnet = readSample('resnet18');

describe('what a model and a selection hold', () => {
  it('counts types, the commonest first', () => {
    expect(typeCounts(resnet).slice(0, 3)).toEqual([
      { type: 'Conv2d', count: 20 },
      { type: 'BatchNorm2d', count: 20 },
      { type: 'ReLU', count: 9 },
    ]);
  });

  it('gathers selected modules by spec, leaving out what is excluded', () => {
    const state = select(smallTree, 'layer10', 'head');
    state[2] = 2;
    const specs = selectedSpecs(smallTree, state);
    expect(specs.map(({ spec, count, firstModule }) => [spec.type, count, firstModule])).toEqual([
      ['Linear', 1, 5],
      ['Linear', 1, 7],
    ]);
    expect(typesOf(specs)).toEqual(['Linear']);
  });
});

describe('targets to choose from', () => {
  const names = (mode: Mode, ...modules: readonly string[]): string => {
    const specs = selectedSpecs(smallTree, select(smallTree, ...modules));
    const offers = offerTargets(mode, specs, createTemplateRegistry(mode, []));
    return offers.map(({ name, inTemplate }) => (inTemplate ? `${name}*` : name)).join(' ');
  };

  it.each<[string, Mode, readonly string[], string]>([
    ['C2: templates first, then what may get a setting of its own', 'pruning', ['head'], 'weight* bias* _input_ _output_'],
    ['C6: inputs and outputs by number', 'quantization', ['head'], '_input_* weight* bias* _output_* _input_0 _output_0 _output_1'],
    ['C2: an activation has no parameters', 'quantization', ['layer1.relu'], '_input_* _output_* _input_0 _output_0 _output_1 weight bias'],
    ['R2b: no parameters in a distillation', 'distillation', ['head'], '_output_* _output_0 _output_1 _input_'],
    ['nothing selected: what modules usually have', 'pruning', [], 'weight bias _input_ _output_'],
    ['C1: an unregistered type alone', 'pruning', ['norm'], 'weight bias _input_ _output_'],
  ])('%s (%s, %j)', (_, mode, modules, offers) => {
    expect(names(mode, ...modules)).toBe(offers);
  });

  it('C6: inputs by number and by argument, once all inputs have a setting', () => {
    const specs = selectedSpecs(resnet, select(resnet, 'conv1'));
    const single = (own: readonly string[]) =>
      offerTargets('pruning', specs, createTemplateRegistry('pruning', []), own)
        .filter(({ name }) => /^_.*_./.test(name))
        .map(({ name, note }) => `${name} ${note}`);
    expect(single([])).toEqual([]);
    expect(single(['_input_'])).toEqual(['_input_0 argument input', '_input_input argument 0']);
  });

  it('says what a target is', () => {
    const specs = selectedSpecs(smallTree, select(smallTree, 'layer1.conv'));
    const offers = offerTargets('pruning', specs, createTemplateRegistry('pruning', []));
    expect(offers.slice(0, 2).map(({ note }) => note)).toEqual(['8 × 3 × 3 × 3', 'None in the model']);
  });
});

describe('what a granularity makes of shapes', () => {
  const specs = selectedSpecs(smallTree, select(smallTree, 'layer1.conv', 'layer10', 'head'));
  const fits = (mode: Mode, granularity: string): string =>
    fitGranularity(json(granularity), mode, ['weight'], specs)
      .map(({ shape, pieces }) => `${shape.join('x')} ${pieces ?? 'not divided'}`)
      .join(', ');

  it.each<[string, Mode, string, string]>([
    ['R6a', 'pruning', '"out_channel"', '8x3x3x3 8, 4x8 4, 2x4 2'],
    ['R6a', 'pruning', '"default"', '8x3x3x3 8, 4x8 4, 2x4 2'],
    ['R6a', 'pruning', '"in_channel"', '8x3x3x3 3, 4x8 8, 2x4 4'],
    ['R6a: for inputs and outputs only', 'pruning', '"per_channel"', ''],
    ['X1a: padded at the front', 'pruning', '[2, 4]', '8x3x3x3 not divided, 4x8 4, 2x4 1'],
    ['X1a: more dimensions than the shape', 'pruning', '[1, 1, 1]', '4x8 not divided, 2x4 not divided, 8x3x3x3 216'],
    ['X1a: a step of 0', 'pruning', '[0]', '8x3x3x3 not divided, 4x8 not divided, 2x4 not divided'],
    ['R6a: no kernel, so one scale', 'quantization', '"default"', '8x3x3x3 1, 4x8 1, 2x4 1'],
  ])('%s: %s %s', (_, mode, granularity, expected) => {
    expect(fits(mode, granularity)).toBe(expected);
  });
});

it.each([
  [64, 8, true],
  [64, -1, true],
  [64, 7, false],
  [64, 0, false],
  [0, 8, true],
])('X1a: whether %d is cut evenly by %d: %s', (length, size, divided) => {
  expect(isDivided(length, size)).toBe(divided);
});

describe('R4a: fusions to choose from', () => {
  const convolutions = selectType(resnet, 'Conv2d');
  const offers = (activations: boolean, ...alsoSelected: readonly string[]) => {
    const also = select(resnet, ...alsoSelected);
    return offerFusions(
      resnet,
      (row) => convolutions[row] === 1,
      (row) => convolutions[row] === 1 || also[row] === 1,
      activations,
    );
  };

  it('takes each convolution with the BatchNorm that follows', () => {
    expect(offers(false)).toHaveLength(20);
    expect(offers(false)[0]).toEqual(['conv1', 'bn1']);
  });

  it('takes a ReLU along when outputs are quantized', () => {
    expect(offers(true)[0]).toEqual(['conv1', 'bn1', 'relu']);
    expect(offers(true)[1]).toEqual(['conv1', 'bn1']);
  });

  it.each<[string, readonly string[], boolean, boolean]>([
    ['a convolution with its BatchNorm', ['conv1', 'bn1'], false, true],
    ['with ReLU, outputs quantized', ['conv1', 'bn1', 'relu'], true, true],
    ['with ReLU, outputs left alone', ['conv1', 'bn1', 'relu'], false, false],
    ['a BatchNorm with ReLU', ['bn1', 'relu'], true, true],
    ['X7b: of another number of channels', ['conv1', 'layer2.0.bn1'], false, false],
    ['X7a: ReLU before BatchNorm', ['conv1', 'relu', 'bn1'], true, false],
    ['X7a: what NNI has no fusion for', ['conv1', 'maxpool'], true, false],
  ])('%s', (_, names, activations, expected) => {
    const rows = names.map((name) => createNameLookup(resnet).rowOf(name));
    expect(canFuseRows(resnet, rows, activations)).toBe(expected);
  });

  it('leaves out parts that are selected themselves', () => {
    expect(offers(false, 'bn1')).toHaveLength(19);
    expect(offers(true, 'relu')[0]).toEqual(['conv1', 'bn1']);
  });
});
