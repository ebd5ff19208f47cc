import { groupsWith, isValueOrTensor, movesAlike, repeated, shuffle } from './forward-rules.ts';
import type { LivingValues } from './living-values.ts';
import { allAlive, along, anyOver, blank, both, isAllAlive, lineOf, reducedTo, reshaped, walk, widened, withoutAxes, type Mask } from './mask.ts';
import { concatenate, inverseOrder, regroup, slice, transposed, unslice, withAxis } from './mask-layout.ts';
import {
  baseOf, convolutions, differences, elementwise, expansions, joins, linearSums, matrixProducts, minima, moves, pooling, products, quotients, reductions, reshapes, slices, sums,
  transpositions,
} from './op-kinds.ts';
import { axesOf, axisOf, cutOf, orderOf } from './op-places.ts';
import { unitGradient, type Gradient, type Want } from './want.ts';
import { convolutionFacts } from './trace-reader.ts';

/**
 * Says what a node needs of its inputs, given what lives of its output in the end (rule G21). False where no rule follows the
 * node: all of its inputs is needed then.
 * @param own the gradient of the output
 */
export function backwardRule(values: LivingValues, node: number, output: number, final: Mask, own: Gradient, want: Want): boolean {
  const { reader } = values;
  const op = reader.opOf(node);
  const base = baseOf(op);
  const inputs = reader.inputsOf(node);
  const [first, second] = inputs;
  const shape = reader.shapeOf(output) ?? [];
  const before = first === undefined || first < 0 ? null : reader.shapeOf(first);
  const isSameSize = before?.join() === shape.join();
  if (elementwise.has(op)) {
    want(first, final, elementGradient(op, own));
    return true;
  }
  if (expansions.has(op)) {
    want(first, final, { sign: 1, isUnit: isSameSize });
    return true;
  }
  if (pooling.has(op)) {
    // Between equal sizes, an upsampling copies.
    want(first, anyOver(final, [...final.shape.keys()].slice(2)), op.startsWith('aten::upsample') ? { sign: 1, isUnit: isSameSize } : null);
    return true;
  }
  if (convolutions.has(op)) {
    want(first, convolutionNeeds(values, node, shape, final) ?? allAlive(before?.length ?? 0), null);
    return true;
  }
  if (op === 'aten::linear') {
    want(first, anyOver(final, [final.shape.length - 1]), null);
    return true;
  }
  if (sums.has(base) || minima.has(base) || ((op === 'aten::max' || op === 'aten::min') && isValueOrTensor(values, second))) {
    const times = reader.constantOf(inputs[2]);
    const signs = op === 'aten::rsub' ? [-1, 1] as const : differences.has(base) ? [1, -1] as const : [1, 1] as const;
    for (const [at, item] of [first, second].entries()) {
      const isAsItIs = item !== undefined && item >= 0 && reader.shapeOf(item)?.join() === shape.join() && (times === undefined || times === 1);
      const gradient: Gradient = linearSums.has(base) ? { sign: signs[at]!, isUnit: isAsItIs } : null;
      wantReduced(values, item, final, gradient, want);
    }
    return true;
  }
  if (products.has(base) || quotients.has(base)) {
    const other = (item: number | undefined): Mask => both(final, values.operandOf(item).mask);
    wantReduced(values, first, products.has(base) ? other(second) : final, null, want);
    wantReduced(values, second, other(first), null, want);
    return true;
  }
  // A join takes a list, which has no shape.
  if (joins.has(op)) return wantParts(values, node, shape, final, want);
  if (before === null) return false;
  if (reductions.has(op)) {
    const axes = axesOf(reader, second, before.length);
    if (axes === null) return false;
    let mask = final;
    if (shape.length !== before.length) for (const axis of axes.toSorted((a, b) => a - b)) mask = withAxis(mask, axis);
    want(first, mask, null);
    return true;
  }
  if (reshapes.has(op)) {
    const mask = regroup(final, shape, before);
    if (mask === null) return false;
    want(first, mask, unitGradient);
    return true;
  }
  if (transpositions.has(op)) {
    const order = orderOf(reader, node, before.length);
    if (order === null) return false;
    want(first, transposed(final, inverseOrder(order)), unitGradient);
    return true;
  }
  if (slices.has(op)) return wantCut(values, node, before, final, want);
  if (matrixProducts.has(op)) return wantFactors(values, first, second, final, want);
  if (op === 'aten::glu') {
    const axis = axisOf(reader, second, before.length);
    if (axis === null) return false;
    const half = { mask: final, size: before[axis]! / 2 };
    want(first, concatenate([half, half], axis), null);
    return true;
  }
  if (op === 'aten::pixel_shuffle') {
    want(first, unshuffle(final, before[1]! / shape[1]!), unitGradient);
    return true;
  }
  if (op === 'aten::pixel_unshuffle') {
    const mask = shuffle(final, shape, before);
    if (mask === null) return false;
    want(first, anyOver(mask, [...mask.shape.keys()].slice(2)), unitGradient);
    return true;
  }
  if (moves.has(op)) {
    if (!movesAlike(values, node, final)) return false;
    want(first, final, unitGradient);
    return true;
  }
  return false;
}

/** Operations on elements that hand on what they get. */
const identities: ReadonlySet<string> = new Set(
  ['dropout', 'dropout_', 'feature_dropout', 'contiguous', 'to', 'type_as', 'alias', 'float'].map((name) => `aten::${name}`),
);

/** NNI hands the gradient of an activation or norm on as it is where it knows its kind, and calculates it otherwise. */
function elementGradient(op: string, own: Gradient): Gradient {
  if (identities.has(op)) return unitGradient;
  if (op === 'aten::neg') return { sign: -1, isUnit: true };
  return own;
}

function wantReduced({ reader }: LivingValues, item: number | undefined, mask: Mask, gradient: Gradient, want: Want): void {
  const shape = item === undefined || item < 0 ? null : reader.shapeOf(item);
  if (shape !== null) want(item, reducedTo(mask, shape), gradient);
}

function convolutionNeeds(values: LivingValues, node: number, shape: readonly number[], final: Mask): Mask | null {
  const facts = convolutionFacts(values.reader, node);
  const inputs = values.reader.inputsOf(node);
  const before = inputs[0]! < 0 ? null : values.reader.shapeOf(inputs[0]!);
  if (facts === null || before === null) return null;
  const { weight, groups } = facts;
  const alive = lineOf(final, shape, 1);
  const rows = values.rowsOf(inputs[1], weight[0]!);
  if (facts.transposed) {
    const used = repeated(groupsWith(alive, groups), weight[0]! / groups);
    return along(used.map((value, at) => value & rows[at]!), 1, before.length);
  }
  if (alive.length !== rows.length) return null;
  const used = groupsWith(alive.map((value, at) => value & rows[at]!), groups);
  return along(repeated(used, before[1]! / groups), 1, before.length);
}

function wantParts(values: LivingValues, node: number, shape: readonly number[], final: Mask, want: Want): boolean {
  const { reader } = values;
  const inputs = reader.inputsOf(node);
  const parts = values.items.get(inputs[0]!);
  const axis = axisOf(reader, inputs[1], shape.length);
  if (parts === undefined || axis === null) return true;
  const isStack = reader.opOf(node) === 'aten::stack';
  let start = 0;
  for (const item of parts) {
    const size = isStack ? 1 : (values.operandOf(item).shape[axis] ?? 0);
    const part = final.shape[axis] === 1 ? final : slice(final, axis, start, start + size);
    start += size;
    want(item, isStack ? reshaped(part, part.shape.filter((_, at) => at !== axis)) : part, unitGradient);
  }
  return true;
}

function wantCut(values: LivingValues, node: number, before: readonly number[], final: Mask, want: Want): boolean {
  const { reader } = values;
  const inputs = reader.inputsOf(node);
  const axis = axisOf(reader, inputs[1], before.length);
  const cut = axis === null ? null : cutOf(reader, node, before[axis]!);
  if (axis === null || cut === null) return false;
  const part = reader.opOf(node) === 'aten::select' ? withAxis(final, axis) : final;
  want(inputs[0], unslice(part, axis, before[axis]!, cut.start, cut.end, cut.step), unitGradient);
  return true;
}

/**
 * An element of a factor is needed where one that it is multiplied with lives, and goes into something that lives: of `a · b`,
 * `a[i, k]` by `b[k, j]` and `final[i, j]`. Both are seen as they are after the first pass.
 */
function wantFactors(values: LivingValues, first: number | undefined, second: number | undefined, final: Mask, want: Want): boolean {
  const [a, b] = [values.operandOf(first), values.operandOf(second)];
  if (a.shape.length < 2 || b.shape.length < 2 || final.shape.length < 2) return false;
  if (isAllAlive(a.mask) && isAllAlive(b.mask) && isAllAlive(final)) return false;
  const rank = final.shape.length;
  const open = (mask: Mask, axis: number): Mask => withAxis(widened(mask, rank), axis);
  // Dimensions [..., i, k, j].
  const [left, right, out] = [open(a.mask, rank), open(b.mask, rank - 2), open(final, rank - 1)];
  want(first, withoutAxes(anyOver(both(right, out), [rank]), [rank]), null);
  want(second, withoutAxes(anyOver(both(left, out), [rank - 2]), [rank - 2]), null);
  return true;
}

/** Each channel of the output stands for a block of `times` channels of the input; positions do not count. */
function unshuffle(final: Mask, times: number): Mask {
  if (final.shape[1] === 1) return final;
  const shape = final.shape.map((size, axis) => (axis === 1 ? size * times : size));
  const made = blank(shape);
  const inner = shape.slice(2).reduce((product, size) => product * size, 1);
  walk(shape, [], (element) => {
    const channel = Math.floor(element / inner);
    made.data[element] = final.data[Math.floor(channel / times) * inner + (element % inner)]!;
  });
  return made;
}
