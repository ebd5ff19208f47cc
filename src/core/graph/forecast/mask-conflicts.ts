import { createNameLookup, moduleName, moduleSpec, moduleType } from '../../module-tree/tree-index.ts';
import { moduleOfScope, type ModelGraph } from '../../module-tree/model-graph.ts';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { fail, succeed, type Result } from '../../result.ts';
import { buildFlow } from '../build-flow.ts';
import { changesDimension1 } from '../channel-breaks.ts';
import { groupsOf, isAddition, isGroupedType, isTargetType } from '../channel-sets.ts';
import { opOf, shapeOf, type FlowGraph, type FlowNode } from '../flow-graph.ts';
import { plainLayersAbove } from '../group-numbers.ts';
import { createRowSets } from '../row-sets.ts';
import { createParentUniter } from '../unite-parents.ts';
import { isUnpack, type GraphError } from '../unpack.ts';
import { constructs, splits } from './op-kinds.ts';
import { isFxLeaf, lastNodes } from './propagation-errors.ts';
import { mostChannels } from './trace-reader.ts';
import { greatestCommonDivisor, leastCommonMultiple } from '../../text/common-multiple.ts';

/** The facts of a model that ModelSpeedup's `fix_mask_conflict` uses. Its rules differ from G12 and G13 (rule G22). */
export interface ConflictRules {
  /** Sets of at least two modules whose rows are united. */
  readonly sets: readonly (readonly number[])[];
  /** Module → all numbers of groups that its rows must be divisible by. */
  readonly groupCounts: ReadonlyMap<number, readonly number[]>;
  /** Whether the module, or one around it, is in the graph of torch.fx: a mask on any other cannot be looked up. */
  readonly isMet: (row: number) => boolean;
}

/**
 * Finds the rules of a model (G22). An error is NNI's exception.
 * @param whole the trace with nodes that no output needs, where `graph` leaves them out
 */
export function findConflictRules(tree: ModuleTree, graph: ModelGraph, whole: ModelGraph = graph): Result<ConflictRules, GraphError> {
  const flow = buildFlow(tree, graph, { isOpaque: (row) => moduleSpec(tree, row).className?.startsWith('torch.nn.') === true });
  const isInside = insideOfFxLeaf(tree, graph);
  const ends = (node: FlowNode): boolean => node.module < 0 && !isInside(node) && endsInSpeedup(flow, node);
  const isTarget = (node: FlowNode): boolean => node.module >= 0 && isTargetType(node.op) && !isInside(node);
  const sets = createRowSets(tree.size);
  const uniter = createParentUniter(flow, { isLayer: isTarget, ends }, sets);
  const groupCounts = new Map<number, number[]>();
  const addCount = (row: number, count: number): void => {
    const counts = groupCounts.get(row);
    if (counts === undefined) groupCounts.set(row, [count]);
    else counts.push(count);
  };
  const startsOf = new Map<number, number[]>();
  for (const [at, node] of flow.nodes.entries()) {
    if (isInside(node)) continue;
    if (node.module >= 0 && isGroupedType(node.op)) {
      const groups = groupsOf(flow, node);
      if (groups === null) return fail({ type: 'AssertionError', message: '' });
      const [count, channels] = groups;
      // A convolution with one output channel counts, too.
      if (count === channels) uniter.uniteAbove(at, node.module);
      const number = node.op !== 'GroupNorm' && count === channels ? 1 : count;
      addCount(node.module, number);
      if (number > 1) startsOf.set(number, [...(startsOf.get(number) ?? []), at]);
    } else if (isAddition(node.op) || node.op === 'aten::floor_divide' || isOtherJoin(graph, node)) {
      uniter.uniteAbove(at);
    }
  }
  for (const [count, starts] of startsOf) {
    for (const row of plainLayersAbove(flow, starts, ends)) addCount(row, count);
  }
  return succeed({ sets: sets.list().filter(({ length }) => length > 1), groupCounts, isMet: metRows(tree, whole) });
}

/** Whether a node lies in a module of torch's own that has others inside (a TransformerEncoderLayer): torch.fx sees one node there. */
function insideOfFxLeaf(tree: ModuleTree, graph: ModelGraph): (node: FlowNode) => boolean {
  const { rowOf } = createNameLookup(tree);
  const hasOne = (start: number): boolean => {
    for (let row = start; row > 0; row = tree.parent[row]!) if (isFxLeaf(tree, row) && tree.end[row]! > row + 1) return true;
    return false;
  };
  const isInside = graph.scopes.map((scope) => hasOne(rowOf(moduleOfScope(scope))));
  return ({ key, module }) => (module >= 0 ? hasOne(module) : isInside[graph.scopeId[key]!] === true);
}

/** Joins along any dimension but 1 tie the layers above them. */
function isOtherJoin(graph: ModelGraph, node: FlowNode): boolean {
  if (node.key < 0 || (node.op !== 'aten::cat' && node.op !== 'aten::stack')) return false;
  const item = graph.inputs[graph.inputStart[node.key]! + 1];
  const operand = item === undefined || item >= 0 ? undefined : graph.operands[-1 - item];
  return operand?.type !== 'constant' || operand.value !== 1;
}

/** Any function whose output differs from its first input in dimension 1 ends the way; an unpacking does not. */
function endsInSpeedup(flow: FlowGraph, node: FlowNode): boolean {
  const { graph } = flow;
  const first = firstValue(flow, node.key);
  if (first === null) return true;
  if (isUnpack(node.op)) return false;
  let [output] = node.outputs;
  if (splits.has(node.op ?? '') && output !== undefined) {
    const user = flow.users[flow.userStart[output]!];
    const isUsed = flow.userStart[output]! < flow.userStart[output + 1]!;
    if (isUsed && graph.outputStart[user!]! < graph.outputStart[user! + 1]!) output = graph.outputStart[user!]!;
  }
  return changesDimension1(shapeOf(graph, first), output === undefined ? null : shapeOf(graph, output));
}

/** The first value that a node takes, looked up through lists. */
function firstValue({ graph, producer }: FlowGraph, start: number): number | null {
  let node = start;
  for (;;) {
    let found = -1;
    for (let at = graph.inputStart[node]!; at < graph.inputStart[node + 1]! && found < 0; at++) found = graph.inputs[at]!;
    if (found < 0) return null;
    const above = producer[found]!;
    if (above < 0 || !constructs.has(opOf(graph, above))) return found;
    node = above;
  }
}

/** Modules that were called, with all modules inside of a module that is one node. A trace leaves out calls without use. */
function metRows(tree: ModuleTree, graph: ModelGraph): (row: number) => boolean {
  const met = lastNodes(tree, graph);
  const isCalled = (row: number): boolean => met.has(row) || graph.calls.has(moduleName(tree, row));
  const sharing = new Map<number, number[]>();
  for (const [other, first] of tree.sharedWith) sharing.set(first, [...(sharing.get(first) ?? []), other]);
  return (row) => {
    // Other recorders than torch.jit.trace leave out modules that do nothing.
    if (graph.recordedBy !== '') return true;
    const first = tree.sharedWith.get(row) ?? row;
    if ([first, ...(sharing.get(first) ?? [])].some(isCalled)) return true;
    for (let at = tree.parent[row]!; at > 0; at = tree.parent[at]!) if (isCalled(at) && isFxLeaf(tree, at)) return true;
    return false;
  };
}

function noAttribute(tree: ModuleTree, row: number): GraphError {
  const name = moduleName(tree, row);
  return { type: 'AttributeError', message: `${moduleType(tree, tree.parent[row]!) ?? 'Module'} has no attribute \`${name.slice(name.lastIndexOf('.') + 1)}\`` };
}

/** Kept rows by row of the tree: 1 for a row of the weight that is kept. */
export type KeptRowsByModule = ReadonlyMap<number, Uint8Array>;

/** Changes kept rows as `fix_mask_conflict` does: numbers of groups first, then the union over each set (rule G22). */
export function resolveConflicts(tree: ModuleTree, rules: ConflictRules, kept: KeptRowsByModule): Result<KeptRowsByModule, GraphError & { readonly module?: number }> {
  const resolved = new Map([...kept].map(([row, rows]) => [row, rows.slice()] as const));
  for (const [row, counts] of rules.groupCounts) {
    const rows = resolved.get(row);
    if (rows !== undefined && !balanceGroups(rows, counts)) return fail({ type: 'AssertionError', message: '' });
  }
  const unmet = [...kept.keys()].find((row) => !rules.isMet(row));
  if (unmet !== undefined) return fail({ ...noAttribute(tree, unmet), module: unmet });
  if (kept.size === 0) return fail({ type: 'IndexError', message: 'list index out of range' });
  for (const members of rules.sets) {
    const error = uniteRows(tree, members, resolved);
    if (error !== null) return fail(error);
  }
  return succeed(resolved);
}

/** Gives rows back until each group has as few dead ones as the group with the fewest. False where they cannot be divided. */
function balanceGroups(rows: Uint8Array, counts: readonly number[]): boolean {
  const most = counts.reduce(leastCommonMultiple, 1);
  const common = counts.reduce(greatestCommonDivisor, 0);
  const least = Math.min(...counts) === common ? common : 1;
  if (most === 1 && least === 1) return true;
  if (rows.length % most !== 0) return false;
  const groups = deadByGroup(rows, most);
  const few = Math.min(...groups.map(({ length }) => length));
  const back = new Set(groups.flatMap((dead) => dead.slice(few)));
  // A whole group that is dead stays dead.
  for (const dead of deadByGroup(rows, least)) if (dead.length === rows.length / least) for (const row of dead) back.delete(row);
  for (const row of back) rows[row] = 1;
  return true;
}

function deadByGroup(rows: Uint8Array, groups: number): number[][] {
  const step = rows.length / groups;
  return Array.from({ length: groups }, (_, group) =>
    Array.from({ length: Math.floor(step) }, (_, at) => group * step + at).filter((row) => rows[row] === 0),
  );
}

/** All pruned members keep the union of their kept rows; all rows when one member is not pruned. */
function uniteRows(tree: ModuleTree, members: readonly number[], kept: Map<number, Uint8Array>): GraphError | null {
  const pruned = members.filter((row) => kept.has(row));
  const masks: Uint8Array[] = [];
  for (const row of pruned) {
    const type = moduleType(tree, row);
    const shape = moduleSpec(tree, row).parameters?.find(({ name }) => name === 'weight')?.shape ?? [];
    if (type === 'ConvTranspose2d') masks.push(allKept(outChannels(tree, row, shape)));
    else if (type === 'Embedding') masks.push(allKept(shape[1] ?? 0));
    else if (type === 'Conv2d' || type === 'Linear') masks.push(kept.get(row)!);
    else return { type: 'RuntimeError', message: '' };
  }
  const [first] = masks;
  if (first === undefined) return null;
  if (masks.some(({ length }) => length !== first.length)) return { type: 'AssertionError', message: '' };
  const union = pruned.length < members.length ? new Uint8Array(first.length).fill(1) : first.map((_, at) => (masks.some((mask) => mask[at] === 1) ? 1 : 0));
  for (const row of pruned) {
    if (moduleType(tree, row) === 'ConvTranspose2d') return { type: 'RuntimeError', message: '' };
    if (moduleType(tree, row) !== 'Embedding') kept.set(row, union.slice());
  }
  return null;
}

function allKept(rows: number): Uint8Array {
  return new Uint8Array(Math.min(rows, mostChannels)).fill(1);
}

function outChannels(tree: ModuleTree, row: number, shape: readonly number[]): number {
  return (shape[1] ?? 0) * (tree.graph?.attributes.get(moduleName(tree, row))?.[0] ?? 1);
}
