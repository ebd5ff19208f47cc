import type { GraphError } from '../unpack.ts';
import { elementsOf } from './mask.ts';
import { baseOf, constructs, convolutions, elementwise, pooling, products, quotients, reshapes, sums, transpositions } from './op-kinds.ts';
import { axisOf, orderOf } from './op-places.ts';
import type { TraceReader } from './trace-reader.ts';

type Shape = readonly number[];

/** Shapes of tensors after speedup, and groups of convolutions. */
export interface NewTensors {
  /** By full name; null where the shape is not known. */
  readonly shapeOf: (tensor: string) => Shape | null;
  /** Groups of the convolution that has the weight; null where it is as before. */
  readonly groupsOf: (weight: string) => number | null;
}

/** Shapes that do not go together when the small model runs. Caught here. */
class ShapeClash extends Error {}

/**
 * Runs the small model on shapes alone: the node at which its forward pass fails, or null. Where the shape of a value cannot be
 * worked out, nothing is said about what follows it.
 */
export function findForwardError(reader: TraceReader, tensors: NewTensors): { readonly node: number; readonly error: GraphError } | null {
  const { graph } = reader;
  const running: (Shape | null)[] = Array.from({ length: graph.valueCount }, () => null);
  for (let value = 0; value < graph.inputNames.length; value++) running[value] = reader.shapeOf(value);
  const lists = new Map<number, readonly number[]>();
  for (let node = 0; node < graph.size; node++) {
    const outputs = reader.outputsOf(node);
    if (constructs.has(reader.opOf(node)) && outputs[0] !== undefined) lists.set(outputs[0], [...reader.inputsOf(node)]);
    try {
      const made = isUntouched(reader, node, running, tensors, lists) ? null : runNode(reader, node, running, tensors, lists);
      for (const [at, value] of outputs.entries()) {
        running[value] = isUntouched(reader, node, running, tensors, lists) ? reader.shapeOf(value) : at === 0 ? made : null;
      }
    } catch (error) {
      if (!(error instanceof ShapeClash)) throw error;
      return { node, error: { type: 'RuntimeError', message: error.message } };
    }
  }
  return null;
}

/** Whether nothing that the node takes has another shape than in the trace. */
function isUntouched(
  reader: TraceReader,
  node: number,
  running: readonly (Shape | null)[],
  tensors: NewTensors,
  lists: ReadonlyMap<number, readonly number[]>,
): boolean {
  return reader.inputsOf(node).every((item) => isSame(reader, item, running, tensors, lists));
}

function isSame(
  reader: TraceReader,
  item: number,
  running: readonly (Shape | null)[],
  tensors: NewTensors,
  lists: ReadonlyMap<number, readonly number[]>,
): boolean {
  if (item < 0) {
    const tensor = reader.tensorOf(item);
    return tensor === null || sameShape(reader.tensorShape(tensor), tensors.shapeOf(tensor));
  }
  // Lists hold values that came before them, so that this ends.
  const items = lists.get(item);
  if (items !== undefined) return items.every((inner) => isSame(reader, inner, running, tensors, lists));
  return sameShape(reader.shapeOf(item), running[item] ?? null);
}

function sameShape(a: Shape | null, b: Shape | null): boolean {
  return a === b || (a !== null && b !== null && a.length === b.length && a.every((size, axis) => size === b[axis]));
}

function runNode(
  reader: TraceReader,
  node: number,
  running: readonly (Shape | null)[],
  tensors: NewTensors,
  lists: ReadonlyMap<number, readonly number[]>,
): Shape | null {
  const op = reader.opOf(node);
  const base = baseOf(op);
  const inputs = reader.inputsOf(node);
  const [output] = reader.outputsOf(node);
  const traced = output === undefined ? null : reader.shapeOf(output);
  const shapeOf = (item: number | undefined): Shape | null => {
    if (item === undefined) return null;
    if (item >= 0) return running[item] ?? null;
    const tensor = reader.tensorOf(item);
    return tensor === null ? null : tensors.shapeOf(tensor);
  };
  const first = shapeOf(inputs[0]);
  if (sums.has(base) || products.has(base) || quotients.has(base)) {
    const isNumber = (item: number | undefined): boolean => item !== undefined && item < 0 && reader.tensorOf(item) === null;
    if (isNumber(inputs[1])) return first;
    return isNumber(inputs[0]) ? shapeOf(inputs[1]) : together(first, shapeOf(inputs[1]));
  }
  if (op === 'aten::cat') return join(reader, inputs, traced, lists.get(inputs[0]!)?.map(shapeOf) ?? null);
  if (first === null || traced === null) return null;
  if (convolutions.has(op)) {
    const weight = shapeOf(inputs[1]);
    return weight === null ? null : convolve(reader, inputs, first, weight, traced, tensors.groupsOf(reader.tensorOf(inputs[1])!));
  }
  if (op === 'aten::linear') {
    const weight = shapeOf(inputs[1]);
    if (weight === null) return null;
    if (first.at(-1) !== weight[1]) clash(`mat1 and mat2 shapes cannot be multiplied (${first.join('x')} and ${weight[1]}x${weight[0]})`);
    return [...first.slice(0, -1), weight[0]!];
  }
  if (op === 'aten::batch_norm') {
    const weight = shapeOf(inputs[1]) ?? shapeOf(inputs[3]);
    if (weight !== null && weight[0] !== first[1]) clash(`running_mean should contain ${first[1]} elements not ${weight[0]}`);
    return first;
  }
  if (elementwise.has(op) && op !== 'aten::layer_norm' && op !== 'aten::group_norm') return first;
  if (pooling.has(op)) return first.length === traced.length ? traced.map((size, axis) => (axis < 2 ? first[axis]! : size)) : null;
  if (transpositions.has(op)) return orderOf(reader, node, first.length)?.map((axis) => first[axis]!) ?? null;
  return reshapes.has(op) ? reshape(reader, node, first) : null;
}

function clash(message: string): never {
  throw new ShapeClash(message);
}

/** The shape of two tensors that are spread to each other. */
function together(a: Shape | null, b: Shape | null): Shape | null {
  if (a === null || b === null) return null;
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [x, y] = [a[axis - rank + a.length] ?? 1, b[axis - rank + b.length] ?? 1];
    if (x === y || y === 1) return x;
    if (x === 1) return y;
    return clash(`The size of tensor a (${x}) must match the size of tensor b (${y}) at non-singleton dimension ${axis}`);
  });
}

function join(reader: TraceReader, inputs: Int32Array, traced: Shape | null, parts: readonly (Shape | null)[] | null): Shape | null {
  const axis = traced === null ? null : axisOf(reader, inputs[1], traced.length);
  const known = parts?.filter((part) => part?.length === traced?.length) as readonly Shape[] | undefined;
  if (axis === null || parts === null || known === undefined || known.length !== parts.length || known.length === 0) return null;
  const [first] = known;
  return first!.map((size, at) => {
    if (at === axis) return known.reduce((sum, part) => sum + part[at]!, 0);
    const other = known.find((part) => part[at] !== size);
    if (other !== undefined) clash(`Sizes of tensors must match except in dimension ${axis}. Expected size ${size} but got size ${other[at]}`);
    return size;
  });
}

function convolve(reader: TraceReader, inputs: Int32Array, first: Shape, weight: Shape, traced: Shape, newGroups: number | null): Shape {
  const isFull = inputs.length > 8;
  const before = reader.constantOf(inputs[isFull ? 8 : 6]);
  const groups = newGroups ?? (typeof before === 'number' ? before : 1);
  const isTransposed = isFull && reader.constantOf(inputs[6]) === true;
  const wanted = isTransposed ? weight[0]! : weight[1]! * groups;
  if (first[1] !== wanted) {
    clash(`Given groups=${groups}, weight of size [${weight.join(', ')}], expected input[${first.join(', ')}] to have ${wanted} channels, but got ${first[1]} channels instead`);
  }
  return traced.map((size, axis) => (axis === 1 ? (isTransposed ? weight[1]! * groups : weight[0]!) : size));
}

/** `flatten`, and a reshape to sizes that are constants. */
function reshape(reader: TraceReader, node: number, first: Shape): Shape | null {
  const op = reader.opOf(node);
  const inputs = reader.inputsOf(node);
  if (op === 'aten::flatten') {
    const [start, end] = [axisOf(reader, inputs[1], first.length), axisOf(reader, inputs[2], first.length)];
    if (start === null || end === null || end < start) return null;
    return [...first.slice(0, start), elementsOf(first.slice(start, end + 1)), ...first.slice(end + 1)];
  }
  if (op !== 'aten::view' && op !== 'aten::reshape') return null;
  const sizes = reader.constantOf(inputs[1]);
  if (!Array.isArray(sizes) || !sizes.every((size) => typeof size === 'number')) return null;
  const total = elementsOf(first);
  const fixed = elementsOf((sizes as readonly number[]).filter((size) => size !== -1));
  if (sizes.includes(-1) ? fixed === 0 || total % fixed !== 0 : fixed !== total) clash(`shape '[${sizes.join(', ')}]' is invalid for input of size ${total}`);
  return (sizes as readonly number[]).map((size) => (size === -1 ? total / fixed : size));
}
