import { formatCount } from '../../core/text/format-count.ts';

export { formatQuantity } from '../../core/text/format-count.ts';

/** Parameter counts as the field writes them: `11.7 M`, `671 B`. */
export function formatLarge(count: number): string {
  const steps = [
    [1e12, 'T'],
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'K'],
  ] as const;
  for (const [size, unit] of steps) {
    if (count >= size) return `${(count / size).toPrecision(3).replace(/\.0+$/, '')} ${unit}`;
  }
  return formatCount(count);
}

/** `[64, 3, 7, 7]` → `64 × 3 × 7 × 7`; a scalar is `scalar`. */
export function formatShape(shape: readonly number[]): string {
  return shape.length === 0 ? 'scalar' : shape.join(' × ');
}
