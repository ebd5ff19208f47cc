import { describe, expect, it } from 'vitest';
import { titleOfPlan, wordCounts, wordModel, wordTime } from './plan-wording.ts';

const now = new Date(2026, 10, 23, 16, 0).getTime();

describe('words of plans', () => {
  it.each<[number, string]>([
    [new Date(2026, 10, 23, 15, 59, 30).getTime(), 'just now'],
    [new Date(2026, 10, 23, 15, 48).getTime(), '12 min ago'],
    [new Date(2026, 10, 23, 9, 5).getTime(), '09:05'],
    [new Date(2026, 10, 3, 9, 5).getTime(), '3 Nov'],
    [new Date(2025, 10, 3, 9, 5).getTime(), '3 Nov 2025'],
    [now + 5000, 'just now'],
  ])('says the time %s as %s', (at, expected) => {
    expect(wordTime(at, now)).toBe(expected);
  });

  it('counts sub-configs by mode', () => {
    expect(wordCounts({ pruning: 2, quantization: 0, distillation: 1 })).toBe('2 sub-configs for pruning, 1 for distillation');
    expect(wordCounts({ pruning: 0, quantization: 0, distillation: 0 })).toBe('no sub-configs yet');
  });

  it('names plans and models that have no name', () => {
    expect(titleOfPlan('')).toBe('Untitled plan');
    expect(wordModel({ model: null, moduleCount: 0 })).toBe('no model yet');
    expect(wordModel({ model: 'resnet18', moduleCount: 68 })).toBe('resnet18, 68 modules');
  });
});
