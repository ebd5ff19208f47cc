import { pushNodesAbove, type FlowGraph, type FlowNode } from './flow-graph.ts';
import type { RowSets } from './row-sets.ts';

/** The goal of a walk upwards, and the nodes where it stops. */
export interface WalkRule {
  /** Whether the node is a wanted layer: the walk records it and stops there. */
  readonly isLayer: (node: FlowNode) => boolean;
  /** The walk does not pass the node. */
  readonly ends: (node: FlowNode) => boolean;
}

/**
 * Unites the nearest layers above nodes. NNI walks up from each node by itself and unites the layers that it finds; here a node that
 * an earlier walk passed represents its set, so that all walks together pass each node once (same result).
 */
export interface ParentUniter {
  /** Unites all layers that are found above `node`, and `with` if given, in `sets`. */
  readonly uniteAbove: (node: number, withRow?: number) => void;
}

const layer = 1;
const passed = 2;

/** Creates a uniter; the inputs of the graph's nodes must not change afterwards. */
export function createParentUniter(flow: FlowGraph, rule: WalkRule, sets: RowSets): ParentUniter {
  const kinds = nodesWithLayerAbove(flow, rule);
  /** Node → a row of the set that everything above it belongs to; -1 before a walk passed it. */
  const rowOf = new Int32Array(flow.nodes.length).fill(-1);
  const queue: number[] = [];
  const walked: number[] = [];
  return {
    uniteAbove(node, withRow = -1) {
      let row = withRow;
      const walkMark = -2 - node;
      pushNodesAbove(flow, node, queue);
      for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
        if (kinds[at] === passed && rowOf[at]! < 0) {
          if (rowOf[at] === walkMark) continue;
          rowOf[at] = walkMark;
          walked.push(at);
          pushNodesAbove(flow, at, queue);
        } else if (kinds[at] !== 0) {
          const found = kinds[at] === layer ? flow.nodes[at]!.module : rowOf[at]!;
          sets.add(found);
          if (row < 0) row = found;
          else sets.unite(row, found);
        }
      }
      for (let at = walked.pop(); at !== undefined; at = walked.pop()) rowOf[at] = row;
    },
  };
}

/** Node → 1 for a layer, 2 for a node that can be passed and has a layer above, else 0. */
function nodesWithLayerAbove(flow: FlowGraph, { isLayer, ends }: WalkRule): Uint8Array {
  const { nodes } = flow;
  const kinds = new Uint8Array(nodes.length);
  const below = nodesBelowOf(flow);
  const queue: number[] = [];
  for (let at = 0; at < nodes.length; at++) {
    if (!isLayer(nodes[at]!)) continue;
    kinds[at] = layer;
    queue.push(at);
  }
  for (const at of queue) {
    for (let k = below.start[at]!; k < below.start[at + 1]!; k++) {
      const next = below.nodes[k]!;
      if (kinds[next] !== 0 || ends(nodes[next]!)) continue;
      kinds[next] = passed;
      queue.push(next);
    }
  }
  return kinds;
}

interface NodesBelow {
  readonly start: Uint32Array;
  readonly nodes: Uint32Array;
}

const known = new WeakMap<FlowGraph, NodesBelow>();

/** For each node the nodes that take its outputs; worked out once for a flow. */
function nodesBelowOf(flow: FlowGraph): NodesBelow {
  const below = known.get(flow) ?? nodesBelow(flow);
  known.set(flow, below);
  return below;
}

/** For each node the nodes that take its outputs, as one list with starts. */
function nodesBelow({ nodes, byOutput }: FlowGraph): NodesBelow {
  const start = new Uint32Array(nodes.length + 1);
  const each = (visit: (above: number, node: number) => void): void => {
    for (let node = 0; node < nodes.length; node++) {
      for (const item of nodes[node]!.inputs) {
        const above = item >= 0 ? byOutput[item]! : -1;
        if (above >= 0) visit(above, node);
      }
    }
  };
  each((above) => start[above + 1]!++);
  for (let node = 0; node < nodes.length; node++) start[node + 1]! += start[node]!;
  const next = start.slice();
  const below = new Uint32Array(start[nodes.length]!);
  each((above, node) => (below[next[above]!++] = node));
  return { start, nodes: below };
}
