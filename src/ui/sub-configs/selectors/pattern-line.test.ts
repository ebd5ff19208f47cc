import { expect, it } from 'vitest';
import type { SelectionEntry } from '../../../core/resolve/resolution.ts';
import { patternRemarks } from './pattern-line.ts';
import type { PatternFacts } from './use-pattern-facts.ts';

const entry = (key: SelectionEntry['key'], count: number, effect: number): SelectionEntry => ({
  key, index: 0, value: 'x', count, effect, state: { type: 'fine' },
});
const facts: PatternFacts = {
  type: 'described', parts: [], count: 8, examples: [], slowSeconds: null,
  cut: { count: 1, first: [3] },
  near: { count: 2, first: [1, 2] },
  inside: { count: 0, first: [] },
  gaps: [{ first: 1, blocks: 30, full: 25, missing: [3, 7, 8, 9, 10], partial: [], runs: 1 }],
};

it.each([
  [null, null, []],
  [entry('op_names_re', 8, 8), null, []],
  [entry('op_names_re', 20, 8), null, ['8 selected']],
  [entry('exclude_op_names_re', 9, 0), null, ['0 excluded!']],
  [entry('op_names_re', 8, 8), facts, ['1 probably unintended!', '2 near misses', '25 of 30 blocks']],
] as const)('P29: what is worth a word under a pattern (%#)', (known, described, wanted) => {
  const texts = patternRemarks(known, described).map(({ text, warns }) => (warns ? `${text}!` : text));
  expect(texts).toEqual(wanted);
});
