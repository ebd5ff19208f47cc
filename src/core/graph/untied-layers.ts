import { moduleOfScope, type ModelGraph } from '../module-tree/model-graph.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { createNameLookup, moduleSpec } from '../module-tree/tree-index.ts';
import { buildFlow } from './build-flow.ts';
import { isAddition } from './channel-sets.ts';
import { findDependencies } from './dependencies.ts';
import { layersAboveEach } from './explain-sets.ts';
import { findLeafModules } from './leaf-modules.ts';

/** Layers that must lose the same channels although NNI puts them into different sets. */
export interface UntiedLayers {
  /** `hidden-addition`: inside of a module of the model's own, which NNI does not look into (rule G5). `join`: a concatenation along another dimension than channels (rule G9). */
  readonly type: 'hidden-addition' | 'join';
  /** Row of the module whose `forward` holds the operation. */
  readonly module: number;
  /** The kind of the operation, e.g. `aten::cat`. */
  readonly op: string;
  /** The nearest layers above it, rows ascending; they belong to at least two sets. */
  readonly layers: readonly number[];
}

const known = new WeakMap<ModuleTree, readonly UntiedLayers[]>();

/** Places that tie layers of different sets; empty when the tree has no graph, or NNI raises on it. Computed once. */
export function findUntiedLayers(tree: ModuleTree): readonly UntiedLayers[] {
  const { graph } = tree;
  if (graph === null) return [];
  const found = known.get(tree) ?? compute(tree, graph);
  known.set(tree, found);
  return found;
}

function compute(tree: ModuleTree, graph: ModelGraph): readonly UntiedLayers[] {
  const dependencies = findDependencies(tree);
  if (dependencies === null || !dependencies.ok) return [];
  const { setOf } = dependencies.value;
  const isTorch = (row: number): boolean => moduleSpec(tree, row).className?.startsWith('torch.nn.') !== false;
  const leaves = findLeafModules(tree);
  const { rowOf } = createNameLookup(tree);
  const rows = graph.scopes.map((scope) => Math.max(0, rowOf(moduleOfScope(scope))));
  const flow = buildFlow(tree, graph, { isOpaque: isTorch });
  const found: UntiedLayers[] = [];
  for (const [at, node] of flow.nodes.entries()) {
    if (node.module >= 0) continue;
    const module = rows[graph.scopeId[node.key]!]!;
    const isHidden = isAddition(node.op) && leaves[module] === 1;
    if (!isHidden && !(node.op === 'aten::cat' && joinsElsewhere(graph, node.key))) continue;
    const layers = layersAboveEach(flow, at).flat();
    if (new Set(layers.map((row) => setOf.get(row) ?? -1)).size < 2) continue;
    const type = isHidden ? 'hidden-addition' : 'join';
    found.push({ type, module, op: node.op ?? '', layers: [...new Set(layers)].toSorted((a, b) => a - b) });
  }
  return found;
}

/** Along any dimension except the channels, counted from the front or the back. */
function joinsElsewhere(graph: ModelGraph, node: number): boolean {
  const item = graph.inputs[graph.inputStart[node]! + 1];
  const operand = item === undefined || item >= 0 ? undefined : graph.operands[-1 - item];
  const output = graph.outputStart[node]!;
  const size = graph.shapes[graph.shapeId[output]!]?.length;
  if (operand?.type !== 'constant' || typeof operand.value !== 'number' || size === undefined) return false;
  const dimension = operand.value < 0 ? operand.value + size : operand.value;
  return size > 2 && dimension !== 1;
}
