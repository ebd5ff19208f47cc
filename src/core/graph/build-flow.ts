import { moduleOfScope, type ModelGraph } from '../module-tree/model-graph.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { createNameLookup, moduleType } from '../module-tree/tree-index.ts';
import { opOf, type FlowGraph, type FlowNode } from './flow-graph.ts';
import { findLeafModules } from './leaf-modules.ts';

export interface BuildFlowOptions {
  /** Whether a leaf module is one node; by default all are. Any other module is looked into. */
  readonly isOpaque?: (row: number) => boolean;
}

const known = new WeakMap<ModelGraph, { readonly tree: ModuleTree; readonly flow: FlowGraph }>();

/** The flow of a tree that has a graph, every leaf module one node. Computed once for each tree. */
export function flowOf(tree: ModuleTree, graph: ModelGraph): FlowGraph {
  const found = known.get(graph);
  if (found?.tree === tree) return found.flow;
  const flow = buildFlow(tree, graph);
  known.set(graph, { tree, flow });
  return flow;
}

/** Groups the nodes of a trace as NNI's `TorchModuleGraph` does (rules G3–G7). Linear in nodes and edges. */
export function buildFlow(tree: ModuleTree, graph: ModelGraph, options: BuildFlowOptions = {}): FlowGraph {
  const { rowOf } = createNameLookup(tree);
  const owner = ownersOfNodes(tree, graph, rowOf, options.isOpaque ?? (() => true));
  const tables = { ...tablesOf(graph), owner, isKey: keyNodes(graph) };
  const { modules, functions, next } = inNniOrder(graph, owner, tree.size);
  const nodes: FlowNode[] = [];
  const walk: Walk = {
    queue: new Int32Array(graph.size),
    inputs: [],
    outputs: [],
    merged: new Uint8Array(graph.size),
    seen: new Int32Array(graph.size).fill(-1),
  };
  for (const first of modules) {
    const module = owner[first]!;
    const op = moduleType(tree, module);
    for (let node = first; node >= 0; node = next[node]!) {
      if (walk.merged[node] === 0) nodes.push(componentOf(node, op, graph, tables, walk));
    }
  }
  for (const first of functions) {
    for (let node = first; node >= 0; node = next[node]!) {
      if (tables.isKey[node] === 1) nodes.push(functionOf(node, graph, tables, walk));
    }
  }
  const byOutput = new Int32Array(graph.valueCount).fill(-1);
  for (let at = 0; at < nodes.length; at++) for (const value of nodes[at]!.outputs) byOutput[value] = at;
  const groups = new Map<number, readonly [number, number] | null>();
  for (const [module, pair] of graph.attributes) {
    const row = rowOf(module);
    if (row >= 0) groups.set(row, pair);
  }
  const { producer, users, userStart } = tables;
  return { tree, graph, nodes, byOutput, producer, users, userStart, groups };
}

interface Tables {
  readonly producer: Int32Array;
  readonly users: Uint32Array;
  readonly userStart: Uint32Array;
  /** Node → number of its group: row of a leaf module, or `-1 - scope`. */
  readonly owner: Int32Array;
  readonly isKey: Uint8Array;
}

function tablesOf(graph: ModelGraph): Pick<Tables, 'producer' | 'users' | 'userStart'> {
  const producer = new Int32Array(graph.valueCount).fill(-1);
  const userStart = new Uint32Array(graph.valueCount + 1);
  for (const item of graph.inputs) if (item >= 0) userStart[item + 1]!++;
  for (let value = 0; value < graph.valueCount; value++) userStart[value + 1]! += userStart[value]!;
  const users = new Uint32Array(userStart[graph.valueCount]!);
  const next = userStart.slice();
  for (let node = 0; node < graph.size; node++) {
    for (let value = graph.outputStart[node]!; value < graph.outputStart[node + 1]!; value++) producer[value] = node;
    for (let at = graph.inputStart[node]!; at < graph.inputStart[node + 1]!; at++) {
      const item = graph.inputs[at]!;
      if (item >= 0) users[next[item]!++] = node;
    }
  }
  return { producer, users, userStart };
}

/** Equal texts of the table of scopes count as one. */
function ownersOfNodes(
  tree: ModuleTree,
  graph: ModelGraph,
  rowOf: (name: string) => number,
  isOpaque: (row: number) => boolean,
): Int32Array {
  const leaves = findLeafModules(tree);
  const firstOf = new Map<string, number>();
  const ownerOfScope = graph.scopes.map((scope, at) => {
    const first = firstOf.get(scope) ?? at;
    firstOf.set(scope, first);
    const row = rowOf(moduleOfScope(scope));
    return row > 0 && leaves[row] === 1 && isOpaque(row) ? row : -1 - first;
  });
  const owner = new Int32Array(graph.size);
  for (let node = 0; node < graph.size; node++) owner[node] = ownerOfScope[graph.scopeId[node]!]!;
  return owner;
}

/** Operations that are nodes of their own outside of leaf modules (G6). */
function keyNodes(graph: ModelGraph): Uint8Array {
  const isKeyOp = graph.ops.map((op) => op.startsWith('aten::') || op === 'prim::ListUnpack' || op === 'prim::TupleUnpack');
  const isKey = new Uint8Array(graph.size);
  for (let node = 0; node < graph.size; node++) isKey[node] = isKeyOp[graph.opId[node]!]! ? 1 : 0;
  return isKey;
}

/**
 * The first node of each leaf module and of each scope, in the order in which NNI meets them: where tensors are used, the model's
 * own scope is first. `next`: the node that follows with the same owner; -1 behind the last.
 */
function inNniOrder(
  graph: ModelGraph,
  owner: Int32Array,
  rowCount: number,
): { readonly modules: readonly number[]; readonly functions: readonly number[]; readonly next: Int32Array } {
  const next = new Int32Array(graph.size).fill(-1);
  const lastOfModule = new Int32Array(rowCount).fill(-1);
  const lastOfScope = new Int32Array(graph.scopes.length).fill(-1);
  const modules: number[] = [];
  const functions: number[] = [];
  for (let node = 0; node < graph.size; node++) {
    const within = owner[node]!;
    const last = within >= 0 ? lastOfModule : lastOfScope;
    const at = within >= 0 ? within : -1 - within;
    if (last[at]! >= 0) next[last[at]!] = node;
    else (within >= 0 ? modules : functions).push(node);
    last[at] = node;
  }
  const usesTensors = graph.inputs.some((item) => item < 0 && isTensor(graph, item));
  const own = usesTensors ? functions.findIndex((node) => owner[node] === -1) : -1;
  if (own > 0) functions.unshift(...functions.splice(own, 1));
  return { modules, functions, next };
}

function isTensor(graph: ModelGraph, item: number): boolean {
  return graph.operands[-1 - item]!.type === 'tensor';
}

/** State that all walks within one owner reuse, so that a walk allocates nothing. */
interface Walk {
  readonly queue: Int32Array;
  /** A node keeps a copy of the two: an array that was pushed to holds room for many more. */
  readonly inputs: number[];
  readonly outputs: number[];
  /** Nodes of the trace that are in a component already. */
  readonly merged: Uint8Array;
  /** The function whose walk met a node last. */
  readonly seen: Int32Array;
}

/** The nodes of a leaf module that hang together with `start` (G4), as one; marks them as merged. */
function componentOf(
  start: number,
  op: string | null,
  graph: ModelGraph,
  { producer, users, userStart, owner }: Tables,
  { queue, inputs, outputs, merged }: Walk,
): FlowNode {
  const module = owner[start]!;
  let inputCount = 0;
  let outputCount = 0;
  let found = 1;
  queue[0] = start;
  merged[start] = 1;
  for (let k = 0; k < found; k++) {
    const node = queue[k]!;
    for (let at = graph.inputStart[node]!; at < graph.inputStart[node + 1]!; at++) {
      const item = graph.inputs[at]!;
      const above = item >= 0 ? producer[item]! : -1;
      if (above < 0 || owner[above] !== module) {
        if (item >= 0 || isTensor(graph, item)) inputs[inputCount++] = item;
      } else if (merged[above] === 0) {
        merged[above] = 1;
        queue[found++] = above;
      }
    }
    for (let value = graph.outputStart[node]!; value < graph.outputStart[node + 1]!; value++) {
      let isOutput = userStart[value] === userStart[value + 1];
      for (let at = userStart[value]!; at < userStart[value + 1]!; at++) {
        const below = users[at]!;
        if (owner[below] !== module) {
          isOutput = true;
        } else if (merged[below] === 0) {
          merged[below] = 1;
          queue[found++] = below;
        }
      }
      if (isOutput) outputs[outputCount++] = value;
    }
  }
  return { op, module, key: -1, inputs: inputs.slice(0, inputCount), outputs: outputs.slice(0, outputCount) };
}

/** A function, with the constructions above it in its scope merged into it (G6). */
function functionOf(
  key: number,
  graph: ModelGraph,
  { producer, owner, isKey }: Tables,
  { queue, inputs, outputs, seen }: Walk,
): FlowNode {
  const within = owner[key]!;
  let inputCount = 0;
  let found = 1;
  queue[0] = key;
  seen[key] = key;
  for (let k = 0; k < found; k++) {
    const node = queue[k]!;
    for (let at = graph.inputStart[node]!; at < graph.inputStart[node + 1]!; at++) {
      const item = graph.inputs[at]!;
      const above = item >= 0 ? producer[item]! : -1;
      if (above < 0 || owner[above] !== within || isKey[above] === 1) {
        if (item >= 0 || isTensor(graph, item)) inputs[inputCount++] = item;
      } else if (seen[above] !== key) {
        seen[above] = key;
        queue[found++] = above;
      }
    }
  }
  const first = graph.outputStart[key]!;
  const count = graph.outputStart[key + 1]! - first;
  for (let at = 0; at < count; at++) outputs[at] = first + at;
  return { op: opOf(graph, key), module: -1, key, inputs: inputs.slice(0, inputCount), outputs: outputs.slice(0, count) };
}
