import { clash, type Shape } from './shape-clash.ts';

/** The sizes of the letters of the output; letters that differ clash. */
export function einsum(equation: unknown, shapes: readonly (Shape | null)[] | undefined): Shape | null {
  if (typeof equation !== 'string' || shapes === undefined) return null;
  const [left, right] = equation.replaceAll(' ', '').split('->');
  const sizes = new Map<string, number>();
  for (const [at, letters] of left!.split(',').entries()) {
    const shape = shapes[at];
    if (shape === null || shape === undefined || letters.length !== shape.length || letters.includes('.')) return null;
    for (const [axis, size] of shape.entries()) {
      const known = sizes.get(letters[axis]!) ?? 1;
      if (known !== 1 && size !== 1 && known !== size) clash(`einsum(): operands do not broadcast: subscript ${letters[axis]!} has size ${size}, which does not match ${known}`);
      sizes.set(letters[axis]!, Math.max(known, size));
    }
  }
  return right === undefined ? null : Array.from(right, (letter) => sizes.get(letter) ?? 1);
}
