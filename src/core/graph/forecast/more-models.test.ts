import { expect, test } from 'vitest';
import type { ModuleTree } from '../../module-tree/module-tree.ts';
import { createNameLookup, moduleName } from '../../module-tree/tree-index.ts';
import { graphVectorLines, treeOfDocument } from '../../testing/graph-vectors.ts';
import { forecastSpeedup } from './forecast-speedup.ts';

interface Row {
  readonly id: string;
  readonly model: string;
  /** In the first row of a model. */
  readonly tree?: unknown;
  readonly rows: Readonly<Record<string, string>>;
  readonly result?: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
  readonly params?: number;
  readonly params_before: number;
  readonly error?: { readonly stage: string; readonly type: string };
}

/**
 * Models in which ModelSpeedup does something that no rule follows: lists that the model changes in place (Yolo5), an
 * activation of a short parameter (BiFPN), a scale whose values decide (Llama), windows of Swin, einsum, a comparison that
 * `where` takes, padded channels.
 */
const unlike: readonly string[] = ['BiFPN', 'Einsum', 'Llama', 'Pad', 'Swin', 'Where', 'Yolo5'];

/** Models with runs that agree although something is marked as not followed: values or code decide there (G20e, G20f, G20h). */
const markedAllTheSame: readonly string[] = [
  'ASPP', 'ConvNeXtS', 'Drop', 'FPN', 'Fused', 'GRUConv', 'MLPNet', 'MultiIn', 'SKNet', 'Scale', 'Stack', 'ViT', 'Weighted',
  ...[205, 211, 217, 220, 223, 230, 241, 247, 248, 250, 252, 260, 266, 267, 274].map((seed) => `random-${seed}`),
];

test('G20a, G20b, G20c, G20d, G20e, G21b, G21c, G21d, G21e, G21f, G22c, G23b: more models, run with NNI on torch 1.12: what ModelSpeedup leaves, and what it and the small model raise', () => {
  let tree: ModuleTree | null = null;
  const counts = { rows: 0, tensors: 0, errors: 0, marked: 0 };
  const unmarked: string[] = [];
  const marked = new Set<string>();
  const different = new Set<string>();
  for (const row of graphVectorLines('speedup-more').map((line) => JSON.parse(line) as Row)) {
    if (row.tree !== undefined) tree = treeOfDocument(row.tree);
    const { rowOf } = createNameLookup(tree!);
    const kept = new Map(Object.entries(row.rows).map(([name, bits]) => [rowOf(name), Uint8Array.from(bits, Number)] as const));
    const found = forecastSpeedup(tree!, kept)!;
    const raised = found.error === null ? undefined : { stage: found.error.stage, type: found.error.type };
    const shapes = found.model && Object.fromEntries([...found.model.shapes].map(([at, tensors]) => [moduleName(tree!, at), Object.fromEntries(tensors)]));
    const isSame = JSON.stringify(raised) === JSON.stringify(row.error)
      && (row.result === undefined || (found.model?.params === row.params && found.paramsBefore === row.params_before && sameShapes(shapes, row.result)));
    const isMarked = found.notFollowed.length > 0;
    if (!isSame && !isMarked) unmarked.push(row.id);
    if (isSame && isMarked) {
      counts.marked++;
      marked.add(row.model);
    }
    if (!isSame) different.add(row.model);
    else if (row.error !== undefined) counts.errors++;
    counts.rows++;
    if (isSame) counts.tensors += Object.values(row.result ?? {}).reduce((sum, tensors) => sum + Object.keys(tensors).length, 0);
  }
  console.log(`speedup-more.jsonl: ${counts.tensors} tensors as ModelSpeedup leaves them in ${counts.rows} runs, ${counts.errors} errors foreseen; ${different.size} models in which NNI does what no rule follows, each marked; `
    + `${counts.marked} runs agree and are marked all the same`);
  expect(unmarked).toEqual([]);
  expect([...different].toSorted()).toEqual(unlike);
  expect([...marked].toSorted()).toEqual(markedAllTheSame);
  expect(counts.marked).toBe(63);
});

function sameShapes(found: unknown, wanted: NonNullable<Row['result']>): boolean {
  const sorted = (shapes: unknown): string =>
    JSON.stringify(Object.entries(shapes as NonNullable<Row['result']>).toSorted(byName).map(([name, tensors]) => [name, Object.entries(tensors).toSorted(byName)]));
  return sorted(found) === sorted(wanted);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
