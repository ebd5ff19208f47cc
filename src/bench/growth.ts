import { readTree } from '../core/readers/read-tree.ts';
import { generateMoeText } from '../core/testing/generate-tree.ts';
import { measureResolve, measureSweep } from './engine-rows.ts';
import { rowOf, type Row } from './report.ts';

/** Layers × experts that give some 1,000, 10,000, 100,000 and 1,000,000 modules. */
export const growthSizes = [
  [4, 46],
  [24, 80],
  [61, 324],
  [122, 1636],
] as const;

/** Reading, sweeping and resolving as trees grow tenfold. `steps` sizes are measured. */
export function measureGrowth(steps: number): Row[] {
  const rows: Row[] = [];
  let before: readonly Row[] = [];
  for (const [layers, experts] of growthSizes.slice(0, steps)) {
    const bytes = new TextEncoder().encode(generateMoeText(layers, experts));
    const started = performance.now();
    const read = readTree({ name: 'moe.json', bytes });
    const elapsed = performance.now() - started;
    if (!read.ok) throw new Error(`the generated tree is not read: ${read.error.code}`);
    const title = `${read.value.size.toLocaleString('en')} modules`;
    const input = { tree: read.value, title, rounds: 5 };
    const measured = [
      rowOf('growth', `read the tree, ${title}`, [elapsed]),
      ...measureSweep(input).slice(0, 1),
      ...measureResolve(input),
    ];
    before = asGrowth(measured, before);
    rows.push(...before);
  }
  return rows;
}

/** Rows with the growth from the size before, as a factor. */
export function asGrowth(rows: readonly Row[], before: readonly Row[]): readonly Row[] {
  return rows.map((row, at) => {
    const known = before[at]?.median ?? 0;
    const growth = known > 0 ? row.median / known : null;
    const note = growth === null ? '' : `${growth.toFixed(1)} × the size before`;
    return { ...row, group: 'growth', p95: null, aim: null, aimP95: null, note };
  });
}
