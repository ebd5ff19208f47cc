import { moduleOfScope, type CallShape, type ModelGraph } from '../../module-tree/model-graph.ts';
import type { ModuleTree, TensorInfo } from '../../module-tree/module-tree.ts';
import { createNameLookup, moduleName, moduleSpec, sumParameters } from '../../module-tree/tree-index.ts';
import type { GraphError } from '../unpack.ts';
import { findDoubtfulModules, findDoubtfulNodes, tiedWeights } from './doubtful-nodes.ts';
import { findHiddenWrites } from './hidden-writes.ts';
import { forwardRule } from './forward-rules.ts';
import { withoutDeadNodes } from './live-graph.ts';
import { describeNode, passForward, type LivingValues } from './living-values.ts';
import { findConflictRules, resolveConflicts, type KeptRowsByModule } from './mask-conflicts.ts';
import { elementsOf } from './mask.ts';
import { countLivingMultiplyAdds, countMultiplyAdds, type MultiplyAdds } from './multiply-adds.ts';
import { newFactors, newModule, replacedNodes, type NewModule } from './new-shapes.ts';
import { passBackward } from './pass-backward.ts';
import { findPropagationError, isFxLeaf, isOneValue } from './propagation-errors.ts';
import { runForward } from './running-shapes.ts';
import { createTraceReader, keptByName, ownerOf, type TraceReader } from './trace-reader.ts';

/** An error of ModelSpeedup, with its stage. */
export interface SpeedupError extends GraphError {
  readonly stage: 'trace' | 'speedup' | 'forward';
  /** Row of the module; -1 where it is none's. */
  readonly module: number;
}

/** A model after ModelSpeedup. */
export interface SmallModel {
  /** Row → tensor → shape, for every module with tensors. */
  readonly shapes: ReadonlyMap<number, ReadonlyMap<string, readonly number[]>>;
  /** Elements of all parameters; shared modules and tied tensors count once. Null where a shape is not known. */
  readonly params: number | null;
  readonly macs: MultiplyAdds;
}

/** The forecast of ModelSpeedup for given rows of weights. */
export interface SpeedupForecast {
  readonly model: SmallModel | null;
  readonly error: SpeedupError | null;
  readonly paramsBefore: number | null;
  readonly macsBefore: MultiplyAdds;
  /** Nodes with dead inputs that no rule follows: everything is taken to live there, so that the result is not sure. */
  readonly notFollowed: readonly string[];
}

/**
 * Predicts the model that NNI's ModelSpeedup leaves when `kept` rows of weights are kept (rules G20–G23): row of a module → 1 for each
 * kept row of its weight. Modules that are not in `kept` are not pruned. Null when the tree has no graph.
 */
export function forecastSpeedup(tree: ModuleTree, kept: KeptRowsByModule): SpeedupForecast | null {
  const { graph } = tree;
  if (graph === null) return null;
  const reader = createTraceReader(tree, graph);
  const sums = sumParameters(tree);
  const before = {
    paramsBefore: sums.complete ? sums.elements[tree.size]! : null,
    macsBefore: countMultiplyAdds(tree, reader),
  };
  const fails = (error: GraphError & { readonly module?: number }, module = -1, notFollowed: readonly string[] = []): SpeedupForecast => ({
    ...before, model: null, notFollowed, error: { stage: 'speedup', module, ...error },
  });
  // ModelSpeedup traces by itself: a trace that is there in spite of a refusal is good enough, and without one nothing is sure.
  if (graph.refused !== null && graph.size === 0) {
    return { ...fails(graph.refused), notFollowed: ['torch.jit.trace'], error: { stage: 'trace', module: -1, ...graph.refused } };
  }
  if (isOneMapping(graph.dummy)) {
    const error = { type: 'KeyError', message: 'ModelSpeedup takes the items of a dict for arguments by name' };
    return { ...fails(error), notFollowed: ['a dict as the input'], error: { stage: 'trace', module: -1, ...error } };
  }
  const live = withoutDeadNodes(graph);
  const rules = findConflictRules(tree, live.graph, graph);
  if (!rules.ok) return fails(rules.error);
  const resolved = resolveConflicts(tree, rules.value, kept);
  if (!resolved.ok) return fails(resolved.error);
  const isInside = insideOfFxLeaves(tree);
  const masked = new Map([...resolved.value].filter(([row]) => !isInside(row)));
  const liveReader = live.graph === graph ? reader : createTraceReader(tree, live.graph);
  const values = livingValues(tree, liveReader, masked);
  const doubtful = [...findDoubtfulNodes(tree, liveReader), ...findHiddenWrites(reader), ...findDoubtfulModules(tree, masked.keys(), replacedNodes(tree, live.graph).keys(), graph)];
  const notFollowed = [...new Set([...values.notFollowed, ...doubtful, ...(graph.untraced ?? []), ...secondNames(tree, kept)])].toSorted();
  const stuck = findPropagationError(tree, live.graph);
  if (stuck !== null) return fails(stuck.error, stuck.module, notFollowed);
  const replaced = replaceModules(tree, live.graph, values, isInside);
  if ('error' in replaced) return fails(replaced.error, replaced.module, notFollowed);
  const model = smallModel(tree, values, replaced.modules, before.paramsBefore);
  const forward = runSmallModel(tree, reader, model, { modules: replaced.modules, factors: newFactors(tree, values) });
  const changed = changedRows(tree, replaced.modules);
  const parted = [...partedNames(tree, replaced.modules)].filter(([, row]) => changed.includes(row)).map(([other]) => `second name ${moduleName(tree, other)}`);
  const further = [...tiedWeights(tree, changed), ...parted, ...(forward.lost === null ? [] : [forward.lost])];
  return { ...before, notFollowed: [...new Set([...notFollowed, ...further])].toSorted(), error: forward.error, model };
}

/**
 * Runs the small model on shapes: NNI can return a model that does not run. `lost` is the first operation whose new shape cannot
 * be worked out.
 */
function runSmallModel(
  tree: ModuleTree,
  reader: TraceReader,
  model: SmallModel,
  { modules, factors }: { readonly modules: ReadonlyMap<number, NewModule>; readonly factors: ReadonlyMap<number, number> },
): { readonly error: SpeedupError | null; readonly lost: string | null } {
  const { rowOf } = createNameLookup(tree);
  const rowOfTensor = (tensor: string): number => {
    const row = rowOf(ownerOf(tensor));
    return tree.sharedWith.get(row) ?? row;
  };
  const shapes = new Map<string, readonly number[] | null>();
  const shapeOf = (tensor: string): readonly number[] | null => {
    let shape = shapes.get(tensor);
    if (shape === undefined) {
      shape = model.shapes.get(rowOfTensor(tensor))?.get(tensor.slice(tensor.lastIndexOf('.') + 1)) ?? null;
      shapes.set(tensor, shape);
    }
    return shape;
  };
  const { failure, lost } = runForward(reader, {
    shapeOf,
    groupsOf: (weight) => modules.get(rowOf(ownerOf(weight)))?.groups ?? null,
    factorOf: (node) => factors.get(rowOf(moduleOfScope(reader.graph.scopes[reader.graph.scopeId[node]!]!))) ?? null,
  });
  const open = lost === null ? null : describeNode(reader, lost);
  if (failure === null) return { error: null, lost: open };
  const module = rowOf(moduleOfScope(reader.graph.scopes[reader.graph.scopeId[failure.node]!]!));
  const error = ofAttention(tree, module) && reader.opOf(failure.node) === 'aten::linear' ? { ...failure.error, type: 'AssertionError' } : failure.error;
  return { error: { stage: 'forward', module, ...error }, lost: open };
}

/** `nn.MultiheadAttention` compares the width of its input before it multiplies. */
function ofAttention(tree: ModuleTree, row: number): boolean {
  return row >= 0 && moduleSpec(tree, row).className === 'torch.nn.modules.activation.MultiheadAttention';
}

function livingValues(tree: ModuleTree, reader: TraceReader, kept: KeptRowsByModule): LivingValues {
  const values = passForward(reader, keptByName(tree, kept), forwardRule);
  passBackward(values);
  return values;
}

const noMask = "The output type should be <class 'torch.Tensor'>, but <class 'NoneType'> founded";

/** Whether a module lies in one of torch's own that is a single node (a TransformerEncoderLayer): its mask has no effect, and it stays as it is. */
function insideOfFxLeaves(tree: ModuleTree): (row: number) => boolean {
  return (row) => {
    for (let at = tree.parent[row]!; at > 0; at = tree.parent[at]!) if (isFxLeaf(tree, at)) return true;
    return false;
  };
}

type Replaced =
  | { readonly modules: ReadonlyMap<number, NewModule> }
  | { readonly error: GraphError; readonly module: number };

/** All modules in the order of the trace; NNI raises the first error. */
function replaceModules(tree: ModuleTree, graph: ModelGraph, values: LivingValues, isInside: (row: number) => boolean): Replaced {
  const modules = new Map<number, NewModule>();
  for (const [row, node] of replacedNodes(tree, graph)) {
    if (isInside(row)) continue;
    const out = graph.calls.get(moduleName(tree, tree.sharedWith.get(row) ?? row))?.[0]?.out;
    if (out !== undefined && isOneValue(out)) return { error: { type: 'OutputTypeError', message: noMask }, module: row };
    if (Object.keys(graph.calls.get(moduleName(tree, tree.sharedWith.get(row) ?? row))?.[0]?.kw ?? {}).length > 0) {
      return { error: { type: 'AssertionError', message: '' }, module: row };
    }
    const made = newModule(tree, values, row, node);
    if (made === null) continue;
    if ('type' in made) return { error: made, module: row };
    modules.set(row, made);
  }
  return { modules };
}

/** Rows of the modules whose weight has another shape than before. */
function changedRows(tree: ModuleTree, modules: ReadonlyMap<number, NewModule>): readonly number[] {
  const weightOf = (row: number) => moduleSpec(tree, row).parameters?.find(({ name }) => name === 'weight')?.shape ?? null;
  return [...modules].filter(([row, { weight }]) => weight.join() !== weightOf(row)?.join()).map(([row]) => row);
}

/** ModelSpeedup takes a dict for arguments by name, and torch.jit.trace for the one argument of the model. */
function isOneMapping(dummy: CallShape): boolean {
  if (dummy === null || typeof dummy === 'string' || !('t' in dummy)) return false;
  const [only, ...others] = dummy.t;
  return others.length === 0 && typeof only === 'object' && only !== null && 'd' in only;
}

/**
 * Other names of replaced modules → the module that was replaced. NNI puts the new module in the place of the first name alone: under
 * the other name the old one stays, and the two share nothing from then on.
 */
function partedNames(tree: ModuleTree, modules: ReadonlyMap<number, NewModule>): ReadonlyMap<number, number> {
  const parted = new Map<number, number>();
  for (const [other, first] of tree.sharedWith) {
    const row = modules.has(first) ? first : modules.has(other) ? other : -1;
    const [above, aboveFirst] = [tree.parent[other]!, tree.parent[first]!];
    // Inside of a container that has two names, both lead to the new module.
    if (row >= 0 && (tree.sharedWith.get(above) ?? above) !== (tree.sharedWith.get(aboveFirst) ?? aboveFirst)) parted.set(other, row);
    else if (row >= 0 && above === aboveFirst) parted.set(other, row);
  }
  return parted;
}

/** Masks under another name than the first: ModelSpeedup looks for the first one. */
function secondNames(tree: ModuleTree, kept: KeptRowsByModule): readonly string[] {
  return [...kept.keys()].filter((row) => tree.sharedWith.has(row)).map((row) => `second name ${moduleName(tree, row)}`);
}

/** Tensors that lie along the output channels. */
const alongChannels: ReadonlySet<string> = new Set(['bias', 'running_mean', 'running_var']);

function smallModel(
  tree: ModuleTree,
  values: LivingValues,
  modules: ReadonlyMap<number, NewModule>,
  paramsBefore: number | null,
): SmallModel {
  const shapes = new Map<number, ReadonlyMap<string, readonly number[]>>();
  const parted = partedNames(tree, modules);
  const otherName = new Map([...tree.sharedWith].map(([other, first]) => [first, other] as const));
  const counted = new Set<number>();
  let saved = 0;
  for (let row = 0; row < tree.size; row++) {
    const { parameters, buffers } = moduleSpec(tree, row);
    const tensors = [...(parameters ?? []), ...(buffers ?? [])].filter(({ isNone, shape }) => !isNone && shape !== null);
    const isParted = parted.has(row);
    if (tensors.length === 0 || (tree.sharedWith.has(row) && !isParted)) continue;
    if (isParted) {
      shapes.set(row, new Map(tensors.map(({ name, shape }) => [name, shape!] as const)));
      const first = tree.sharedWith.get(row)!;
      if (!counted.has(first)) saved -= (parameters ?? []).reduce((sum, { shape, isNone }) => sum + (shape === null || isNone ? 0 : elementsOf(shape)), 0);
      counted.add(first);
      continue;
    }
    const made = modules.get(row) ?? modules.get(otherName.get(row) ?? -1);
    shapes.set(row, new Map(tensors.map((tensor) => [tensor.name, newShape(tensor, made)] as const)));
    for (const tensor of parameters ?? []) {
      if (tensor.shape === null || tensor.isNone || isTied(tree, row, tensor.name)) continue;
      saved += elementsOf(tensor.shape) - elementsOf(newShape(tensor, made));
    }
  }
  return { shapes, params: paramsBefore === null ? null : paramsBefore - saved, macs: countLivingMultiplyAdds(tree, values) };
}

function newShape({ name, shape }: TensorInfo, made: NewModule | undefined): readonly number[] {
  if (made === undefined || shape === null) return shape ?? [];
  if (name === 'weight') return made.weight;
  if (!alongChannels.has(name)) return shape;
  // The bias of a LayerNorm has all of its dimensions.
  return shape.length === made.weight.length && shape.length > 1 ? made.weight : [made.channels];
}

function isTied(tree: ModuleTree, row: number, tensor: string): boolean {
  if (tree.tiedTo.size === 0) return false;
  const name = moduleName(tree, row);
  return tree.tiedTo.has(name === '' ? tensor : `${name}.${tensor}`);
}
