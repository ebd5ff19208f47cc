import { moduleOfScope, type ModelGraph } from '../../module-tree/model-graph.ts';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { createNameLookup } from '../../module-tree/tree-index.ts';
import { flowOf } from '../build-flow.ts';
import { shapeOf, type FlowGraph, type FlowNode } from '../flow-graph.ts';

/** The flow as a person looks at it: without sizes and other numbers, and with a run of reshapes or a sum of many as one step. */
export interface DataFlow {
  readonly flow: FlowGraph;
  /** Steps: flow nodes that are shown. A run of reshapes is one step, and so is a sum of many. */
  readonly steps: readonly DataStep[];
  /** Positions in `steps`, by the row they belong to: the steps of rows `a … b − 1` are at `starts[a] … starts[b] − 1`. */
  readonly byRow: Uint32Array;
  readonly starts: Uint32Array;
  /** Steps that the model's outputs come from. */
  readonly returned: ReadonlySet<number>;
}

/** One step of the flow: a call of a module, or an operation. */
export interface DataStep {
  /** Row of the leaf module, or of the module whose `forward` has the operation. */
  readonly row: number;
  readonly isModule: boolean;
  /** Names of operations, in order: `view`, `transpose`. Empty for a module. */
  readonly operations: readonly string[];
  /** Sources of its inputs, each once: steps, or `-1 - k` for input `k` of the model. */
  readonly from: readonly number[];
  /** Steps that take its result, each once. */
  readonly to: readonly number[];
  /** Shape of the first tensor that it makes; null when the trace does not know it. */
  readonly shape: readonly number[] | null;
}

/** Nothing happens to the data here: the steps below are shown as taking the outputs of the steps above. */
const passed: ReadonlySet<string> = new Set(
  ['aten::contiguous', 'aten::to', 'aten::type_as', 'aten::detach', 'aten::clone', 'aten::alias', 'aten::dropout', 'aten::dropout_',
    'aten::feature_dropout', 'prim::ListUnpack', 'prim::TupleUnpack'],
);
const reshapes: ReadonlySet<string> = new Set(
  ['view', 'reshape', 'flatten', 'transpose', 'permute', 'unsqueeze', 'squeeze', 'expand', 'expand_as', 't', 'slice', 'select',
    'unflatten', 'numpy_T', 'transpose_', 'squeeze_', 'unsqueeze_'].map((name) => `aten::${name}`),
);
/** A run of one of them, as a loop over experts makes it, adds up many values. */
const sums: ReadonlySet<string> = new Set(['add', 'index_add', 'scatter_add']);
/** They make lists, whose shape the trace does not know. */
const listMakers: ReadonlySet<string> = new Set(['aten::chunk', 'aten::split', 'aten::split_with_sizes', 'aten::unbind', 'aten::unsafe_chunk', 'aten::unsafe_split', 'aten::tensor_split', 'aten::where', 'aten::nonzero_numpy']);

const known = new WeakMap<ModelGraph, DataFlow>();

/** The data flow of a tree with a graph. Linear in the trace; computed once. */
export function dataFlowOf(tree: ModuleTree, graph: ModelGraph): DataFlow {
  const found = known.get(graph) ?? createDataFlow(tree, graph);
  known.set(graph, found);
  return found;
}

function createDataFlow(tree: ModuleTree, graph: ModelGraph): DataFlow {
  const flow = flowOf(tree, graph);
  const order = inTraceOrder(flow);
  const takes = resolveSources(flow, order);
  const { stepOf, chains } = mergeRuns(flow, order, takes);
  const rows = rowsOfScopes(tree, graph);
  const from = chains.map((chain, step) => {
    const sources = chain.flatMap((node) => takes.get(node)!.map((item) => (item < 0 ? item : stepOf[item]!)));
    return distinct(sources.filter((source) => source !== step));
  });
  const to = chains.map((): number[] => []);
  for (const [step, items] of from.entries()) for (const item of items) if (item >= 0) to[item]!.push(step);
  const steps = chains.map((chain, at): DataStep => {
    const last = flow.nodes[chain.at(-1)!]!;
    const row = last.module >= 0 ? last.module : rows[graph.scopeId[last.key]!]!;
    const operations = last.module >= 0 ? [] : chain.map((node) => operationName(flow.nodes[node]!.op ?? ''));
    return { row, isModule: last.module >= 0, operations, from: from[at]!, to: to[at]!, shape: shapeOfNode(graph, last) };
  });
  const returned = new Set<number>();
  for (const value of graph.outputs) {
    for (const item of sourcesOfValue(flow, value, takes)) if (item >= 0) returned.add(stepOf[item]!);
  }
  return { flow, steps, ...sortByRow(steps, tree.size), returned };
}

/** `aten::add_` → `add`, `aten::scaled_dot_product_attention` → the same without `aten::`. */
function operationName(op: string): string {
  return op.replace(/^\w+::/, '').replace(/(?<=\w)_$/, '');
}

function shapeOfNode(graph: ModelGraph, node: FlowNode): readonly number[] | null {
  for (const value of node.outputs) {
    const shape = shapeOf(graph, value);
    if (shape !== null) return shape;
  }
  return null;
}

/** Flow nodes by the node of the trace that makes their first output. */
function inTraceOrder({ nodes, producer }: FlowGraph): readonly number[] {
  const placeOf = (node: FlowNode): number => (node.key >= 0 ? node.key : (producer[node.outputs[0] ?? -1] ?? 0));
  const places = nodes.map(placeOf);
  return [...nodes.keys()].toSorted((a, b) => places[a]! - places[b]!);
}

/** A number, a size, a text: not data that flows. */
function isNumber(graph: ModelGraph, node: FlowNode): boolean {
  if (node.module >= 0 || listMakers.has(node.op ?? '')) return false;
  return node.outputs.every((value) => (shapeOf(graph, value)?.length ?? 0) === 0) && !passed.has(node.op ?? '');
}

type Sources = ReadonlyMap<number, readonly number[]>;

/** For each flow node that is shown or passed: its inputs, looked up through passed nodes. */
function resolveSources(flow: FlowGraph, order: readonly number[]): Sources {
  const takes = new Map<number, readonly number[]>();
  for (const at of order) {
    const node = flow.nodes[at]!;
    if (isNumber(flow.graph, node)) continue;
    const found = distinct(node.inputs.flatMap((value) => (value < 0 ? [] : sourcesOfValue(flow, value, takes))));
    takes.set(at, found);
  }
  return takes;
}

function sourcesOfValue(flow: FlowGraph, value: number, takes: Sources): readonly number[] {
  const maker = flow.byOutput[value]!;
  if (maker < 0) return value < flow.graph.inputNames.length ? [-1 - value] : sourcesOfHidden(flow, value, takes);
  const { module, op } = flow.nodes[maker]!;
  const above = takes.get(maker);
  if (above === undefined) return [];
  return module < 0 && passed.has(op ?? '') ? above.slice(0, 1) : [maker];
}

/** A value that no flow node makes: a list or tuple. Its items flow. */
function sourcesOfHidden(flow: FlowGraph, value: number, takes: Sources): readonly number[] {
  const found: number[] = [];
  const seen = new Set<number>([value]);
  for (const item of seen) {
    const maker = flow.producer[item]!;
    if (maker < 0) continue;
    for (let at = flow.graph.inputStart[maker]!; at < flow.graph.inputStart[maker + 1]!; at++) {
      const input = flow.graph.inputs[at]!;
      if (input < 0) continue;
      if (flow.byOutput[input]! >= 0 || input < flow.graph.inputNames.length) found.push(...sourcesOfValue(flow, input, takes));
      else seen.add(input);
    }
    if (seen.size > 1000) break;
  }
  return distinct(found);
}

/** Runs of reshapes with nothing else between them become one step, and so do sums that only the next sum takes. */
function mergeRuns(
  flow: FlowGraph,
  order: readonly number[],
  takes: Sources,
): { readonly stepOf: Int32Array; readonly chains: readonly (readonly number[])[] } {
  const isPassed = (at: number): boolean => flow.nodes[at]!.module < 0 && passed.has(flow.nodes[at]!.op ?? '');
  const uses = new Uint32Array(flow.nodes.length);
  const countUses = (items: readonly number[]): void => {
    for (const item of items) if (item >= 0) uses[item]!++;
  };
  for (const [at, items] of takes) if (!isPassed(at)) countUses(items);
  for (const value of flow.graph.outputs) countUses(sourcesOfValue(flow, value, takes));
  const isOperation = (at: number): boolean => at >= 0 && flow.nodes[at]!.module < 0;
  const isReshape = (at: number): boolean => reshapes.has(flow.nodes[at]!.op ?? '');
  const nameOf = (at: number): string => operationName(flow.nodes[at]!.op ?? '');
  const scopeOf = (at: number): number => flow.graph.scopeId[flow.nodes[at]!.key]!;
  const stepOf = new Int32Array(flow.nodes.length).fill(-1);
  const chains: number[][] = [];
  for (const at of order) {
    const items = takes.get(at);
    if (items === undefined || isPassed(at)) continue;
    const joined = !isOperation(at)
      ? undefined
      : items.find((above) => {
          if (!isOperation(above) || uses[above] !== 1 || stepOf[above]! < 0 || scopeOf(at) !== scopeOf(above)) return false;
          return items.length === 1 && isReshape(at) ? isReshape(above) : sums.has(nameOf(at)) && nameOf(at) === nameOf(above);
        });
    if (joined === undefined) {
      stepOf[at] = chains.push([at]) - 1;
    } else {
      stepOf[at] = stepOf[joined]!;
      chains[stepOf[at]]!.push(at);
    }
  }
  return { stepOf, chains };
}

function rowsOfScopes(tree: ModuleTree, graph: ModelGraph): readonly number[] {
  const { rowOf } = createNameLookup(tree);
  return graph.scopes.map((scope) => Math.max(0, rowOf(moduleOfScope(scope))));
}

function sortByRow(steps: readonly DataStep[], size: number): { readonly byRow: Uint32Array; readonly starts: Uint32Array } {
  const starts = new Uint32Array(size + 1);
  for (const { row } of steps) starts[row + 1]!++;
  for (let row = 0; row < size; row++) starts[row + 1]! += starts[row]!;
  const next = starts.slice();
  const byRow = new Uint32Array(steps.length);
  for (const [at, { row }] of steps.entries()) byRow[next[row]!++] = at;
  return { byRow, starts };
}

function distinct(items: readonly number[]): readonly number[] {
  return items.length < 2 ? items : [...new Set(items)];
}
