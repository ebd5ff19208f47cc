import { shapeOf, type FlowGraph, type FlowNode } from './flow-graph.ts';

const reshapes: ReadonlySet<string | null> = new Set(
  ['view', 'reshape', 'flatten', 'mean', 'expand_as', 'pixel_shuffle'].map((name) => `aten::${name}`),
);

/**
 * Whether the channels from above end at the node (rule G9): at every `cat`, and at a reshape when
 * dimension 1 differs, or a shape is unknown or has at most one dimension.
 */
export function endsChannels(flow: FlowGraph, node: FlowNode): boolean {
  if (node.op === 'aten::cat') return true;
  if (!reshapes.has(node.op) || node.key < 0) return false;
  const { graph } = flow;
  const first = graph.inputs[graph.inputStart[node.key]!] ?? -1;
  const hasInput = graph.inputStart[node.key]! < graph.inputStart[node.key + 1]!;
  const output = node.outputs[0];
  if (!hasInput || first < 0 || output === undefined) return true;
  return changesDimension1(shapeOf(graph, first), shapeOf(graph, output));
}

/** Whether dimension 1 differs, or cannot be compared. */
export function changesDimension1(before: readonly number[] | null, after: readonly number[] | null): boolean {
  if (before === null || after === null || before.length <= 1 || after.length <= 1) return true;
  return before[1] !== after[1];
}
