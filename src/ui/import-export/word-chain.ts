import { writeAlgorithm } from '../../core/algorithms/algorithm.ts';
import { wordChainIssue } from '../../core/algorithms/chain.ts';
import type { ChainView } from '../../worker/algorithm-calls.ts';

/** An effect of one list of a chain on another. */
export interface ChainNote {
  readonly sentence: string;
  /** NNI raises; else it happens without an error. */
  readonly fails: boolean;
}

/** The effects of a chain's lists on each other in words, an order that had to change first (rules A-C). */
export function wordChain({ algorithms, isMoved, issues }: ChainView): readonly ChainNote[] {
  const [first] = algorithms;
  const moved = isMoved && first ? [{ sentence: `${writeAlgorithm(first)} runs first: NNI cannot make it from another compressor.`, fails: false }] : [];
  const links = algorithms.map((algorithm) => ({ algorithm }));
  return [...moved, ...issues.map((issue) => ({ sentence: wordChainIssue(issue, links), fails: 'error' in issue }))];
}
