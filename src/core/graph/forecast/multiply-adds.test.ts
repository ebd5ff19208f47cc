import { expect, test } from 'vitest';
import { graphVectorLines, treeOfDocument } from '../../testing/graph-vectors.ts';
import { moduleOfScope, type ModelGraph } from '../../module-tree/model-graph.ts';
import { moduleName, moduleSpec, moduleType } from '../../module-tree/tree-index.ts';
import { countMultiplyAdds } from './multiply-adds.ts';
import { createTraceReader } from './trace-reader.ts';

const layers = new Set(['Conv1d', 'Conv2d', 'Conv3d', 'Linear']);

function product(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total * size, 1);
}

/** How often the trace multiplies in the scope of each module. */
function countTraced({ size, ops, opId, scopes, scopeId }: ModelGraph): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let node = 0; node < size; node++) {
    if (!/^aten::(?:_convolution|linear|addmm|matmul)$/.test(ops[opId[node]!]!)) continue;
    const module = moduleOfScope(scopes[scopeId[node]!]!);
    counts.set(module, (counts.get(module) ?? 0) + 1);
  }
  return counts;
}

test.each(['dependency-random', 'held-models', 'further-models'])('G23b, G24: in %s each layer multiplies and adds as its recorded calls and its weight say', (file) => {
  let compared = 0;
  const wrong: unknown[] = [];
  for (const line of graphVectorLines(file)) {
    const { id, tree: document } = JSON.parse(line) as { readonly id: string; readonly tree?: { readonly graph?: unknown } };
    if (document?.graph === undefined) continue;
    const tree = treeOfDocument(document);
    const counts = countMultiplyAdds(tree, createTraceReader(tree, tree.graph!));
    const tracedCalls = countTraced(tree.graph!);
    for (let row = 0; row < tree.size; row++) {
      const { className, parameters } = moduleSpec(tree, row);
      const weight = parameters?.find(({ name }) => name === 'weight' || name === 'weight_v')?.shape;
      const calls = tree.graph!.calls.get(moduleName(tree, row));
      const isShared = tree.sharedWith.has(row) || [...tree.sharedWith.values()].includes(row);
      if (!layers.has(moduleType(tree, row) ?? '') || className?.startsWith('torch.nn.') !== true || !weight || calls === undefined || isShared) continue;
      const count = counts.get(row);
      // A call that nothing uses is not in the trace.
      if (calls.reduce((sum, call) => sum + call.count, 0) !== (tracedCalls.get(moduleName(tree, row)) ?? 0)) continue;
      const wanted = calls.reduce((sum, call) => sum + call.count * product(call.out as readonly number[]) * product(weight.slice(1)), 0);
      compared++;
      if (count !== wanted) wrong.push({ id, module: moduleName(tree, row), count, wanted });
    }
  }
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(100);
});
