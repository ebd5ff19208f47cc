import { blank, elementsOf, isAllAlive, MaskMismatch, reshaped, shrink, spread, walk, type Mask } from './mask.ts';

/**
 * The mask of a reshape from `before` to `after` (sizes of the tensors); null where the two do not divide into the same
 * pieces. Only the dimensions that are really mixed are spread.
 */
export function regroup(mask: Mask, before: readonly number[], after: readonly number[]): Mask | null {
  const from = [1, ...before.slice(1)];
  const total = elementsOf(from);
  let to = after;
  if (to.length > 0 && elementsOf(to) !== total) {
    // The batch is in there: take it out of the first dimension.
    const rest = elementsOf(to.slice(1));
    if (rest === 0 || total % rest !== 0) return null;
    to = [total / rest, ...to.slice(1)];
  }
  const pieces = piecesOf(from, to);
  if (pieces === null) return null;
  const wide = [...mask.shape];
  if (wide.length !== from.length) return null;
  const target: number[] = [];
  for (const { fromStart, fromEnd, toStart, toEnd } of pieces) {
    if (wide.slice(fromStart, fromEnd).every((size) => size === 1)) {
      for (let axis = toStart; axis < toEnd; axis++) target.push(1);
    } else {
      for (let axis = fromStart; axis < fromEnd; axis++) wide[axis] = from[axis]!;
      target.push(...to.slice(toStart, toEnd));
    }
  }
  return shrink(reshaped(spread(mask, wide), target));
}

interface Piece {
  readonly fromStart: number;
  readonly fromEnd: number;
  readonly toStart: number;
  readonly toEnd: number;
}

/** The finest division into runs of dimensions of equal products; null when there is none. */
function piecesOf(from: readonly number[], to: readonly number[]): readonly Piece[] | null {
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    let [a, b] = [from[i] ?? 1, to[j] ?? 1];
    let [i2, j2] = [Math.min(i + 1, from.length), Math.min(j + 1, to.length)];
    while (a !== b) {
      if (a < b) {
        if (i2 >= from.length) return null;
        a *= from[i2++]!;
      } else {
        if (j2 >= to.length) return null;
        b *= to[j2++]!;
      }
    }
    pieces.push({ fromStart: i, fromEnd: i2, toStart: j, toEnd: j2 });
    i = i2;
    j = j2;
  }
  return pieces;
}

/** Dimension `order[k]` becomes dimension `k`. */
export function transposed(mask: Mask, order: readonly number[]): Mask {
  if (order.length !== mask.shape.length || new Set(order).size !== order.length) throw new MaskMismatch('order');
  const shape = order.map((axis) => mask.shape[axis]!);
  if (shape.includes(undefined as never)) throw new MaskMismatch('order');
  const strides = rowMajor(mask.shape);
  const made = blank(shape);
  walk(shape, [order.map((axis) => strides[axis]!)], (element, [place]) => (made.data[element] = mask.data[place!]!));
  return made;
}

/** The order that undoes an order. */
export function inverseOrder(order: readonly number[]): readonly number[] {
  return order.map((_, axis) => order.indexOf(axis));
}

function rowMajor(shape: readonly number[]): number[] {
  return shape.map((_, axis) => elementsOf(shape.slice(axis + 1)));
}

/** The part `[start, start + step, … end)` of a dimension. */
export function slice(mask: Mask, axis: number, start: number, end: number, step = 1): Mask {
  const length = Math.max(0, Math.ceil((end - start) / step));
  const strides = rowMajor(mask.shape);
  const shape = mask.shape.map((size, at) => (at === axis ? length : size));
  const made = blank(shape);
  const steps = strides.map((stride, at) => (at === axis ? stride * step : stride));
  walk(shape, [steps], (element, [place]) => (made.data[element] = mask.data[place!]!), [start * strides[axis]!]);
  return made;
}

/** A mask of `size` along the dimension that is dead but for the part that `slice` would take. */
export function unslice(part: Mask, axis: number, size: number, start: number, end: number, step = 1): Mask {
  const length = Math.max(0, Math.ceil((end - start) / step));
  const source = spread(part, part.shape.map((own, at) => (at === axis ? length : own)));
  const made = blank(part.shape.map((own, at) => (at === axis ? size : own)));
  const strides = rowMajor(made.shape);
  const steps = strides.map((stride, at) => (at === axis ? stride * step : stride));
  walk(source.shape, [steps], (element, [place]) => (made.data[place!] = source.data[element]!), [start * strides[axis]!]);
  return shrink(made);
}

/** A part of a concatenation: its mask, and its size along the dimension. */
export interface Part {
  readonly mask: Mask;
  readonly size: number;
}

/** The masks one after the other along a dimension. */
export function concatenate(parts: readonly Part[], axis: number): Mask {
  const [first] = parts;
  if (first === undefined) throw new MaskMismatch('no parts');
  const rank = first.mask.shape.length;
  if (parts.every(({ mask }) => isAllAlive(mask))) return { shape: first.mask.shape.map(() => 1), data: Uint8Array.of(1) };
  if (parts.some(({ mask }) => mask.shape.length !== rank)) throw new MaskMismatch('rank');
  const wide = first.mask.shape.map((_, at) => Math.max(...parts.map(({ mask }) => mask.shape[at]!)));
  const total = parts.reduce((sum, { size }) => sum + size, 0);
  const made = blank(wide.map((size, at) => (at === axis ? total : size)));
  const strides = rowMajor(made.shape);
  let start = 0;
  for (const { mask, size } of parts) {
    const source = spread(mask, wide.map((own, at) => (at === axis ? size : own)));
    walk(source.shape, [strides], (element, [place]) => (made.data[place!] = source.data[element]!), [start * strides[axis]!]);
    start += size;
  }
  return made;
}

/** With a dimension of size 1 put in at `axis`. */
export function withAxis(mask: Mask, axis: number): Mask {
  return reshaped(mask, [...mask.shape.slice(0, axis), 1, ...mask.shape.slice(axis)]);
}
