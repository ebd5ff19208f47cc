import { fail, succeed, type Result } from '../result.ts';
import { opOf, type FlowGraph, type FlowNode } from './flow-graph.ts';

/** An error of NNI on a graph, with its text. */
export interface GraphError {
  readonly type: string;
  readonly message: string;
}

const unpackOps: ReadonlySet<string | null> = new Set(['prim::ListUnpack', 'prim::TupleUnpack']);
const constructOps: ReadonlySet<string> = new Set(['prim::ListConstruct', 'prim::TupleConstruct']);

/** Whether the node unpacks a list or tuple. */
export function isUnpack(op: string | null): boolean {
  return unpackOps.has(op);
}

/**
 * Short-cuts an unpacking that follows right on the construction (rule G8), as `unpack_manually` does: the first
 * occurrence of each output among the inputs of each consumer becomes the item that was packed. `flow` stays as it is; the
 * error is NNI's exception where numbers differ.
 */
export function unpackLists(flow: FlowGraph): Result<FlowGraph, GraphError> {
  if (!flow.nodes.some(({ op }) => isUnpack(op))) return succeed(flow);
  const nodes = flow.nodes.map((node): OpenNode => ({ ...node, inputs: [...node.inputs] }));
  const error = shortCut(flow, nodes);
  return error === null ? succeed({ ...flow, nodes }) : fail(error);
}

type OpenNode = FlowNode & { readonly inputs: number[] };

function shortCut({ graph, producer }: FlowGraph, nodes: readonly OpenNode[]): GraphError | null {
  let consumers: Map<number, OpenNode[]> | null = null;
  for (const node of nodes) {
    if (node.key < 0 || !isUnpack(node.op)) continue;
    const first = graph.inputs[graph.inputStart[node.key]!];
    const hasInput = graph.inputStart[node.key]! < graph.inputStart[node.key + 1]!;
    const above = hasInput && first! >= 0 ? producer[first!]! : -1;
    if (above < 0 || !constructOps.has(opOf(graph, above))) continue;
    const wanted = graph.inputStart[above + 1]! - graph.inputStart[above]!;
    if (node.outputs.length !== wanted || node.inputs.length !== wanted) {
      return { type: 'AssertionError', message: '' };
    }
    consumers ??= consumersOf(nodes);
    for (const [at, source] of node.inputs.entries()) {
      const value = node.outputs[at]!;
      const following = consumers.get(value);
      const ofSource = consumers.get(source);
      if (following === undefined) continue;
      if (ofSource !== undefined) {
        const own = ofSource.indexOf(node);
        if (own >= 0) ofSource.splice(own, 1);
        for (const consumer of following) ofSource.push(consumer);
      }
      for (const consumer of following) {
        const place = consumer.inputs.indexOf(value);
        if (place < 0) return { type: 'ValueError', message: `${value} is not in list` };
        consumer.inputs[place] = source;
      }
    }
  }
  return null;
}

/** Item → the nodes that take it, each once. */
function consumersOf(nodes: readonly OpenNode[]): Map<number, OpenNode[]> {
  const consumers = new Map<number, OpenNode[]>();
  for (const node of nodes) {
    for (const item of node.inputs) {
      const known = consumers.get(item);
      if (known === undefined) consumers.set(item, [node]);
      else if (known.at(-1) !== node) known.push(node);
    }
  }
  return consumers;
}
