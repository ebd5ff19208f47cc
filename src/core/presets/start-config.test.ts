import { describe, expect, it } from 'vitest';
import { modes } from '../config/mode.ts';
import { createTemplateRegistry } from '../config/setting-templates.ts';
import { defaultPythonVersion } from '../python-re/python-version.ts';
import { createResolver } from '../resolve/resolver.ts';
import { readSample } from '../testing/nni-vectors.ts';
import { offerPresets } from './offer-presets.ts';
import { typeCounts } from '../offers/selected-specs.ts';
import { commonTypes, startForType } from './start-config.ts';

const samples = ['spec_mlp', 'resnet18', 'bert_base', 'gpt2', 'llama3_8b', 'vit_b_16'];
const cases = samples.flatMap((name) => modes.map((mode) => [name, mode] as const));

describe('what a list can start from', () => {
  it.each(cases)('%s, %s: NNI accepts every offered start', (name, mode) => {
    const tree = readSample(name);
    const resolver = createResolver(tree);
    const findTemplate = createTemplateRegistry(mode, []);
    const accepts = (list: Parameters<typeof resolver.resolve>[0]['list']): boolean =>
      resolver.resolve({ mode, list, templates: [], python: defaultPythonVersion }).verdict.accepted;
    for (const { type } of commonTypes(typeCounts(tree), findTemplate, 3)) {
      expect([type, accepts([startForType(mode, type)])]).toEqual([type, true]);
    }
    for (const { preset, configs, misfit } of offerPresets(mode, tree, findTemplate)) {
      if (misfit === null) expect([preset.id, accepts(configs)]).toEqual([preset.id, true]);
    }
  });

  it('a model whose types NNI does not know has no start by type', () => {
    const findTemplate = createTemplateRegistry('pruning', []);
    expect(commonTypes([{ type: 'Conv1D', count: 48 }], findTemplate, 3)).toEqual([]);
  });
});
