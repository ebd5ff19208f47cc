import { describe, expect, it } from 'vitest';
import { createPlan } from '../../core/plan/create-plan.ts';
import { applyPlanEdit } from '../../core/plan/plan-edits.ts';
import { writeCompactPlan, writePlan } from '../../core/plan/plan-file.ts';
import { nameCopy } from './name-copy.ts';
import { looksLikePlan } from '../../core/readers/kind-of-text.ts';
import { brokenTextsOf, freshKey, isBlankPlan, orderSummaries, summarise } from './plan-records.ts';

const empty = createPlan();
const named = { ...createPlan('first'), tree: { name: 'net', moduleCount: 3, digest: 'd', sample: null } };

describe('records of plans', () => {
  it('summarises a plan', () => {
    const plan = applyPlanEdit(named, { type: 'add-sub-config', mode: 'quantization' });
    expect(summarise('p', plan, 5)).toEqual({
      id: 'p',
      name: 'first',
      model: 'net',
      moduleCount: 3,
      counts: { pruning: 0, quantization: 1, distillation: 0 },
      changedAt: 5,
    });
  });

  it.each([
    ['an empty plan', empty, true],
    ['one with a name', createPlan('x'), false],
    ['one with a model', named, false],
    ['one with a sub-config', applyPlanEdit(empty, { type: 'add-sub-config', mode: 'pruning' }), false],
  ])('%s is blank or not', (_, plan, expected) => {
    expect(isBlankPlan(plan)).toBe(expected);
  });

  it('keeps the texts that are broken, and only those', () => {
    const text = { text: '[{', list: [], overtaken: true } as const;
    const problem = { type: 'syntax', message: '', remedy: '', offset: 2, length: 0, line: 1, column: 3 } as const;
    expect(
      brokenTextsOf({ pruning: { ...text, problem }, quantization: { ...text, problem: null }, distillation: null }),
    ).toEqual({ pruning: { text: '[{', overtaken: true } });
  });

  it('puts the last changed first', () => {
    const all = [summarise('a', empty, 1), summarise('b', empty, 3), summarise('c', empty, 2)];
    expect(orderSummaries(all).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  });

  it.each<[string, readonly string[], string]>([
    ['A', [], 'Copy of A'],
    ['A', ['Copy of A'], 'Copy 2 of A'],
    ['Copy of A', ['A', 'Copy of A'], 'Copy 2 of A'],
    ['', [], 'Copy of untitled plan'],
  ])('names a copy of %j beside %j', (name, taken, expected) => {
    expect(nameCopy(name, taken)).toBe(expected);
  });

  it('makes keys that differ within a millisecond', () => {
    const numbers = [0.1, 0.2];
    expect(freshKey(5, () => numbers[0]!)).not.toBe(freshKey(5, () => numbers[1]!));
  });

  it.each<[string, boolean]>([
    [writePlan(named), true],
    [writeCompactPlan(named), true],
    [`\uFEFF${writePlan(named)}`, true],
    ['{"format": "compression-plan", "version": ', true],
    ['{"format": "module-tree", "version": 1}', false],
    ['[{"op_types": ["Linear"]}]', false],
    ['Net(\n)', false],
  ])('F: knows a plan by its beginning: %j', (start, expected) => {
    expect(looksLikePlan(start)).toBe(expected);
  });
});
