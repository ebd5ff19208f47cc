import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { createNameLookup, moduleName } from '../../module-tree/tree-index.ts';
import { readTree } from '../../readers/read-tree.ts';
import { randomGraphTree, residualGraphTree } from '../../testing/generate-graph.ts';
import { graphModels, readGraphModel } from '../../testing/graph-vectors.ts';
import { readText } from '../../testing/nni-trees.ts';
import { drawFlow, type FlowBox, type FlowPicture, type FlowRequest } from './draw-flow.ts';

function sample(name: string): ModuleTree {
  return readFile(`../../../../public/samples/${name}.json.gz`);
}

function readFile(path: string): ModuleTree {
  const read = readTree({ name: path, bytes: readFileSync(new URL(path, import.meta.url)) });
  if (!read.ok) throw new Error(read.error.code);
  return read.value;
}

function draw(tree: ModuleTree, name: string, request: Partial<FlowRequest> = {}): FlowPicture {
  const module = createNameLookup(tree).rowOf(name);
  const answer = drawFlow(tree, { module, frame: null, opened: [], folded: [], ...request });
  if (answer.type !== 'picture') throw new Error(answer.type);
  return answer;
}

function wordBox(tree: ModuleTree, box: FlowBox): string {
  const count = box.rows.length > 1 ? `${box.rows.length} × ` : '';
  switch (box.type) {
    case 'module':
      return `${count}${moduleName(tree, box.row)}${box.call === 0 ? '' : ` #${box.call}`}`;
    case 'folded':
      return `${count}[${moduleName(tree, box.row)}]`;
    case 'operation':
      return count + box.operations.join('+');
    case 'input':
      return `input ${box.name}`;
    case 'output':
      return 'output';
  }
}

function edgesOf(tree: ModuleTree, { boxes, edges }: FlowPicture): string[] {
  const words = new Map(boxes.map((box) => [box.id, wordBox(tree, box)]));
  return edges.map(({ from, to }) => `${words.get(from)} → ${words.get(to)}`).toSorted();
}

/** Whether the box is the module, lies in it, or has it folded inside. */
function holds(tree: ModuleTree, box: FlowBox, module: number): boolean {
  if (!('row' in box)) return false;
  const isIn = (inner: number, outer: number): boolean => inner >= outer && inner < tree.end[outer]!;
  return isIn(box.row, module) || (box.type === 'folded' && isIn(module, box.row));
}

test('G26a: around a convolution of a ResNet its block is drawn, with what stands before and after it', () => {
  const tree = readGraphModel('resnet18');
  const picture = draw(tree, 'layer2.0.conv1');
  expect(moduleName(tree, picture.frame)).toBe('layer2.0');
  expect(edgesOf(tree, picture)).toEqual([
    '[layer1] → layer2.0.conv1', '[layer1] → layer2.0.downsample.0', 'add → layer2.0.relu #2',
    'layer2.0.bn1 → layer2.0.relu #1', 'layer2.0.bn2 → add', 'layer2.0.conv1 → layer2.0.bn1', 'layer2.0.conv2 → layer2.0.bn2',
    'layer2.0.downsample.0 → layer2.0.downsample.1', 'layer2.0.downsample.1 → add', 'layer2.0.relu #1 → layer2.0.conv2',
    'layer2.0.relu #2 → [layer2.1]',
  ]);
});

test('G26b: an attention block shows no sizes, and runs of reshapes as one step', () => {
  const tree = sample('bert_base');
  const picture = draw(tree, 'bert.encoder.layer.0.attention.self.query');
  expect(edgesOf(tree, picture)).toEqual([
    '[bert.embeddings] → bert.encoder.layer.0.attention.self.key', '[bert.embeddings] → bert.encoder.layer.0.attention.self.query',
    '[bert.embeddings] → bert.encoder.layer.0.attention.self.value', 'bert.encoder.layer.0.attention.self.key → view+transpose',
    'bert.encoder.layer.0.attention.self.query → view+transpose', 'bert.encoder.layer.0.attention.self.value → view+transpose',
    'reshape+transpose+reshape → [bert.encoder.layer.0.attention.output]', 'scaled_dot_product_attention → reshape+transpose+reshape',
    'view+transpose → scaled_dot_product_attention', 'view+transpose → scaled_dot_product_attention', 'view+transpose → scaled_dot_product_attention',
  ]);
});

test('G26b: the model is drawn from input to output, its blocks folded', () => {
  const tree = sample('bert_base');
  expect(edgesOf(tree, draw(tree, ''))).toEqual(['[bert] → dropout', 'classifier → output', 'dropout → classifier', 'input input_ids → [bert]']);
});

test('G26b: what is folded by hand stays folded, what is opened stays open, and a frame stays while the module is in it', () => {
  const tree = readGraphModel('resnet18');
  const { rowOf } = createNameLookup(tree);
  const frame = rowOf('layer1');
  expect(draw(tree, 'layer1').boxes.some(({ type, isInside }) => type === 'folded' && isInside)).toBe(false);
  const folded = draw(tree, 'layer1', { folded: [rowOf('layer1.0')] });
  expect(folded.boxes.map((box) => wordBox(tree, box))).toContain('[layer1.0]');
  expect(draw(tree, 'layer1.0.conv1', { frame }).frame).toBe(frame);
  expect(draw(tree, 'layer2.0.conv1', { frame }).frame).toBe(rowOf('layer2.0'));
  const root = draw(tree, '', { folded: ['layer1', 'layer2', 'layer3'].map(rowOf), opened: [rowOf('layer4')] });
  expect(root.open.map((row) => moduleName(tree, row)).filter((name) => !name.startsWith('layer4.'))).toEqual(['layer4']);
});

const moeBlock = '../../testing/moe_block.json.gz';

test('G26c: the experts of a layer, and what feeds and follows each of them, are one box each; the sum over them is one step', () => {
  const tree = readFile(moeBlock);
  const sum = Array.from({ length: 8 }, () => 'index_add').join('+');
  expect(edgesOf(tree, draw(tree, 'moe.gate'))).toEqual([
    '8 × [moe.experts.0] → 8 × mul', '8 × index → 8 × mul', '8 × index → 8 × reshape', `8 × mul → ${sum}`, '8 × reshape → 8 × [moe.experts.0]',
    '8 × select → 8 × where', '8 × unsqueeze → 8 × index', '8 × unsqueeze → 8 × index', '8 × where → 8 × index', '8 × where → 8 × index',
    `8 × where → ${sum}`, 'div → 8 × unsqueeze', `${sum} → reshape`, 'moe.gate → softmax', 'norm → view', 'one_hot → permute', 'permute → 8 × select',
    'reshape → add', 'softmax → topk', 'sum → div', 'topk → div', 'topk → one_hot', 'topk → sum', 'view → 8 × unsqueeze', 'view → moe.gate', 'view → zeros_like', `zeros_like → ${sum}`,
  ]);
});

test('G26c: a chosen expert, and one that is opened by hand, stands apart from the others', () => {
  const tree = readFile(moeBlock);
  const { rowOf } = createNameLookup(tree);
  const names = (picture: FlowPicture): string[] => picture.boxes.map((box) => wordBox(tree, box));
  expect(names(draw(tree, 'moe.experts.3'))).toEqual(expect.arrayContaining(['moe.experts.3.w1', 'moe.experts.3.w2']));
  expect(names(draw(tree, 'moe.gate', { opened: [rowOf('moe.experts.0')] }))).toEqual(expect.arrayContaining(['7 × [moe.experts.1]', 'moe.experts.0.w1']));
});

test('G26c: query, key and value are alike, and three: they stay apart', () => {
  const tree = sample('gpt2');
  const boxes = draw(tree, 'transformer.h.1.attn.c_attn').boxes.filter((box) => box.type === 'operation' && box.operations.join('+') === 'view+transpose');
  expect(boxes.map(({ rows }) => rows.length)).toEqual([1, 1, 1]);
});

test('G26a: a module that no data goes through says so', () => {
  const tree = readGraphModel('unused');
  expect(drawFlow(tree, { module: createNameLookup(tree).rowOf('aux'), frame: null, opened: [], folded: [] }).type).toBe('never-runs');
  expect(drawFlow(readText('[{"name": "", "type": "Net"}]'), { module: 0, frame: null, opened: [], folded: [] })).toEqual({ type: 'no-graph' });
});

test.each([...graphModels])('G26b: every module of %s has a picture of few boxes whose edges lead from box to box', (model) => {
  const tree = readGraphModel(model);
  if (tree.graph === null) return;
  for (let module = 0; module < tree.size; module++) {
    const answer = drawFlow(tree, { module, frame: null, opened: [], folded: [] });
    if (answer.type !== 'picture') continue;
    expect(answer.boxes.length).toBeLessThanOrEqual(44);
    // A module under two names runs under one of them.
    if (tree.sharedWith.size === 0) expect(answer.boxes.some((box) => holds(tree, box, module))).toBe(true);
    const ids = new Set(answer.boxes.map(({ id }) => id));
    expect(ids.size).toBe(answer.boxes.length);
    expect(answer.edges.every(({ from, to }) => ids.has(from) && ids.has(to) && from !== to)).toBe(true);
  }
});

test('G26b: random graphs and one of 75,000 nodes are drawn', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const tree = randomGraphTree(seed);
    for (let module = 0; module < tree.size; module++) drawFlow(tree, { module, frame: null, opened: [module], folded: [] });
  }
  const tree = residualGraphTree(75_000);
  const answer = drawFlow(tree, { module: 30_000, frame: null, opened: [], folded: [] });
  if (answer.type !== 'picture') throw new Error(answer.type);
  expect(answer.boxes.some((box) => holds(tree, box, 30_000))).toBe(true);
  expect(answer.leftOut).toBeGreaterThan(70_000);
});
