import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyObject, floatOf, objectOf, type ConfigEntry, type ConfigObject } from '../config/value.ts';
import { arbitraryPlan } from '../testing/arbitrary-plan.ts';
import { compareConfigs, compareLists, comparePlans } from './compare.ts';
import { createPlan } from './create-plan.ts';
import type { SubConfig } from './plan.ts';

const seed = 4105;

function config(name: string, ratio = 0.5): ConfigObject {
  return objectOf([
    ['op_names', [name]],
    ['sparse_ratio', floatOf(ratio)],
  ]);
}

function ratio(type: 'int' | 'float', text: string): ConfigObject {
  return objectOf([['sparse_ratio', { type, text }]]);
}

function settings(...targets: readonly ConfigEntry[]): ConfigObject {
  return objectOf([['target_settings', objectOf(targets)]]);
}

function subConfig(id: string, content: ConfigObject, more: Partial<SubConfig> = {}): SubConfig {
  return { id, label: '', color: 0, enabled: true, config: content, ...more };
}

const [a, b, c] = [subConfig('s1', config('a')), subConfig('s2', config('b')), subConfig('s3', config('c'))];

describe('comparing lists', () => {
  it.each<[string, readonly SubConfig[], readonly SubConfig[], readonly unknown[]]>([
    ['nothing', [a, b], [a, b], []],
    ['a colour alone', [a], [{ ...a, color: 5 }], []],
    ['one more', [a], [b, a], [{ type: 'added', to: 0, subConfig: b }]],
    ['one less', [a, b], [b], [{ type: 'removed', from: 0, subConfig: a }]],
    [
      'one moved up',
      [a, b, c],
      [c, a, b],
      [{ type: 'changed', from: 2, to: 0, moved: true, enabled: null, label: null, keys: [] }],
    ],
    [
      'a key changed, switched off and renamed',
      [a],
      [subConfig('s1', config('a', 0.7), { enabled: false, label: 'x' })],
      [
        {
          type: 'changed',
          from: 0,
          to: 0,
          moved: false,
          enabled: { before: true, after: false },
          label: { before: '', after: 'x' },
          keys: [{ path: ['sparse_ratio'], before: floatOf(0.5), after: floatOf(0.7) }],
        },
      ],
    ],
    ['the same under other ids', [a, b], [subConfig('s7', config('a')), subConfig('s1', config('b'))], []],
    [
      'another thing under the same id',
      [a],
      [subConfig('s1', objectOf([['op_types', ['Linear']]]))],
      [
        { type: 'added', to: 0, subConfig: subConfig('s1', objectOf([['op_types', ['Linear']]])) },
        { type: 'removed', from: 0, subConfig: a },
      ],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(compareLists(before, after)).toEqual(expected);
  });

  it('takes target_settings apart', () => {
    const before = settings(['weight', ratio('float', '0.5')]);
    const after = settings(['weight', ratio('float', '1.0')], ['bias', emptyObject]);
    expect(compareConfigs(before, after)).toEqual([
      { path: ['target_settings', 'weight', 'sparse_ratio'], before: floatOf(0.5), after: floatOf(1) },
      { path: ['target_settings', 'bias'], before: undefined, after: emptyObject },
    ]);
  });

  it('E1: distinguishes 1 from 1.0', () => {
    expect(compareConfigs(ratio('int', '1'), ratio('float', '1.0'))).toHaveLength(1);
  });
});

describe('comparing plans', () => {
  it('says templates and the Python version', () => {
    const template = { mode: 'pruning', moduleType: 'Conv1D', setting: emptyObject } as const;
    const other = { ...template, moduleType: 'Swish' };
    const before = { ...createPlan(), templates: [template, other] };
    const changed = { ...template, setting: objectOf([['weight', emptyObject]]) };
    const quantized = { ...template, mode: 'quantization' } as const;
    const after = { ...createPlan(), python: '3.8', templates: [changed, quantized] } as const;
    expect(comparePlans(before, after)).toEqual({
      lists: { pruning: [], quantization: [], distillation: [] },
      templates: [
        { type: 'changed', mode: 'pruning', moduleType: 'Conv1D' },
        { type: 'added', mode: 'quantization', moduleType: 'Conv1D' },
        { type: 'removed', mode: 'pruning', moduleType: 'Swish' },
      ],
      assertions: [],
      algorithms: [],
      python: { before: '3.11', after: '3.8' },
      isSame: false,
    });
  });

  it('says assertions: what is new, gone and changed', () => {
    const exactly = { id: 'a1', mode: 'pruning', subConfig: 's1', label: '', demand: { type: 'selects-exactly', count: 3 } } as const;
    const never = { ...exactly, id: 'a2', subConfig: null, demand: { type: 'never-selects', pattern: 'vision' } } as const;
    const before = { ...createPlan(), lists: { ...createPlan().lists, pruning: [a] }, assertions: [exactly, never] };
    // The same sub-config under another id: its summary is the same.
    const renumbered = { ...before.lists, pruning: [{ ...a, id: 's9' }] };
    const same = { ...before, lists: renumbered, assertions: [{ ...never, id: 'a7' }, { ...exactly, subConfig: 's9' }] };
    expect(comparePlans(before, same)).toMatchObject({ assertions: [], isSame: true });
    const four = { ...exactly, demand: { type: 'selects-exactly', count: 4 } } as const;
    const atLeast = { ...never, id: 'a3', demand: { type: 'selects-at-least', count: 1 } } as const;
    const after = { ...before, assertions: [four, atLeast] };
    expect(comparePlans(before, after)).toMatchObject({
      assertions: [
        { type: 'changed', before: exactly, assertion: four },
        { type: 'added', assertion: atLeast },
        { type: 'removed', assertion: never },
      ],
      isSame: false,
    });
  });

  it(`finds nothing between a plan and itself, and accounts for every sub-config of two (seed ${seed})`, () => {
    fc.assert(
      fc.property(arbitraryPlan, arbitraryPlan, (one, other) => {
        expect(comparePlans(one, { ...one, name: 'copy' })).toMatchObject({ lists: { pruning: [] }, assertions: [] });
        const changes = compareLists(one.lists.pruning, other.lists.pruning);
        const added = changes.filter(({ type }) => type === 'added').length;
        const removed = changes.filter(({ type }) => type === 'removed').length;
        expect(one.lists.pruning.length - removed + added).toBe(other.lists.pruning.length);
      }),
      { seed, numRuns: 200 },
    );
  });
});
