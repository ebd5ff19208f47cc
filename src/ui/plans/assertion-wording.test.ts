import { describe, expect, it } from 'vitest';
import type { AssertionOutcome } from '../../core/plan/assertions.ts';
import type { Demand } from '../../core/plan/plan.ts';
import { demandOf, wordDemand, wordOutcome } from './assertion-wording.ts';

describe('words of assertions', () => {
  it.each<[Demand['type'], string, Demand | null]>([
    ['selects-exactly', '32', { type: 'selects-exactly', count: 32 }],
    ['selects-at-most', ' 0 ', { type: 'selects-at-most', count: 0 }],
    ['selects-exactly', '', null],
    ['selects-exactly', '3.5', null],
    ['selects-at-least', '-1', null],
    ['never-selects', '', null],
    ['never-selects', ' ', { type: 'never-selects', pattern: ' ' }],
  ])('F8a: %s %j is %j', (type, value, expected) => {
    expect(demandOf(type, value)).toEqual(expected);
  });

  it.each<[Demand, string]>([
    [{ type: 'selects-exactly', count: 1 }, 'selects exactly 1 module'],
    [{ type: 'never-selects', pattern: 'vision' }, 'never selects matches of vision'],
  ])('%j', (demand, expected) => {
    expect(wordDemand(demand)).toBe(expected);
  });

  it.each<[AssertionOutcome, string]>([
    [{ type: 'holds' }, 'holds'],
    [{ type: 'wrong-count', found: 1200, demanded: 3 }, 'fails: 1,200 selected'],
    [{ type: 'broken', modules: [1, 2] }, 'fails for 2 modules'],
    [{ type: 'not-decided' }, 'cannot be decided: Python could not try the pattern'],
  ])('%j', (outcome, expected) => {
    expect(wordOutcome(outcome)).toBe(expected);
  });
});
