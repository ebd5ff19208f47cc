import { expect, test } from 'vitest';
import { findSiblingRuns } from '../../core/module-tree/sibling-runs.ts';
import { readText } from '../../core/testing/read-text.ts';
import { columnNeeds } from './column-needs.ts';

function needsOf(print: string) {
  const tree = readText(print);
  if ('code' in tree) throw new Error(tree.code);
  return columnNeeds(tree, findSiblingRuns(tree));
}

test('names want the longest label with its indent; types and shapes need the longest pair, and never less than a closed branch', () => {
  const short = needsOf('Net(\n  (a): Linear(in_features=4, out_features=2, bias=True)\n)');
  expect(short).toEqual({ name: 48, pair: 128 });
  const long = needsOf(
    'Net(\n  (a): Block(\n    (intermediate_act): Linear(in_features=4, out_features=2, bias=True)\n    (norm): AVeryLongNameForOneNorm(a, b)\n    (c): ConvTranspose2d(100, 200, kernel_size=(3, 3), stride=(1, 1))\n  )\n)',
  );
  // The type without a shape has the room of both.
  expect(long).toEqual({ name: Math.ceil(2 * 14 + 16 * 7.6 + 26), pair: Math.ceil(15 * 7.6 + 8 + '100×200×3×3'.length * 7.3) });
});
