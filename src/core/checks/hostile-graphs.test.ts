import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { proposeAlignments } from '../graph/alignment-proposals.ts';
import { metTargets, targetShape } from '../graph/call-shapes.ts';
import { findDependencies } from '../graph/dependencies.ts';
import { proposeFusions } from '../graph/fusion-proposals.ts';
import { writeTree } from '../module-tree/write-tree.ts';
import { createResolver } from '../resolve/resolver.ts';
import { readText } from '../testing/nni-trees.ts';
import { parseList } from '../testing/nni-vectors.ts';
import { createRandom, type Random } from '../testing/random.ts';
import { forecastList } from './speedup-of-list.ts';

const models = ['skip_cat', 'unet_small', 'chunk_split', 'grouped_chain', 'embed_linear', 'lstm', 'nested_lists', 'transformer_small', 'group_norm', 'shufflenet_v2_x0_5'];
const texts = models.map((model) =>
  gunzipSync(readFileSync(new URL(`../graph/vectors/models/${model}.json.gz`, import.meta.url))).toString('utf8'),
);
const ops = ['aten::add', 'aten::cat', 'aten::view', 'aten::permute', 'aten::unbind', 'aten::chunk', 'aten::select', 'aten::matmul', 'aten::pixel_shuffle', 'aten::mean', 'prim::ListUnpack', 'prim::ListConstruct', 'aten::_convolution', 'aten::linear', 'aten::einsum'];
const numbers = [0, -1, 1, 2, 3, 7, 8, 16, 1e6, 1e9, 2 ** 40, 0.5];

/** Changes a few numbers, operations and constants of a graph, and of the shapes of its tensors, anywhere. */
function mutate(value: unknown, random: Random, rate: number): unknown {
  if (typeof value === 'number') return random.chance(rate) ? random.pick(numbers) : value;
  if (typeof value === 'string') return random.chance(rate) && value.includes('::') ? random.pick(ops) : value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => mutate(item, random, rate));
    return random.chance(rate / 4) ? items.slice(1) : items;
  }
  if (typeof value !== 'object' || value === null) return random.chance(rate) ? random.pick([null, true, 3]) : value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mutate(item, random, rate)] as const));
}

const list = parseList('[{"op_types": ["Conv2d", "Linear", "ConvTranspose2d", "Embedding"], "sparse_ratio": 0.5}]');

test.each(Array.from({ length: 160 }, (_, seed) => seed))('G1–G24: no graph makes the engine throw or hang, seed %i', (seed) => {
  const random = createRandom(seed);
  const document = JSON.parse(random.pick(texts)) as { readonly modules: readonly Record<string, unknown>[]; readonly graph: unknown };
  const graph = mutate(document.graph, random, random.pick([0.001, 0.005, 0.02]));
  const modules = document.modules.map((entry) => (random.chance(0.05) ? { ...entry, parameters: mutate(entry['parameters'], random, 0.05) } : entry));
  let tree;
  try {
    tree = readText(JSON.stringify({ ...document, modules, graph }));
  } catch {
    return; // Parameters that break the format refuse the file, as ever.
  }
  findDependencies(tree);
  proposeFusions(tree);
  proposeAlignments(tree);
  for (let row = 0; row < tree.size; row++) {
    metTargets(tree, row);
    targetShape(tree, row, '_output_0');
  }
  const resolver = createResolver(tree);
  forecastList(resolver.resolve({ mode: 'pruning', list, templates: [], python: '3.11' }), resolver);
  expect(readText(writeTree(tree)).graph).toEqual(tree.graph);
});
