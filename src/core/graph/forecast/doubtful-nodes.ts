import { moduleOfScope, type ModelGraph } from '../../module-tree/model-graph.ts';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { createNameLookup, moduleName, moduleSpec } from '../../module-tree/tree-index.ts';
import { describeNode } from './living-values.ts';
import { elementsOf } from './mask.ts';
import { joins, softmaxes } from './op-kinds.ts';
import { axisOf } from './op-places.ts';
import { isFxLeaf, lastNodes } from './propagation-errors.ts';
import type { TraceReader } from './trace-reader.ts';

/** Operations that `F.normalize` is made of: NNI's tracer raises a `TypeError` there. */
const norms: ReadonlySet<string> = new Set(['aten::norm', 'aten::linalg_vector_norm', 'aten::linalg_norm']);

/** Operations that torch 1.13 cannot pass gradients back through: NNI raises a `RuntimeError`, where it comes to that. */
const withoutGradient: ReadonlySet<string> = new Set(['aten::channel_shuffle']);

/**
 * Nodes at which ModelSpeedup can do something that the trace does not show (rule G20f): how the code is written decides, or
 * the mode of the model. Described as in `notFollowed`.
 */
export function findDoubtfulNodes(tree: ModuleTree, reader: TraceReader): readonly string[] {
  const { graph } = reader;
  const lastUse = new Map<number, number>();
  for (let node = 0; node < graph.size; node++) for (const item of reader.inputsOf(node)) if (item >= 0) lastUse.set(item, node);
  const returned = new Set(graph.outputs);
  const isInLeaf = leafScopes(tree, graph.scopes);
  const found: string[] = [];
  for (let node = 0; node < graph.size; node++) {
    const isLastUse = (value: number): boolean => lastUse.get(value) === node && !returned.has(value);
    if (raisesInTraining(reader, node) || withoutGradient.has(reader.opOf(node)) || (isInLeaf[graph.scopeId[node]!] === false && isDoubtful(reader, node, isLastUse))) found.push(describeNode(reader, node));
  }
  return [...found, ...grownLists(reader)];
}

/**
 * Lists with all pieces of a split and more, as `y = list(x.chunk(2)); y.append(…)` makes them: NNI's tracer takes the pieces for
 * a value of its own, and loses what the model appends.
 */
function grownLists(reader: TraceReader): readonly string[] {
  const { graph } = reader;
  const piecesOf = new Map<number, readonly number[]>();
  const found: string[] = [];
  for (let node = 0; node < graph.size; node++) {
    const op = reader.opOf(node);
    const outputs = reader.outputsOf(node);
    if (op === 'prim::ListUnpack') for (const value of outputs) piecesOf.set(value, outputs);
    if (op !== 'prim::ListConstruct') continue;
    const items = new Set(reader.inputsOf(node));
    const isGrown = [...items].some((item) => {
      const pieces = piecesOf.get(item);
      return pieces !== undefined && pieces.length > 1 && pieces.length < items.size && pieces.every((piece) => items.has(piece));
    });
    if (isGrown) found.push(describeNode(reader, node));
  }
  return found;
}

/** For each scope whether it lies in a module that torch.fx takes for one node. */
function leafScopes(tree: ModuleTree, scopes: readonly string[]): readonly boolean[] {
  const { rowOf } = createNameLookup(tree);
  return scopes.map((scope) => {
    for (let row = rowOf(moduleOfScope(scope)); row > 0; row = tree.parent[row]!) if (isFxLeaf(tree, row)) return true;
    return false;
  });
}

/** A BatchNorm of one value for each channel raises a `ValueError` in training mode. */
function raisesInTraining(reader: TraceReader, node: number): boolean {
  if (reader.opOf(node) !== 'aten::batch_norm') return false;
  const shape = shapeOfFirst(reader, node);
  return shape !== null && elementsOf(shape) === shape[1];
}

function shapeOfFirst(reader: TraceReader, node: number): readonly number[] | null {
  const [first] = reader.inputsOf(node);
  return first === undefined || first < 0 ? null : reader.shapeOf(first);
}

function isDoubtful(reader: TraceReader, node: number, isLastUse: (value: number) => boolean): boolean {
  const op = reader.opOf(node);
  if (norms.has(op)) return true;
  const inputs = reader.inputsOf(node);
  // Without `dim` a join is an `IndexError`.
  if (joins.has(op) && reader.constantOf(inputs[1]) === 0) return true;
  const shape = shapeOfFirst(reader, node);
  if (shape === null || shape.length === 0) return false;
  // `x.size()` as the last use of `x` is an `AttributeError`, `x.shape` is none.
  if (op === 'aten::size') return isLastUse(inputs[0]!);
  return softmaxes.has(op) && shape.length > 1 && axisOf(reader, inputs[1], shape.length) === 0;
}

/**
 * Modules with parameters that the model calls although nothing uses their output: a trace leaves them out, and the small model
 * still runs them.
 */
function unusedCalls(tree: ModuleTree, whole: ModelGraph): readonly string[] {
  // Other recorders than torch.jit.trace have no calls of their own.
  if (whole.recordedBy !== '') return [];
  const { rowOf } = createNameLookup(tree);
  const traced = lastNodes(tree, whole);
  const known = new Set([...traced.keys()].map((row) => tree.sharedWith.get(row) ?? row));
  return [...whole.calls.keys()].filter((name) => {
    const row = rowOf(name);
    return row > 0 && (moduleSpec(tree, row).parameters ?? []).length > 0 && !known.has(tree.sharedWith.get(row) ?? row);
  }).map((name) => `call of ${name}`);
}

/**
 * Modules that NNI does not handle as others (rule G20f): weights that are tied to another or made of other parameters in each
 * forward pass (`weight in layer`), and calls that the trace leaves out (`call of layer`).
 * @param kept rows of the modules that are pruned
 * @param replaced rows of the modules that NNI replaces
 * @param whole the trace, with nodes that no output needs
 */
export function findDoubtfulModules(tree: ModuleTree, kept: Iterable<number>, replaced: Iterable<number>, whole: ModelGraph): readonly string[] {
  const hasOwnWeight = (row: number): boolean => {
    const parameters = moduleSpec(tree, row).parameters ?? [];
    return parameters.length === 0 || parameters.some(({ name }) => name === 'weight');
  };
  const computed = [...replaced].filter((row) => !hasOwnWeight(row)).map((row) => `weight in ${moduleName(tree, row)}`);
  return [...tiedWeights(tree, kept), ...computed, ...unusedCalls(tree, whole)];
}

/** The weights of some modules that are tied to those of others: `weight in layer`. */
export function tiedWeights(tree: ModuleTree, rows: Iterable<number>): readonly string[] {
  if (tree.tiedTo.size === 0) return [];
  const tied = new Set([...tree.tiedTo].flat());
  return [...rows].map((row) => moduleName(tree, row)).filter((name) => tied.has(`${name}.weight`)).map((name) => `weight in ${name}`);
}
