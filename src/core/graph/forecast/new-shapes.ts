import { moduleOfScope, type ModelGraph } from '../../module-tree/model-graph.ts';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { createNameLookup, moduleName, moduleSpec, moduleType } from '../../module-tree/tree-index.ts';
import type { GraphError } from '../unpack.ts';
import { followed, type LivingValues } from './living-values.ts';
import { countAlive, elementsOf, lineOf } from './mask.ts';
import { convolutions } from './op-kinds.ts';
import { isPropagated } from './propagation-errors.ts';
import { convolutionFacts } from './trace-reader.ts';

/** How a module changes: the new shape of its weight, and how many of its output channels are left. */
export interface NewModule {
  readonly weight: readonly number[];
  /** Length of the tensors along the output channels: bias, running mean, running variance. */
  readonly channels: number;
  /** Groups that are left of a convolution; null for everything else. */
  readonly groups: number | null;
}

/** The kinds of modules that NNI replaces. It leaves all others as they are. */
type Kind = 'convolution' | 'linear' | 'norm' | 'layer-norm' | 'embedding';

const kindOfType: Readonly<Record<string, Kind>> = {
  Conv1d: 'convolution', Conv2d: 'convolution', ConvTranspose2d: 'convolution', Linear: 'linear', Embedding: 'embedding',
  BatchNorm1d: 'norm', BatchNorm2d: 'norm', InstanceNorm2d: 'norm', GroupNorm: 'norm', PReLU: 'norm', LayerNorm: 'layer-norm',
};

const opsOfKind: Readonly<Record<Kind, ReadonlySet<string>>> = {
  convolution: convolutions,
  linear: new Set(['aten::linear']),
  norm: new Set(['aten::batch_norm', 'aten::group_norm', 'aten::instance_norm', 'aten::prelu', 'aten::_prelu_kernel']),
  'layer-norm': new Set(['aten::layer_norm']),
  embedding: new Set(['aten::embedding']),
};

/** Row of each module that NNI replaces → the node of its first call, in the order of the trace (rule G23). */
export function replacedNodes(tree: ModuleTree, graph: ModelGraph): ReadonlyMap<number, number> {
  const { rowOf } = createNameLookup(tree);
  const rows = graph.scopes.map((scope) => rowOf(moduleOfScope(scope)));
  const found = new Map<number, number>();
  for (let node = 0; node < graph.size; node++) {
    const row = rows[graph.scopeId[node]!]!;
    if (row <= 0 || found.has(row)) continue;
    const kind = replacedKind(tree, row);
    if (kind !== null && opsOfKind[kind].has(graph.ops[graph.opId[node]!]!)) found.set(row, node);
  }
  return found;
}

/** Only torch's own layers of some types are replaced. */
function replacedKind(tree: ModuleTree, row: number): Kind | null {
  const type = moduleType(tree, row) ?? '';
  const { className } = moduleSpec(tree, row);
  if (!Object.hasOwn(kindOfType, type) || (className !== null && !className.startsWith('torch.nn.'))) return null;
  return kindOfType[type]!;
}

/**
 * Row of each `nn.PixelShuffle` → the upscale factor that NNI gives it, which is another where as many channels are left as fit to
 * another one (rule G23a).
 */
export function newFactors(tree: ModuleTree, values: LivingValues): ReadonlyMap<number, number> {
  const { graph, opOf } = values.reader;
  const { rowOf } = createNameLookup(tree);
  const found = new Map<number, number>();
  for (let node = 0; node < graph.size; node++) {
    if (opOf(node) !== 'aten::pixel_shuffle') continue;
    const row = rowOf(moduleOfScope(graph.scopes[graph.scopeId[node]!]!));
    const places = ends(values, node);
    if (row <= 0 || found.has(row) || places === null || moduleSpec(tree, row).className !== 'torch.nn.modules.pixelshuffle.PixelShuffle') continue;
    const [into, out] = places.map((value) => followed(() => countAlive(lineAt(values, value, 1))) ?? 0) as [number, number];
    const factor = Math.floor(Math.sqrt(into / out));
    if (out > 0 && into === out * factor ** 2) found.set(row, factor);
  }
  return found;
}

/** The new shapes of the module in a row, whose first call is `node`, or NNI's exception; null where nothing is known of it. */
export function newModule(tree: ModuleTree, values: LivingValues, row: number, node: number): NewModule | GraphError | null {
  return followed(() => {
    const weight = moduleSpec(tree, row).parameters?.find(({ name }) => name === 'weight')?.shape ?? null;
    switch (replacedKind(tree, row)) {
      case 'convolution':
        return convolution(values, node);
      case 'linear':
        return weight === null ? null : linear(values, node);
      case 'norm':
        return weight === null ? null : norm(values, node, groupsOfNorm(tree, row), weight);
      case 'layer-norm':
        return weight === null ? null : layerNorm(values, node, weight);
      case 'embedding':
        return weight === null ? null : embedding(values, node, weight);
      case null:
        return null;
    }
  });
}

function lineAt(values: LivingValues, value: number, axis: number): Uint8Array {
  return lineOf(values.masks[value] ?? null, values.reader.shapeOf(value) ?? [], axis);
}

function ends({ reader }: LivingValues, node: number): readonly [input: number, output: number] | null {
  const [input] = reader.inputsOf(node);
  const [output] = reader.outputsOf(node);
  return input === undefined || input < 0 || output === undefined ? null : [input, output];
}

function convolution(values: LivingValues, node: number): NewModule | GraphError | null {
  const facts = convolutionFacts(values.reader, node);
  const places = ends(values, node);
  if (facts === null || places === null) return null;
  const { weight, transposed, groups } = facts;
  const [into, out] = [lineAt(values, places[0], 1), lineAt(values, places[1], 1)];
  if (into.length % groups !== 0 || out.length % groups !== 0) return null;
  const living = Array.from({ length: groups }, (_, group) => [partOf(into, group, groups), partOf(out, group, groups)] as const);
  const fed = living.filter(([input]) => input > 0);
  const [first] = fed;
  if (first === undefined || first[1] === 0) return { type: 'EmptyLayerError', message: 'Pruning a Layer to empty is not legal' };
  const isUneven = fed.some(([input, output]) => input !== first[0] || output !== first[1]) || living.some(([input, output]) => input === 0 && output > 0);
  if (isUneven) return unbalanced;
  const channels = countAlive(out);
  return {
    weight: [...(transposed ? [countAlive(into), first[1]] : [channels, first[0]]), ...weight.slice(2)],
    channels,
    groups: fed.length,
  };
}

const unbalanced: GraphError = { type: 'UnBalancedGroupError', message: 'The number remained filters in each group is different' };

function partOf(line: Uint8Array, group: number, groups: number): number {
  const step = line.length / groups;
  return countAlive(line.subarray(group * step, (group + 1) * step));
}

function linear(values: LivingValues, node: number): NewModule | null {
  const places = ends(values, node);
  if (places === null) return null;
  const channels = countAlive(lineAt(values, places[1], -1));
  return { weight: [channels, countAlive(lineAt(values, places[0], -1))], channels, groups: null };
}

function norm(values: LivingValues, node: number, groups: number, weight: readonly number[]): NewModule | GraphError | null {
  const places = ends(values, node);
  if (places === null) return null;
  // A PReLU with one number for all channels stays as it is.
  if (weight[0] === 1) return { weight, channels: 1, groups: null };
  const into = lineAt(values, places[0], 1);
  const channels = countAlive(into);
  if (channels !== countAlive(lineAt(values, places[1], 1))) return { type: 'ShapeMisMatchError', message: '' };
  if (groups > into.length) return null;
  const parts = Array.from({ length: groups }, (_, group) => partOf(into, group, groups)).filter((count) => count > 0);
  if (parts.some((count) => count !== parts[0])) return unbalanced;
  return { weight: [channels], channels, groups: null };
}

/** The number of groups of a GroupNorm; 1 for every other norm. */
function groupsOfNorm(tree: ModuleTree, row: number): number {
  if (moduleType(tree, row) !== 'GroupNorm') return 1;
  return tree.graph?.attributes.get(moduleName(tree, row))?.[0] ?? 1;
}

function layerNorm(values: LivingValues, node: number, weight: readonly number[]): NewModule | GraphError | null {
  const places = ends(values, node);
  if (places === null) return null;
  // NNI counts the places of each dimension in a list of one.
  if (weight.length > 1) return { type: 'IndexError', message: 'tuple index out of range' };
  const sizes = weight.map((_, at) => countAlive(lineAt(values, places[0], at - weight.length)));
  return { weight: sizes, channels: sizes.at(-1) ?? 0, groups: null };
}

/** Rows of the vocabulary stay. Where all of the output is dead, NNI takes the columns of the weight that have a gradient, or all where it keeps none. */
function embedding(values: LivingValues, node: number, weight: readonly number[]): NewModule | null {
  const [output] = values.reader.outputsOf(node);
  if (output === undefined) return null;
  const channels = countAlive(lineAt(values, output, -1));
  const kept = channels === 0 && !isPropagated(elementsOf(weight)) ? (weight[1] ?? 0) : channels;
  return { weight: [weight[0]!, kept], channels: kept, groups: null };
}
