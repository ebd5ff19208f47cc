import { describeNode, type LivingValues } from './living-values.ts';
import { allAlive, allDead, along, anyOver, blank, both, either, elementsOf, isAllAlive, lineOf, not, reshaped, spread, walk, widened, withoutAxes, type Mask } from './mask.ts';
import { concatenate, regroup, slice, transposed, withAxis } from './mask-layout.ts';
import {
  baseOf, convolutions, differences, elementwise, expansions, joins, matrixProducts, minima, moves, pooling, products, quotients, reductions, reshapes, slices, softmaxes, splits,
  sums, transpositions,
} from './op-kinds.ts';
import { axesOf, axisOf, cutOf, orderOf, piecesOf } from './op-places.ts';
import { convolutionFacts, mostChannels } from './trace-reader.ts';

/** The living elements of one output of a node (rule G21). Null where no rule covers the node. */
export function forwardRule(values: LivingValues, node: number, output: number): Mask | null {
  const { reader } = values;
  const op = reader.opOf(node);
  const base = baseOf(op);
  const inputs = reader.inputsOf(node);
  const [first, second] = inputs;
  const shape = reader.shapeOf(output) ?? [];
  const { mask, shape: before } = values.operandOf(first);
  if (softmaxes.has(op)) {
    // F.softmax copies what lives, and x.softmax() computes it anew: a trace writes both alike.
    const axis = axisOf(reader, second, mask.shape.length);
    if (axis === null || mask.shape[axis] !== 1) values.notFollowed.add(describeNode(reader, node));
  }
  // A norm that the model's own code calls is computed anew: a dead element of a sample is no constant behind it.
  if (computedNorms.has(op) && !reader.isInTorchModule(node) && !isAllAlive(mask)) return null;
  if (elementwise.has(op)) return mask;
  if (expansions.has(op)) return widened(mask, shape.length);
  if (pooling.has(op)) {
    if (elementsOf(shape.slice(2)) > 1) doubtPositions(values, node, mask);
    return anyOver(mask, [...mask.shape.keys()].slice(2));
  }
  if (moves.has(op)) return movesAlike(values, node, mask) ? mask : null;
  if (convolutions.has(op)) return convolve(values, node);
  if (op === 'aten::linear') return multiplyLinear(values, node);
  if (op === 'aten::embedding') {
    // The same row for each sample is constant.
    const { mask: ids } = values.operandOf(second);
    return withAxis(ids, ids.shape.length);
  }
  // `x - x` is 0 for any x: NNI takes both for the same random numbers.
  if (differences.has(base) && first === second && reader.constantOf(inputs[2]) === 1) return allDead(shape.length);
  if (sums.has(base)) return add(values, first, second, shape.length);
  if (products.has(base) || minima.has(base) || (op === 'aten::min' && isValueOrTensor(values, second))) return both(mask, values.operandOf(second).mask);
  if (quotients.has(base)) return either(mask, not(values.operandOf(second).mask));
  if (op === 'aten::max' && isValueOrTensor(values, second)) return add(values, first, second, shape.length);
  if (reductions.has(op)) {
    const axes = axesOf(reader, second, before.length);
    if (axes === null) return allAlive(shape.length);
    const reduced = anyOver(mask, axes);
    return shape.length === before.length ? reduced : withoutAxes(reduced, axes);
  }
  if (reshapes.has(op)) return regroup(mask, before, shape);
  if (transpositions.has(op)) {
    const order = orderOf(reader, node, before.length);
    return order === null ? null : transposed(mask, order);
  }
  if (joins.has(op)) return join(values, node, shape);
  if (slices.has(op)) return cut(values, node);
  if (splits.has(op)) return split(values, node, output);
  if (matrixProducts.has(op)) return multiplyMatrices(values, first, second, shape.length);
  if (op === 'aten::pixel_shuffle') return shuffle(mask, before, shape);
  if (op === 'aten::pixel_unshuffle') return liesAlongChannels(mask) ? repeatChannels(mask, shape[1]! / before[1]!) : null;
  if (op === 'aten::glu') return halves(values, node, mask, before);
  return null;
}

/** Norms over the elements of one sample. */
const computedNorms: ReadonlySet<string> = new Set(['aten::layer_norm', 'aten::group_norm', 'aten::instance_norm', 'aten::rms_norm']);

/** Whether what lives is the same at every position. */
function liesAlongChannels(mask: Mask): boolean {
  return mask.shape.every((size, axis) => axis === 1 || size === 1);
}

/** What lives at some positions only is taken to live everywhere, which is not sure where a node works on several positions at once. */
function doubtPositions({ notFollowed, reader }: LivingValues, node: number, mask: Mask): void {
  if (!liesAlongChannels(mask)) notFollowed.add(describeNode(reader, node));
}

/** Whether what lives is the same along the dimensions in which elements change their places. */
export function movesAlike({ reader }: LivingValues, node: number, mask: Mask): boolean {
  const inputs = reader.inputsOf(node);
  const axes = axesOf(reader, inputs[reader.opOf(node) === 'aten::roll' ? 2 : 1], mask.shape.length);
  return axes !== null && axes.length > 0 && axes.every((axis) => mask.shape[axis] === 1);
}

/** Each channel `times` times in a row. */
function repeatChannels(mask: Mask, times: number): Mask | null {
  if (mask.shape[1] === 1) return mask;
  return Number.isInteger(times) ? along(repeated(mask.data, times), 1, mask.shape.length) : null;
}

function convolve(values: LivingValues, node: number): Mask | null {
  const facts = convolutionFacts(values.reader, node);
  const inputs = values.reader.inputsOf(node);
  if (facts === null) return null;
  const { weight, groups } = facts;
  const { mask, shape } = values.operandOf(inputs[0]);
  doubtPositions(values, node, mask);
  const fed = lineOf(mask, shape, 1);
  const rows = values.rowsOf(inputs[1], weight[0]!);
  if (fed.length % groups !== 0) return null;
  if (facts.transposed) {
    // The rows of the weight are its inputs.
    if (fed.length !== weight[0]) return null;
    const isFed = groupsWith(fed.map((value, at) => value & rows[at]!), groups);
    return along(repeated(isFed, weight[1]!), 1, shape.length);
  }
  const isFed = repeated(groupsWith(fed, groups), weight[0]! / groups);
  return along(rows.map((value, at) => value & isFed[at]!), 1, shape.length);
}

/** For each of `groups` equal parts of a line whether anything in it lives. */
export function groupsWith(line: Uint8Array, groups: number): Uint8Array {
  const step = line.length / groups;
  return Uint8Array.from({ length: groups }, (_, group) => (line.subarray(group * step, (group + 1) * step).includes(1) ? 1 : 0));
}

/** Each value `times` times in a row. */
export function repeated(line: Uint8Array, times: number): Uint8Array {
  return Uint8Array.from({ length: line.length * times }, (_, at) => line[Math.floor(at / times)]!);
}

function multiplyLinear(values: LivingValues, node: number): Mask | null {
  const inputs = values.reader.inputsOf(node);
  const weight = values.reader.tensorShape(values.reader.tensorOf(inputs[1]));
  const { mask } = values.operandOf(inputs[0]);
  if (weight === null || mask.shape.length === 0 || weight.length !== 2 || weight[0]! > mostChannels) return null;
  const last = mask.shape.length - 1;
  return both(anyOver(mask, [last]), along(values.rowsOf(inputs[1], weight[0]!), last, mask.shape.length));
}

/** `max` and `min` of two tensors are no reductions. */
export function isValueOrTensor({ reader }: LivingValues, item: number | undefined): boolean {
  return item !== undefined && (item >= 0 || reader.tensorOf(item) !== null);
}

/** An operand that no input reaches is constant, so it adds no life. */
function add(values: LivingValues, first: number | undefined, second: number | undefined, rank: number): Mask {
  const [a, b] = [widened(values.operandOf(first).mask, rank), widened(values.operandOf(second).mask, rank)];
  if (values.isFixed(second)) return a;
  return values.isFixed(first) ? b : either(a, b);
}

function join(values: LivingValues, node: number, shape: readonly number[]): Mask | null {
  const { reader } = values;
  const inputs = reader.inputsOf(node);
  const parts = values.items.get(inputs[0]!);
  const axis = axisOf(reader, inputs[1], shape.length);
  if (parts === undefined || axis === null) return null;
  const isStack = reader.opOf(node) === 'aten::stack';
  return concatenate(
    parts.map((item) => {
      const { mask, shape: own } = values.operandOf(item);
      return isStack ? { mask: withAxis(mask, axis), size: 1 } : { mask, size: own[axis] ?? 0 };
    }),
    axis,
  );
}

function cut(values: LivingValues, node: number): Mask | null {
  const { reader } = values;
  const inputs = reader.inputsOf(node);
  const { mask, shape } = values.operandOf(inputs[0]);
  const axis = axisOf(reader, inputs[1], shape.length);
  if (axis === null) return null;
  const isSelect = reader.opOf(node) === 'aten::select';
  const part = ((): Mask | null => {
    if (mask.shape[axis] === 1) return mask;
    const taken = cutOf(reader, node, shape[axis]!);
    return taken === null ? null : slice(mask, axis, taken.start, taken.end, taken.step);
  })();
  return part === null || !isSelect ? part : withoutAxes(part, [axis]);
}

function split(values: LivingValues, node: number, output: number): Mask | null {
  const { reader } = values;
  const { mask, shape } = values.operandOf(reader.inputsOf(node)[0]);
  const pieces = piecesOf(reader, node, shape);
  if (pieces === null) return null;
  const isUnbind = reader.opOf(node) === 'aten::unbind';
  const masks = pieces.bounds.map(([start, end]) => {
    const part = mask.shape[pieces.axis] === 1 ? mask : slice(mask, pieces.axis, start, end);
    return isUnbind ? withoutAxes(part, [pieces.axis]) : part;
  });
  values.pieces.set(output, { node, masks });
  return allAlive(0);
}

function multiplyMatrices(values: LivingValues, first: number | undefined, second: number | undefined, rank: number): Mask | null {
  const [a, b] = [values.operandOf(first), values.operandOf(second)];
  if (isAllAlive(a.mask) && isAllAlive(b.mask)) return allAlive(rank);
  const depth = a.shape.at(-1);
  if (depth === undefined || a.shape.length < 2 || b.shape.length < 2) return null;
  const left = spread(a.mask, [...a.mask.shape.slice(0, -1), depth]);
  const right = spread(b.mask, [...b.mask.shape.slice(0, -2), depth, b.mask.shape.at(-1)!]);
  const [rows, columns] = [left.shape.at(-2)!, right.shape.at(-1)!];
  // One more dimension for the sum: left [..., rows, depth, 1], right [..., 1, depth, columns].
  const product = both(
    reshaped(left, [...left.shape.slice(0, -2), rows, depth, 1]),
    reshaped(right, [...right.shape.slice(0, -2), 1, depth, columns]),
  );
  const axis = product.shape.length - 2;
  return withoutAxes(anyOver(product, [axis]), [axis]);
}

/** A gated linear unit: the first half times the sigmoid of the second, which is never 0. */
function halves({ reader }: LivingValues, node: number, mask: Mask, before: readonly number[]): Mask | null {
  const axis = axisOf(reader, reader.inputsOf(node)[1], before.length);
  if (axis === null) return null;
  return mask.shape[axis] === 1 ? mask : slice(mask, axis, 0, before[axis]! / 2);
}

/** Joins the channels of each block: of the input of a pixel_shuffle, or of the output of its reverse. */
export function shuffle(mask: Mask, before: readonly number[], shape: readonly number[]): Mask | null {
  if (mask.shape[1] === 1) return mask;
  const [channels, block] = [shape[1]!, before[1]! / shape[1]!];
  if (!Number.isInteger(block) || shape.length !== before.length) return null;
  const opened = reshaped(mask, [1, channels, block, ...mask.shape.slice(2)]);
  const made = blank([1, channels, 1, ...mask.shape.slice(2)]);
  walk(opened.shape, [stridesInto(made.shape)], (element, [place]) => (made.data[place!]! |= opened.data[element]!));
  return withoutAxes(made, [2]);
}

function stridesInto(shape: readonly number[]): readonly number[] {
  return shape.map((size, axis) => (size === 1 ? 0 : shape.slice(axis + 1).reduce((product, next) => product * next, 1)));
}
