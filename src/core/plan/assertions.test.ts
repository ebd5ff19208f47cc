import { describe, expect, it } from 'vitest';
import { checkDemand, type AssertionOutcome } from './assertions.ts';
import type { Demand } from './plan.ts';

const selected = new Set([3, 5, 8]);
const patterns: ReadonlyMap<string, readonly number[]> = new Map([
  ['vision', [8, 1, 3]],
  ['text', [1, 2]],
  ['blocks', [5, 3]],
]);

describe('F8a demands on what is selected', () => {
  it.each<[Demand, AssertionOutcome]>([
    [{ type: 'selects-exactly', count: 3 }, { type: 'holds' }],
    [{ type: 'selects-exactly', count: 4 }, { type: 'wrong-count', found: 3, demanded: 4 }],
    [{ type: 'selects-at-least', count: 3 }, { type: 'holds' }],
    [{ type: 'selects-at-least', count: 4 }, { type: 'wrong-count', found: 3, demanded: 4 }],
    [{ type: 'selects-at-most', count: 3 }, { type: 'holds' }],
    [{ type: 'selects-at-most', count: 2 }, { type: 'wrong-count', found: 3, demanded: 2 }],
    [{ type: 'never-selects', pattern: 'text' }, { type: 'holds' }],
    [{ type: 'never-selects', pattern: 'vision' }, { type: 'broken', modules: [3, 8] }],
    [{ type: 'selects-all', pattern: 'blocks' }, { type: 'holds' }],
    [{ type: 'selects-all', pattern: 'vision' }, { type: 'broken', modules: [1] }],
    [{ type: 'selects-all', pattern: '(' }, { type: 'not-decided' }],
  ])('%j', (demand, expected) => {
    expect(checkDemand(demand, selected, (pattern) => patterns.get(pattern) ?? null)).toEqual(expected);
  });
});
