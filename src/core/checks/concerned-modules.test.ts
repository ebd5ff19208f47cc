import { expect, test } from 'vitest';
import type { Mode } from '../config/mode.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { explainModule } from '../resolve/explain.ts';
import { createResolver } from '../resolve/resolver.ts';
import { parseList, readSample } from '../testing/nni-vectors.ts';
import { collectFindings } from './collect-findings.ts';
import { findingsOfModule } from './concerned-modules.ts';

const trees = new Map<string, ModuleTree>();

function codesOf(model: string, mode: Mode, text: string, name: string): readonly string[] {
  const tree = trees.get(model) ?? readSample(model);
  trees.set(model, tree);
  const resolver = createResolver(tree);
  const list = parseList(text);
  const resolution = resolver.resolve({ mode, list, templates: [], python: '3.11' });
  const context = { resolver, list, templates: [], python: '3.11', teacher: null } as const;
  const findings = collectFindings(resolution, tree, context);
  const module = resolver.indexOf(name)!;
  return findingsOfModule(findings, explainModule(resolver, resolution, module)).map(({ code }) => code);
}

const overlap = '[{"op_types":["Linear"],"sparse_ratio":0.5},{"op_names_re":["model"],"op_types":["Linear"],"sparse_ratio":7.5}]';

test.each<readonly [string, string, Mode, string, string, readonly string[]]>([
  ['R1 far behind the first few', 'llama3_8b', 'pruning', overlap, 'model.layers.31.mlp.up_proj', ['wins-nothing']],
  ['R1 of the one that keeps its targets', 'llama3_8b', 'pruning', overlap, 'lm_head', []],
  ['X4a', 'resnet18', 'pruning', '[{"op_types":["Linear"],"sparse_ratio":7.5}]', 'fc', ['ratio-above-1']],
  ['X3a', 'conv_bn_relu', 'pruning', '[{"op_types":["BatchNorm2d"],"target_names":["weight"],"sparse_ratio":0.5,"target_settings":{"weight":{"align":{"module_name":"conv","target_name":"weight","dims":[0]}}}}]', 'bn', ['align-unused']],
  ['C1', 'gpt2', 'pruning', '[{"op_names_re":["transformer\\\\.h"],"sparse_ratio":0.5}]', 'transformer.h.11.mlp.c_fc', ['unregistered-type']],
  ['X8', 'resnet18', 'quantization', '[{"op_types":["Conv2d","Linear"],"quant_dtype":"int8"}]', 'layer4.1.conv2', ['empty-quantized']],
  ['X8 of a module that has the parameter', 'resnet18', 'quantization', '[{"op_types":["Conv2d","Linear"],"quant_dtype":"int8"}]', 'fc', []],
  ['A-D1', 'resnet18', 'distillation', '[{"op_types":["Linear"]}]', 'fc', []],
  ['S of a module that nothing selects', 'resnet18', 'pruning', '[{"op_types":["Linear"],"op_names":["nope"]}]', 'fc', []],
])('%s: the findings of one module', (_rule, model, mode, text, name, codes) => {
  expect(codesOf(model, mode, text, name)).toEqual(codes);
});
