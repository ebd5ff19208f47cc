import { describe, expect, it } from 'vitest';
import { emptyObject, floatOf, intOf, objectOf, type ConfigObject } from '../config/value.ts';
import { createPlan } from './create-plan.ts';
import { describePlanEdit } from './describe-edit.ts';
import { applyPlanEdit, type PlanEdit } from './plan-edits.ts';
import type { Plan, SubConfig } from './plan.ts';

function typesConfig(...types: readonly string[]): ConfigObject {
  return objectOf([['op_types', types]]);
}

function subConfig(id: string, config: ConfigObject, more: Partial<SubConfig> = {}): SubConfig {
  return { id, label: '', color: 0, enabled: true, config, ...more };
}

const a = subConfig('s1', typesConfig('Linear'), { label: 'first', color: 0 });
const b = subConfig('s2', typesConfig('Conv2d'), { color: 1, enabled: false });
const c = subConfig('s3', objectOf([['op_types', ['ReLU']], ['sparse_ratio', floatOf(0.5)]]), { color: 2 });
const template = { mode: 'pruning', moduleType: 'Conv1D', setting: emptyObject } as const;
const assertion = {
  id: 'a1',
  mode: 'pruning',
  subConfig: 's1',
  label: '',
  demand: { type: 'selects-exactly', count: 3 },
} as const;
const plan: Plan = {
  ...createPlan('mine'),
  lists: { pruning: [a, b, c], quantization: [], distillation: [] },
  templates: [template],
  assertions: [assertion],
};

function pruning(edit: PlanEdit, before: Plan = plan): readonly SubConfig[] {
  return applyPlanEdit(before, edit).lists.pruning;
}

describe('editing a plan', () => {
  it('adds a sub-config with an id and a colour of its own', () => {
    const added = { id: 's4', label: '', color: 3, enabled: true, config: emptyObject };
    expect(pruning({ type: 'add-sub-config', mode: 'pruning' })).toEqual([a, b, c, added]);
    expect(pruning({ type: 'add-sub-config', mode: 'pruning', index: 0 })).toEqual([added, a, b, c]);
    const elsewhere = applyPlanEdit(plan, { type: 'add-sub-config', mode: 'quantization' });
    expect(elsewhere.lists.quantization[0]?.id).toBe('s4');
  });

  it('adds several with an id each', () => {
    const configs = [typesConfig('A'), typesConfig('B')];
    const list = pruning({ type: 'add-sub-configs', mode: 'pruning', configs });
    expect(list.slice(3).map(({ id, color, config }) => [id, color, config])).toEqual([
      ['s4', 3, configs[0]],
      ['s5', 4, configs[1]],
    ]);
  });

  it('E5a: keeps where a script writes a sub-config, also when the list is imported again', () => {
    const origins = [{ list: 'config_list', line: 4, call: 'L1NormPruner' }, { list: 'config_list', line: null, call: null }];
    const configs = [typesConfig('A'), typesConfig('B')];
    const added = pruning({ type: 'add-sub-configs', mode: 'pruning', configs, origins });
    expect(added.slice(3).map(({ origin }) => origin)).toEqual(origins);
    const replaced = pruning({ type: 'replace-list', mode: 'pruning', list: [a.config, typesConfig('B')], origins: origins.toReversed() });
    expect(replaced.map(({ origin }) => origin?.line)).toEqual([null, undefined, 4].slice(0, replaced.length));
  });

  it('duplicates below the original', () => {
    const list = pruning({ type: 'duplicate-sub-config', mode: 'pruning', id: 's2' });
    expect(list).toEqual([a, b, { ...b, id: 's4', color: 3 }, c]);
  });

  it('removes several, and the assertions about them', () => {
    const after = applyPlanEdit(plan, { type: 'remove-sub-configs', mode: 'pruning', ids: ['s1', 's3', 'gone'] });
    expect(after.lists.pruning).toEqual([b]);
    expect(after.assertions).toEqual([]);
  });

  it.each<[string, number, string]>([
    ['s1', 2, 's2 s3 s1'],
    ['s3', 0, 's3 s1 s2'],
    ['s2', 99, 's1 s3 s2'],
    ['s2', -1, 's2 s1 s3'],
  ])('moves %s to place %i', (id, to, expected) => {
    const list = pruning({ type: 'move-sub-config', mode: 'pruning', id, to });
    expect(list.map((moved) => moved.id).join(' ')).toBe(expected);
  });

  it.each<[string, number, string]>([
    ['s2', 0, 's2 s3 s1'],
    ['s1', 9, 's3 s1 s2'],
    ['s1', 0, 's1 s2 s3'],
  ])('K2: moves %s and its neighbour to place %i', (id, to, expected) => {
    const list = pruning({ type: 'move-sub-config', mode: 'pruning', id, to, count: 2 });
    expect(list.map((moved) => moved.id).join(' ')).toBe(expected);
  });

  it('sets and removes values by path', () => {
    const set = pruning({
      type: 'set-value',
      mode: 'pruning',
      id: 's1',
      path: ['target_settings', 'weight', 'sparse_ratio'],
      value: floatOf(1),
    });
    expect(set[0]?.config).toEqual(
      objectOf([
        ['op_types', ['Linear']],
        ['target_settings', objectOf([['weight', objectOf([['sparse_ratio', floatOf(1)]])]])],
      ]),
    );
    const removed = pruning({ type: 'remove-value', mode: 'pruning', id: 's3', path: ['sparse_ratio'] });
    expect(removed[2]?.config).toEqual(typesConfig('ReLU'));
  });

  it('applies a fix to the enabled sub-configs only and keeps who is who', () => {
    const edits = [
      { type: 'move', from: 1, to: 0 },
      { type: 'set', path: [0, 'sparse_ratio'], value: floatOf(1) },
    ] as const;
    expect(pruning({ type: 'edit-list', mode: 'pruning', edits })).toEqual([
      { ...c, config: objectOf([['op_types', ['ReLU']], ['sparse_ratio', floatOf(1)]]) },
      a,
      b,
    ]);
  });

  it('replaces templates and assertions of the same name', () => {
    const other = { ...template, setting: objectOf([['weight', emptyObject]]) };
    expect(applyPlanEdit(plan, { type: 'set-template', template: other }).templates).toEqual([other]);
    const fresh = applyPlanEdit(plan, { type: 'set-assertion', assertion: { ...assertion, id: '' } });
    expect(fresh.assertions.map(({ id }) => id)).toEqual(['a1', 'a2']);
    const changed = { ...assertion, label: 'blocks' };
    expect(applyPlanEdit(plan, { type: 'set-assertion', assertion: changed }).assertions).toEqual([changed]);
    expect(applyPlanEdit(plan, { type: 'remove-assertion', id: 'a1' }).assertions).toEqual([]);
  });

  it.each<PlanEdit>([
    { type: 'add-sub-configs', mode: 'pruning', configs: [] },
    { type: 'duplicate-sub-config', mode: 'pruning', id: 'gone' },
    { type: 'remove-sub-configs', mode: 'pruning', ids: ['gone'] },
    { type: 'remove-sub-configs', mode: 'quantization', ids: ['s1'] },
    { type: 'move-sub-config', mode: 'pruning', id: 's3', to: 7 },
    { type: 'move-sub-config', mode: 'pruning', id: 'gone', to: 0 },
    { type: 'set-enabled', mode: 'pruning', id: 's1', enabled: true },
    { type: 'set-label', mode: 'pruning', id: 's1', label: 'first' },
    { type: 'set-color', mode: 'pruning', id: 's1', color: 0 },
    { type: 'set-config', mode: 'pruning', id: 's1', config: typesConfig('Linear') },
    { type: 'set-value', mode: 'pruning', id: 's3', path: ['sparse_ratio'], value: floatOf(0.5) },
    { type: 'set-value', mode: 'pruning', id: 's3', path: ['sparse_ratio', 'deeper'], value: floatOf(0.5) },
    { type: 'remove-value', mode: 'pruning', id: 's3', path: ['granularity'] },
    { type: 'replace-list', mode: 'pruning', list: [a.config, c.config] },
    { type: 'edit-list', mode: 'pruning', edits: [{ type: 'remove', path: [5] }] },
    { type: 'set-python', python: '3.11' },
    { type: 'set-name', name: 'mine' },
    { type: 'remove-template', mode: 'quantization', moduleType: 'Conv1D' },
    { type: 'set-assertion', assertion: { ...assertion, id: 'gone' } },
    { type: 'remove-assertion', id: 'gone' },
  ])('gives the same plan back when nothing changes: $type', (edit) => {
    expect(applyPlanEdit(plan, edit)).toBe(plan);
  });

  it('says 1 from 1.0 when a value is set (E1)', () => {
    const one = applyPlanEdit(plan, {
      type: 'set-value',
      mode: 'pruning',
      id: 's3',
      path: ['sparse_ratio'],
      value: intOf(1),
    });
    const float = applyPlanEdit(one, {
      type: 'set-value',
      mode: 'pruning',
      id: 's3',
      path: ['sparse_ratio'],
      value: floatOf(1),
    });
    expect(float).not.toBe(one);
  });
});

describe('naming edits for undo', () => {
  it.each<[PlanEdit, string]>([
    [{ type: 'add-sub-config', mode: 'pruning' }, 'Add a sub-config'],
    [{ type: 'add-sub-configs', mode: 'pruning', configs: [a.config, b.config] }, 'Add 2 sub-configs'],
    [{ type: 'add-sub-configs', mode: 'pruning', configs: [a.config], label: 'Add preset' }, 'Add preset'],
    [{ type: 'duplicate-sub-config', mode: 'pruning', id: 's2' }, 'Duplicate #2'],
    [{ type: 'remove-sub-configs', mode: 'pruning', ids: ['s3'] }, 'Remove #3'],
    [{ type: 'remove-sub-configs', mode: 'pruning', ids: ['s1', 's3'] }, 'Remove 2 sub-configs'],
    [{ type: 'move-sub-config', mode: 'pruning', id: 's3', to: 0 }, 'Move #3'],
    [{ type: 'move-sub-config', mode: 'pruning', id: 's2', to: 0, count: 2 }, 'Move 2 sub-configs'],
    [{ type: 'set-enabled', mode: 'pruning', id: 's1', enabled: false }, 'Switch #1 off'],
    [
      { type: 'set-value', mode: 'pruning', id: 's2', path: ['sparse_ratio'], value: floatOf(0.5) },
      'Set sparse_ratio of #2',
    ],
    [{ type: 'set-value', mode: 'pruning', id: 's2', path: ['op_names', 0], value: 'x' }, 'Set op_names of #2'],
    [{ type: 'remove-value', mode: 'pruning', id: 'gone', path: ['align'] }, 'Remove align of a sub-config'],
    [{ type: 'replace-list', mode: 'distillation', list: [] }, 'Edit the distillation list as text'],
    [{ type: 'set-template', template }, 'Register Conv1D'],
    [{ type: 'set-assertion', assertion }, 'Change an assertion'],
  ])('%#', (edit, expected) => {
    expect(describePlanEdit(edit, plan)).toBe(expected);
  });
});
