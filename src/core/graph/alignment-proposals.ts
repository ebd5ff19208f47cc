import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleSpec, moduleType } from '../module-tree/tree-index.ts';
import { adjacencyOf } from './adjacency.ts';
import { nodesAbove, type FlowGraph, type FlowNode } from './flow-graph.ts';

const layerTypes: ReadonlySet<string | null> = new Set(['Conv1d', 'Conv2d', 'Conv3d', 'Linear']);
const keepsChannels: ReadonlySet<string | null> = new Set([
  'ReLU', 'ReLU6', 'LeakyReLU', 'SiLU', 'GELU', 'Hardswish', 'Dropout', 'Dropout2d', 'Identity',
  'MaxPool2d', 'AvgPool2d', 'MaxPool1d', 'AvgPool1d',
  'aten::relu', 'aten::relu_', 'aten::silu', 'aten::silu_', 'aten::gelu',
]);
/** A norm is right behind its layer, or a few modules later. */
const longestWay = 50;

/**
 * BatchNorm → the layer whose output channels are the norm's channels in every call (rule G18), as rows in model order. Empty
 * when the tree has no graph.
 */
export function proposeAlignments(tree: ModuleTree): ReadonlyMap<number, number> {
  const adjacency = adjacencyOf(tree);
  const found = new Map<number, number>();
  if (adjacency === null) return found;
  const { flow, nodesOf } = adjacency;
  for (let row = 0; row < tree.size; row++) {
    const nodes = nodesOf.get(row);
    const channels = channelsOf(tree, row);
    if (nodes === undefined || channels === null || moduleType(tree, row)?.startsWith('BatchNorm') !== true) continue;
    const sources = new Set(nodes.map((node) => layerAbove(flow, node)));
    const [source] = sources;
    if (sources.size === 1 && source! >= 0 && channelsOf(tree, source!) === channels) found.set(row, source!);
  }
  return found;
}

/** Dimension 0 of the module's own `weight`; null when it has none or the shape is not known. */
function channelsOf(tree: ModuleTree, row: number): number | null {
  return moduleSpec(tree, row).parameters?.find(({ name }) => name === 'weight')?.shape?.[0] ?? null;
}

/** The layer that alone feeds the node, directly or through modules that keep channels; -1 where there is none. */
function layerAbove(flow: FlowGraph, start: number): number {
  let current = start;
  for (let steps = 0; steps <= longestWay; steps++) {
    const above = new Set(nodesAbove(flow, current));
    const [only] = above;
    if (above.size !== 1) return -1;
    const node: FlowNode = flow.nodes[only!]!;
    if (node.module >= 0 && layerTypes.has(node.op)) return node.module;
    if (!keepsChannels.has(node.op)) return -1;
    current = only!;
  }
  return -1;
}
