/** Sizes of a tensor. */
export type Shape = readonly number[];

/** Shapes that do not go together when the small model runs. */
export class ShapeClash extends Error {
  /** The class of Python's exception. */
  readonly type: string;

  constructor(message: string, type: string) {
    super(message);
    this.type = type;
  }
}

/** Throws the error of torch. */
export function clash(message: string, type = 'RuntimeError'): never {
  throw new ShapeClash(message, type);
}

/** The shape of two tensors that are spread to each other; null where one is not known. Throws `ShapeClash`. */
export function together(a: Shape | null, b: Shape | null): Shape | null {
  if (a === null || b === null) return null;
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [x, y] = [a[axis - rank + a.length] ?? 1, b[axis - rank + b.length] ?? 1];
    if (x === y || y === 1) return x;
    if (x === 1) return y;
    return clash(`The size of tensor a (${x}) must match the size of tensor b (${y}) at non-singleton dimension ${axis}`);
  });
}
