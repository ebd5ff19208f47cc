/** The largest whole number that divides both; of 0 and a number, the number. Takes whole numbers from 0. */
export function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** The least common multiple of two whole numbers; 0 when one of them is. */
export function leastCommonMultiple(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : (a / greatestCommonDivisor(a, b)) * b;
}
