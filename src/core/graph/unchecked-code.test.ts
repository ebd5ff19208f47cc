import { expect, test } from 'vitest';
import { writeTree } from '../module-tree/write-tree.ts';
import { readText } from '../testing/nni-trees.ts';
import { isCodeUnchecked } from './unchecked-code.ts';

const graph = { version: 1, inputs: [['x', [1, 4]]], scopes: ['', '0'], outputs: [1], attrs: {}, calls: {}, nodes: [{ op: 'aten::linear', s: 1, in: [0, '0.weight', [null]], out: [[1, 2]] }] };

function treeOf(rootClass: string | undefined, more: object = {}) {
  const modules = [{ name: '', type: 'Net', ...(rootClass === undefined ? {} : { class: rootClass }) }, { name: '0', type: 'Linear', class: 'torch.nn.modules.linear.Linear' }];
  return readText(JSON.stringify({ format: 'module-tree', version: 1, modules, graph: { ...graph, ...more } }));
}

test('G20j: code of the model is unchecked where the exporter noted nothing about it', () => {
  expect(isCodeUnchecked(treeOf('nets.Net'))).toBe(true);
  expect(isCodeUnchecked(treeOf(undefined))).toBe(true);
  expect(isCodeUnchecked(treeOf('torch.nn.modules.container.Sequential'))).toBe(false);
  expect(isCodeUnchecked(treeOf('nets.Net', { untraced: ['a lambda in nets, line 3'] }))).toBe(false);
  // A flow that something else recorded is never exact.
  expect(isCodeUnchecked(treeOf('nets.Net', { by: 'torch.export 2.13.0' }))).toBe(false);
});

test('G20j, T24: that the exporter found nothing is kept when the tree is written', () => {
  const looked = treeOf('nets.Net', { untraced: [] });
  expect(isCodeUnchecked(looked)).toBe(false);
  expect(isCodeUnchecked(readText(writeTree(looked)))).toBe(false);
});
