import type { Kernel } from '../resolve/resolution.ts';

/**
 * A mask of which only its form is known, and how many of its cells are zero. The elements of a cell are masked as one;
 * along dimension `i` it is `repeat[i]` elements long. Sizes along a dimension may be 1 where the mask is broadcast.
 */
export interface SymbolicMask {
  /** Number of cells in each dimension. */
  readonly cells: readonly number[];
  /** Elements that a cell covers in each dimension. */
  readonly repeat: readonly number[];
  /** Masked cells; `null` where the weights decide. */
  readonly zeros: number | null;
}

/** An exception that Python would raise. */
export class MaskFailure extends Error {
  readonly type: string;

  constructor(type: string, message = '') {
    super(message);
    this.type = type;
  }
}

/** Number of elements of a shape; 1 for none. */
export function productOf(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}

/** The kernel as long as the shape (rule X1). */
function paddedKernel(kernel: Kernel, length: number): readonly number[] {
  const missing = length - kernel.sizes.length;
  if (missing < 0) throw new MaskFailure('AssertionError');
  const padding = Array.from({ length: missing }, () => kernel.paddingValue);
  return kernel.padding === 'front' ? [...padding, ...kernel.sizes] : [...kernel.sizes, ...padding];
}

/** Shape of the metric: cells of the kernel, 1 where it spans a dimension (rule X1). */
export function metricShape(shape: readonly number[], kernel: Kernel | null): readonly number[] {
  if (kernel === null) return shape;
  const steps = paddedKernel(kernel, shape.length);
  const cells = steps.map((step, dim) => cellsAlong(shape[dim]!, step));
  // Only -1 spans a dimension: other negative steps divide it, and make a shape that no tensor can have.
  if (steps.some((step) => step < -1)) {
    const invalid = cells.flatMap((count, dim) => [count, steps[dim]!]).find((size) => size < -1);
    throw new MaskFailure('RuntimeError', `invalid shape dimension ${invalid}`);
  }
  return cells;
}

function cellsAlong(size: number, step: number): number {
  if (step === -1) return 1;
  if (step === 0) throw new MaskFailure('ZeroDivisionError', 'integer modulo by zero');
  if (size % step !== 0) throw new MaskFailure('AssertionError');
  return Math.floor(size / step);
}

/** A mask over the metric's cells becomes one over the target; dimensions that the kernel spans stay 1 long. */
export function expandToTarget(mask: SymbolicMask, shape: readonly number[], kernel: Kernel | null): SymbolicMask {
  if (kernel === null) return mask;
  const steps = paddedKernel(kernel, shape.length);
  const wanted = metricShape(shape, kernel);
  const sizes = sizesOf(mask);
  if (sizes.length !== shape.length) throw new MaskFailure('RuntimeError', 'The number of sizes does not fit.');
  const cells: number[] = [];
  const repeat: number[] = [];
  steps.forEach((step, dim) => {
    const own = sizes[dim]!;
    if (own !== wanted[dim]! && own !== 1) {
      throw new MaskFailure('RuntimeError', 'The expanded size of the tensor must match the existing size.');
    }
    const length = step === -1 ? 1 : shape[dim]!;
    cells.push(mask.cells[dim]!);
    repeat.push(length / mask.cells[dim]!);
  });
  return { cells, repeat, zeros: mask.zeros };
}

/** Shape of a mask in elements, not in cells. */
export function sizesOf(mask: SymbolicMask): readonly number[] {
  return mask.cells.map((count, dim) => count * mask.repeat[dim]!);
}

/** A mask whose cells are single elements, `zeros` of them masked; `null` where the weights decide. */
export function plainMask(cells: readonly number[], zeros: number | null): SymbolicMask {
  return { cells, repeat: cells.map(() => 1), zeros };
}

/** Element-wise product; masks only grow sparser. */
export function multiplyMasks(a: SymbolicMask, b: SymbolicMask): SymbolicMask {
  const length = Math.max(a.cells.length, b.cells.length);
  const [first, second] = [padFront(a, length), padFront(b, length)];
  const [left, right] = [sizesOf(first), sizesOf(second)];
  const shape = left.map((size, dim) => {
    const other = right[dim]!;
    if (size !== other && size !== 1 && other !== 1) {
      throw new MaskFailure(
        'RuntimeError',
        `The size of tensor a (${size}) must match the size of tensor b (${other}) at non-singleton dimension ${dim}`,
      );
    }
    return Math.max(size, other);
  });
  const all = productOf(shape);
  if (a.zeros === 0) return stretch(second, shape);
  if (b.zeros === 0) return stretch(first, shape);
  if (isAll(a) || isAll(b)) return plainMask(shape, all);
  return plainMask(shape, null);
}

/**
 * Whether torch writes a tensor of the second shape into one of the first in place, by adding (rule X2) or copying
 * (rule X3): that broadcasts the second to the first, never the other way.
 */
export function checkInPlace(first: readonly number[], second: readonly number[]): void {
  const extra = Math.max(0, second.length - first.length);
  const own = [...second.slice(0, extra), ...first];
  const missing = own.length - second.length;
  const result = own.map((size, dim) => {
    const other = second[dim - missing] ?? 1;
    if (size === other || other === 1) return size;
    if (size === 1) return other;
    const sizes = `size of tensor a (${size}) must match the size of tensor b (${other})`;
    throw new MaskFailure('RuntimeError', `The ${sizes} at non-singleton dimension ${dim}`);
  });
  if (extra === 0 && result.every((size, dim) => size === first[dim])) return;
  const shapes = [first, result].map((sizes) => `[${sizes.join(', ')}]`);
  throw new MaskFailure('RuntimeError', `output with shape ${shapes[0]} doesn't match the broadcast shape ${shapes[1]}`);
}

/** The mask of a parameter is copied over the one it was registered with, which has its shape (rule X3). */
export function checkCopied(mask: SymbolicMask, shape: readonly number[]): void {
  checkInPlace(shape, sizesOf(mask));
}

/** Whether every cell is masked. */
function isAll(mask: SymbolicMask): boolean {
  return mask.zeros === productOf(mask.cells);
}

function padFront(mask: SymbolicMask, length: number): SymbolicMask {
  const ones = Array.from({ length: length - mask.cells.length }, () => 1);
  return { cells: [...ones, ...mask.cells], repeat: [...ones, ...mask.repeat], zeros: mask.zeros };
}

function stretch(mask: SymbolicMask, shape: readonly number[]): SymbolicMask {
  return { ...mask, repeat: shape.map((size, dim) => size / mask.cells[dim]!) };
}

/**
 * Reduces a source mask as `align` does (rule X3): a position of the kept dimensions stays masked where its whole slice is
 * masked. With no dimension left over, torch reduces all of them.
 */
export function reduceTo(source: SymbolicMask, dims: readonly number[]): SymbolicMask {
  const length = source.cells.length;
  const kept = source.cells.map((_, dim) => dims.includes(dim) || dims.includes(dim - length));
  const reducesAll = kept.every(Boolean);
  const reduced = source.cells.filter((_, dim) => reducesAll || !kept[dim]);
  const cells = reducesAll ? [] : source.cells.filter((_, dim) => kept[dim]);
  const repeat = reducesAll ? [] : source.repeat.filter((_, dim) => kept[dim]);
  const slice = productOf(reduced);
  const positions = productOf(cells);
  const { zeros } = source;
  if (zeros === null) return { cells, repeat, zeros: null };
  // The fewest and the most slices that so many zeros can fill.
  const least = Math.max(0, positions - (positions * slice - zeros));
  const most = Math.floor(zeros / slice);
  return { cells, repeat, zeros: least === most ? most : null };
}

/** An aligned mask is spread over the target's shape and brought back to its kernel's cells. */
export function fitToKernel(mask: SymbolicMask, shape: readonly number[], kernel: Kernel): SymbolicMask {
  const steps = paddedKernel(kernel, shape.length);
  let cells = [...mask.cells];
  let repeat = [...mask.repeat];
  steps.forEach((step, dim) => {
    if (step !== -1) return;
    if (dim > cells.length) throw outOfRange(dim, cells.length);
    cells = cells.toSpliced(dim, 0, 1);
    repeat = repeat.toSpliced(dim, 0, 1);
  });
  steps.forEach((step, dim) => {
    if (step !== -1 && shape[dim]! % step !== 0) throw new MaskFailure('AssertionError', 'Can not expand tensor');
  });
  // NNI inserts a dimension behind each of the target's; too few of the mask's own leave no place for it.
  if (shape.length > 0 && cells.length < shape.length) throw outOfRange(2 * shape.length - 1, cells.length);
  if (cells.length > shape.length) {
    throw new MaskFailure('RuntimeError', 'The number of sizes provided must be greater or equal.');
  }
  const spread = steps.map((step, dim) => (step === -1 ? 1 : shape[dim]! / step));
  const sizes = cells.map((count, dim) => count * repeat[dim]!);
  sizes.forEach((size, dim) => {
    if (size !== 1 && size !== spread[dim]!) {
      throw new MaskFailure('RuntimeError', 'The expanded size of the tensor must match the existing size.');
    }
  });
  const target = metricShape(shape, kernel);
  const all = productOf(target);
  if (mask.zeros === null) return plainMask(target, null);
  const perCell = productOf(target.map((count, dim) => count / cells[dim]!));
  return plainMask(target, isAll(mask) ? all : mask.zeros * perCell);
}

function outOfRange(dim: number, length: number): MaskFailure {
  return new MaskFailure(
    'IndexError',
    `Dimension out of range (expected to be in range of [${-length - 1}, ${length}], but got ${dim})`,
  );
}
