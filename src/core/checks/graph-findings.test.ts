import { expect, test } from 'vitest';
import type { Mode } from '../config/mode.ts';
import { findUntiedLayers } from '../graph/untied-layers.ts';
import { moduleName } from '../module-tree/tree-index.ts';
import { setDependencyGroups } from '../resolve/dependency-list.ts';
import { createResolver } from '../resolve/resolver.ts';
import { graphModels, readGraphModel } from '../testing/graph-vectors.ts';
import { parseList } from '../testing/nni-vectors.ts';
import { collectFindings } from './collect-findings.ts';
import { asResolved } from '../diagnostics/number-of.ts';
import { wordFinding } from './word-finding.ts';

const codes: ReadonlySet<string> = new Set(['never-runs', 'group-misses-member', 'group-joins-strangers', 'hidden-addition', 'join-untied', 'speedup-fails', 'fused-elsewhere']);

function titles(model: string, text: string, mode: Mode = 'pruning'): readonly string[] {
  const tree = readGraphModel(model);
  const resolver = createResolver(tree);
  const list = parseList(text);
  const python = '3.11';
  const resolution = resolver.resolve({ mode, list, templates: [], python });
  expect(resolution.verdict).toEqual({ accepted: true });
  return collectFindings(resolution, tree, { resolver, list, templates: [], python, teacher: null })
    .filter(({ code }) => codes.has(code))
    .map((finding) => `${finding.severity} ${finding.code}: ${wordFinding(finding, asResolved).title}`);
}

test('G25a, F3d: a group that misses a member names it', () => {
  expect(
    titles('resnet18', '[{"op_names": ["conv1", "layer1.0.conv2"], "sparse_ratio": 0.5, "dependency_group_id": "a"}, {"op_names": ["layer1.1.conv2"], "sparse_ratio": 0.5}]'),
  ).toEqual(['silent group-misses-member: Dependency group "a" misses layer1.1.conv2.']);
});

test('G25a, F3d: a group that joins strangers names them', () => {
  expect(titles('resnet18', '[{"op_names": ["layer1.0.conv1", "layer1.1.conv1"], "sparse_ratio": 0.5, "dependency_group_id": 7}]')).toEqual([
    'silent group-joins-strangers: Dependency group 7 holds layer1.1.conv1, which nothing ties to layer1.0.conv1.',
  ]);
});

test('G25a: no group that NNI would set has a fault', () => {
  for (const model of graphModels) {
    const tree = readGraphModel(model);
    const resolver = createResolver(tree);
    const list = setDependencyGroups(parseList('[{"op_types": ["Conv2d", "Linear"], "sparse_ratio": 0.5}]'), resolver, '3.11', 'named');
    if (list?.ok !== true || list.value.length === 0) continue;
    const resolution = resolver.resolve({ mode: 'pruning', list: list.value, templates: [], python: '3.11' });
    const found = collectFindings(resolution, tree, { resolver, list: list.value, templates: [], python: '3.11', teacher: null });
    expect(found.filter(({ code }) => code === 'group-misses-member' || code === 'group-joins-strangers')).toEqual([]);
  }
});

test('G19: a module that the model never calls', () => {
  expect(titles('unused', '[{"op_names": ["aux"], "sparse_ratio": 0.5}]')).toEqual([
    'silent never-runs: The model never calls aux: ModelSpeedup fails there, and its settings have no effect.',
  ]);
  expect(titles('unused', '[{"op_names": ["aux"], "target_names": ["weight"], "quant_dtype": "int8"}]', 'quantization')).toEqual([
    'silent never-runs: The model never calls aux: its settings have no effect.',
  ]);
});

test('G5: an addition inside of a module of the model’s own', () => {
  const tree = readGraphModel('add_module');
  const [place] = findUntiedLayers(tree);
  expect(place).toMatchObject({ type: 'hidden-addition' });
  const [first, second] = place!.layers.map((row) => moduleName(tree, row));
  const apart = `[{"op_names": ["${first}", "${second}"], "sparse_ratio": 0.5}]`;
  expect(titles('add_module', apart)).toContain(`silent hidden-addition: ${moduleName(tree, place!.module)} adds ${first} and ${second}, and NNI does not see it.`);
  const tied = `[{"op_names": ["${first}", "${second}"], "sparse_ratio": 0.5, "dependency_group_id": "a"}]`;
  expect(titles('add_module', tied).filter((title) => title.includes('hidden-addition'))).toEqual([]);
});

test('G9: concatenations along another dimension than channels', () => {
  const found = graphModels.flatMap((model) => findUntiedLayers(readGraphModel(model)).filter(({ type }) => type === 'join').map(({ op }) => [model, op]));
  expect(found).toMatchInlineSnapshot(`
    [
      [
        "skip_cat",
        "aten::cat",
      ],
    ]
  `);
});

test('G23a: a list whose model ModelSpeedup cannot make smaller', () => {
  expect(titles('grouped_chain', '[{"op_types": ["Conv2d"], "sparse_ratio": 0.9}]').join('\n')).toMatchInlineSnapshot(`"silent speedup-fails: The list prunes, but ModelSpeedup may fail at c3."`);
});

test('G23a, G25a: where groups are set already, the tied module that the list leaves alone is named, and groups are not offered again', () => {
  const tree = readGraphModel('convnext_tiny');
  const resolver = createResolver(tree);
  const found = (group: string) => {
    const list = parseList(`[{"op_names": ["features.0.0", "features.1.0.block.0", "features.1.1.block.0", "features.1.2.block.0"], "sparse_ratio": 0.5, "granularity": "out_channel"${group}}]`);
    const resolution = resolver.resolve({ mode: 'pruning', list, templates: [], python: '3.11' });
    return collectFindings(resolution, tree, { resolver, list, templates: [], python: '3.11', teacher: null }).find(({ code }) => code === 'speedup-fails')!;
  };
  const grouped = found(', "dependency_group_id": "a"');
  // A Conv2d and a Linear have metrics of different shapes: to prune both in one group is a RuntimeError (X2).
  expect(wordFinding(grouped, asResolved).why).toMatch(/^features\.1\.0\.block\.5 is tied to it and the list does not prune it, .* One group cannot hold both, so leave features\.1\.0\.block\.0 out of the list\./);
  expect(grouped.fixes).toEqual([]);
  expect(found('').fixes.map(({ code }) => code)).toEqual(['show-groups']);
});

test('G17: a ReLU that runs twice is lost elsewhere when it is fused', () => {
  const list = (part: string) =>
    `[{"op_names": ["layer1.0.conv1"], "target_names": ["weight", "_output_"], "quant_dtype": "int8", "fuse_names": [["layer1.0.conv1", "layer1.0.bn1"${part}]]}]`;
  expect(titles('resnet18', list(', "layer1.0.relu"'), 'quantization')).toEqual([
    'silent fused-elsewhere: fuse_names: the model calls layer1.0.relu 2 times, and fusing it removes every call.',
  ]);
  expect(titles('resnet18', list(''), 'quantization')).toEqual([]);
});

test('X2b: a group that cannot be pruned together says which parts do not fit', () => {
  const tree = readGraphModel('resnet18');
  const resolver = createResolver(tree);
  const list = parseList('[{"op_names": ["conv1", "layer2.0.conv1", "layer2.0.conv2"], "sparse_ratio": 0.5, "dependency_group_id": "a"}]');
  const resolution = resolver.resolve({ mode: 'pruning', list, templates: [], python: '3.11' });
  const found = collectFindings(resolution, tree, { resolver, list, templates: [], python: '3.11', teacher: null });
  const failure = found.find(({ code }) => code === 'mask-failure');
  expect(wordFinding(failure!, asResolved).why).toContain(
    'Its dependency group holds parts that cannot be pruned together: 128 × 1 × 1 × 1 (layer2.0.conv1 and 1 more module), 64 × 1 × 1 × 1 (conv1).',
  );
});
