import { describe, expect, it } from 'vitest';
import { floatOf, objectOf } from '../../core/config/value.ts';
import type { TargetDifference } from '../../core/plan/compare-resolutions.ts';
import type { SubConfigChange } from '../../core/plan/compare.ts';
import { createPlan } from '../../core/plan/create-plan.ts';
import {
  wordAssertionChange,
  wordDifference,
  wordKeyChange,
  wordSubConfigChange,
  wordTemplateChange,
  wordValue,
} from './compare-wording.ts';

const half = floatOf(0.5);
const subConfig = { id: 's1', label: '', color: 0, enabled: true, config: objectOf([]) };

describe('words of a comparison', () => {
  it.each<[Omit<TargetDifference, 'count' | 'modules'>, string]>([
    [{ target: 'weight', key: 'sparse_ratio', before: half, after: floatOf(0.8) }, 'weight.sparse_ratio 0.5 → 0.8'],
    [{ target: 'weight', key: 'align', before: half, after: undefined }, 'weight.align 0.5, gone'],
    [
      {
        target: 'bias',
        key: null,
        before: undefined,
        after: objectOf([['sparse_ratio', half], ['align', null], ['granularity', 'default']]),
      },
      'bias, new: sparse_ratio 0.5',
    ],
    [{ target: 'bias', key: null, before: objectOf([]), after: undefined }, 'bias, not set any more'],
  ])('%j', (difference, expected) => {
    expect(wordDifference({ ...difference, count: 1, modules: [0] })).toBe(expected);
  });

  it.each<[SubConfigChange, string]>([
    [{ type: 'added', to: 1, subConfig }, '#2 is new'],
    [{ type: 'removed', from: 0, subConfig }, '#1 is gone'],
    [{ type: 'changed', from: 0, to: 0, moved: false, enabled: null, label: null, keys: [] }, '#1 is changed'],
    [
      {
        type: 'changed', from: 2, to: 0, moved: true, keys: [],
        enabled: { before: true, after: false },
        label: { before: '', after: 'a' },
      },
      '#1: was #3, turned off, label "" → "a"',
    ],
  ])('says what became of a sub-config: %#', (change, expected) => {
    expect(wordSubConfigChange(change)).toBe(expected);
  });

  it('says assertions by the place of their sub-config and their label', () => {
    const plan = { ...createPlan(), lists: { ...createPlan().lists, pruning: [subConfig] } };
    const about = { id: 'a1', mode: 'pruning', subConfig: subConfig.id, label: '' } as const;
    const before = { ...about, demand: { type: 'selects-exactly', count: 32 } } as const;
    const assertion = { ...about, subConfig: null, label: 'safe', demand: { type: 'never-selects', pattern: 'vision' } } as const;
    expect(wordAssertionChange({ type: 'changed', before, assertion }, plan, plan)).toBe(
      'Assertion for pruning: #1 selects exactly 32 modules → the list never selects matches of vision (safe)',
    );
    expect(wordAssertionChange({ type: 'removed', assertion: before }, createPlan(), plan)).toBe(
      'Assertion for pruning: a sub-config that is gone selects exactly 32 modules, gone',
    );
  });

  it('cuts long values, and names keys that one side lacks', () => {
    expect(wordValue('x'.repeat(200))).toHaveLength(121);
    expect(wordKeyChange({ before: undefined, after: half })).toBe('0.5, new');
    expect(wordTemplateChange({ type: 'removed', mode: 'pruning', moduleType: 'Conv1D' })).toBe(
      'Template of Conv1D for pruning: gone',
    );
  });
});
