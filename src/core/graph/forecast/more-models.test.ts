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
 * Rows in which ModelSpeedup does something that the graph does not decide, or that no rule follows: gradients that get lost in
 * lists and parameters of the model's own (Yolo5, BiFPN), class tokens and position embeddings (ViT), sums over everything
 * that die (Llama, Bert, random-258), windows of Swin, einsum, a comparison that `where` takes, padded channels.
 */
const unlike: ReadonlySet<string> = new Set([
  'ViT', 'Yolo5', 'BiFPN', 'Llama', 'Bert', 'Einsum', 'Swin', 'Where', 'Pad',
  'random-208', 'random-211', 'random-224', 'random-241', 'random-247', 'random-258', 'random-265', 'random-273',
]);

test('G20a, G20b, G20c, G21c, G21d, G21e, G22c, G23b: more models, run with NNI on torch 1.12: what ModelSpeedup leaves, and what it and the small model raise', () => {
  let tree: ModuleTree | null = null;
  const counts = { rows: 0, tensors: 0, errors: 0 };
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
    if (!isSame) different.add(row.model);
    else if (row.error !== undefined) counts.errors++;
    counts.rows++;
    if (isSame) counts.tensors += Object.values(row.result ?? {}).reduce((sum, tensors) => sum + Object.keys(tensors).length, 0);
  }
  console.log(`speedup-more.jsonl: ${counts.tensors} tensors as ModelSpeedup leaves them in ${counts.rows} runs, ${counts.errors} errors foreseen; ${different.size} models in which NNI does what no rule follows`);
  expect([...different].toSorted()).toEqual([...unlike].toSorted());
});

function sameShapes(found: unknown, wanted: NonNullable<Row['result']>): boolean {
  const sorted = (shapes: unknown): string =>
    JSON.stringify(Object.entries(shapes as NonNullable<Row['result']>).toSorted(byName).map(([name, tensors]) => [name, Object.entries(tensors).toSorted(byName)]));
  return sorted(found) === sorted(wanted);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
