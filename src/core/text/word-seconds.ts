import { formatQuantity } from './format-count.ts';

const sizes = [
  [31_557_600, 'year'],
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const;

/** `90` → `about 2 minutes`. */
export function wordSeconds(seconds: number): string {
  for (const [size, unit] of sizes) {
    if (seconds < size) continue;
    const count = seconds / size;
    return count > 1000 && unit === 'year' ? 'thousands of years' : `about ${formatQuantity(Math.round(count), unit)}`;
  }
  return 'a moment on each name';
}
