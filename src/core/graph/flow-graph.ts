import type { ModelGraph } from '../module-tree/model-graph.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';

/** A node of NNI's graph: one call of a leaf module, or a function with the constructions that feed it (G4, G6). */
export interface FlowNode {
  /** The module's type, or the kind of the node (`aten::add_`); null when the type is not known. */
  readonly op: string | null;
  /** Row of the leaf module; -1 for a function. */
  readonly module: number;
  /** Inputs from outside the node: a value, or `-1 - k` for the tensor of operand `k`. */
  readonly inputs: readonly number[];
  /** Values that are used outside, or nowhere. */
  readonly outputs: readonly number[];
  /** Of a function, its node of the trace; -1 for a module. */
  readonly key: number;
}

/** The trace as NNI groups it, with the tables that walks need. Nodes are numbered as NNI makes them: modules first. */
export interface FlowGraph {
  readonly tree: ModuleTree;
  readonly graph: ModelGraph;
  readonly nodes: readonly FlowNode[];
  /** Value → node of the trace that makes it; -1 for an input of the model. */
  readonly producer: Int32Array;
  /** Value → flow node that has it as an output; -1 where there is none (inputs, insides of a module). */
  readonly byOutput: Int32Array;
  /** Nodes of the trace that use value `v`: `users[userStart[v] .. userStart[v + 1])`, once for each use. */
  readonly users: Uint32Array;
  readonly userStart: Uint32Array;
  /** Row → `[groups, channels]` of a module with a grouped type, as the file has it. */
  readonly groups: ReadonlyMap<number, readonly [number, number] | null>;
}

/** The kind of a node of the trace. */
export function opOf(graph: ModelGraph, node: number): string {
  return graph.ops[graph.opId[node]!]!;
}

/** Sizes of a value; null when the trace does not know them. */
export function shapeOf(graph: ModelGraph, value: number): readonly number[] | null {
  return graph.shapes[graph.shapeId[value]!] ?? null;
}

/** The inputs of a node of the trace: values, or `-1 - k` for operand `k`. */
export function inputsOf(graph: ModelGraph, node: number): Int32Array {
  return graph.inputs.subarray(graph.inputStart[node], graph.inputStart[node + 1]);
}

/** The flow nodes right above, which make the inputs, once for each input (G7). */
export function nodesAbove(flow: FlowGraph, node: number): number[] {
  const above: number[] = [];
  pushNodesAbove(flow, node, above);
  return above;
}

/** The same, appended to `list`. */
export function pushNodesAbove({ nodes, byOutput }: FlowGraph, node: number, list: number[]): void {
  for (const item of nodes[node]!.inputs) {
    const maker = item >= 0 ? byOutput[item]! : -1;
    if (maker >= 0) list.push(maker);
  }
}
