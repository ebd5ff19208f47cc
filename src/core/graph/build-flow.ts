import { moduleOfScope, type ModelGraph } from '../module-tree/model-graph.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { createNameLookup, moduleType } from '../module-tree/tree-index.ts';
import { opOf, type FlowGraph, type FlowNode } from './flow-graph.ts';
import { findLeafModules } from './leaf-modules.ts';

export interface BuildFlowOptions {
  /** Whether a leaf module is one node; by default all are. What is none is looked into. */
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
  const owner = ownersOfNodes(tree, graph, options.isOpaque ?? (() => true));
  const tables = { ...tablesOf(graph), owner, isKey: keyNodes(graph) };
  const { modules, functions } = inNniOrder(graph, owner);
  const nodes: FlowNode[] = [];
  const merged = new Uint8Array(graph.size);
  for (const [row, raw] of modules) {
    const op = moduleType(tree, row);
    for (const node of raw) {
      if (merged[node] === 1) continue;
      nodes.push({ op, module: row, key: -1, ...componentOf(node, graph, tables, merged) });
    }
  }
  const seen = new Int32Array(graph.size).fill(-1);
  for (const raw of functions) {
    for (const node of raw) {
      if (tables.isKey[node] === 0) continue;
      const outputs: number[] = [];
      for (let value = graph.outputStart[node]!; value < graph.outputStart[node + 1]!; value++) outputs.push(value);
      nodes.push({ op: opOf(graph, node), module: -1, key: node, inputs: inputsAbove(node, graph, tables, seen), outputs });
    }
  }
  const byOutput = new Int32Array(graph.valueCount).fill(-1);
  for (const [at, { outputs }] of nodes.entries()) for (const value of outputs) byOutput[value] = at;
  const { producer, users, userStart } = tables;
  return { tree, graph, nodes, byOutput, producer, users, userStart };
}

interface Tables {
  readonly producer: Int32Array;
  readonly users: Uint32Array;
  readonly userStart: Uint32Array;
  /** Node → number of what it is grouped within: row of a leaf module, or `-1 - scope`. */
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
    producer.fill(node, graph.outputStart[node], graph.outputStart[node + 1]);
    for (let at = graph.inputStart[node]!; at < graph.inputStart[node + 1]!; at++) {
      const item = graph.inputs[at]!;
      if (item >= 0) users[next[item]!++] = node;
    }
  }
  return { producer, users, userStart };
}

/** Equal texts of the table of scopes count as one. */
function ownersOfNodes(tree: ModuleTree, graph: ModelGraph, isOpaque: (row: number) => boolean): Int32Array {
  const leaves = findLeafModules(tree);
  const lookup = createNameLookup(tree);
  const firstOf = new Map<string, number>();
  const ownerOfScope = graph.scopes.map((scope, at) => {
    const first = firstOf.get(scope) ?? at;
    firstOf.set(scope, first);
    const row = lookup.rowOf(moduleOfScope(scope));
    return row > 0 && leaves[row] === 1 && isOpaque(row) ? row : -1 - first;
  });
  return Int32Array.from(graph.scopeId, (scope) => ownerOfScope[scope]!);
}

/** Nodes that stand for themselves outside of leaf modules (G6). */
function keyNodes(graph: ModelGraph): Uint8Array {
  const isKeyOp = graph.ops.map((op) => op.startsWith('aten::') || op === 'prim::ListUnpack' || op === 'prim::TupleUnpack');
  return Uint8Array.from(graph.opId, (op) => (isKeyOp[op]! ? 1 : 0));
}

/** Leaf modules and scopes in the order in which NNI meets them: where tensors are used, the model's own scope is first. */
function inNniOrder(
  graph: ModelGraph,
  owner: Int32Array,
): { readonly modules: ReadonlyMap<number, readonly number[]>; readonly functions: Iterable<readonly number[]> } {
  const modules = new Map<number, number[]>();
  const functions = new Map<number, number[]>();
  const usesTensors = graph.inputs.some((item) => item < 0 && graph.operands[-1 - item]!.type === 'tensor');
  if (usesTensors) functions.set(-1, []);
  for (let node = 0; node < graph.size; node++) {
    const within = owner[node]!;
    const map = within >= 0 ? modules : functions;
    const list = map.get(within);
    if (list === undefined) map.set(within, [node]);
    else list.push(node);
  }
  return { modules, functions: functions.values() };
}

function isTensor(graph: ModelGraph, item: number): boolean {
  return graph.operands[-1 - item]!.type === 'tensor';
}

/** The nodes of a leaf module that hang together with `start` (G4); marks them as merged. */
function componentOf(
  start: number,
  graph: ModelGraph,
  { producer, users, userStart, owner }: Tables,
  merged: Uint8Array,
): Pick<FlowNode, 'inputs' | 'outputs'> {
  const within = owner[start]!;
  const queue = [start];
  merged[start] = 1;
  const inputs: number[] = [];
  const outputs: number[] = [];
  const visit = (node: number): void => {
    if (merged[node] === 1) return;
    merged[node] = 1;
    queue.push(node);
  };
  for (const node of queue) {
    for (let at = graph.inputStart[node]!; at < graph.inputStart[node + 1]!; at++) {
      const item = graph.inputs[at]!;
      const above = item >= 0 ? producer[item]! : -1;
      if (above >= 0 && owner[above] === within) visit(above);
      else if (item >= 0 || isTensor(graph, item)) inputs.push(item);
    }
    for (let value = graph.outputStart[node]!; value < graph.outputStart[node + 1]!; value++) {
      let isOutput = userStart[value] === userStart[value + 1];
      for (let at = userStart[value]!; at < userStart[value + 1]!; at++) {
        const below = users[at]!;
        if (owner[below] === within) visit(below);
        else isOutput = true;
      }
      if (isOutput) outputs.push(value);
    }
  }
  return { inputs, outputs };
}

/** What a function takes, with the constructions above it in its scope merged into it (G6). */
function inputsAbove(
  start: number,
  graph: ModelGraph,
  { producer, owner, isKey }: Tables,
  seen: Int32Array,
): number[] {
  const within = owner[start]!;
  const queue = [start];
  seen[start] = start;
  const inputs: number[] = [];
  for (const node of queue) {
    for (let at = graph.inputStart[node]!; at < graph.inputStart[node + 1]!; at++) {
      const item = graph.inputs[at]!;
      const above = item >= 0 ? producer[item]! : -1;
      if (above < 0 || owner[above] !== within || isKey[above] === 1) {
        if (item >= 0 || isTensor(graph, item)) inputs.push(item);
      } else if (seen[above] !== start) {
        seen[above] = start;
        queue.push(above);
      }
    }
  }
  return inputs;
}
