import { describe, expect, it } from 'vitest';
import { objectOf, floatOf, intOf, type ConfigObject } from '../config/value.ts';
import { createPlan } from './create-plan.ts';
import { commonConfig, differenceText, listItems } from './families.ts';
import { applyPlanEdit, type PlanEdit } from './plan-edits.ts';
import { readPlan, writePlan } from './plan-file.ts';
import type { Plan } from './plan.ts';

const mode = 'pruning';
const aligned = (name: string, module: string): ConfigObject =>
  objectOf([
    ['op_names', [name]],
    ['sparse_ratio', floatOf(0.5)],
    ['align', objectOf([['module_name', module], ['target_name', 'weight'], ['dims', [intOf(0)]]])],
  ]);
const conv = objectOf([['op_types', ['Conv2d']], ['sparse_ratio', floatOf(0.5)]]);
const configs = [conv, aligned('bn1', 'conv1'), aligned('bn2', 'conv2'), aligned('bn3', 'conv3')];
const add: PlanEdit = { type: 'add-sub-configs', mode, configs };
const after = (...edits: readonly PlanEdit[]) => edits.reduce(applyPlanEdit, createPlan());
const families = (plan: Plan) => plan.lists[mode].map(({ family }) => family ?? '-').join(' ');

describe('families of sub-configs', () => {
  it('K2: what one edit makes alike is a family; what stands there by itself is none', () => {
    expect(families(after(add))).toBe('- s2 s2 s2');
    expect(families(after({ ...add, configs: configs.slice(0, 3) }))).toBe('- - -');
    expect(families(after({ type: 'replace-list', mode, list: configs }))).toBe('- s2 s2 s2');
    const one = (config: ConfigObject): PlanEdit => ({ type: 'add-sub-config', mode, config });
    expect(families(after(...configs.map(one)))).toBe('- - - -');
  });

  it('K2: sub-configs of one family may name one module or several', () => {
    const grouped = (id: string, ...names: readonly string[]) => objectOf([['op_names', names], ['sparse_ratio', floatOf(0.5)], ['dependency_group_id', id]]);
    const list = [grouped('conv1', 'conv1', 'layer1.0.conv2'), grouped('layer2', 'a', 'b', 'c'), grouped('layer3', 'd')];
    expect(families(after({ type: 'replace-list', mode, list }))).toBe('s1 s1 s1');
    const patterns = (...texts: readonly string[]) => objectOf([['op_names_re', texts], ['sparse_ratio', floatOf(0.5)]]);
    expect(families(after({ type: 'replace-list', mode, list: [patterns('a'), patterns('b', 'c'), patterns('d')] }))).toBe('- - -');
  });

  it('K2: a sub-config that a fix splits is one of the family', () => {
    const edits = [
      { type: 'set', path: [0], value: aligned('a', 'x') },
      { type: 'set', path: [1], value: aligned('b', 'y') },
      { type: 'set', path: [2], value: aligned('c', 'z') },
    ] as const;
    const plan = after({ type: 'add-sub-config', mode, config: conv }, { type: 'edit-list', mode, edits });
    expect(families(plan)).toBe('s2 s2 s2');
  });

  it('K2: neighbours of a family are one item of the list, until they are taken apart', () => {
    const plan = after(add);
    expect(listItems(plan.lists[mode]).map(({ start, members }) => [start, members.length])).toEqual([[0, 1], [1, 3]]);
    const moved = applyPlanEdit(plan, { type: 'move-sub-config', mode, id: 's1', to: 2 });
    expect(listItems(moved.lists[mode]).map(({ family, members }) => [family, members.length])).toEqual([['s2', 2], [null, 1], [null, 1]]);
    const apart = applyPlanEdit(plan, { type: 'take-apart', mode, ids: ['s2', 's3', 's4'] });
    expect(families(apart)).toBe('- - - -');
    expect(applyPlanEdit(apart, { type: 'take-apart', mode, ids: ['s2'] })).toBe(apart);
  });

  it('K2: what members share is distinguished from what differs', () => {
    const { common, differing } = commonConfig(after(add).lists[mode].slice(1));
    expect(common.entries.map(([key]) => key)).toEqual(['sparse_ratio']);
    expect(differing).toEqual(['op_names', 'align']);
    expect(differenceText(differing)).toBe('each aligned with its own module');
    const inside = (config: ConfigObject) => objectOf([...config.entries.slice(0, 1), ['target_settings', objectOf([['weight', config]])]]);
    const deep = after({ ...add, configs: configs.slice(1).map(inside) });
    expect(families(deep)).toBe('s1 s1 s1');
    expect(commonConfig(deep.lists[mode]).differing).toEqual(['op_names', 'op_names', 'align']);
  });

  it('K2: a plan file keeps families, and a duplicate is of its original’s', () => {
    const plan = after(add);
    expect(readPlan(writePlan(plan))).toEqual({ ok: true, value: plan });
    expect(families(applyPlanEdit(plan, { type: 'duplicate-sub-config', mode, id: 's3' }))).toBe('- s2 s2 s2 s2');
  });
});
