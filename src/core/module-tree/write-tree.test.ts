import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTree } from '../readers/read-tree.ts';
import { frozenIn } from '../testing/describe-tree.ts';
import type { ModuleTree } from './module-tree.ts';
import { writeTree } from './write-tree.ts';

function read(name: string, bytes: Uint8Array): ModuleTree {
  const result = readTree({ name, bytes });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** All of a tree but its format, its notes, and the order in which specs were met: each module with its spec instead. */
function content(tree: ModuleTree): unknown {
  const { format: _format, notes: _notes, sourceIndex: _sourceIndex, specs, specId, ...rest } = tree;
  return { ...rest, specs: Array.from(specId, (id) => specs[id]), specCount: specs.length, lacks: rest.lacks.toSorted() };
}

const files = [
  ...['oddities', 'resnet18', 'bert_base'].map((name) => `../../../public/samples/${name}.json.gz`),
  ...readdirSync(new URL('../readers/samples/real/', import.meta.url)).map(
    (name) => `../readers/samples/real/${name}`,
  ),
  '../readers/samples/gpt2.repr.txt.gz',
];

describe('T24 a tree that is written and read again is the same', () => {
  test.each(files)('%s', (file) => {
    const tree = read('x', new Uint8Array(readFileSync(new URL(file, import.meta.url))));
    const again = read('x', new TextEncoder().encode(writeTree(tree)));
    expect(content(again)).toEqual(content(tree));
  });
  test('parameters that do not train', () => {
    const tensor = { shape: [2], dtype: 'float32' };
    const parameters = { weight: { ...tensor, requires_grad: false }, bias: { ...tensor, requires_grad: true }, none: null };
    const buffers = { mean: { ...tensor, requires_grad: false } };
    const document = JSON.stringify({ format: 'module-tree', version: 1, lacks: [], modules: [{ name: '', type: 'Net', parameters, buffers }] });
    const tree = read('x', new TextEncoder().encode(document));
    expect(frozenIn(tree)).toEqual(['weight']);
    expect(content(read('x', new TextEncoder().encode(writeTree(tree))))).toEqual(content(tree));
  });
  test('attributes that are no parameters', () => {
    const attributes = { bias: null, scale: { shape: [4] }, odd: { shape: null }, kind: 'str' };
    const document = JSON.stringify({ format: 'module-tree', version: 1, lacks: [], modules: [{ name: '', type: 'Net', attributes }] });
    const tree = read('x', new TextEncoder().encode(document));
    expect(tree.specs[0]!.attributes).toEqual([
      { name: 'bias', type: 'NoneType', shape: null }, { name: 'scale', type: 'torch.Tensor', shape: [4] },
      { name: 'odd', type: 'torch.Tensor', shape: null }, { name: 'kind', type: 'str', shape: null },
    ]);
    expect(content(read('x', new TextEncoder().encode(writeTree(tree))))).toEqual(content(tree));
  });
});
