import { elementsOf } from './mask.ts';
import {
  baseOf, convolutions, elementwise, expansions, joins, matrixProducts, pooling, products, quotients, reductions, reshapes, sums, transpositions,
} from './op-kinds.ts';
import { axesOf, axisOf, cutOf, orderOf } from './op-places.ts';
import type { TraceReader } from './trace-reader.ts';
import { convolve, hasSamePositions } from './running-convolution.ts';
import { einsum } from './running-einsum.ts';
import type { RunningNode } from './running-node.ts';
import { clash, together, type Shape } from './shape-clash.ts';

/** The current shape of a node's result; null where it cannot be worked out. Throws `ShapeClash` where torch raises. */
export function runNode(run: RunningNode): Shape | null {
  const { reader, node, op, inputs, traced, shapeOf } = run;
  const base = baseOf(op);
  const first = shapeOf(inputs[0]);
  const isPair = (op === 'aten::max' || op === 'aten::min') && isTensor(run, inputs[1]);
  if (sums.has(base) || products.has(base) || quotients.has(base) || isPair) return twoOperands(run);
  if (op === 'aten::where') return together(together(first, shapeOf(inputs[1])), shapeOf(inputs[2]));
  if (joins.has(op)) return join(run);
  if (op === 'aten::einsum') return einsum(reader.constantOf(inputs[0]), run.items(inputs[1])?.map(shapeOf));
  if (op === 'aten::embedding') {
    const [width, indices] = [first?.[1], shapeOf(inputs[1])];
    return width === undefined || indices === null ? null : [...indices, width];
  }
  if (first === null || traced === null) return null;
  if (convolutions.has(op)) return convolve(run, first, traced);
  if (op === 'aten::linear') return multiplyLinear(run, first);
  if (op === 'aten::bilinear') return bilinear(run, first);
  if (op === 'aten::batch_norm') {
    const weight = shapeOf(inputs[1]) ?? shapeOf(inputs[3]);
    if (weight !== null && weight[0] !== first[1]) clash(`running_mean should contain ${first[1]} elements not ${weight[0]}`);
    return first;
  }
  if (op === 'aten::layer_norm') return layerNorm(run, first);
  if (op === 'aten::group_norm') return groupNorm(run, first);
  if (elementwise.has(op) || op === 'aten::roll' || op === 'aten::flip') return first;
  if (op === 'aten::constant_pad_nd' || op === 'aten::pad') return pad(reader, inputs, first);
  if (pooling.has(op)) return first.length === traced.length && hasSamePositions(run, first) ? traced.map((size, axis) => (axis < 2 ? first[axis]! : size)) : null;
  if (transpositions.has(op)) return orderOf(reader, node, first.length)?.map((axis) => first[axis]!) ?? null;
  if (matrixProducts.has(op) || op === 'aten::mm') return multiply(first, shapeOf(inputs[1]));
  if (reductions.has(op)) return reduce(reader, inputs, first, traced);
  if (expansions.has(op)) return op === 'aten::expand' ? expand(run, first) : shapeOf(inputs[1]);
  if (op === 'aten::slice' || op === 'aten::narrow' || op === 'aten::select') return cut(run, first);
  if (op === 'aten::pixel_shuffle') return shuffle(run, first);
  if (op === 'aten::pixel_unshuffle') return unshuffle(run, first);
  if (op === 'aten::glu') {
    const axis = axisOf(reader, inputs[1], first.length) ?? -1;
    if (first.at(axis)! % 2 !== 0) clash(`Halving dimension must be even, but dimension ${axis} is size ${first.at(axis)}`);
    return first.map((size, at) => (at === axis ? size / 2 : size));
  }
  return reshapes.has(op) ? reshape(run, first) : null;
}

function isTensor({ reader }: RunningNode, item: number | undefined): boolean {
  return item !== undefined && (item >= 0 || reader.tensorOf(item) !== null);
}

function twoOperands(run: RunningNode): Shape | null {
  const { inputs, shapeOf } = run;
  const [a, b] = [isTensor(run, inputs[0]), isTensor(run, inputs[1])];
  if (!b) return shapeOf(inputs[0]);
  return a ? together(shapeOf(inputs[0]), shapeOf(inputs[1])) : shapeOf(inputs[1]);
}

function join({ reader, op, inputs, traced, items, shapeOf }: RunningNode): Shape | null {
  const parts = items(inputs[0])?.map(shapeOf) ?? null;
  const axis = traced === null ? null : axisOf(reader, inputs[1], traced.length);
  const rank = (traced?.length ?? 0) - (op === 'aten::stack' ? 1 : 0);
  const known = parts?.filter((part) => part?.length === rank) as readonly Shape[] | undefined;
  if (axis === null || parts === null || known === undefined || known.length !== parts.length || known.length === 0) return null;
  const [first] = known;
  if (op === 'aten::stack') {
    const other = known.find((part) => part.join() !== first!.join());
    if (other !== undefined) clash(`stack expects each tensor to be equal size, but got [${first!.join(', ')}] at entry 0 and [${other.join(', ')}] at entry ${known.indexOf(other)}`);
    return [...first!.slice(0, axis), known.length, ...first!.slice(axis)];
  }
  return first!.map((size, at) => {
    if (at === axis) return known.reduce((sum, part) => sum + part[at]!, 0);
    const other = known.find((part) => part[at] !== size);
    if (other !== undefined) clash(`Sizes of tensors must match except in dimension ${axis}. Expected size ${size} but got size ${other[at]}`);
    return size;
  });
}

function multiplyLinear({ inputs, shapeOf }: RunningNode, first: Shape): Shape | null {
  const weight = shapeOf(inputs[1]);
  if (weight === null) return null;
  if (first.at(-1) !== weight[1]) {
    clash(`mat1 and mat2 shapes cannot be multiplied (${elementsOf(first.slice(0, -1))}x${first.at(-1)} and ${weight[1]}x${weight[0]})`);
  }
  return [...first.slice(0, -1), weight[0]!];
}

function bilinear({ inputs, shapeOf }: RunningNode, first: Shape): Shape | null {
  const [second, weight] = [shapeOf(inputs[1]), shapeOf(inputs[2])];
  if (second === null || weight === null) return null;
  for (const [at, shape] of [first, second].entries()) {
    if (shape.at(-1) !== weight[at + 1]) clash(`bilinear(): input${at + 1} size does not match weight size: got ${shape.at(-1)} but expected ${weight[at + 1]}`);
  }
  return [...first.slice(0, -1), weight[0]!];
}

function layerNorm({ inputs, shapeOf }: RunningNode, first: Shape): Shape | null {
  const weight = shapeOf(inputs[2]);
  if (weight === null) return null;
  if (weight.some((size, at) => size !== first[first.length - weight.length + at])) {
    clash(`Given normalized_shape=[${weight.join(', ')}], expected input with shape [*, ${weight.join(', ')}], but got input of size[${first.join(', ')}]`);
  }
  return first;
}

function groupNorm({ reader, inputs, shapeOf }: RunningNode, first: Shape): Shape | null {
  const groups = reader.constantOf(inputs[1]);
  const weight = shapeOf(inputs[2]);
  const channels = first[1]!;
  // NNI keeps as many groups as live; how many that are does not matter for the sizes.
  if (typeof groups !== 'number' || weight === null) return null;
  if (weight[0] !== channels) clash(`Expected weight to be a vector of size equal to the number of channels in input, but got weight of shape [${weight[0]}] and input of shape [${first.join(', ')}]`);
  return first;
}

function multiply(a: Shape, b: Shape | null): Shape | null {
  if (b === null || a.length < 2 || b.length < 2) return null;
  if (a.at(-1) !== b.at(-2)) {
    clash(a.length === 2 && b.length === 2
      ? `mat1 and mat2 shapes cannot be multiplied (${a.join('x')} and ${b.join('x')})`
      : `Expected size for first two dimensions of batch2 tensor to be: [${a[0]}, ${a.at(-1)}] but got: [${b[0]}, ${b.at(-2)}].`);
  }
  const batch = together(a.slice(0, -2), b.slice(0, -2));
  return batch === null ? null : [...batch, a.at(-2)!, b.at(-1)!];
}

function reduce(reader: TraceReader, inputs: Int32Array, first: Shape, traced: Shape): Shape | null {
  const axes = axesOf(reader, inputs[1], first.length);
  if (axes === null) return traced.length === 0 ? [] : null;
  return traced.length === first.length ? first.map((size, axis) => (axes.includes(axis) ? 1 : size)) : first.filter((_, axis) => !axes.includes(axis));
}

/** Sizes that a node is given: constants, or numbers of the model. Null where one is not known. */
function sizesOf({ reader, items, numberOf }: RunningNode, item: number | undefined): readonly number[] | null {
  const constant = reader.constantOf(item);
  if (Array.isArray(constant)) return constant.every((size) => typeof size === 'number') ? constant : null;
  const found = items(item)?.map(numberOf) ?? null;
  return found === null || found.includes(null) ? null : (found as readonly number[]);
}

function expand(run: RunningNode, first: Shape): Shape | null {
  const sizes = sizesOf(run, run.inputs[1]);
  if (sizes === null || sizes.length < first.length) return null;
  const lead = sizes.length - first.length;
  return sizes.map((size, axis) => {
    const own = first[axis - lead];
    if (own === undefined || own === 1) return size === -1 ? (own ?? 1) : size;
    if (size !== -1 && size !== own && run.reader.graph.recordedBy === '') clash(`The expanded size of the tensor (${size}) must match the existing size (${own}) at non-singleton dimension ${axis}`);
    return own;
  });
}

/** Whether numbers may be sizes that the model reads from a tensor, and that dimension has changed: other recorders than NNI's write them alike. */
function hasOpenSizes({ reader, inputs }: RunningNode, axis: number, first: Shape): boolean {
  const before = inputs[0]! < 0 ? null : reader.shapeOf(inputs[0]!);
  return reader.graph.recordedBy !== '' && before?.[axis] !== first[axis];
}

function cut(run: RunningNode, first: Shape): Shape | null {
  const { reader, node, op, inputs } = run;
  const axis = axisOf(reader, inputs[1], first.length);
  if (axis === null) return null;
  if (op === 'aten::select') {
    const index = run.numberOf(inputs[2]);
    const size = first[axis]!;
    if (index !== null && (index >= size || index < -size) && !hasOpenSizes(run, axis, first)) {
      clash(`index ${index} is out of bounds for dimension ${axis} with size ${size}`, 'IndexError');
    }
    return first.filter((_, at) => at !== axis);
  }
  if (hasOpenSizes(run, axis, first)) return null;
  const [start, end] = [run.numberOf(inputs[2]), run.numberOf(inputs[3])];
  const clamp = (value: number): number => Math.min(first[axis]!, Math.max(0, value < 0 ? value + first[axis]! : value));
  const found = cutOf(reader, node, first[axis]!) ?? (start === null || end === null ? null : { start: clamp(start), end: clamp(end), step: 1 });
  if (found === null) return null;
  const length = run.numberOf(inputs[3]);
  if (op === 'aten::narrow' && start !== null && length !== null && (start < 0 ? start + first[axis]! : start) + length > first[axis]!) {
    clash(`start (${start}) + length (${length}) exceeds dimension size (${first[axis]}).`);
  }
  return first.map((size, at) => (at === axis ? Math.max(0, Math.ceil((found.end - found.start) / found.step)) : size));
}

function shuffle({ reader, node, inputs, tensors }: RunningNode, first: Shape): Shape | null {
  const factor = tensors.factorOf(node) ?? reader.constantOf(inputs[1]);
  if (typeof factor !== 'number') return null;
  const channels = first.at(-3)!;
  if (channels % factor ** 2 !== 0) {
    clash(`pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but input.size(-3)=${channels}`);
  }
  return first.map((size, axis) => (axis === first.length - 3 ? channels / factor ** 2 : axis < first.length - 3 ? size : size * factor));
}

function unshuffle({ reader, inputs }: RunningNode, first: Shape): Shape | null {
  const factor = reader.constantOf(inputs[1]);
  if (typeof factor !== 'number' || first.length < 3) return null;
  return first.map((size, axis) => (axis === first.length - 3 ? size * factor ** 2 : axis > first.length - 3 ? size / factor : size));
}

function pad(reader: TraceReader, inputs: Int32Array, first: Shape): Shape | null {
  const pads = reader.constantOf(inputs[1]);
  if (!Array.isArray(pads) || !pads.every((size) => typeof size === 'number')) return null;
  const sizes = pads as readonly number[];
  return first.map((size, axis) => {
    const at = (first.length - 1 - axis) * 2;
    return size + (sizes[at] ?? 0) + (sizes[at + 1] ?? 0);
  });
}

/** `flatten`, `squeeze`, `unsqueeze`, and a reshape to sizes that are constants or computed from sizes. */
function reshape(run: RunningNode, first: Shape): Shape | null {
  const { reader, op, inputs } = run;
  if (op === 'aten::flatten') {
    const [start, end] = [axisOf(reader, inputs[1], first.length), axisOf(reader, inputs[2], first.length)];
    if (start === null || end === null || end < start) return null;
    return [...first.slice(0, start), elementsOf(first.slice(start, end + 1)), ...first.slice(end + 1)];
  }
  if (op === 'aten::unsqueeze') {
    const axis = axisOf(reader, inputs[1], first.length + 1);
    return axis === null ? null : [...first.slice(0, axis), 1, ...first.slice(axis)];
  }
  if (op === 'aten::squeeze') {
    const axis = axisOf(reader, inputs[1], first.length);
    return axis === null ? null : first.filter((size, at) => at !== axis || size !== 1);
  }
  if (op !== 'aten::view' && op !== 'aten::reshape') return null;
  const sizes = sizesOf(run, inputs[1]);
  if (sizes === null) return null;
  const total = elementsOf(first);
  const fixed = elementsOf(sizes.filter((size) => size !== -1));
  // Other recorders than torch.jit.trace write sizes that the model reads from tensors as numbers.
  if (reader.graph.recordedBy !== '') return null;
  if (sizes.includes(-1) ? fixed === 0 || total % fixed !== 0 : fixed !== total) clash(`shape '[${sizes.join(', ')}]' is invalid for input of size ${total}`);
  return sizes.map((size) => (size === -1 ? total / fixed : size));
}

/** The shapes of the pieces of a node that splits; null where they are not known. */
export function splitInto(run: RunningNode): readonly (Shape | null)[] | null {
  const { reader, op, inputs } = run;
  const first = run.shapeOf(inputs[0]);
  const place = op === 'aten::unbind' ? inputs[1] : inputs[2];
  const axis = first === null ? null : place === undefined ? 0 : axisOf(reader, place, first.length);
  if (first === null || axis === null) return null;
  const size = first[axis]!;
  if (op === 'aten::unbind') return size > mostPieces ? null : Array.from({ length: size }, () => first.filter((_, at) => at !== axis));
  if (hasOpenSizes(run, axis, first)) return null;
  const given = sizesOf(run, inputs[1]);
  if (given !== null) {
    const total = given.reduce((sum, part) => sum + part, 0);
    if (total !== size) clash(`split_with_sizes expects split_sizes to sum exactly to ${size} (input tensor's size at dimension ${axis}), but got split_sizes=[${given.join(', ')}]`);
    return given.map((part) => first.map((own, at) => (at === axis ? part : own)));
  }
  const count = run.numberOf(inputs[1]);
  if (count === null || count < 1) return null;
  const step = op === 'aten::chunk' ? Math.max(1, Math.ceil(size / count)) : count;
  const pieces = Math.ceil(size / step);
  if (pieces > mostPieces) return null;
  return Array.from({ length: pieces }, (_, at) => first.map((own, other) => (other === axis ? Math.min(step, size - at * step) : own)));
}

/** A file from outside can ask for any number. */
const mostPieces = 100_000;
