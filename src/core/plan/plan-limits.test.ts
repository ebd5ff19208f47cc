import { expect, test } from 'vitest';
import { objectOf } from '../config/value.ts';
import { createPlan } from './create-plan.ts';
import type { Plan } from './plan.ts';
import { findPlanExcess } from './plan-limits.ts';

function planWith(count: number, name = '', pattern = 'x'): Plan {
  const plan = createPlan();
  const list = Array.from({ length: count }, (_, at) => ({
    id: String(at),
    label: '',
    color: 0,
    enabled: true,
    config: objectOf([['op_names_re', [pattern]]]),
  }));
  return { ...plan, name, lists: { ...plan.lists, pruning: list } };
}

test.each([
  ['a plan as people make them', planWith(100, 'mine'), null],
  ['many sub-configs', planWith(5001), 'list'],
  ['a long name', planWith(1, 'x'.repeat(31_000_000)), 'name'],
  ['a long pattern', planWith(1, '', 'x'.repeat(1_000_000)), 'list'],
])('E4: %s', (_, plan, type) => {
  expect(findPlanExcess(plan)?.type ?? null).toBe(type);
});
