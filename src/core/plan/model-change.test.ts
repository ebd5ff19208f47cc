import { describe, expect, it, test } from 'vitest';
import { objectOf, type ConfigObject } from '../config/value.ts';
import type { ModuleTree } from '../module-tree/module-tree.ts';
import { readTree } from '../readers/read-tree.ts';
import { createResolver } from '../resolve/resolver.ts';
import { createPlan } from './create-plan.ts';
import { findModelChange } from './model-change.ts';
import { applyPlanEdit } from './plan-edits.ts';
import type { Plan } from './plan.ts';
import { rewritesOfPattern } from './rewrite-pattern.ts';

const names = ['', 'stem', 'blocks', 'blocks.0', 'blocks.0.fc', 'blocks.1', 'blocks.1.fc', 'blocks.10', 'blocks.10.fc', 'head'];
const typeOf = (name: string) => (/fc$|head$|stem$/.test(name) ? 'Linear' : 'Sequential');

function treeOf(list: readonly string[]): ModuleTree {
  const text = JSON.stringify(Object.fromEntries(list.map((name) => [name, typeOf(name)])));
  const read = readTree({ name: 'net.json', bytes: new TextEncoder().encode(text) });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

function planOf(...configs: readonly ConfigObject[]): Plan {
  return applyPlanEdit(createPlan(), { type: 'add-sub-configs', mode: 'pruning', configs });
}

const wrapped = ['', 'module', ...names.slice(1).map((name) => `module.${name}`)];

function changeOf(from: readonly string[], to: readonly string[], plan: Plan) {
  return findModelChange(createResolver(treeOf(from)), createResolver(treeOf(to)), plan);
}

describe('T27a another version of a model under a plan', () => {
  const plan = planOf(
    objectOf([['op_names', ['head', 'stem']], ['exclude_op_names', ['stem']]]),
    objectOf([['op_names_re', [String.raw`blocks\.\d\.fc$`, String.raw`^(?:blocks\.10)\.fc|stem`]]]),
  );

  it('says what each sub-config loses and gains, and the names that are gone', () => {
    const change = changeOf(names, wrapped, plan);
    expect(change).toMatchObject({
      missing: ['head', 'stem'],
      lostCount: 5,
      gainedCount: 0,
      subConfigs: [
        { before: 1, after: 0, lost: ['head'] },
        { before: 4, after: 0, lost: ['stem', 'blocks.0.fc', 'blocks.1.fc', 'blocks.10.fc'] },
      ],
    });
  });

  it('T27b a rename selects the same modules again, there and back, in one edit', () => {
    const [rename] = changeOf(names, wrapped, plan).renames;
    expect(rename).toMatchObject({ type: 'add-prefix', text: 'module.', restored: 5, left: [] });
    const there = applyPlanEdit(plan, { type: 'rewrite-texts', rewrites: rename!.rewrites, label: '' });
    const [back] = changeOf(wrapped, names, there).renames;
    expect(back).toMatchObject({ type: 'remove-prefix', text: 'module.', restored: 5, left: [] });
    const again = applyPlanEdit(there, { type: 'rewrite-texts', rewrites: back!.rewrites, label: '' });
    expect(changeOf(names, names, again)).toMatchObject({ lostCount: 0, subConfigs: [{ before: 1 }, { before: 4 }] });
  });

  it('leaves a text that was changed meanwhile', () => {
    const [rename] = changeOf(names, wrapped, plan).renames;
    const edited = applyPlanEdit(plan, {
      type: 'set-value', mode: 'pruning', id: plan.lists.pruning[0]!.id, path: ['op_names', 0], value: 'mine',
    });
    const after = applyPlanEdit(edited, { type: 'rewrite-texts', rewrites: rename!.rewrites, label: '' });
    expect(after.lists.pruning[0]!.config.entries[0]).toEqual(['op_names', ['mine', 'module.stem']]);
  });

  it('a segment in the middle, as compiled parts have', () => {
    const compiled = names.map((name) => name.replace(/^blocks\.(\d+)\.fc$/, 'blocks.$1._orig_mod.fc'));
    const change = changeOf(names, compiled, planOf(objectOf([['op_names_re', [String.raw`blocks\.\d+\.fc`]]])));
    expect(change.renames[0]).toMatchObject({
      type: 'add-segment', restored: 3, rewrites: [{ to: String.raw`blocks\.\d+\._orig_mod\.fc` }],
    });
  });

  it('offers nothing when nothing is lost', () => {
    const change = changeOf(names, [...names, 'extra'], planOf(objectOf([['op_types', ['Linear']]])));
    expect(change).toMatchObject({ lostCount: 0, gainedCount: 0, renames: [] });
  });
});

describe('T27b rewriting of patterns', () => {
  test.each([
    ['layer1', 'add-prefix', String.raw`module\.layer1`],
    ['^layer1', 'add-prefix', String.raw`^module\.layer1`],
    ['(?i)^a', 'add-prefix', String.raw`(?i)^module\.a`],
    ['a|b', 'add-prefix', String.raw`module\.(?:a|b)`],
    ['layer1.0.conv1', 'add-prefix', 'module.layer1.0.conv1'],
    [String.raw`[]|]a`, 'add-prefix', String.raw`module\.[]|]a`],
    [String.raw`^module\.a|module\.b`, 'remove-prefix', '^a|b'],
    ['module.a', 'remove-prefix', 'a'],
    [String.raw`x\.module\.a`, 'remove-segment', String.raw`x\.a`],
  ] as const)('%s, %s', (pattern, type, wanted) => {
    expect(rewritesOfPattern(pattern, { type, text: 'module.' })).toContain(wanted);
  });
});
