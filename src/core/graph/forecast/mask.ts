/**
 * Which elements of a tensor live, of any number of dimensions. A dimension along which all is equal has size 1 whatever the
 * tensor's own size is; the batch dimension always has. Row-major. Never changed after it was made.
 */
export interface Mask {
  readonly shape: readonly number[];
  /** One byte an element, 0 or 1. */
  readonly data: Uint8Array;
}

/** Masks whose shapes do not go together: the operation is then not followed. Caught within `forecast/`. */
export class MaskMismatch extends Error {}

/** Elements that a mask may have; a tensor that mixes more dimensions is not followed. */
const mostElements = 1 << 24;

/** Number of elements of a shape. */
export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** An empty mask of a shape; throws `MaskMismatch` when it would be too large. */
export function blank(shape: readonly number[]): { readonly shape: readonly number[]; readonly data: Uint8Array } {
  const elements = elementsOf(shape);
  if (!(elements <= mostElements)) throw new MaskMismatch('too large');
  return { shape, data: new Uint8Array(elements) };
}

/** All alive, for a tensor of `rank` dimensions. */
export function allAlive(rank: number): Mask {
  return { shape: Array.from({ length: rank }, () => 1), data: Uint8Array.of(1) };
}

/** A mask along one dimension of a tensor of `rank` dimensions. */
export function along(line: Uint8Array, axis: number, rank: number): Mask {
  return shrink({ shape: Array.from({ length: rank }, (_, at) => (at === axis ? line.length : 1)), data: line });
}

/** All dead, for a tensor of `rank` dimensions. */
export function allDead(rank: number): Mask {
  return blank(allAlive(rank).shape);
}

/** Whether every element lives. */
export function isAllAlive(mask: Mask): boolean {
  return !mask.data.includes(0);
}

/** The same data in another shape of as many elements. */
export function reshaped(mask: Mask, shape: readonly number[]): Mask {
  if (elementsOf(shape) !== mask.data.length) throw new MaskMismatch('reshape');
  return { shape, data: mask.data };
}

/** The mask with dimensions of size 1 put in front until it has `rank` of them. */
export function widened(mask: Mask, rank: number): Mask {
  if (mask.shape.length >= rank) return mask;
  return { shape: [...Array.from({ length: rank - mask.shape.length }, () => 1), ...mask.shape], data: mask.data };
}

function stridesOf(shape: readonly number[]): number[] {
  const strides = Array.from({ length: shape.length }, () => 0);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis]!;
  }
  return strides;
}

/** Steps through `mask` for each dimension of `shape`: 0 where the mask is spread. */
function spreadStrides(mask: Mask, shape: readonly number[]): number[] {
  const wide = widened(mask, shape.length);
  if (wide.shape.length !== shape.length) throw new MaskMismatch('rank');
  return stridesOf(wide.shape).map((stride, axis) => {
    const own = wide.shape[axis]!;
    if (own !== 1 && own !== shape[axis]) throw new MaskMismatch('size');
    return own === 1 ? 0 : stride;
  });
}

/** Visits each element of `shape` in order with its places in masks of the given strides. */
export function walk(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
  visit: (element: number, places: readonly number[]) => void,
  offsets?: readonly number[],
): void {
  const total = elementsOf(shape);
  const index = new Uint32Array(shape.length);
  const places = offsets === undefined ? strides.map(() => 0) : [...offsets];
  for (let element = 0; element < total; element++) {
    visit(element, places);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = ++index[axis]!;
      for (let k = 0; k < places.length; k++) places[k]! += strides[k]![axis]!;
      if (next < shape[axis]!) break;
      for (let k = 0; k < places.length; k++) places[k]! -= strides[k]![axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
}

/** The mask spread to a shape. */
export function spread(mask: Mask, shape: readonly number[]): Mask {
  if (mask.shape.length === shape.length && mask.shape.every((size, axis) => size === shape[axis])) return mask;
  const made = blank(shape);
  walk(shape, [spreadStrides(mask, shape)], (element, places) => (made.data[element] = mask.data[places[0]!]!));
  return made;
}

/** The shape that two spread shapes have in common. */
function commonShape(a: Mask, b: Mask): readonly number[] {
  const rank = Math.max(a.shape.length, b.shape.length);
  const [first, second] = [widened(a, rank).shape, widened(b, rank).shape];
  return first.map((size, axis) => (size === 1 ? second[axis]! : size));
}

function combine(a: Mask, b: Mask, join: (x: number, y: number) => number): Mask {
  const shape = commonShape(a, b);
  const strides = [spreadStrides(a, shape), spreadStrides(b, shape)];
  const made = blank(shape);
  const { data } = made;
  // Most masks lie along one dimension, or are the same everywhere: then their elements have the same order.
  const [stepOfA, stepOfB] = [stepOf(a, data), stepOf(b, data)];
  if (stepOfA !== null && stepOfB !== null) {
    for (let at = 0; at < data.length; at++) data[at] = join(a.data[at * stepOfA]!, b.data[at * stepOfB]!);
  } else {
    walk(shape, strides, (element, places) => (data[element] = join(a.data[places[0]!]!, b.data[places[1]!]!)));
  }
  return made;
}

/** How far to go in a mask for each element of `whole`, over which it is spread: 1 where it has as many, 0 for one; else `null`. */
function stepOf(mask: Mask, whole: Uint8Array): 0 | 1 | null {
  return mask.data.length === whole.length ? 1 : mask.data.length === 1 ? 0 : null;
}

/** Alive where either is. */
export function either(a: Mask, b: Mask): Mask {
  return combine(a, b, (x, y) => x | y);
}

/** Alive where both are. */
export function both(a: Mask, b: Mask): Mask {
  return combine(a, b, (x, y) => x & y);
}

/** Alive where the mask is dead. */
export function not(mask: Mask): Mask {
  return { shape: mask.shape, data: mask.data.map((value) => 1 - value) };
}

/** Alive where anything along the dimensions is; they keep size 1. */
export function anyOver(mask: Mask, axes: readonly number[]): Mask {
  if (axes.every((axis) => mask.shape[axis] === 1)) return mask;
  const shape = mask.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const made = blank(shape);
  if (made.data.length === 1) {
    made.data[0] = mask.data.includes(1) ? 1 : 0;
    return made;
  }
  walk(mask.shape, [spreadStrides(made, mask.shape)], (element, places) => (made.data[places[0]!]! |= mask.data[element]!));
  return made;
}

/** The mask without the given dimensions, which have size 1. */
export function withoutAxes(mask: Mask, axes: readonly number[]): Mask {
  return reshaped(mask, mask.shape.filter((_, axis) => !axes.includes(axis)));
}

/** Sizes back to 1 wherever the mask is constant. */
export function shrink(mask: Mask): Mask {
  let current = mask;
  for (const [axis, size] of mask.shape.entries()) {
    if (size > 1 && isConstantAlong(current, axis)) current = firstAlong(current, axis);
  }
  return current;
}

/** Elements between one place along a dimension and the next. */
function stepAlong({ shape }: Mask, axis: number): number {
  return elementsOf(shape.slice(axis + 1));
}

function isConstantAlong(mask: Mask, axis: number): boolean {
  const { data, shape } = mask;
  const step = stepAlong(mask, axis);
  const size = shape[axis]!;
  for (let start = 0; start < data.length; start += step * size) {
    for (let at = start + step; at < start + step * size; at++) if (data[at] !== data[at - step]) return false;
  }
  return true;
}

function firstAlong(mask: Mask, axis: number): Mask {
  const made = blank(mask.shape.map((size, at) => (at === axis ? 1 : size)));
  const step = stepAlong(mask, axis);
  const size = mask.shape[axis]!;
  for (let at = 0; at < made.data.length; at += step) made.data.set(mask.data.subarray(at * size, at * size + step), at);
  return made;
}

/** The part of `mask` that a broadcast operand of this shape needs: any element along the broadcast dimensions. */
export function reducedTo(mask: Mask, shape: readonly number[]): Mask {
  let current = mask;
  if (mask.shape.length > shape.length) {
    const extra = Array.from({ length: mask.shape.length - shape.length }, (_, axis) => axis);
    current = withoutAxes(anyOver(mask, extra), extra);
  }
  const wide = widened(current, shape.length);
  return anyOver(wide, [...shape.keys()].filter((axis) => shape[axis] === 1));
}

/** The living positions along one dimension (counted from the end when negative), at its full size. */
export function lineOf(mask: Mask | null, shape: readonly number[], axis: number): Uint8Array {
  const at = axis < 0 ? axis + shape.length : axis;
  const size = shape[at];
  if (size === undefined) throw new MaskMismatch('axis');
  if (size > mostElements) throw new MaskMismatch('too large');
  if (mask === null) return new Uint8Array(size).fill(1);
  const wide = widened(mask, shape.length);
  const line = anyOver(wide, [...wide.shape.keys()].filter((other) => other !== at)).data;
  if (line.length === size) return line;
  if (line.length !== 1) throw new MaskMismatch('line');
  return new Uint8Array(size).fill(line[0]!);
}

/** How many elements of a line live. */
export function countAlive(line: Uint8Array): number {
  let count = 0;
  for (const value of line) count += value;
  return count;
}
