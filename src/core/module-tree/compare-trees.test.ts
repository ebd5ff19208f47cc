import { describe, expect, test } from 'vitest';
import { readTree } from '../readers/read-tree.ts';
import { compareTrees } from './compare-trees.ts';
import { mergeTrees } from './merge-trees.ts';
import type { ModuleTree } from './module-tree.ts';
import { frozenIn } from '../testing/describe-tree.ts';
import { moduleName, moduleSpec } from './tree-index.ts';

function parse(value: unknown): ModuleTree {
  const read = readTree({ name: 'x', bytes: new TextEncoder().encode(JSON.stringify(value)) });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

const before = parse({ '': 'Net', layer: 'Sequential', 'layer.0': 'Conv2d', 'layer.1': 'ReLU', head: 'Linear' });

function wrapped(prefix: string): Readonly<Record<string, string>> {
  return {
    '': 'Wrap', [prefix.slice(0, -1)]: 'Net', [`${prefix}layer`]: 'Sequential', [`${prefix}layer.0`]: 'Conv2d',
    [`${prefix}layer.1`]: 'ReLU', [`${prefix}head`]: 'Linear',
  };
}

describe('T22 another version of a model', () => {
  test('what is lost, gained and of another type', () => {
    const after = parse({
      '': 'Net',
      layer: 'Sequential',
      'layer.0': 'Linear',
      'layer.2': 'ReLU',
      head: 'Linear',
    });
    expect(compareTrees(before, after)).toEqual({
      lost: ['layer.1'], gained: ['layer.2'], retyped: [{ name: 'layer.0', from: 'Conv2d', to: 'Linear' }], kept: 4, renames: [],
    });
  });

  test.each(['module.', 'model.', '_orig_mod.', 'my_wrapper.'])('the prefix %s, added and taken away', (prefix) => {
    const after = parse(wrapped(prefix));
    expect(compareTrees(before, after).renames[0]).toEqual({
      type: 'add-prefix',
      text: prefix,
      pairs: ['layer', 'layer.0', 'layer.1', 'head'].map((name) => [name, prefix + name]),
    });
    expect(compareTrees(after, before).renames[0]).toMatchObject({ type: 'remove-prefix', text: prefix });
  });

  test('a segment in the middle', () => {
    const after = parse({
      '': 'Net',
      layer: 'Sequential',
      'layer._orig_mod': 'Opt',
      'layer._orig_mod.0': 'Conv2d',
      'layer._orig_mod.1': 'ReLU',
      head: 'Linear',
    });
    expect(compareTrees(before, after).renames[0]).toEqual({
      type: 'add-segment', text: '_orig_mod.', pairs: [
        ['layer.0', 'layer._orig_mod.0'],
        ['layer.1', 'layer._orig_mod.1'],
      ],
    });
    expect(compareTrees(after, before).renames[0]).toMatchObject({ type: 'remove-segment', text: '_orig_mod.' });
  });

  test('a rename keeps types', () => {
    const after = parse({
      '': 'W',
      module: 'Net',
      'module.layer': 'A',
      'module.layer.0': 'B',
      'module.layer.1': 'C',
      'module.head': 'D',
    });
    expect(compareTrees(before, after).renames).toEqual([]);
  });

  test('equal trees', () => {
    expect(compareTrees(before, before)).toEqual({ lost: [], gained: [], retyped: [], kept: 5, renames: [] });
  });
});

describe('T23a one file completes another', () => {
  const typed = parse([
    { name: '', type: 'Net' },
    { name: 'a', type: 'Linear', parameters: { weight: { shape: [2, 3] }, bias: null } },
    { name: 'b', type: 'Custom' },
    { name: 'c', type: 'ReLU' },
  ]);
  const weights = parse({
    'a.weight': { dtype: 'F16', shape: [2, 3] }, 'b.scale': { dtype: 'F32', shape: [7] }, 'b.inv_freq': {
      dtype: 'F32',
      shape: [2],
    },
  });

  test.each(['first', 'second'])('a parameter is frozen where the %s file says so', (order) => {
    const frozen = parse([
      { name: '', type: 'Net' },
      { name: 'a', type: 'Linear', parameters: { weight: { shape: [2, 3], dtype: 'float32', requires_grad: false } } },
    ]);
    const shaped = parse({ 'a.weight': { dtype: 'F32', shape: [2, 3] } });
    const merged = order === 'first' ? mergeTrees(frozen, shaped) : mergeTrees(shaped, frozen);
    expect(merged.ok && frozenIn(merged.value.tree)).toEqual(['a.weight']);
  });

  test.each(['first', 'second'])('with the richer file %s', (order) => {
    const merged = order === 'first' ? mergeTrees(typed, weights) : mergeTrees(weights, typed);
    if (!merged.ok) throw new Error(merged.error.type);
    const { tree, disagreements } = merged.value;
    const reported = Array.from(
      { length: tree.size },
      (_, row) => [moduleName(tree, row), moduleSpec(tree, row)] as const,
    );
    expect(reported.map(([name, spec]) => [name, spec.type])).toEqual([
      ['', 'Net'],
      ['a', 'Linear'],
      ['b', 'Custom'],
      ['c', 'ReLU'],
    ]);
    expect(reported[1]![1].parameters).toEqual([
      { name: 'weight', shape: [2, 3], dtype: 'float16', isNone: false }, {
        name: 'bias',
        shape: null,
        dtype: null,
        isNone: true,
      },
    ]);
    expect(reported[2]![1].parameters).toEqual([{ name: 'scale', shape: [7], dtype: 'float32', isNone: false }]);
    expect(reported[2]![1].buffers).toEqual([{ name: 'inv_freq', shape: [2], dtype: 'float32', isNone: false }]);
    expect([tree.format, tree.lacks]).toEqual(['merged', ['forward']]);
    expect(disagreements.map(({ about, module, tensor }) => `${about} ${module} ${tensor}`)).toEqual([
      'tensor b scale', 'tensor b inv_freq',
    ]);
  });

  test('T23b a prefix in which the two differ is bridged and noted', () => {
    const inside = parse({
      'model.a.weight': { dtype: 'F16', shape: [2, 3] },
      'model.b.scale': { dtype: 'F32', shape: [7] },
    });
    const merged = mergeTrees(typed, inside);
    if (!merged.ok) throw new Error(merged.error.type);
    expect(moduleSpec(merged.value.tree, 2).parameters).toEqual([
      { name: 'scale', shape: [7], dtype: 'float32', isNone: false },
    ]);
    expect(merged.value.tree.notes.length).toBe(1);
  });

  test('types, shapes and number formats that contradict each other are listed', () => {
    const other = parse([
      { name: '', type: 'Net' },
      { name: 'a', type: 'Conv1D', parameters: { weight: { shape: [3, 2], dtype: 'float16' }, bias: null } },
      { name: 'd', type: 'ReLU' },
    ]);
    const merged = mergeTrees(typed, other);
    if (!merged.ok) throw new Error(merged.error.type);
    expect(merged.value.disagreements).toEqual([
      { about: 'type', module: 'a', tensor: '', first: 'Linear', second: 'Conv1D' },
      { about: 'shape', module: 'a', tensor: 'weight', first: '[2, 3]', second: '[3, 2]' },
      { about: 'module', module: 'b', tensor: '', first: 'present', second: '' },
      { about: 'module', module: 'c', tensor: '', first: 'present', second: '' },
      { about: 'module', module: 'd', tensor: '', first: '', second: 'present' },
    ]);
    expect(moduleSpec(merged.value.tree, 1).parameters![0]!.shape).toEqual([3, 2]);
  });
});
