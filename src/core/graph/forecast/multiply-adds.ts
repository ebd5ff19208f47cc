import { moduleOfScope } from '../../module-tree/model-graph.ts';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { createNameLookup } from '../../module-tree/tree-index.ts';
import { followed, type LivingValues } from './living-values.ts';
import { countAlive, elementsOf, lineOf } from './mask.ts';
import { convolutions } from './op-kinds.ts';
import { convolutionFacts, type TraceReader } from './trace-reader.ts';

/** Multiply-adds by row of the module in whose scope they happen; row 0 for the model's own. */
export type MultiplyAdds = ReadonlyMap<number, number>;

/**
 * Multiply-adds of one forward pass on the dummy input, its batch included: convolutions, linear layers and matrix products, as
 * torch's own counter has them (half of its floating point operations).
 */
export function countMultiplyAdds(tree: ModuleTree, reader: TraceReader): MultiplyAdds {
  return countBy(tree, reader, {
    sizesOf: (value) => reader.shapeOf(value),
    channelsOf: (value) => channelLine(reader, null, value),
  });
}

/** The same after channels that do not live are gone. */
export function countLivingMultiplyAdds(tree: ModuleTree, values: LivingValues): MultiplyAdds {
  return countBy(tree, values.reader, {
    sizesOf: (value) => livingSizes(values, value),
    channelsOf: (value) => channelLine(values.reader, values, value),
  });
}

/** Sizes of a value, counting only living positions in each dimension; the batch stays. */
function livingSizes(values: LivingValues, value: number): readonly number[] | null {
  const shape = values.reader.shapeOf(value);
  const mask = values.masks[value] ?? null;
  if (shape === null || mask === null) return shape;
  return followed(() => shape.map((size, axis) => (mask.shape[axis] === 1 && mask.data[0] === 1 ? size : countAlive(lineOf(mask, shape, axis)))));
}

/** Which channels (dimension 1) live; all without `values`. */
function channelLine(reader: TraceReader, values: LivingValues | null, value: number): Uint8Array | null {
  const shape = reader.shapeOf(value);
  return shape === null ? null : followed(() => lineOf(values?.masks[value] ?? null, shape, 1));
}

/** Sizes and channels of values: all, or only the living part. */
interface Living {
  readonly sizesOf: (value: number) => readonly number[] | null;
  readonly channelsOf: (value: number) => Uint8Array | null;
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
    case 'aten::linear':
      return out === null || a === null ? null : elementsOf(out) * (a.at(-1) ?? 0);
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

function convolution(reader: TraceReader, node: number, { sizesOf, channelsOf }: Living): number | null {
  const facts = convolutionFacts(reader, node);
  const [input] = reader.inputsOf(node);
  const [output] = reader.outputsOf(node);
  if (facts === null || input === undefined || input < 0 || output === undefined) return null;
  const { weight, transposed, groups } = facts;
  const [into, out] = [channelsOf(input), channelsOf(output)];
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
