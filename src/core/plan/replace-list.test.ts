import { describe, expect, it } from 'vitest';
import { floatOf, objectOf, type ConfigObject } from '../config/value.ts';
import { createPlan } from './create-plan.ts';
import type { Plan, SubConfig } from './plan.ts';
import { replaceEnabled } from './replace-list.ts';

function config(name: string, ratio = 0.5): ConfigObject {
  return objectOf([
    ['op_names', [name]],
    ['sparse_ratio', floatOf(ratio)],
  ]);
}

function subConfig(id: string, content: ConfigObject, enabled = true): SubConfig {
  return { id, label: `label of ${id}`, color: 0, enabled, config: content };
}

const before = [
  subConfig('s1', config('a')),
  subConfig('s2', config('off'), false),
  subConfig('s3', config('b')),
  subConfig('s4', config('c')),
];
const plan: Plan = { ...createPlan(), lists: { pruning: before, quantization: [], distillation: [] } };

describe('merging a list that was edited as text', () => {
  it.each<[string, readonly ConfigObject[], string]>([
    ['nothing changed', [config('a'), config('b'), config('c')], 's1 s2 s3 s4'],
    ['a value changed', [config('a', 0.7), config('b'), config('c')], 's1 s2 s3 s4'],
    ['the selector of one changed', [config('a'), config('x'), config('c')], 's1 s2 s3 s4'],
    ['one came in at the top', [config('x'), config('a'), config('b'), config('c')], 's5 s1 s2 s3 s4'],
    [
      'one came in at the top while another changed',
      [config('x'), config('a', 0.7), config('b'), config('c')],
      's5 s1 s2 s3 s4',
    ],
    ['the first went', [config('b'), config('c')], 's2 s3 s4'],
    ['two changed places', [config('c'), config('b'), config('a')], 's4 s3 s1 s2'],
    ['a copy was made', [config('a'), config('a'), config('b'), config('c')], 's1 s2 s5 s3 s4'],
    ['everything is new', [config('x'), config('y'), config('z'), config('w')], 's1 s2 s3 s4 s5'],
    ['everything went', [], 's2'],
  ])('%s', (_, written, expected) => {
    const after = replaceEnabled(plan, before, written);
    expect(after.map(({ id }) => id).join(' ')).toBe(expected);
    expect(after.filter(({ enabled }) => enabled).map((each) => each.config)).toEqual(written);
    for (const kept of after) {
      const old = before.find(({ id }) => id === kept.id);
      expect(kept.label).toBe(old ? old.label : '');
    }
  });

  it('gives the same list back when nothing changed', () => {
    expect(replaceEnabled(plan, before, [config('a'), config('b'), config('c')])).toBe(before);
  });

  it('keeps ids unique', () => {
    const after = replaceEnabled(plan, [], [config('x'), config('x'), config('x')]);
    expect(after.map(({ id }) => id)).toEqual(['s5', 's6', 's7']);
  });
});
