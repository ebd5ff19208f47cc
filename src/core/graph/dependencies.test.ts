import { expect, test } from 'vitest';
import { moduleName } from '../module-tree/tree-index.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { randomGraphTree, residualGraphTree } from '../testing/generate-graph.ts';
import { readGraphModel } from '../testing/graph-vectors.ts';
import { readText } from '../testing/nni-trees.ts';
import { buildFlow } from './build-flow.ts';
import { findDependencies } from './dependencies.ts';
import { findLeafModules } from './leaf-modules.ts';
import { nodesAbove } from './flow-graph.ts';
import { findGroupNumbers } from './group-numbers.ts';

function names(tree: ModuleTree, rows: Iterable<number>): string[] {
  return [...rows].map((row) => moduleName(tree, row));
}

test('G3: a name is a leaf unless the next one in the order of code points is below it', () => {
  const tree = readText(JSON.stringify(
    ['', 'a', 'a.0', 'a-b', 'c', 'c.0', 'c.0-x', 'c.0.y', 'd', 'd.e', 'dx', 'e', 'e.f', 'e.f.g', 'e.f g'].map((name) => ({ name, type: 'X' })),
  ));
  // The order of Python's sorted(), walked once.
  const ordered = names(tree, Array.from({ length: tree.size }, (_, row) => row)).filter((name) => name !== '').toSorted((a, b) => (a < b ? -1 : 1));
  const wanted = ordered.filter((name, at) => ordered[at + 1]?.startsWith(`${name}.`) !== true);
  const leaves = findLeafModules(tree);
  const found = names(tree, [...leaves.keys()].filter((row) => leaves[row] === 1));
  expect(found.toSorted()).toEqual(wanted.toSorted());
  expect(found).toContain('a');
});

test.each(['shufflenet_v2_x0_5', 'maxvit_t'])('G11, G13: %s, for which NNI does not end, is done', (model) => {
  const found = findDependencies(readGraphModel(model));
  expect(found).toMatchObject({ ok: true });
});

test('G12a: a residual stream that nothing ends is one set, however many blocks it has', () => {
  const tree = residualGraphTree(75_000);
  const found = findDependencies(tree);
  if (found?.ok !== true) throw new Error('no answer');
  expect(tree.graph!.size).toBe(75_001);
  const [stream, ...others] = found.value.sets;
  expect([stream!.length, others.length]).toEqual([15_001, 15_000]);
});

test('G2: what refuses the trace is what NNI raises', () => {
  const tree = readText(JSON.stringify({
    modules: [{ name: '', type: 'Net' }],
    graph: { refused: { type: 'TracingCheckError', message: 'Tracing failed' }, scopes: [''], inputs: [], nodes: [], outputs: [] },
  }));
  expect(findDependencies(tree)).toEqual({ ok: false, error: { type: 'TracingCheckError', message: 'Tracing failed' } });
});

test('G8: unpacking another number of items than were packed is an AssertionError', () => {
  const tree = readText(JSON.stringify({
    modules: [{ name: '', type: 'Net' }],
    graph: {
      scopes: [''], inputs: [['x', [1]]], outputs: [],
      nodes: [
        { op: 'prim::ListConstruct', in: [0, 0], out: [null] },
        { op: 'prim::ListUnpack', in: [1], out: [[1]] },
      ],
    },
  }));
  expect(findDependencies(tree)).toMatchObject({ ok: false, error: { type: 'AssertionError' } });
});

test.each(Array.from({ length: 300 }, (_, seed) => seed))('G10–G13: walks that stop at what others passed find what each finds alone, seed %i', (seed) => {
  const tree = randomGraphTree(seed);
  const found = findDependencies(tree);
  if (found?.ok !== true) throw new Error('a random graph has no errors');
  const flow = buildFlow(tree, tree.graph!);
  // Every layer above an addition, by a walk of its own, is in the set of the first.
  for (const [at, node] of flow.nodes.entries()) {
    if (node.op !== 'aten::add') continue;
    const layers: number[] = [];
    const seen = new Set<number>();
    const queue = nodesAbove(flow, at);
    for (const next of queue) {
      if (seen.has(next)) continue;
      seen.add(next);
      const { op, module } = flow.nodes[next]!;
      if (op === 'Conv2d' || op === 'Linear') layers.push(module);
      else if (op !== 'aten::cat') queue.push(...nodesAbove(flow, next));
    }
    expect(new Set(layers.map((row) => found.value.setOf.get(row))).size).toBeLessThanOrEqual(1);
  }
  expect(findGroupNumbers(flow)).toMatchObject({ ok: true });
  // Sets that no addition ties stay apart: as many as a union over all walks leaves.
  expect(found.value.sets.map((rows) => names(tree, rows))).toEqual(setsByHand(tree));
});

/** The sets of a random graph by plain walks and sets of names, as the rule is written. */
function setsByHand(tree: ModuleTree): string[][] {
  const flow = buildFlow(tree, tree.graph!);
  const setOf = new Map<number, Set<number>>();
  const unite = (rows: readonly number[]): void => {
    const all = new Set(rows);
    for (const row of rows) for (const other of setOf.get(row) ?? []) all.add(other);
    for (const row of all) setOf.set(row, all);
  };
  const layersAbove = (start: number, ends: (op: string | null) => boolean): number[] => {
    const layers: number[] = [];
    const seen = new Set<number>();
    const queue = nodesAbove(flow, start);
    for (const next of queue) {
      if (seen.has(next)) continue;
      seen.add(next);
      const { op, module } = flow.nodes[next]!;
      if (op === 'Conv2d' || op === 'Linear') layers.push(module);
      else if (!ends(op)) queue.push(...nodesAbove(flow, next));
    }
    return layers;
  };
  for (const [at, { op, module }] of flow.nodes.entries()) {
    if (op === 'aten::add') unite(layersAbove(at, (other) => other === 'aten::cat'));
    const groups = module < 0 ? undefined : tree.graph!.attributes.get(moduleName(tree, module));
    if (op === 'Conv2d' && groups?.[0] === groups?.[1]) unite([module, ...layersAbove(at, () => false)]);
    if (op === 'Conv2d' || op === 'Linear') unite([module]);
  }
  return [...new Set(setOf.values())].map((rows) => [...rows].toSorted((a, b) => a - b)).toSorted(([a], [b]) => a! - b!).map((rows) => names(tree, rows));
}
