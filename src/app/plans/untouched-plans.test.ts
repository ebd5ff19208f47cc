import { describe, expect, it } from 'vitest';
import { createPlan } from '../../core/plan/create-plan.ts';
import { applyPlanEdit } from '../../core/plan/plan-edits.ts';
import { readPlan, writeCompactPlan } from '../../core/plan/plan-file.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { isUntouchedPlan, summarise, type PlanRecord } from './plan-records.ts';
import { isSamePlan, mayBeUntouched, plansToForget } from './untouched-plans.ts';

const tree = { name: 'net', moduleCount: 3, digest: 'd', sample: null };
const untouched: Plan = { ...createPlan(), tree };
const listed = applyPlanEdit(untouched, { type: 'add-sub-config', mode: 'pruning' });

function record(plan: Plan, changedAt: number, more: Partial<PlanRecord> = {}): PlanRecord {
  const summary = summarise(`p${changedAt}`, plan, changedAt);
  return { ...summary, text: '', broken: {}, revision: `r${changedAt}`, saved: null, edited: false, ...more };
}

describe('plans that nobody touched', () => {
  it.each<[string, Plan, Partial<PlanRecord>, boolean]>([
    ['only a model', untouched, {}, true],
    ['a model and a teacher', { ...untouched, teacher: tree }, {}, true],
    ['a name', { ...untouched, name: 'a' }, {}, false],
    ['a sub-config', listed, {}, false],
    ['something that was done and undone', untouched, { edited: true }, false],
    ['a text that is no list yet', untouched, { broken: { pruning: { text: '[', overtaken: false } } }, false],
    ['a state that was saved', untouched, { saved: { text: '', at: 0 } }, false],
    ['a template', { ...untouched, templates: [{ mode: 'pruning', moduleType: 'A', setting: { type: 'object', entries: [] } }] }, {}, false],
    ['another Python', { ...untouched, python: '3.8' }, {}, false],
  ])('%s', (_, plan, more, expected) => {
    expect(mayBeUntouched(record(plan, 1, more)) && isUntouchedPlan(plan)).toBe(expected);
  });

  it('keeps the latest for each model, and three in all', () => {
    const plans = ['a', 'b', 'a', 'c', null, 'd', 'b'].map((digest, time) => ({ record: record(untouched, time), digest }));
    const kept = new Set(plans.map(({ record: { id } }) => id));
    for (const { id } of plansToForget(plans)) kept.delete(id);
    expect([...kept]).toEqual(['p4', 'p5', 'p6']);
    expect(plansToForget(plans.slice(0, 3)).map(({ id }) => id)).toEqual(['p0']);
  });
});

describe('plans of the same content', () => {
  it.each<[string, Plan, boolean]>([
    ['read back', readBack(listed), true],
    ['for a model of another name', { ...listed, tree: { ...tree, name: 'other' } }, true],
    ['for another model', { ...listed, tree: { ...tree, digest: 'e' } }, false],
    ['for no model', { ...listed, tree: null }, false],
    ['of another name', { ...listed, name: 'b' }, false],
    ['of another list', untouched, false],
  ])('%s', (_, other, expected) => {
    expect(isSamePlan(listed, other)).toBe(expected);
  });
});

function readBack(plan: Plan): Plan {
  const read = readPlan(writeCompactPlan(plan));
  return read.ok ? read.value : createPlan();
}
