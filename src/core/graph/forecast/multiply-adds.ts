import { moduleOfScope } from '../../module-tree/model-graph.ts';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { createNameLookup } from '../../module-tree/tree-index.ts';
import { followed, type LivingValues } from './living-values.ts';
import { countAlive, elementsOf, lineOf } from './mask.ts';
import { convolutions } from './op-kinds.ts';
import { convolutionFacts, mostChannels, type TraceReader } from './trace-reader.ts';

/** Multiply-adds by row of the module in whose scope they happen; row 0 for the model's own. */
export type MultiplyAdds = ReadonlyMap<number, number>;

/**
 * Multiply-adds of one forward pass on the dummy input, its batch included: convolutions, linear layers and matrix products, as
 * torch's own counter has them (half of its floating point operations).
 */
export function countMultiplyAdds(tree: ModuleTree, reader: TraceReader): MultiplyAdds {
  return countBy(tree, reader, {
    sizesOf: (value) => reader.shapeOf(value),
    lineAlong: (value, axis, length) => livingLine(reader, null, { value, axis, length }),
  });
}

/** The same after channels that do not live are gone. */
export function countLivingMultiplyAdds(tree: ModuleTree, values: LivingValues): MultiplyAdds {
  return countBy(tree, values.reader, {
    sizesOf: (value) => livingSizes(values, value),
    lineAlong: (value, axis, length) => livingLine(values.reader, values, { value, axis, length }),
  });
}

/** Sizes of a value, counting only living positions in each dimension; the batch stays. */
function livingSizes(values: LivingValues, value: number): readonly number[] | null {
  const shape = values.reader.shapeOf(value);
  const mask = values.masks[value] ?? null;
  if (shape === null || mask === null) return shape;
  return followed(() => shape.map((size, axis) => (mask.shape[axis] === 1 && mask.data[0] === 1 ? size : countAlive(lineOf(mask, shape, axis)))));
}

/**
 * Which elements live along a dimension (−1: the last); all without `values`. A trace does not say the shape of a piece of a list, or of an
 * item of a mapping: `length` is what the layer takes.
 */
function livingLine(reader: TraceReader, values: LivingValues | null, { value, axis, length }: { readonly value: number; readonly axis: number; readonly length: number }): Uint8Array | null {
  const shape = reader.shapeOf(value);
  const mask = values?.masks[value] ?? null;
  if (shape !== null) return followed(() => lineOf(mask, shape, axis < 0 ? shape.length + axis : axis));
  if (length > mostChannels) return null;
  const place = mask === null ? 0 : axis < 0 ? mask.shape.length + axis : axis;
  if (mask === null || (mask.shape[place] !== 1 && mask.shape[place] !== length)) return new Uint8Array(length).fill(1);
  return followed(() => lineOf(mask, mask.shape.map((size, at) => (at === place ? length : size)), place));
}

/** Sizes of values, and the elements along one dimension: all, or only the living part. */
interface Living {
  readonly sizesOf: (value: number) => readonly number[] | null;
  readonly lineAlong: (value: number, axis: number, length: number) => Uint8Array | null;
}

function countBy(tree: ModuleTree, reader: TraceReader, living: Living): MultiplyAdds {
  const { graph } = reader;
  const { rowOf } = createNameLookup(tree);
  const rows = graph.scopes.map((scope) => Math.max(0, rowOf(moduleOfScope(scope))));
  const counts = new Map<number, number>();
  const packed = new Map<number, readonly number[]>();
  for (let node = 0; node < graph.size; node++) {
    if (reader.opOf(node) === 'prim::ListConstruct') packed.set(graph.outputStart[node]!, [...reader.inputsOf(node)]);
    const count = countNode(reader, node, living, packed);
    if (count === null || count === 0) continue;
    const row = rows[graph.scopeId[node]!]!;
    counts.set(row, (counts.get(row) ?? 0) + count);
  }
  return counts;
}

/** Multiply-adds of one node; null where it has none, or a size is not known. */
function countNode(reader: TraceReader, node: number, living: Living, packed: ReadonlyMap<number, readonly number[]>): number | null {
  const op = reader.opOf(node);
  const inputs = reader.inputsOf(node);
  const sizes = (item: number | undefined): readonly number[] | null => {
    if (item === undefined) return null;
    return item >= 0 ? living.sizesOf(item) : reader.tensorShape(reader.tensorOf(item));
  };
  const [output] = reader.outputsOf(node);
  const out = sizes(output);
  const [a, b, c] = [sizes(inputs[0]), sizes(inputs[1]), sizes(inputs[2])];
  if (convolutions.has(op)) return convolution(reader, node, living);
  switch (op) {
    case 'aten::linear': {
      const into = a === null ? featuresInto(reader, inputs, living) : (a.at(-1) ?? 0);
      return out === null || into === null ? null : elementsOf(out) * into;
    }
    case 'aten::matmul':
    case 'aten::bmm':
    case 'aten::mm':
    case 'aten::mv':
      return out === null || a === null ? null : elementsOf(out) * (a.at(-1) ?? 0);
    case 'aten::addmm':
    case 'aten::baddbmm':
      return out === null || b === null ? null : elementsOf(out) * (b.at(-1) ?? 0);
    case 'aten::scaled_dot_product_attention':
      if (a === null || b === null || c === null) return null;
      return elementsOf(a) * (b.at(-2) ?? 0) + elementsOf(a.slice(0, -1)) * (b.at(-2) ?? 0) * (c.at(-1) ?? 0);
    case 'aten::einsum':
      return einsum(reader, inputs, packed, sizes);
    default:
      return null;
  }
}

/** Features that a linear layer takes of a value whose shape the trace does not say. */
function featuresInto(reader: TraceReader, inputs: Int32Array, { lineAlong }: Living): number | null {
  const [input, weight] = [inputs[0], reader.tensorShape(reader.tensorOf(inputs[1]))];
  if (input === undefined || input < 0 || weight?.length !== 2) return null;
  const line = lineAlong(input, -1, weight[1]!);
  return line === null ? null : countAlive(line);
}

function convolution(reader: TraceReader, node: number, { sizesOf, lineAlong }: Living): number | null {
  const [input, given] = reader.inputsOf(node);
  // A weight that is computed, as by weight_norm, is a value.
  const facts = convolutionFacts(reader, node, given !== undefined && given >= 0 ? reader.shapeOf(given) : undefined);
  const [output] = reader.outputsOf(node);
  if (facts === null || input === undefined || input < 0 || output === undefined) return null;
  const { weight, transposed, groups } = facts;
  const [into, out] = [lineAlong(input, 1, transposed ? weight[0]! : weight[1]! * groups), lineAlong(output, 1, transposed ? weight[1]! * groups : weight[0]!)];
  // Each output position reads its kernel; of a transposed one each input position writes to it.
  const positions = sizesOf(transposed ? input : output);
  if (into === null || out === null || positions === null || into.length % groups !== 0 || out.length % groups !== 0) return null;
  let pairs = 0;
  for (let group = 0; group < groups; group++) pairs += aliveInGroup(into, group, groups) * aliveInGroup(out, group, groups);
  return positions[0]! * elementsOf(positions.slice(2)) * elementsOf(weight.slice(2)) * pairs;
}

function aliveInGroup(line: Uint8Array, group: number, groups: number): number {
  const step = line.length / groups;
  return countAlive(line.subarray(group * step, (group + 1) * step));
}

/** The product of the sizes of all letters, for two operands. */
function einsum(
  reader: TraceReader,
  inputs: Int32Array,
  packed: ReadonlyMap<number, readonly number[]>,
  sizes: (item: number | undefined) => readonly number[] | null,
): number | null {
  const equation = reader.constantOf(inputs[0]);
  const items = packed.get(inputs[1] ?? -1);
  if (typeof equation !== 'string' || items?.length !== 2) return null;
  const [left] = equation.replaceAll(' ', '').split('->');
  const found = new Map<string, number>();
  for (const [at, letters] of left!.split(',').entries()) {
    const shape = sizes(items[at]);
    if (shape === null || letters.length !== shape.length || letters.includes('.')) return null;
    for (const [axis, size] of shape.entries()) found.set(letters[axis]!, Math.max(found.get(letters[axis]!) ?? 1, size));
  }
  return [...found.values()].reduce((product, size) => product * size, 1);
}
