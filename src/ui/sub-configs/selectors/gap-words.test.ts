import { describe, expect, test } from 'vitest';
import type { CoverageGap } from '../../../core/proposals/coverage-gaps.ts';
import { treeOf } from '../../../core/testing/nni-trees.ts';
import { wordGap } from './gap-words.ts';

const blocks = Array.from({ length: 30 }, (_, at) => ({ name: `layers.${at + 2}`, type: 'Block' }));
const tree = treeOf([{ name: '', type: 'Net' }, { name: 'layers', type: 'ModuleList' }, ...blocks]);
const gap: CoverageGap = { first: 2, blocks: 30, full: 25, missing: [], partial: [], runs: 1 };

describe('wordGap', () => {
  test.each<[Partial<CoverageGap>, string]>([
    [{ missing: [0] }, '29 of 30 blocks layers.2–31: none in 2'],
    [{ missing: [0, 1, 5, 6, 7] }, '25 of 30 blocks layers.2–31: none in 2, 3, 7–9'],
    [{ partial: [4] }, '30 of 30 blocks layers.2–31: less in 6'],
    [{ missing: [1], partial: [4], runs: 12 }, '29 of 30 blocks layers.2–31, in each of 12 such runs: none in 3; less in 6'],
    [
      { missing: [0, 2, 4, 6, 8, 10, 12, 14] },
      '22 of 30 blocks layers.2–31: none in 2, 4, 6, 8, 10, 12 and others',
    ],
  ])('%j', (change, expected) => {
    expect(wordGap(tree, { ...gap, ...change })).toBe(expected);
  });
});
