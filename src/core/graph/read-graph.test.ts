import { expect, test } from 'vitest';
import { mergeTrees } from '../module-tree/merge-trees.ts';
import type { ModelGraph } from '../module-tree/model-graph.ts';
import { writeTree } from '../module-tree/write-tree.ts';
import { describeNote } from '../readers/messages/note-wording.ts';
import { readText } from '../testing/nni-trees.ts';
import { graphModels, readGraphModel } from '../testing/graph-vectors.ts';
import { readGraph } from './read-graph.ts';

test.each(graphModels)('G1a, T24: the graph of %s is the same after writing and reading', (model) => {
  const tree = readGraphModel(model);
  expect(readText(writeTree(tree)).graph).toEqual(tree.graph);
});

const modules = [{ name: '', type: 'Net' }, { name: 'a', type: 'Linear' }];

function treeWith(graph: unknown) {
  const text = JSON.stringify({ format: 'module-tree', version: 1, modules, graph });
  return readText(text.replace('"deep"', '['.repeat(50_000) + ']'.repeat(50_000)));
}

const small = {
  version: 1, inputs: [['x', [1, 4]]], scopes: ['', 'a'], outputs: [1], attrs: {}, calls: {},
  nodes: [{ op: 'aten::linear', s: 1, in: [0, 'a.weight', [null]], out: [[1, 2]] }],
};

test.each([
  [{ ...small, nodes: [{ op: 'aten::linear', in: [1], out: [] }] }, 'nodes[0].in[0]'],
  [{ ...small, nodes: [{ op: 'aten::linear', in: [[1, 2]], out: [] }] }, 'nodes[0].in[0]'],
  [{ ...small, nodes: [{ op: 7, in: [], out: [] }] }, 'nodes[0].op'],
  [{ ...small, nodes: [{ op: 'x', s: 2, in: [], out: [] }] }, 'nodes[0].s'],
  [{ ...small, nodes: [{ op: 'x', in: [], out: [[-1]] }] }, 'nodes[0].out[0]'],
  [{ ...small, nodes: [{ op: 'x', in: ['deep'], out: [] }] }, 'nodes[0].in[0]'],
  [{ ...small, outputs: [2] }, 'outputs[0]'],
  [{ ...small, scopes: ['a'] }, 'scopes[0]'],
  [{ ...small, attrs: { a: [1] } }, 'attrs.a'],
  [{ ...small, calls: { a: [{ in: [{ d: 3 }] }] } }, 'calls.a[0].in[0].d'],
  [{ ...small, calls: { a: [{ in: [], n: 0 }] } }, 'calls.a[0].n'],
  [{ ...small, version: 2 }, 'version'],
  [{ ...small, refused: 'no' }, 'refused'],
  ['none', 'graph'],
])('G1b: a graph that breaks the format is named, and the tree opens without it: %#', (graph, place) => {
  const tree = treeWith(graph);
  expect([tree.size, tree.graph]).toEqual([2, null]);
  const [note] = tree.notes;
  expect(note).toMatchObject({ type: 'graph-broken', fault: { place } });
  expect(describeNote(note!)).toContain(`“graph”, ${place} should be `);
});

test('G1b, T23a: a graph comes along when the files of a model are put together, under the names of the tree', () => {
  const traced = treeWith(small);
  const wrapped = readText(JSON.stringify([
    { name: '', type: 'DataParallel' }, { name: 'module', type: 'Net' }, { name: 'module.a', type: 'Linear' },
    { name: 'module.b', type: 'ReLU' },
  ]));
  const bare = readText(JSON.stringify([{ name: '', type: 'Net' }, { name: 'a', type: 'Linear' }, { name: 'b', type: 'ReLU' }]));
  const graphAfter = (other: typeof bare): ModelGraph | null => {
    const merged = mergeTrees(other, traced);
    if (!merged.ok) throw new Error(merged.error.type);
    return merged.value.tree.graph;
  };
  expect(graphAfter(bare)).toEqual(traced.graph);
  expect(graphAfter(wrapped)?.scopes).toEqual(['', 'module.a']);
  expect(graphAfter(wrapped)?.operands[0]).toEqual({ type: 'tensor', name: 'module.a.weight' });
});

test('G1a: names that JavaScript knows are names like any other', () => {
  const read = readGraph(JSON.parse('{"scopes":[""],"inputs":[],"nodes":[],"outputs":[],"attrs":{"__proto__":[1,2]},"calls":{"constructor":[]}}'));
  if (!read.ok) throw new Error(read.error.place);
  expect([[...read.value.attributes], [...read.value.calls]]).toEqual([[['__proto__', [1, 2]]], [['constructor', []]]]);
});
