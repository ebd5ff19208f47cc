import { expect, test } from 'vitest';
import { readAlgorithm } from '../../core/algorithms/algorithm.ts';
import { wordChain } from './word-chain.ts';

const algorithms = ['AGPPruner(L1NormPruner)', 'QATQuantizer'].map((name) => readAlgorithm(name)!);

test('A-C5: an order that had to change is said first, without an error', () => {
  expect(wordChain({ algorithms, isMoved: true, issues: [] })).toEqual([
    { sentence: 'AGPPruner(L1NormPruner) runs first: NNI cannot make it from another compressor.', fails: false },
  ]);
  expect(wordChain({ algorithms, isMoved: false, issues: [] })).toEqual([]);
});

test('A-C5: an error of NNI fails', () => {
  const issue = { type: 'schedule-not-first', at: 0, error: 'NotImplementedError', message: '' } as const;
  expect(wordChain({ algorithms, isMoved: false, issues: [issue] })).toEqual([
    { sentence: 'AGPPruner(L1NormPruner) must come first: NNI cannot make it from another compressor.', fails: true },
  ]);
});

test('a chain without lists has no effects', () => {
  expect(wordChain({ algorithms: [], isMoved: false, issues: [] })).toEqual([]);
});
