import { moduleOfScope } from '../module-tree/model-graph.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { createNameLookup } from '../module-tree/tree-index.ts';
import { flowOf } from './build-flow.ts';
import { endsChannels } from './channel-breaks.ts';
import { groupsOf, isAddition, isGroupedType, isPlainLayer, isTargetType } from './channel-sets.ts';
import { findDependencies } from './dependencies.ts';
import { nodesAbove, type FlowGraph, type FlowNode } from './flow-graph.ts';
import { unpackLists } from './unpack.ts';

/** One place in the data flow that ties modules to each other (rule G12). */
export interface SetTie {
  /** `addition`: an operation on two values. `depthwise`: a layer with as many groups as channels, which follows its input. */
  readonly type: 'addition' | 'depthwise';
  /** The kind of the operation (`aten::add_`), or the type of the layer. */
  readonly op: string;
  /** Row of the module whose `forward` holds the operation; of a layer its own row. */
  readonly module: number;
  /** Rows of the layers whose channels meet here first, ascending. */
  readonly layers: readonly number[];
  /** The operation also takes the result of an earlier addition of the set. */
  readonly followsAddition: boolean;
}

/** Steps of one walk. A real model has a few nodes between two additions. */
const longestWalk = 2000;

/**
 * For each set of `findDependencies`, by its index: the ties of its members, in the order of the trace. Sets of one have none.
 * Null when the tree has no graph, or NNI raises on it.
 */
export function explainSets(tree: ModuleTree): readonly (readonly SetTie[])[] | null {
  const { graph } = tree;
  const dependencies = findDependencies(tree);
  if (graph === null || dependencies === null || !dependencies.ok) return null;
  const unpacked = unpackLists(flowOf(tree, graph));
  if (!unpacked.ok) return null;
  const flow = unpacked.value;
  const { sets, setOf } = dependencies.value;
  const ties = sets.map((): { readonly order: number; readonly tie: SetTie }[] => []);
  const { rowOf } = createNameLookup(tree);
  const additions = findAdditions(flow);
  for (const [at, found] of additions) {
    const followsAddition = found.above.some((above) => leadsToLayer(above, additions));
    const set = setOf.get(found.layers[0] ?? firstLayer(at, additions));
    if (set === undefined || found.layers.length + (followsAddition ? 1 : 0) < 2) continue;
    const { op, key } = flow.nodes[at]!;
    const module = Math.max(0, rowOf(moduleOfScope(graph.scopes[graph.scopeId[key]!]!)));
    ties[set]!.push({ order: key, tie: { type: 'addition', op: op ?? '', module, layers: found.layers, followsAddition } });
  }
  for (const [at, node] of flow.nodes.entries()) {
    if (!isDepthwise(flow, node)) continue;
    const { layers } = walkUp(flow, at, { isLayer: isPlainLayer, stops: () => false, ends: () => false });
    const set = setOf.get(node.module);
    if (set === undefined || layers.every((row) => row === node.module)) continue;
    const order = flow.producer[node.outputs[0] ?? -1] ?? 0;
    ties[set]!.push({ order, tie: { type: 'depthwise', op: node.op ?? '', module: node.module, layers, followsAddition: false } });
  }
  return ties.map((found) => found.toSorted((a, b) => a.order - b.order).map(({ tie }) => tie));
}

/** A layer whose groups are its channels, so that it is tied to the layers above it. */
function isDepthwise(flow: FlowGraph, node: FlowNode): boolean {
  if (node.module < 0 || !isGroupedType(node.op)) return false;
  const groups = groupsOf(flow, node);
  return groups !== null && groups[0] === groups[1] && (node.op === 'GroupNorm' || groups[0] !== 1);
}

/** The nodes right above an addition: layers, and other additions. */
interface Above {
  readonly layers: readonly number[];
  readonly above: readonly number[];
}

type Additions = ReadonlyMap<number, Above>;

/** The nearest layers above each value that an operation takes, as G10 finds them. */
export function layersAboveEach(flow: FlowGraph, node: number): readonly (readonly number[])[] {
  const rule = { ...setWalk(flow), stops: () => false };
  return nodesAbove(flow, node).map((above) => (rule.isLayer(flow.nodes[above]!) ? [flow.nodes[above]!.module] : walkUp(flow, above, rule).layers));
}

function setWalk(flow: FlowGraph): Pick<WalkRule, 'isLayer' | 'ends'> {
  return { isLayer: (node) => node.module >= 0 && isTargetType(node.op), ends: (node) => endsChannels(flow, node) };
}

/** All additions of at least two values. */
function findAdditions(flow: FlowGraph): Additions {
  const joins = (node: FlowNode): boolean =>
    node.module < 0 && isAddition(node.op) && new Set(node.inputs.filter((item) => item >= 0)).size > 1;
  const rule = { ...setWalk(flow), stops: joins };
  const found = new Map<number, Above>();
  for (const [at, node] of flow.nodes.entries()) if (joins(node)) found.set(at, walkUp(flow, at, rule));
  return found;
}

interface WalkRule {
  readonly isLayer: (node: FlowNode) => boolean;
  /** The walk records the node and stops there. */
  readonly stops: (node: FlowNode) => boolean;
  readonly ends: (node: FlowNode) => boolean;
}

function walkUp(flow: FlowGraph, start: number, { isLayer, stops, ends }: WalkRule): Above {
  const layers = new Set<number>();
  const above = new Set<number>();
  const seen = new Set<number>();
  const queue = nodesAbove(flow, start);
  for (let at = queue.pop(); at !== undefined && seen.size < longestWalk; at = queue.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const node = flow.nodes[at]!;
    if (isLayer(node)) layers.add(node.module);
    else if (stops(node)) above.add(at);
    else if (!ends(node)) queue.push(...nodesAbove(flow, at));
  }
  return { layers: [...layers].toSorted((a, b) => a - b), above: [...above] };
}

function leadsToLayer(start: number, additions: Additions): boolean {
  return firstLayer(start, additions) >= 0;
}

/** A layer that the channels of an addition come from; -1 where there is none. */
function firstLayer(start: number, additions: Additions): number {
  const seen = new Set([start]);
  for (const at of seen) {
    const { layers, above } = additions.get(at) ?? { layers: [], above: [] };
    if (layers.length > 0) return layers[0]!;
    if (seen.size < longestWalk) for (const next of above) seen.add(next);
  }
  return -1;
}
