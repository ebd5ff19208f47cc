import { describe, expect, test } from 'vitest';
import { moduleName, moduleSpec } from '../../module-tree/tree-index.ts';
import { defaultReadLimits } from '../messages/read-error.ts';
import { buildTensorTree } from './tensor-tree.ts';

function build(tensors: readonly string[], modules: readonly string[] = []) {
  const named = tensors.map((name) => ({ name, shape: [2], dtype: 'float32' }));
  const tree = buildTensorTree(named, { model: 'm', format: 'state-dict-keys', modules }, defaultReadLimits);
  if (!tree.ok) throw new Error(tree.error.code);
  return {
    lacks: tree.value.lacks,
    rows: Array.from({ length: tree.value.size }, (_, row) => [moduleName(tree.value, row), moduleSpec(tree.value, row).parameters?.map(({ name }) => name) ?? null]),
  };
}

describe('T9 a tree that the names of tensors imply', () => {
  test('numbered siblings stand in the order of their numbers', () => {
    expect(build(['a.10.weight', 'a.2.weight']).rows.map(([name]) => name)).toEqual(['', 'a', 'a.2', 'a.10']);
  });
  test('of a module that is listed without tensors the tensors are unknown, and the tree says so', () => {
    const { rows, lacks } = build(['a.fc.weight'], ['a', 'b', 'b.act']);
    expect(rows).toEqual([['', []], ['a', []], ['a.fc', ['weight']], ['b', []], ['b.act', null]]);
    expect(lacks).toContain('parameters');
  });
  test('where every tensor is listed, none is unknown', () => {
    expect(build(['a.fc.weight'], ['a', 'a.fc']).lacks).not.toContain('parameters');
  });
});
