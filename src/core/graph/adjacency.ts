import { moduleOfScope, type ModelGraph } from '../module-tree/model-graph.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { moduleName, moduleSpec } from '../module-tree/tree-index.ts';
import { flowOf } from './build-flow.ts';
import type { FlowGraph } from './flow-graph.ts';

/** Which leaf module feeds which, with the facts that a fusion needs (rule G16). */
export interface Adjacency {
  readonly flow: FlowGraph;
  /** Row of a leaf module → its nodes, one for each separate call. */
  readonly nodesOf: ReadonlyMap<number, readonly number[]>;
  /** The module's one node, where it is called once and known by one name; -1 otherwise. */
  readonly onlyNode: (row: number) => number;
  /** How often the model calls the module in one forward pass. */
  readonly callCount: (row: number) => number;
  /** The module that alone takes this one's only output, and nothing else; -1 where there is none. */
  readonly next: (row: number) => number;
  /** The type of a module that is exactly torch's own class and known by one name; else null. */
  readonly torchType: (row: number) => string | null;
}

const torchModules: Readonly<Record<string, string>> = {
  Conv1d: 'conv', Conv2d: 'conv', Conv3d: 'conv', Linear: 'linear',
  BatchNorm1d: 'batchnorm', BatchNorm2d: 'batchnorm', BatchNorm3d: 'batchnorm', ReLU: 'activation',
};

const known = new WeakMap<ModuleTree, Adjacency>();

/** The adjacency of a tree; null when it has no graph. Computed once for each tree. */
export function adjacencyOf(tree: ModuleTree): Adjacency | null {
  if (tree.graph === null) return null;
  const found = known.get(tree) ?? createAdjacency(tree, tree.graph);
  known.set(tree, found);
  return found;
}

function createAdjacency(tree: ModuleTree, graph: ModelGraph): Adjacency {
  const flow = flowOf(tree, graph);
  const nodesOf = new Map<number, number[]>();
  for (const [at, { module }] of flow.nodes.entries()) {
    if (module < 0) continue;
    const nodes = nodesOf.get(module);
    if (nodes === undefined) nodesOf.set(module, [at]);
    else nodes.push(at);
  }
  const takers = takersOfValues(flow);
  const returned = new Set(graph.outputs);
  const firstNames = new Set(tree.sharedWith.values());
  const isShared = (row: number): boolean => tree.sharedWith.has(row) || firstNames.has(row);
  const callCount = (row: number): number =>
    (graph.calls.get(moduleName(tree, row)) ?? []).reduce((sum, { count }) => sum + count, 0);

  function onlyNode(row: number): number {
    const nodes = nodesOf.get(row) ?? [];
    return nodes.length === 1 && callCount(row) === 1 ? nodes[0]! : -1;
  }

  function next(row: number): number {
    const node = flow.nodes[onlyNode(row)];
    const value = node?.outputs[0];
    if (node === undefined || value === undefined || node.outputs.length !== 1 || returned.has(value)) return -1;
    const [follower, ...others] = takers(value);
    if (follower === undefined || others.length > 0) return -1;
    const { module, inputs } = flow.nodes[follower]!;
    const fed = inputs.filter((item) => item >= 0);
    if (module < 0 || fed.length !== 1 || fed[0] !== value || onlyNode(module) !== follower) return -1;
    // A plain node may use the value as well, for example for a list that is returned: every use must be inside the follower.
    const name = moduleName(tree, module);
    for (let at = flow.userStart[value]!; at < flow.userStart[value + 1]!; at++) {
      const scope = graph.scopes[graph.scopeId[flow.users[at]!]!]!;
      if (moduleOfScope(scope) !== name) return -1;
    }
    return module;
  }

  function torchType(row: number): string | null {
    const { type, className } = moduleSpec(tree, row);
    if (type === null || isShared(row) || !Object.hasOwn(torchModules, type)) return null;
    return className === `torch.nn.modules.${torchModules[type]}.${type}` ? type : null;
  }

  return { flow, nodesOf, onlyNode, callCount, next, torchType };
}

/** The flow nodes that take a value, each once. */
function takersOfValues(flow: FlowGraph): (value: number) => readonly number[] {
  const takers = new Map<number, number[]>();
  for (const [at, { inputs }] of flow.nodes.entries()) {
    for (const item of inputs) {
      if (item < 0) continue;
      const nodes = takers.get(item);
      if (nodes === undefined) takers.set(item, [at]);
      else if (nodes.at(-1) !== at) nodes.push(at);
    }
  }
  return (value) => takers.get(value) ?? [];
}
